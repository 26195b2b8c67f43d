import { availableParallelism } from 'node:os';
import { PathfareError } from '../base/errors.js';
import { loadAddressTable } from './addresses/load.js';
import type { AddressTable } from './addresses/table.js';
import { attributeTraffic } from './attribution/attribute.js';
import { nameOfVpcKey } from './attribution/findings.js';
import type { Overlaps } from './attribution/flow-logs.js';
import { intervals } from './attribution/profile-table.js';
import { GroupMerger, LoggedTimes } from './attribution/record-groups.js';
import { RemoteSums, type TopTalkers, topTalkers } from './attribution/talkers.js';
import type { TimeRanges } from './attribution/time-ranges.js';
import { type TrafficFinding, trafficFinding } from './findings/findings.js';
import type { RecordCounts } from './findings/set-aside.js';
import { formOf, memberSource, openInput } from './forms/index.js';
import type { TrafficEffects, TrafficOptions } from './options.js';
import { mergeProfiles } from './profile/merge-profiles.js';
import type { TrafficProfile } from './profile/profile.js';
import { type UnreadTraffic, unreadTraffic } from './profile/unread.js';
import { type ReadSummaries, readSummaries } from './read-summaries.js';
import { refuseUnread } from './refuse-unread.js';
import { type ScannedSources, scanSources } from './scan/pool.js';
import {
  addCounts,
  copiesAmong,
  filesOf,
  type ReadCounts,
  type ReadFile,
  readFindings,
} from './scan/read-files.js';
import { findSources } from './sources/index.js';
import { type FoundSources, isSeekable, type Source } from './sources/source.js';

/** What inputs hold. */
export interface LoadedTraffic {
  readonly profiles: readonly TrafficProfile[];
  readonly findings: readonly TrafficFinding[];
  /** The account of flow-log records; null where no input is a flow log. */
  readonly counts: RecordCounts | null;
  /** How much of the flow logs could not be read; null where no input is one. */
  readonly unread: UnreadTraffic | null;
  readonly talkers: TopTalkers | null;
}

const mostThreads = 8;
/** So many files are looked at one by one, to do without threads and address ranges where all are summaries. */
const fewFiles = 32;

/**
 * Reads summary CSVs and flow logs of every form, told apart by content: files, folders, globs and `-`.
 *
 * @throws PathfareError where nothing can be read, or a file that is named itself can't, and with `strict` where anything can't
 */
export async function loadTraffic(
  inputs: readonly string[],
  options: TrafficOptions,
  effects: TrafficEffects,
): Promise<LoadedTraffic> {
  const found = await findSources(inputs, effects);
  const sorted = await sortByForm(found.sources, inputs, options);
  const needsScan = sorted.logs.length + found.unread.length > 0;
  const scanned = needsScan ? await scanLogs(sorted.logs, options, effects) : undefined;
  const logs = scanned && attributeLogs(scanned, found, options);
  const summaries = await readSummaries(
    [...sorted.summaries, ...(scanned?.summaries ?? [])],
    logs?.profiles ?? null,
    options,
    effects,
  );
  return joined({ inputs, found, logs, summaries }, options);
}

interface SortedSources {
  readonly summaries: readonly Source[];
  readonly logs: readonly Source[];
}

/**
 * Sets apart the sources that are summary CSVs: files only if they are few. One that is named itself and looks like a CSV of nothing
 * known is left to the summary's reader, which tells what is wrong with it.
 */
async function sortByForm(
  sources: readonly Source[],
  inputs: readonly string[],
  options: TrafficOptions,
): Promise<SortedSources> {
  const summaries: Source[] = [];
  const logs: Source[] = [];
  const isFew = sources.length <= fewFiles;
  for (const source of sources) {
    // What can't be looked at is told when it is scanned.
    const looked = await lookAt(source, inputs, options, isFew).catch(() => undefined);
    if (looked?.isSummary === true) summaries.push(looked.source);
    else logs.push(looked?.source ?? source);
  }
  return { summaries, logs };
}

async function lookAt(
  source: Source,
  inputs: readonly string[],
  { fields }: TrafficOptions,
  isFew: boolean,
): Promise<{ readonly source: Source; readonly isSummary: boolean }> {
  // A stream comes once: it goes on from its head, unpacked.
  if (!isSeekable(source)) {
    const opened = await openInput(source, { fields });
    return { source: opened.source, isSummary: opened.content.kind === 'summary' };
  }
  if (!isFew) return { source, isSummary: false };
  const { form, head } = await formOf(source);
  const mayBe =
    form.kind === 'unknown-text' && fields === null && /,|service.*[;\t|]/i.test(head.line);
  return {
    source,
    isSummary: form.kind === 'summary-csv' || (mayBe && inputs.includes(source.name)),
  };
}

