import { flowLogFieldOf } from '../records/flow-log-fields.js';
import { fieldsRead } from '../scanner/field-plan.js';

/** The columns that are read; of two with one name, the first. */
export function columnsRead(fields: readonly string[]): readonly number[] {
  const known = fields.map((name) => {
    const field = flowLogFieldOf(name);
    return field !== undefined && fieldsRead.includes(field) ? field : undefined;
  });
  return known.flatMap((field, index) =>
    field !== undefined && known.indexOf(field) === index ? [index] : [],
  );
}

/** Rows as lines of text, with these columns alone. */
export function textOfRows(
  rows: readonly (readonly string[])[],
  columns: readonly number[],
): string {
  let text = '';
  for (const row of rows) text += `${columns.map((column) => oneWord(row[column])).join(' ')}\n`;
  return text;
}

/** A value as it can stand between spaces. */
function oneWord(value: string | undefined): string {
  if (value === undefined || value === '') return '-';
  return /[ \r\n]/.test(value) ? value.replaceAll(/[ \r\n]/g, '_') : value;
}
