import { readCsvLines } from '../../base/csv-lines.js';
import { PathfareError, quoteValue } from '../../base/errors.js';
import { readText } from '../../base/node/files.js';
import type { Name, Names } from '../../report/budget/names.js';

/**
 * Reads `--names`: a CSV with a header of id, name and team, in any order. An id is that of a VPC or of an account.
 *
 * @throws PathfareError naming file, line and value
 */
export async function readNames(file: string | undefined): Promise<Names> {
  if (file === undefined) return new Map();
  const hint = 'Name a CSV with the columns id, name and team.';
  const rows = parseCsv(await readText(file, { name: `--names ${file}`, hint }), file);
  const names = new Map<string, Name>();
  for (const { line, cells } of rows) {
    const id = cells['id'] ?? '';
    if (id === '') {
      throw new PathfareError(`${file}:${line}: this row has no id`, {
        hint: 'Write the id of a VPC or an account, such as vpc-0a1b2c3d4e5f67890.',
      });
    }
    if (names.has(id)) {
      throw new PathfareError(`${file}:${line}: id ${quoteValue(id)} stands twice`, {
        hint: 'Keep one of the two rows.',
      });
    }
    names.set(id, { name: cells['name'] ?? '', team: cells['team'] ?? '' });
  }
  return names;
}

/** A row of a small CSV: its line and its cells by column. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

const quotesHint = 'A quote opens and closes a whole value; inside one, write it twice ("").';

/** Reads a small CSV that has a column `id`. */
export function parseCsv(text: string, file: string): readonly CsvRow[] {
  const rows = readCsvLines(text, file, quotesHint);
  const [header, ...body] = rows;
  const columns = header?.cells.map((name) => name.toLowerCase()) ?? [];
  if (!columns.includes('id')) {
    throw new PathfareError(
      `${file}:1: the header has no column id: ${quoteValue(columns.join(','))}`,
      {
        hint: 'Name the columns in the first line, such as id,name,team.',
      },
    );
  }
  return body.map(({ line, cells }) => {
    if (cells.length !== columns.length) {
      throw new PathfareError(
        `${file}:${line}: this row has ${cells.length} columns, and the header has ${columns.length}`,
        { hint: 'Put quotes around a value that holds a comma.' },
      );
    }
    return { line, cells: Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? ''])) };
  });
}
