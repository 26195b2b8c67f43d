import { compareText } from '../../base/finding.js';
import { type TrafficFinding, trafficFinding } from '../findings/findings.js';
import type { RecordCounts } from '../findings/set-aside.js';
import type { UnreadableLine } from '../findings/unreadable.js';
import type { FileRead, UnreadTraffic } from '../profile/unread.js';
import type { FileCounts } from '../scanner/packed-sums.js';
import { type KeyPlace, placeInS3 } from '../sources/place-in-s3.js';
import { isSeekable, type Source } from '../sources/source.js';
import type { FileOutcome, ReadOutcome, ScanJob, ScanOutcome } from './jobs.js';

/** A file that was looked at: a source, or a member of one that is an archive. */
export interface ReadFile {
  readonly name: string;
  readonly bytes: number | null;
  readonly source: Source;
  /** Its number in the archive; null where it is the source itself. */
  readonly member: number | null;
}

/** What came of a file, or of a piece of it; pieces follow one another. */
export interface FilePart {
  readonly file: ReadFile;
  readonly outcome: FileOutcome;
}

/** What came of each file, with those of the archives. */
export function filesOf(
  jobs: readonly ScanJob[],
  outcomes: readonly ScanOutcome[],
): readonly FilePart[] {
  const parts: FilePart[] = [];
  for (const [index, { source }] of jobs.entries()) {
    const outcome = outcomes[index];
    if (outcome === undefined) continue;
    const last = parts.at(-1)?.file;
    const file = { name: source.name, bytes: source.bytes, source, member: null };
    if (outcome.kind !== 'members') {
      parts.push({ file: last?.source === source ? last : file, outcome });
      continue;
    }
    for (const { number, name, bytes, outcome: own } of outcome.members) {
      parts.push({ file: { name, bytes, source, member: number }, outcome: own });
    }
    // Nothing tells how much of the archive is missing.
    if (outcome.rest !== null)
      parts.push({ file: { ...file, bytes: null }, outcome: outcome.rest });
  }
  return parts;
}

/** What was read of all files, line by line. */
export interface ReadCounts {
  readonly records: number;
  readonly unreadable: number;
  readonly samples: readonly UnreadableLine[];
  readonly failures: readonly FileFailure[];
  readonly files: readonly FileRead[];
  /** The sources that are summary CSVs, or hold one. */
  readonly summaries: ReadonlySet<string>;
}

interface FileFailure {
  readonly file: string;
  /** The archive that holds the file. */
  readonly archive?: string;
  readonly reason: string;
}

const samplesShown = 5;
const failuresShown = 10;

/** Adds up what came of files. The lines of a piece are numbered on from those of the pieces before it. */
export function addCounts(parts: readonly FilePart[]): ReadCounts {
  let records = 0;
  let unreadable = 0;
  const samples: UnreadableLine[] = [];
  const failures: FileFailure[] = [];
  const summaries = new Set<string>();
  const files = new FileSums();
  let before: { readonly file?: ReadFile; readonly lines: number } = { lines: 0 };
  for (const { file, outcome } of parts) {
    const linesBefore = file === before.file ? before.lines : 0;
    if (outcome.kind === 'summary-csv') {
      summaries.add(file.source.name);
      continue;
    }
    const { counts } = outcome;
    records += counts.records;
    unreadable += unreadableOf(counts);
    files.add(file, outcome);
    for (const sample of counts.samples) {
      if (samples.length < samplesShown) {
        samples.push({ ...sample, line: sample.line + linesBefore });
      }
    }
    before = { file, lines: linesBefore + counts.lines };
    if (outcome.kind === 'failed') {
      failures.push({ file: file.name, ...archiveOf(file), reason: outcome.reason });
    }
  }
  return { records, unreadable, samples, failures, files: files.all(), summaries };
}

function archiveOf({ source, member }: ReadFile): { readonly archive?: string } {
  return member === null ? {} : { archive: source.name };
}

function unreadableOf({ unreadable }: FileCounts): number {
  return Object.values(unreadable).reduce((sum, count) => sum + count, 0);
}

/** What came of each file, whose pieces follow one another. */
class FileSums {
  readonly #files: FileRead[] = [];
  #last: ReadFile | undefined;

  add(file: ReadFile, outcome: ReadOutcome): void {
    const before = this.#last === file ? this.#files.pop() : undefined;
    this.#last = file;
    const { packing, counts } = outcome;
    const came = outcome.kind === 'scanned' ? 'whole' : outcome.isOther ? 'other' : 'broken';
    this.#files.push({
      file: file.name,
      ...archiveOf(file),
      bytes: file.bytes,
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
  readonly file: ReadFile;
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
export function copiesAmong(parts: readonly FilePart[]): ReadonlyMap<ReadFile, ReadFile> {
  const files = new Map<ReadFile, FileSum>();
  for (const { file, outcome } of parts) {
    if (outcome.kind === 'summary-csv') continue;
    const known = files.get(file) ?? {
      file,
      isSeekable: isSeekable(file.source),
      place: placeInS3(file.name),
      fields: outcome.counts.fields,
      records: 0,
      digest: 0n,
    };
    known.records += outcome.counts.records;
    known.digest = BigInt.asUintN(64, known.digest + outcome.counts.digest);
    files.set(file, known);
  }
  const copies = new Map<ReadFile, ReadFile>();
  const originals = new Map<string, FileSum[]>();
  for (const file of [...files.values()].sort(originalFirst)) {
    if (file.records === 0 || file.digest === 0n) continue;
    const key = `${file.records} ${file.digest} ${file.fields}`;
    const same = originals.get(key) ?? [];
    originals.set(key, same);
    const original = same.find(({ place }) => mayBeOfOne(place, file.place));
    if (original === undefined) same.push(file);
    else copies.set(file.file, original.file);
  }
  return copies;
}

function originalFirst(a: FileSum, b: FileSum): number {
  const told = ({ place }: FileSum) =>
    Object.values(place).filter((value) => value !== null).length;
  return (
    Number(b.isSeekable) - Number(a.isSeekable) ||
    told(b) - told(a) ||
    compareText(a.file.name, b.file.name) ||
    (a.file.member ?? 0) - (b.file.member ?? 0)
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
    .map(({ file, reason }) => trafficFinding('file-not-read', { file, reason }));
  if (failures.length > failuresShown) {
    findings.push(trafficFinding('files-not-read', { files: failures.length - failuresShown }));
  }
  if (unreadable > 0) {
    findings.push(trafficFinding('records-unreadable', { records: unreadable, samples }));
  }
  if (counts.read > 0) findings.push(trafficFinding('records-set-aside', { counts }));
  const garbled = counts.setAside['garbled-name']?.records ?? 0;
  if (garbled > 0)
    findings.push(trafficFinding('records-with-garbled-names', { records: garbled }));
  const lost = counts.read === 0 ? 0 : (counts.setAside['skip-data']?.records ?? 0);
  if (lost > 0) findings.push(trafficFinding('records-lost', { records: lost }));
  if (unread !== null && (!unread.known || unread.share !== '0')) {
    const code = unread.isAccepted ? 'unread-accepted' : 'unread-over-share';
    findings.push(trafficFinding(code, { unread }));
  }
  return findings;
}