interface ScannedLogs extends ScannedSources {
  readonly remotes: RemoteSums;
  readonly addresses: AddressTable;
  /** Sources that turned out to be summary CSVs. */
  readonly summaries: readonly Source[];
  /** What was given twice, and is counted once. */
  readonly twice: GivenTwice;
}

/** Traffic that several inputs hold: files with the same records, and several flow logs of one interface. */
interface GivenTwice {
  /** Files, with the one that counts. */
  readonly copies: ReadonlyMap<ReadFile, ReadFile>;
  readonly overlaps: Overlaps;
}

/**
 * Scans flow logs. Where files hold the same records, or several flow logs the same interfaces at the same time, they are scanned
 * once more without what counts elsewhere.
 */
async function scanLogs(
  sources: readonly Source[],
  options: TrafficOptions,
  effects: TrafficEffects,
): Promise<ScannedLogs> {
  const { addresses: given = {} } = options;
  const addresses = 'labels' in given ? Promise.resolve(given) : loadAddressTable(given);
  const remotes = new RemoteSums();
  const how = { options, effects, addresses, remotes };
  const first = await scanOnce(sources, how);
  const parts = filesOf(first.jobs, first.outcomes);
  const copies = copiesAmong(parts);
  const overlaps = overlapsIn(first);
  const summaryFiles = parts.flatMap(({ file, outcome }) =>
    outcome.kind === 'summary-csv' ? [file] : [],
  );
  const summaries = summaryFiles.map((file) => summarySource(file, options));
  const found = { addresses: await addresses, remotes, summaries, twice: { copies, overlaps } };
  if (copies.size === 0 && overlaps.excluded.size === 0) return { ...first, ...found };
  const { kept, skip } = without([...copies.keys(), ...summaryFiles], sources);
  for (const source of kept) if (!isSeekable(source)) throw cannotReadAgain(source);
  const excluded = copies.size === 0 ? overlaps.excluded : undefined;
  const again = await scanOnce(kept, { ...how, skip, ...(excluded && { excluded }) });
  if (excluded !== undefined) return { ...again, ...found };
  // Without the copies other flow logs may overlap than with them.
  const rest = overlapsIn(again);
  if (rest.excluded.size === 0) return { ...again, ...found, twice: { copies, overlaps: rest } };
  const last = await scanOnce(kept, { ...how, skip, excluded: rest.excluded });
  return { ...last, ...found, twice: { copies, overlaps: rest } };
}

/** A summary CSV, to be read as one. */
function summarySource({ name, source, member }: ReadFile, { fields }: TrafficOptions): Source {
  if (member === null) return source;
  if (isSeekable(source)) return memberSource(source, { name, number: member }, { fields });
  throw new PathfareError(
    'input-unreadable',
    `${name}: is a summary CSV in an archive that comes once`,
    { hint: 'Give the archive as a file.' },
  );
}

/** The sources without these files: whole sources, and members of archives, by their numbers. */
function without(
  files: readonly ReadFile[],
  sources: readonly Source[],
): { readonly kept: readonly Source[]; readonly skip: ReadonlyMap<Source, readonly number[]> } {
  const whole = new Set<Source>();
  const skip = new Map<Source, number[]>();
  for (const { source, member } of files) {
    const numbers = skip.get(source) ?? [];
    if (member === null) whole.add(source);
    else skip.set(source, numbers);
    if (member !== null) numbers.push(member);
  }
  return { kept: sources.filter((source) => !whole.has(source)), skip };
}

function overlapsIn({ scans }: ScannedSources): Overlaps {
  const times = new LoggedTimes();
  for (const scan of scans) times.add(scan);
  return times.overlaps();
}

function cannotReadAgain({ name }: Source): PathfareError {
  return new PathfareError(
    'input-unreadable',
    `${name}: holds traffic that another flow log among the inputs holds as well, and can be read only once`,
    { hint: 'Give it as a file: then each byte is counted once.' },
  );
}

interface ScanCall {
  readonly options: TrafficOptions;
  readonly effects: TrafficEffects;
  readonly addresses: Promise<AddressTable>;
  readonly remotes: RemoteSums;
  readonly excluded?: ReadonlyMap<string, TimeRanges>;
  readonly skip?: ReadonlyMap<Source, readonly number[]>;
}

/** The addresses are loaded while the threads start. */
async function scanOnce(
  sources: readonly Source[],
  { options, effects, addresses, remotes, excluded, skip }: ScanCall,
): Promise<ScannedSources> {
  const { fields, interval, top, threads } = options;
  const { signal, progress } = effects;
  const how = {
    interval: intervals[interval],
    talkers: top > 0,
    ...(excluded === undefined ? {} : { excluded }),
  };
  const totalBytes = sources.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  const sum = { files: sources.length, bytes: 0, totalBytes, records: 0 };
  return scanSources({
    sources,
    ...(skip && { skip }),
    options: addresses.then((table) => ({ ...how, addresses: table })),
    settings: { fields },
    talkers: remotes,
    threads: threads ?? Math.min(mostThreads, availableParallelism()),
    progress: (bytes, records) => {
      sum.bytes += bytes;
      sum.records += records;
      progress?.(sum);
    },
    signal,
  });
}

