import { createReadStream } from 'node:fs';
import { availableParallelism } from 'node:os';
import { PathfareError } from '../base/errors.js';
import type { TopTalkers } from './attribution/talkers.js';
import { type TrafficFinding, trafficFinding } from './findings/findings.js';
import type { RecordCounts } from './findings/set-aside.js';
import { detectForm } from './inputs/detect-form.js';
import { type ExpandedInputs, expandInputs, type InputFile } from './inputs/expand-inputs.js';
import { inflateFile } from './inputs/gunzip.js';
import type { TrafficEffects, TrafficOptions } from './options.js';
import { mergeProfiles } from './profile/merge-profiles.js';
import type { TrafficProfile } from './profile/profile.js';
import { readHead } from './scan/file.js';
import { type ScannedLogs, scanLogs } from './scan-logs.js';

/** What inputs hold. */
export interface LoadedTraffic {
  readonly profiles: readonly TrafficProfile[];
  readonly findings: readonly TrafficFinding[];
  /** The account of flow-log records; null where no input is a flow log. */
  readonly counts: RecordCounts | null;
  readonly talkers: TopTalkers | null;
}

const mostThreads = 8;
/** So many files are looked at one by one, to do without threads and address ranges where all are summaries. */
const fewFiles = 32;

/**
 * Reads summary CSVs and flow logs of every form, told apart by content: files, folders, globs and `-`.
 *
 * @throws PathfareError where nothing can be read, and with `strict` where anything can't
 */
export async function loadTraffic(
  inputs: readonly string[],
  options: TrafficOptions,
  effects: TrafficEffects,
): Promise<LoadedTraffic> {
  const expanded = await expandInputs(inputs);
  const { summaries, others } = await sortByForm(expanded.files, inputs, options);
  const needsScan = others.length > 0 || expanded.unread.length > 0 || expanded.hasStandardInput;
  const threads = options.threads ?? Math.min(mostThreads, availableParallelism());
  const logs = needsScan
    ? await scanLogs({ ...expanded, files: others }, { ...options, threads }, effects)
    : undefined;
  const read = new SummaryReader(options, effects);
  for (const { file } of summaries) await read.file(file);
  for (const file of logs?.summaryFiles ?? []) await read.file(file);
  if (logs?.summaryStream !== undefined) await read.stream(logs.summaryStream, 'standard input');
  return joined({ inputs, expanded, logs, summaries: read }, options);
}

/**
 * Sets apart the files that are summary CSVs, if they are few. One that is named itself and looks like a CSV of nothing known is
 * left to the summary's reader, which tells what is wrong with it.
 */
async function sortByForm(
  files: readonly InputFile[],
  inputs: readonly string[],
  { fields }: TrafficOptions,
): Promise<{
  readonly summaries: readonly InputFile[];
  readonly others: readonly InputFile[];
}> {
  if (files.length > fewFiles) return { summaries: [], others: files };
  const isSummary = await Promise.all(
    files.map(async ({ file }) => {
      const head = await readHead(file).catch(() => undefined);
      if (head === undefined) return false;
      const form = detectForm(head.head);
      const mayBe =
        form.kind === 'unknown-text' && fields === null && /,|service.*[;\t|]/i.test(form.line);
      return form.kind === 'summary-csv' || (mayBe && inputs.includes(file));
    }),
  );
  return {
    summaries: files.filter((_, index) => isSummary[index] === true),
    others: files.filter((_, index) => isSummary[index] !== true),
  };
}

class SummaryReader {
  readonly profiles: TrafficProfile[] = [];
  readonly findings: TrafficFinding[] = [];
  count = 0;
  readonly #options: TrafficOptions;
  readonly #effects: TrafficEffects;

  constructor(options: TrafficOptions, effects: TrafficEffects) {
    this.#options = options;
    this.#effects = effects;
  }

  async file(file: string): Promise<void> {
    const { head } = await readHead(file);
    const isPacked = detectForm(head).kind === 'gzip';
    await this.stream(isPacked ? inflateFile(file, () => {}) : createReadStream(file), file);
  }

  async stream(source: AsyncIterable<Uint8Array>, name: string): Promise<void> {
    const { defaults } = this.#options;
    const { signal, onSummaryRow } = this.#effects;
    // Loaded where there is a summary, with the CSV reader that it needs.
    const { readSummaryCsv } = await import('./summary/read.js');
    const result = await readSummaryCsv(source, name, defaults, {
      signal,
      ...(onSummaryRow === undefined ? {} : { onRow: onSummaryRow }),
    });
    for (const profile of result.profiles) this.profiles.push(profile);
    this.findings.push(...result.findings);
    this.count++;
  }
}

interface Read {
  readonly inputs: readonly string[];
  readonly expanded: ExpandedInputs;
  readonly logs: ScannedLogs | undefined;
  readonly summaries: SummaryReader;
}

function joined(all: Read, { strict }: TrafficOptions): LoadedTraffic {
  const { logs, summaries } = all;
  const { repeated } = all.expanded;
  const failed = logs?.failures[0];
  const read = logs?.counts?.read ?? 0;
  const isNothing = read === 0 && summaries.count === 0;
  if (failed !== undefined && (strict || isNothing)) {
    throw new PathfareError(`${failed.file}: ${failed.reason}`, { hint: unreadHint(strict) });
  }
  if (strict && logs !== undefined && logs.unreadable > 0) throw strictFailure(logs);
  if (isNothing) throw nothingRead(all);
  const twice =
    repeated.length === 0 ? [] : [trafficFinding('files-named-twice', { files: repeated })];
  return {
    profiles: mergeProfiles([...(logs?.profiles ?? []), ...summaries.profiles]),
    findings: [...twice, ...(logs?.findings ?? []), ...summaries.findings],
    counts: read === 0 ? null : (logs?.counts ?? null),
    talkers: logs?.talkers ?? null,
  };
}

function nothingRead({ inputs, expanded: { files } }: Read): PathfareError {
  const [only, ...others] = files;
  const isEmpty = only !== undefined && others.length === 0 && only.bytes === 0;
  const problem = isEmpty
    ? 'this file is empty.'
    : 'no flow-log record and no summary row is in it.';
  return new PathfareError(`${inputs.join(', ')}: ${problem}`, {
    hint: 'Check that the flow log was on, and that the export finished.',
  });
}

function unreadHint(strict: boolean): string {
  return strict
    ? 'Without --strict it is set aside, and the rest is read.'
    : 'Give flow logs (text, gzip, JSON, CSV, Parquet) or a summary CSV.';
}

function strictFailure({ unreadable, firstUnreadable }: ScannedLogs): PathfareError {
  const where = firstUnreadable === undefined ? '' : `, first ${firstUnreadable}`;
  return new PathfareError(`${unreadable} records can't be read${where}`, {
    hint: 'Without --strict they are set aside and counted.',
  });
}
