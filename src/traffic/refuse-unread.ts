import { PathfareError } from '../base/errors.js';
import { groupThousands, plural } from '../base/text.js';
import { showLine, type UnreadableLine } from './findings/unreadable.js';
import type { TrafficOptions } from './options.js';
import type { FileRead, UnreadTraffic } from './profile/unread.js';
import type { ReadCounts } from './scan/read-files.js';
import type { Source } from './sources/source.js';
import { standardInput, standardInputName } from './sources/standard-input.js';

/** What came of a run's inputs. */
export interface ReadInputs {
  readonly inputs: readonly string[];
  readonly sources: readonly Source[];
  /** Of flow logs; null where no input is one. */
  readonly read: ReadCounts | null;
  readonly unread: UnreadTraffic | null;
  /** Whether a summary CSV has rows. */
  readonly hasRows: boolean;
}

/**
 * Refuses inputs of which too little was read: nothing at all, a file that is named itself, and with `strict` anything.
 *
 * @throws PathfareError that says what could not be read, and why
 */
export function refuseUnread(
  found: ReadInputs,
  { strict, acceptUnread }: Pick<TrafficOptions, 'strict' | 'acceptUnread'>,
): void {
  const { read, unread, hasRows } = found;
  if (strict && read !== null) refuseAny(read, unread);
  // NODATA, rejected and set-aside records are read; what can't be read is not.
  const isNothing = (read?.records ?? 0) === (read?.unreadable ?? 0) && !hasRows;
  if (isNothing) throw nothingRead(found);
  if (read !== null && acceptUnread !== null) refuseNamed(found.inputs, read);
}

function refuseAny(
  { failures: [failed], unreadable, samples }: ReadCounts,
  unread: UnreadTraffic | null,
): void {
  if (failed !== undefined) {
    throw new PathfareError('input-unreadable', `${failed.file}: ${failed.reason}`, {
      hint: 'Without `strict` it is set aside, and the rest is read.',
    });
  }
  const [first] = samples;
  const where = first === undefined ? '' : `, first ${showLine(first)}`;
  if (unreadable > 0) {
    throw new PathfareError(
      'records-unreadable',
      `${plural(unreadable, 'record')} can't be read${where}`,
      { hint: 'Without `strict` they are set aside and counted.' },
    );
  }
  const lost = unread?.lost ?? 0;
  if (lost > 0) {
    throw new PathfareError(
      'records-unreadable',
      `${plural(lost, 'record')} of status SKIPDATA: AWS could not keep part of the log`,
      { hint: 'Without `strict` the rest is counted, as a lower bound.' },
    );
  }
}

/** A person who names a file, or an archive of files, means its traffic to be counted. */
function refuseNamed(
  inputs: readonly string[],
  { failures, files, samples, summaries }: ReadCounts,
): void {
  const isNamed = (name: string) =>
    inputs.includes(name) || (name === standardInputName && inputs.some(standardInput.isNamedBy));
  // Of an archive it is enough that one file is read.
  const read = new Set(summaries);
  for (const each of files) if (each.records > each.unreadable) read.add(inputOf(each));
  const isRefused = (of: Pick<FileRead, 'file' | 'archive'>) =>
    isNamed(inputOf(of)) && !read.has(inputOf(of));
  const failed = failures.find(isRefused);
  const lines = files.find((each) => each.records > 0 && isRefused(each));
  const sample = samples.find(({ file }) => file === lines?.file);
  const problem =
    failed !== undefined
      ? `${failed.file}: ${failed.reason}`
      : lines !== undefined
        ? sample === undefined
          ? `${lines.file}: none of its ${groupThousands(lines.records)} records can be read`
          : lineText(sample)
        : null;
  if (problem === null) return;
  throw new PathfareError('input-unreadable', problem, {
    hint: 'Leave it out, or give `acceptUnread: any` to go on without it.',
  });
}

function inputOf({ file, archive }: Pick<FileRead, 'file' | 'archive'>): string {
  return archive ?? file;
}

const mostNamed = 5;

/** Nothing at all could be read: what each input seems to be. */
function nothingRead({ inputs, sources, read }: ReadInputs): PathfareError {
  const failures = read?.failures.map(({ file, reason }) => `${file}: ${reason}`) ?? [];
  const lines = firstOfEachFile(read?.samples ?? []).map(lineText);
  const [first, ...rest] = [...failures, ...lines];
  if (first !== undefined) {
    const named = [first, ...rest.slice(0, mostNamed - 1)].join('; ');
    const more = rest.length < mostNamed ? '' : `; and ${rest.length - mostNamed + 1} more`;
    return new PathfareError('input-unreadable', `${named}${more}`, {
      hint: 'docs/inputs.md lists the forms that are read, and how to make them.',
    });
  }
  const [only, ...others] = sources;
  const isEmpty = only !== undefined && others.length === 0 && only.bytes === 0;
  const problem = isEmpty
    ? 'this file is empty.'
    : 'no flow-log record and no summary row is in it.';
  return new PathfareError('nothing-read', `${inputs.join(', ')}: ${problem}`, {
    hint: 'Check that the flow log was on, and that the export finished.',
  });
}

function firstOfEachFile(lines: readonly UnreadableLine[]): readonly UnreadableLine[] {
  return lines.filter(({ file }, index) => lines.findIndex((line) => line.file === file) === index);
}

/** A line that can't be read as a part of a sentence. */
function lineText(line: UnreadableLine): string {
  return showLine(line).replace(/\.$/, '');
}
