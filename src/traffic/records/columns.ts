import { parseTimestamp } from '../../base/timestamps.js';
import { type FlowLogField, flowLogFieldOf } from './flow-log-fields.js';
import { absent } from './record-batch.js';
import { type RecordTexts, type RecordValues, textNames } from './record-texts.js';

/** Reads the record in a row of cells, or says why there is none; null for a row that only names fields. */
export type RowReader = (cells: readonly string[]) => RecordValues | string | null;

/**
 * How records are read from rows with these columns: a column a field, in any of AWS's styles of naming, or the record's text in one column.
 * Columns that are no field are passed over. Undefined where there is neither.
 */
export function rowReader(names: readonly string[], texts: RecordTexts): RowReader | undefined {
  const found = names.map(flowLogFieldOf);
  const textName = textNames.find((name) => names.includes(name));
  if (textName !== undefined && !found.includes('bytes')) {
    const at = names.indexOf(textName);
    return (cells) => texts.read(cells[at] ?? '');
  }
  // The same field may stand twice (a partition column beside the record's own): the first counts.
  const columns = [...found.entries()].flatMap(([index, field]) =>
    field !== undefined && found.indexOf(field) === index ? [{ index, field }] : [],
  );
  if (columns.length === 0) return undefined;
  const fields = columns.map(({ field }) => field);
  return (cells) => ({
    fields,
    values: columns.map(({ index, field }) => cellValue(field, cells[index] ?? '')),
  });
}

function cellValue(field: FlowLogField, cell: string): string {
  const value = cell.trim();
  if (value === '') return absent;
  if (/^\d+$/.test(value)) return value;
  if (field === 'bytes' || field === 'packets') return plainDigits(value);
  if (field === 'start' || field === 'end') return queryTime(value);
  return value;
}

/** A count as a query prints a sum (`1.25E9`, `42.0`), in plain digits; other text as it is. */
function plainDigits(text: string): string {
  const groups = /^(?<whole>\d+)(?:\.(?<fraction>\d+))?(?:e\+?(?<shift>\d{1,2}))?$/i.exec(
    text,
  )?.groups;
  if (groups === undefined) return text;
  const shift = Number(groups['shift'] ?? '0');
  const fraction = (groups['fraction'] ?? '').replace(/0+$/, '');
  if (fraction.length > shift) return text;
  return `${groups['whole']}${fraction.padEnd(shift, '0')}`.replace(/^0+(?=\d)/, '');
}

/** A time as a query prints it (`2026-07-01 00:00:00.000 UTC`), in epoch seconds; other text as it is. */
function queryTime(text: string): string {
  const seconds = parseTimestamp(text.replace(/ UTC$/, ''));
  return seconds === null ? text : String(Math.floor(seconds));
}
