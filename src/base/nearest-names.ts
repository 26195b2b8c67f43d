import { distance } from 'fastest-levenshtein';

const longestName = 60;
const fewestEdits = 2;
/** One edit in so many characters is taken for a slip. */
const charactersAnEdit = 3;

/**
 * The known names that a mistyped one may stand for, the nearest first: those that begin with it, and those a few
 * edits away. Of a name of several words (`prices show`), the last is compared.
 */
export function nearestNames(typed: string, known: readonly string[]): readonly string[] {
  const wanted = typed.trim().toLowerCase().slice(0, longestName);
  const most = Math.max(fewestEdits, wanted.length / charactersAnEdit);
  return known
    .map((name) => ({ name, edits: editsTo(name.split(' ').at(-1) ?? name, wanted) }))
    .filter(({ edits }) => edits <= most)
    .toSorted((a, b) => a.edits - b.edits)
    .map(({ name }) => name);
}

function editsTo(name: string, wanted: string): number {
  return wanted !== '' && name.startsWith(wanted) ? 1 : distance(name, wanted);
}

/** `Did you mean a or b? `, before the rest of a hint; nothing where no name is near. */
export function didYouMean(typed: string, known: readonly string[], most = 1): string {
  const near = nearestNames(typed, known).slice(0, most);
  return near.length === 0 ? '' : `Did you mean ${near.join(' or ')}? `;
}
