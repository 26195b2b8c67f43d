import { compareText } from '../../base/finding.js';
import { type TrafficFinding, trafficFinding } from '../findings/findings.js';
import type { RecordCounts } from '../findings/set-aside.js';
import type { UnreadableLine } from '../findings/unreadable.js';
import type { FileRead, UnreadTraffic } from '../profile/unread.js';
import type { FileCounts, PackedTalkers, ScanResult } from '../scanner/packed-sums.js';
import type { ScanOptions } from '../scanner/scanner.js';
import { type KeyPlace, placeInS3 } from '../sources/place-in-s3.js';
import { isSeekable, type Source, type SourceDescription } from '../sources/source.js';

/** A source, or a piece of a plain file, to be scanned. */
export interface ScanJob {
  readonly source: Source;
  /** Absent: the whole source. */
  readonly piece?: Piece;
}

/** Bytes of a source, from `start` to before `end`. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/** What is told to every scan of a run. */
export interface ScanSettings {
  /** The fields of lines without a header, by AWS's names; null: version 2's. */
  readonly fields: readonly string[] | null;
}

/** What came of reading a flow log. */
export type ReadOutcome = {
  /** The outermost form of the file; null where it could not be looked at. */
  readonly packing: string | null;
  readonly counts: FileCounts;
} & (
  | { readonly kind: 'scanned' }
  /** It could not be read, or not to its end: what was read counts. `isOther`: it is no flow log of a VPC. */
  | { readonly kind: 'failed'; readonly reason: string; readonly isOther: boolean }
);

/** What came of a file; a summary CSV is to be read as one. */
export type ScanOutcome = ReadOutcome | { readonly kind: 'summary-csv' };

/** Progress of a scan: bytes of the file read since the last time, and records. */
export type ScanProgress = (bytes: number, records: number) => void;

/** The counts of a file of which nothing could be read. */
export const nothingRead: FileCounts = {
  lines: 0,
  records: 0,
  unreadable: {},
  samples: [],
  digest: 0n,
  fields: '',
  headerChanged: false,
};

/** What is asked of a thread: to begin, to scan a file, or to hand over its sums. */
export type WorkerRequest =
  | { readonly kind: 'begin'; readonly options: ScanOptions; readonly settings: ScanSettings }
  | {
      readonly kind: 'scan';
      readonly number: number;
      readonly source: SourceDescription;
      readonly piece?: Piece;
    }
  | { readonly kind: 'finish' };

/** What a thread tells. */
export type WorkerReply =
  | { readonly kind: 'progress'; readonly bytes: number; readonly records: number }
  | { readonly kind: 'done'; readonly number: number; readonly outcome: ScanOutcome }
  /** The remote addresses of a job: what they add up to depends on the order of the jobs. */
  | { readonly kind: 'talkers'; readonly number: number; readonly talkers: PackedTalkers }
  /** The sums of all that it scanned. */
  | { readonly kind: 'sums'; readonly scan: ScanResult };

/** What adds up remote addresses, job by job in their order. */
export interface TalkerSums {
  readonly add: (talkers: PackedTalkers) => void;
  /** Forgets all, for a scan that begins anew. */
  readonly clear: () => void;
}

/** What was read of all files, line by line. */
export interface ReadCounts {
  readonly records: number;
  readonly unreadable: number;
  readonly samples: readonly UnreadableLine[];
  readonly failures: readonly { readonly file: string; readonly reason: string }[];
  readonly files: readonly FileRead[];
}

const samplesShown = 5;
const failuresShown = 10;

/** Adds up what came of the jobs. The lines of a piece are numbered on from those of the pieces before it. */
export function addCounts(jobs: readonly ScanJob[], outcomes: readonly ScanOutcome[]): ReadCounts {
  let records = 0;
  let unreadable = 0;
  const samples: UnreadableLine[] = [];
  const failures: { readonly file: string; readonly reason: string }[] = [];
  const files = new FileSums();
  let before = { file: '', lines: 0 };
  for (const [index, outcome] of outcomes.entries()) {
    const source = jobs[index]?.source;
    const file = source?.name ?? '';
    if (file !== before.file) before = { file, lines: 0 };
    if (outcome.kind === 'summary-csv') continue;
    const { counts } = outcome;
    records += counts.records;
    unreadable += unreadableOf(counts);
    files.add(file, source?.bytes ?? null, outcome);
    for (const sample of counts.samples) {
      if (samples.length < samplesShown) {
        samples.push({ ...sample, line: sample.line + before.lines });
      }
    }
    before = { file, lines: before.lines + counts.lines };
    if (outcome.kind === 'failed') failures.push({ file, reason: outcome.reason });
  }
  return { records, unreadable, samples, failures, files: files.all() };
}

