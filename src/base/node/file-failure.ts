import { PathfareError, quoteValue } from '../errors.js';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  EISDIR: 'is a folder',
  ELOOP: 'is a link that leads to itself',
  EMFILE: 'too many files are open',
  EIO: 'the disk could not read it',
  Z_BUF_ERROR: 'the gzip data is cut off: fetch the file again',
  Z_DATA_ERROR: 'the gzip data is damaged: fetch the file again',
};

/** Why a file could not be read, as a clause. A failure that nobody expects is thrown on. */
export function failureReason(error: unknown): string {
  if (error instanceof PathfareError) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason = typeof code === 'string' ? reasons[code] : undefined;
  if (reason !== undefined) return reason;
  if (typeof code === 'string' && error instanceof Error) return quoteValue(error.message);
  throw error;
}
