import { PathfareError, quoteValue } from '../../base/errors.js';
import { failureReason } from '../../base/node/files.js';

/**
 * What a reader gives. Whatever it fails with is a failure to read its input, one that nobody foresaw as well: no input may end a run
 * with a stack trace. What fails beside it is a defect of the scan, and is none of the input's.
 */
export async function* readBy<Item>(reader: AsyncIterable<Item>): AsyncGenerator<Item> {
  try {
    yield* reader;
  } catch (cause) {
    throw readerFailure(cause);
  }
}

export function readerFailure(cause: unknown): unknown {
  const isForeseen = cause instanceof Error && 'code' in cause;
  if (isForeseen || !(cause instanceof Error)) return cause;
  const what = `its reader failed with ${quoteValue(`${cause.name}: ${cause.message}`)}`;
  return new PathfareError('input-unreadable', what, {
    hint: 'Please report it, with the file if you can.',
    cause,
  });
}

/** Why a file could not be read, with what to do, and without its name, which stands before it wherever it is shown. */
export function reasonOf(error: unknown, file: string): string {
  const reason = failureReason(error);
  const named = reason.startsWith(`${file}: `) ? reason.slice(file.length + 2) : reason;
  const hint = error instanceof PathfareError ? error.hint : undefined;
  return hint === undefined ? named : `${named.replace(/\.$/, '')}. ${hint}`;
}
