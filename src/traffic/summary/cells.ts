import { didYouMean } from '../../base/nearest-names.js';
import type { PathName } from '../../base/path-name.js';
import {
  isPrintable,
  isRegionShaped,
  noService,
  parseServiceName,
  type ServiceName,
} from '../../base/service-name.js';
import { parseTimestamp } from '../../base/timestamps.js';
import { type Cell, cellError } from './file-line.js';

const largestBytes = 2n ** 63n - 1n;
const longestText = 255;

/** Reads a count of bytes: only digits, at most 2^63-1. */
export function parseBytes(cell: Cell): bigint {
  if (!/^\d+$/.test(cell.value)) {
    throw cellError(
      cell,
      'is not a whole count of bytes.',
      'Write only digits: 1024, not 1,024 or 1e3 or 0.5. For GB use the columns gb_out and gb_in.',
    );
  }
  const digits = cell.value.replace(/^0+(?=\d)/, '');
  const bytes = digits.length > 19 ? null : BigInt(digits);
  if (bytes !== null && bytes <= largestBytes) return bytes;
  throw cellError(
    cell,
    `is more bytes than a count can hold (${largestBytes}).`,
    'Check the value: it is over 8 EiB.',
  );
}

/** Reads a number of GB as its shortest exact decimal string: `007.50` is `7.5`. */
export function parseGb(cell: Cell): string {
  const [, whole = '', decimals = ''] =
    /^0*(\d{1,15})(?:\.(\d{1,12}))?$/.exec(cell.value) ?? notGb(cell);
  const fraction = decimals.replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

function notGb(cell: Cell): never {
  throw cellError(
    cell,
    'is not a number of GB.',
    'Write a plain decimal such as 12.5: no sign, no exponent, no thousands separator, at most 15 digits before the point and 12 after it.',
  );
}

/** Reads an account ID of 12 digits; null for an unknown account: empty, `unknown` or `-`. */
export function parseAccountId(cell: Cell): string | null {
  if (/^(?:|-|unknown)$/i.test(cell.value)) return null;
  if (/^\d{12}$/.test(cell.value)) return cell.value;
  throw cellError(
    cell,
    'is not an account ID of 12 digits.',
    'A spreadsheet may have dropped its leading zeros. Leave it empty if it is not known.',
  );
}

/** Reads a Region's code by its shape (`eu-west-1`), in any case; null where the cell is empty. */
export function parseRegion(cell: Cell): string | null {
  if (cell.value === '') return null;
  const region = cell.value.toLowerCase();
  if (isRegionShaped(region)) return region;
  throw cellError(cell, 'is not a Region.', "Write the Region's code, such as us-east-1.");
}

/** Reads an identifier as it is: printable, at most 255 characters; null where the cell is empty. */
export function parseIdentifier(cell: Cell): string | null {
  if (cell.value === '') return null;
  if (isPrintable(cell.value, longestText)) return cell.value;
  throw cellError(
    cell,
    'is too long or holds control characters.',
    `Write an identifier of at most ${longestText} printable characters.`,
  );
}

/** Reads a service's short or full name; an empty one is that of a row without traffic. */
export function parseService(cell: Cell): ServiceName {
  if (cell.value === '') return { service: noService, region: null };
  const name = parseServiceName(cell.value);
  if (name !== null) return name;
  throw cellError(
    cell,
    'names no service.',
    'Write a short name such as s3 or ecr.dkr, a full name such as com.amazonaws.us-east-1.s3, or internet or aws-other.',
  );
}

/** Reads the current network path, one of those named, in any case; null where the cell is empty. */
export function parsePath(cell: Cell, paths: readonly PathName[]): PathName | null {
  if (cell.value === '') return null;
  const value = cell.value.toLowerCase();
  const path = paths.find((name) => name === value);
  if (path !== undefined) return path;
  throw cellError(
    cell,
    'is not a network path.',
    `${didYouMean(value, paths)}Write ${paths.join(', ')}, or leave it empty.`,
  );
}

/** Reads a count of seconds above 0, at most to the millisecond; null where the cell is empty. */
export function parseSeconds(cell: Cell): number | null {
  if (cell.value === '') return null;
  const seconds = /^\d{1,11}(?:\.\d{1,3})?$/.test(cell.value) ? Number(cell.value) : 0;
  if (seconds > 0) return seconds;
  throw cellError(
    cell,
    'is not a number of seconds above 0.',
    'Write the seconds of the period that lie between the first and the last record of the VPC, or leave it empty.',
  );
}

/** Reads a time as epoch seconds; null where the cell is empty. */
export function parseTimeCell(cell: Cell): number | null {
  if (cell.value === '') return null;
  const seconds = parseTimestamp(cell.value);
  if (seconds !== null) return seconds;
  throw cellError(
    cell,
    'is not a time.',
    'Write a date (2026-10-01), a time (2026-10-01T06:00:00Z) or epoch seconds (1790812800).',
  );
}