function unreadableOf({ unreadable }: FileCounts): number {
  return Object.values(unreadable).reduce((sum, count) => sum + count, 0);
}

/** What came of each file, whose pieces follow one another. */
class FileSums {
  readonly #files: FileRead[] = [];

  add(file: string, bytes: number | null, outcome: ReadOutcome): void {
    const last = this.#files.at(-1);
    const before = last?.file === file ? this.#files.pop() : undefined;
    const { packing, counts } = outcome;
    const came = outcome.kind === 'scanned' ? 'whole' : outcome.isOther ? 'other' : 'broken';
    this.#files.push({
      file,
      bytes,
      packing,
      records: counts.records + (before?.records ?? 0),
      unreadable: unreadableOf(counts) + (before?.unreadable ?? 0),
      outcome: before === undefined || before.outcome === 'whole' ? came : before.outcome,
    });
  }

  all(): readonly FileRead[] {
    return this.#files;
  }
}

interface FileSum {
  readonly name: string;
  readonly isSeekable: boolean;
  /** The flow log, the account and the Region that its name tells. */
  readonly place: KeyPlace;
  readonly fields: string;
  records: number;
  digest: bigint;
}

/**
 * Sources that hold the same records as another one, with that one: a copy, or the same packed otherwise. Two flow logs may
 * hold the same records, too, and are no copies. The one whose name tells most stays, of equal ones the first by name. What
 * can be read only once comes last, for the other one can be scanned again.
 */
export function copiesAmong(
  jobs: readonly ScanJob[],
  outcomes: readonly ScanOutcome[],
): ReadonlyMap<string, string> {
  const files = new Map<string, FileSum>();
  for (const [index, outcome] of outcomes.entries()) {
    const source = jobs[index]?.source;
    if (source === undefined || outcome.kind === 'summary-csv') continue;
    const { name } = source;
    const known = files.get(name) ?? {
      name,
      isSeekable: isSeekable(source),
      place: placeInS3(name),
      fields: outcome.counts.fields,
      records: 0,
      digest: 0n,
    };
    known.records += outcome.counts.records;
    known.digest = BigInt.asUintN(64, known.digest + outcome.counts.digest);
    files.set(name, known);
  }
  const copies = new Map<string, string>();
  const originals = new Map<string, FileSum[]>();
  for (const file of [...files.values()].sort(originalFirst)) {
    if (file.records === 0 || file.digest === 0n) continue;
    const key = `${file.records} ${file.digest} ${file.fields}`;
    const same = originals.get(key) ?? [];
    originals.set(key, same);
    const original = same.find(({ place }) => mayBeOfOne(place, file.place));
    if (original === undefined) same.push(file);
    else copies.set(file.name, original.name);
  }
  return copies;
}

function originalFirst(a: FileSum, b: FileSum): number {
  const told = ({ place }: FileSum) =>
    Object.values(place).filter((value) => value !== null).length;
  return (
    Number(b.isSeekable) - Number(a.isSeekable) || told(b) - told(a) || compareText(a.name, b.name)
  );
}

/** Whether two files may be of one flow log: what one name does not tell, the other may. */
function mayBeOfOne(a: KeyPlace, b: KeyPlace): boolean {
  const agree = (one: string | null, other: string | null) =>
    one === null || other === null || one === other;
  return (
    agree(a.flowLog, b.flowLog) && agree(a.accountId, b.accountId) && agree(a.region, b.region)
  );
}

/** What could not be read and what is not counted, as findings. */
export function readFindings(
  { unreadable, samples, failures }: ReadCounts,
  counts: RecordCounts,
  unread: UnreadTraffic | null,
): readonly TrafficFinding[] {
  const findings: TrafficFinding[] = failures
    .slice(0, failuresShown)
    .map((failure) => trafficFinding('file-not-read', failure));
  if (failures.length > failuresShown) {
    findings.push(trafficFinding('files-not-read', { files: failures.length - failuresShown }));
  }
  if (unreadable > 0) {
    findings.push(trafficFinding('records-unreadable', { records: unreadable, samples }));
  }
  if (counts.read > 0) findings.push(trafficFinding('records-set-aside', { counts }));
  const lost = counts.read === 0 ? 0 : (counts.setAside['skip-data']?.records ?? 0);
  if (lost > 0) findings.push(trafficFinding('records-lost', { records: lost }));
  if (unread !== null && (!unread.known || unread.share !== '0')) {
    const code = unread.isAccepted ? 'unread-accepted' : 'unread-over-share';
    findings.push(trafficFinding(code, { unread }));
  }
  return findings;
}
