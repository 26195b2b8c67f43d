import { files } from './file.js';
import {
  type FoundSources,
  isSeekable,
  type Source,
  type SourceDescription,
  type SourceEffects,
  type SourceKind,
} from './source.js';
import { standardInput } from './standard-input.js';

/** The kinds of sources. An input is of the first kind that it names: what names no other is a file. */
const sourceKinds: readonly SourceKind[] = [standardInput, files];

/**
 * Finds the sources that the inputs name. Those that come in order and once stand last.
 *
 * @throws PathfareError if an input names nothing
 */
export async function findSources(
  inputs: readonly string[],
  effects: SourceEffects,
): Promise<FoundSources> {
  const found: FoundSources[] = [];
  for (const kind of sourceKinds) {
    const own = inputs.filter((input) => kindOf(input) === kind);
    if (own.length > 0) found.push(await kind.find(own, effects));
  }
  const sources = found.flatMap((each) => each.sources);
  return {
    sources: [...sources.filter(isSeekable), ...sources.filter((each) => !isSeekable(each))],
    unread: found.flatMap(({ unread }) => unread),
    repeated: found.flatMap(({ repeated }) => repeated),
  };
}

/** Makes a source again that another thread described. */
export function openSource(description: SourceDescription): Source {
  const kind = sourceKinds.find((each) => each.kind === description.kind);
  if (kind === undefined) throw new Error(`no kind of source is called ${description.kind}`);
  return kind.open(description);
}

function kindOf(input: string): SourceKind | undefined {
  return sourceKinds.find(({ isNamedBy }) => isNamedBy(input));
}
