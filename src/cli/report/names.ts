import { PathfareError, quoteValue } from '../../base/errors.js';
import { readText } from '../../base/node/files.js';
import { readSmallCsv } from '../../base/small-csv.js';
import type { Name, Names } from '../../report/budget/names.js';
import { requirePrintable } from './printable.js';

/**
 * Reads `--names`: a CSV with a header of id, name and team, in any order. An id is that of a VPC or of an account.
 *
 * @throws PathfareError naming file, line and value
 */
export async function readNames(file: string | undefined): Promise<Names> {
  if (file === undefined) return new Map();
  const hint = 'Name a CSV with the columns id, name and team.';
  const text = await readText(file, { name: `--names ${file}`, hint });
  const names = new Map<string, Name>();
  for (const { where, cell } of readSmallCsv(text, file, ['id'], 'id,name,team')) {
    const printable = (column: string) => requirePrintable(where, cell(column), 'invalid-names');
    const id = printable('id');
    if (id === '') {
      throw new PathfareError('invalid-names', `${where}: this row has no id`, {
        hint: 'Write the id of a VPC or an account, such as vpc-0a1b2c3d4e5f67890.',
      });
    }
    if (names.has(id)) {
      throw new PathfareError('invalid-names', `${where}: id ${quoteValue(id)} stands twice`, {
        hint: 'Keep one of the two rows.',
      });
    }
    names.set(id, { name: printable('name'), team: printable('team') });
  }
  return names;
}
