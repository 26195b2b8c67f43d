import { getSystemErrorMap } from 'node:util';
import { PathfareError, quoteValue } from '../errors.js';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'a part of its folder is a file',
  EEXIST: 'a part of its folder is a file',
  EISDIR: 'is a folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  ELOOP: 'is a link that leads to itself',
  EMFILE: 'too many files are open',
  EIO: 'the disk failed',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'the name is too long',
  Z_BUF_ERROR: 'the gzip data is cut off: fetch the file again',
  Z_DATA_ERROR: 'the gzip data is damaged: fetch the file again',
};

/** Why a file could not be read, as a clause. A failure that nobody expects is thrown on. */
export function failureReason(error: unknown): string {
  if (error instanceof PathfareError) return error.message;
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) throw error;
  const number = 'errno' in error ? Number(error.errno) : 0;
  const [, described] = getSystemErrorMap().get(number) ?? [];
  return reasons[error.code] ?? described ?? quoteValue(error.message);
}

/** Why a file could not be written, as a clause. */
export function writeFailureReason(error: unknown): string {
  return isMissing(error) ? 'there is no such folder' : failureReason(error);
}

/** Whether a file could not be read because it is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
