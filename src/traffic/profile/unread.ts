import { amount, type DecimalString, quotientUp, toDecimalString } from '../../base/decimal.js';
import { quoteValue, UsageError } from '../../base/errors.js';

/** The share of the records that may be unread, as an exact decimal; null: any. */
export type AcceptedShare = DecimalString | null;

/** What is accepted where nothing is said. */
export const usuallyAccepted = '0.1%';

/**
 * Reads the value of `--accept-unread`: `0.1%`, `0` or `any`.
 *
 * @throws UsageError naming the value that is no such share
 */
export function parseAcceptedShare(text: string): AcceptedShare {
  const given = text.trim().toLowerCase();
  if (given === 'any') return null;
  const [, percent, sign] = /^(\d{1,3}(?:\.\d{1,6})?)(\s*%)?$/.exec(given) ?? [];
  const isShare = percent !== undefined && amount(percent).lte(100);
  // A number could be a share or a percentage; of nothing both are the same.
  if (isShare && (sign !== undefined || amount(percent).isZero())) {
    return toDecimalString(amount(percent).div(100));
  }
  const meant = isShare ? `Write the percentage with its sign: ${percent}%. ` : '';
  throw new UsageError('usage', `\`acceptUnread\`: ${quoteValue(text)} is not a share`, {
    hint: `${meant}It is a percentage from 0% to 100% such as ${usuallyAccepted}, 0, or any.`,
  });
}

/** What came of one file that may be a flow log. */
export interface FileRead {
  readonly file: string;
  /** The archive that holds it. */
  readonly archive?: string;
  /** Null where its size is not known. */
  readonly bytes: number | null;
  /** What it is packed in, or else its form: files of one packing take about as many bytes a record. Null where it can't be looked at. */
  readonly packing: string | null;
  readonly records: number;
  /** Of `records`, those that can't be read. */
  readonly unreadable: number;
  /** `other`: it is no flow log of a VPC, and holds no record of one. */
  readonly outcome: 'whole' | 'broken' | 'other';
}

/** How much of the flow logs could not be read. Records of unread files are estimated by their bytes. */
export interface UnreadTraffic {
  /** All records that the flow logs hold: those that were read, and those in files that were not. */
  readonly records: number;
  /** Records of which something can't be read. */
  readonly unreadable: number;
  /** Records of status SKIPDATA: each stands for an interval of which AWS could not keep all. */
  readonly lost: number;
  /** Records in files, or in parts of files, that could not be read. */
  readonly inFiles: number;
  /** False where files were not read of which nothing tells how many records they hold: the numbers are lower bounds then. */
  readonly known: boolean;
  /** The unread records as a share of all, rounded up to six decimals. */
  readonly share: DecimalString;
  readonly accepted: AcceptedShare;
  /** Whether the share is accepted. Where it is not, sums of the traffic are lower bounds. */
  readonly isAccepted: boolean;
}

/** What is known of a run's reading. */
interface Reading {
  readonly files: readonly FileRead[];
  /** All records that were read, or could not be read, of files that were. */
  readonly records: number;
  readonly lost: number;
  /** Records that name something that can be none. */
  readonly garbled?: number;
  readonly accepted: AcceptedShare;
}

/** How much of the flow logs could not be read; null where there is no flow log. */
export function unreadTraffic({
  files,
  records,
  lost,
  garbled = 0,
  accepted,
}: Reading): UnreadTraffic | null {
  const estimates = estimatesOf(files);
  const unknown = estimates.includes(null);
  const inFiles = estimates.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const unreadable = files.reduce((sum, file) => sum + file.unreadable, garbled);
  const all = records + inFiles;
  if (all === 0 && !unknown) return null;
  const unread = amount(unreadable + lost + inFiles);
  return {
    records: all,
    unreadable,
    lost,
    inFiles,
    known: !unknown,
    share: all === 0 ? '0' : toDecimalString(quotientUp(unread, amount(all), 6)),
    accepted,
    isAccepted: accepted === null || (!unknown && unread.lte(amount(all).times(accepted))),
  };
}

/** Bytes and records of files that were read whole. */
interface WholeFiles {
  files: number;
  bytes: number;
  records: number;
}

/** For each file that was not read to its end, how many records are missing of it; null where nothing tells. */
function estimatesOf(files: readonly FileRead[]): readonly (number | null)[] {
  const byPacking = new Map<string, WholeFiles>();
  for (const { outcome, bytes, packing, records } of files) {
    if (outcome !== 'whole' || bytes === null || packing === null || records === 0) continue;
    const sum = byPacking.get(packing) ?? { files: 0, bytes: 0, records: 0 };
    sum.files++;
    sum.bytes += bytes;
    sum.records += records;
    byPacking.set(packing, sum);
  }
  // Of a packing that no file was read of, the one that holds most records a byte: rather too many than too few.
  const [densest] = [...byPacking.values()].toSorted(
    (a, b) => b.records / b.bytes - a.records / a.bytes,
  );
  return files.flatMap((file) =>
    file.outcome === 'broken'
      ? [missingOf(file, byPacking.get(file.packing ?? '') ?? densest)]
      : [],
  );
}

/** A file that broke off is taken to hold at least as many records as others do, for its bytes do not show where it was to end. */
function missingOf({ bytes, records }: FileRead, like: WholeFiles | undefined): number | null {
  if (bytes === null || like === undefined) return null;
  const bySize = Math.ceil((bytes * like.records) / like.bytes);
  const usual = records === 0 ? 0 : Math.ceil(like.records / like.files);
  return Math.max(0, Math.max(bySize, usual) - records);
}