/** What the flow logs among the inputs hold. */
interface LoggedTraffic {
  readonly profiles: readonly TrafficProfile[];
  readonly findings: readonly TrafficFinding[];
  readonly counts: RecordCounts;
  readonly unread: UnreadTraffic | null;
  readonly talkers: TopTalkers | null;
  readonly read: ReadCounts;
}

/** Counts each byte of the flow logs once. */
function attributeLogs(
  { jobs, outcomes, scans, remotes, addresses, twice }: ScannedLogs,
  { unread }: FoundSources,
  { interval, natInterfaces, defaults, top, acceptUnread }: TrafficOptions,
): LoggedTraffic {
  const merger = new GroupMerger();
  for (const scan of scans) merger.add(scan);
  const merged = merger.result();
  const traffic = attributeTraffic(merged, {
    labels: addresses.labels,
    interval,
    natNames: new Set(natInterfaces),
    unknownPath: defaults.unknownPath ?? null,
    region: defaults.region,
  });
  const added = addCounts(filesOf(jobs, outcomes));
  const read = withUnlooked(added, unread);
  if (read.unreadable > 0) traffic.ledger.setAside('unreadable', read.unreadable, 0n);
  const counts = traffic.ledger.counts(read.records);
  const found = { traffic, groups: merged.groups, remotes, addresses };
  const howMuch = unreadTraffic({
    files: read.files,
    records: read.records,
    lost: counts.setAside['skip-data']?.records ?? 0,
    garbled: counts.setAside['garbled-name']?.records ?? 0,
    accepted: acceptUnread,
  });
  return {
    profiles: traffic.profiles,
    findings: [
      ...rangesFindings(addresses),
      ...readFindings(read, counts, howMuch),
      ...twiceFindings(twice, counts),
      ...traffic.findings,
    ],
    counts,
    unread: howMuch,
    talkers: top > 0 ? topTalkers(top, found) : null,
    read,
  };
}

/** What was read, with the files and folders that could not be looked at: nothing tells how much they hold. */
function withUnlooked(read: ReadCounts, unread: FoundSources['unread']): ReadCounts {
  const files = unread.map(({ file }) => ({
    file,
    bytes: null,
    packing: null,
    records: 0,
    unreadable: 0,
    outcome: 'broken' as const,
  }));
  return {
    ...read,
    failures: [...unread, ...read.failures],
    files: [...files, ...read.files],
  };
}

function rangesFindings({ unusedCopy: reason }: AddressTable): readonly TrafficFinding[] {
  return reason === undefined ? [] : [trafficFinding('address-ranges-not-used', { reason })];
}

function twiceFindings(
  { copies, overlaps }: GivenTwice,
  { setAside }: RecordCounts,
): readonly TrafficFinding[] {
  const files = Array.from(copies, ([copy, original]) => ({
    copy: copy.name,
    original: original.name,
  }));
  const bytes = setAside['other-flow-log']?.bytes ?? 0n;
  return [
    ...(files.length === 0 ? [] : [trafficFinding('files-with-same-records', { files })]),
    ...overlaps.twice.map((each) =>
      trafficFinding('several-flow-logs', { ...each, vpc: nameOfVpcKey(each.vpc), bytes }),
    ),
  ];
}

interface Read {
  readonly inputs: readonly string[];
  readonly found: FoundSources;
  readonly logs: LoggedTraffic | undefined;
  readonly summaries: ReadSummaries;
}

function joined(all: Read, options: TrafficOptions): LoadedTraffic {
  const { inputs, found, logs, summaries } = all;
  const { repeated } = found;
  const records = logs?.counts.read ?? 0;
  const unread = logs?.unread ?? null;
  refuseUnread(
    {
      inputs,
      sources: found.sources,
      read: logs?.read ?? null,
      unread,
      hasRows: summaries.hasRows,
    },
    options,
  );
  const twice =
    repeated.length === 0 ? [] : [trafficFinding('files-named-twice', { files: repeated })];
  return {
    profiles: together([logs?.profiles ?? [], ...summaries.profiles]),
    findings: [...twice, ...(logs?.findings ?? []), ...summaries.findings],
    counts: records === 0 ? null : (logs?.counts ?? null),
    unread,
    talkers: logs?.talkers ?? null,
  };
}

/** The profiles of all inputs. Those of the flow logs, and of one summary, are added up and in order by themselves. */
function together(all: readonly (readonly TrafficProfile[])[]): readonly TrafficProfile[] {
  const [only, ...others] = all.filter(({ length }) => length > 0);
  return only !== undefined && others.length === 0 ? only : mergeProfiles(all.flat());
}
