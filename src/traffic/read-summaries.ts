import { compareText } from '../base/finding.js';
import { commonRanges, type TimeRanges, unionOfRanges } from './attribution/time-ranges.js';
import type { TrafficFinding } from './findings/findings.js';
import { openInput } from './forms/index.js';
import type { TrafficEffects, TrafficOptions } from './options.js';
import type { Period, TrafficProfile } from './profile/profile.js';
import type { Source } from './sources/source.js';

/** What the summary CSVs among the inputs hold, each by itself. */
export interface ReadSummaries {
  readonly profiles: readonly (readonly TrafficProfile[])[];
  readonly findings: readonly TrafficFinding[];
  /** Whether any file has a row, counted or not. */
  readonly hasRows: boolean;
}

/** Reads summary CSVs. A row that stands in several of them counts once, and one of traffic that was read from flow logs does not. */
export async function readSummaries(
  sources: readonly Source[],
  logged: readonly TrafficProfile[] | null,
  { defaults, fields }: TrafficOptions,
  { signal, onSummaryRow }: TrafficEffects,
): Promise<ReadSummaries> {
  if (sources.length === 0) return { profiles: [], findings: [], hasRows: false };
  // Loaded where there is a summary, with the CSV reader that it needs.
  const { readSummaryCsv } = await import('./summary/read.js');
  const { RowsOnce } = await import('./summary/rows-once.js');
  const isOfLogs = logged === null || logged.length === 0 ? null : logCoverage(logged);
  const once = new RowsOnce({ files: sources.length, isOfLogs });
  const holdsRows = sources.length > 1 || isOfLogs !== null;
  const profiles: (readonly TrafficProfile[])[] = [];
  const findings: TrafficFinding[] = [];
  for (const packed of sources.toSorted((a, b) => compareText(a.name, b.name))) {
    const { source } = await openInput(packed, { fields });
    once.begin(packed.name);
    const result = await readSummaryCsv(source.stream(), source.name, defaults, {
      signal,
      ...(holdsRows && { counts: (profile) => once.counts(profile) }),
      ...(onSummaryRow === undefined ? {} : { onRow: onSummaryRow }),
    });
    profiles.push(result.profiles);
    findings.push(...result.findings);
  }
  return { profiles, findings: [...findings, ...once.findings()], hasRows: true };
}

/** A flow log's longest aggregation interval: two logs that follow one another may overlap by it. */
const aggregationSeconds = 600;
const logDigest = /\bgroups-[0-9a-f]{16}\b/;

/** When a VPC was logged; `isUntimed` where its records tell no time. */
interface Coverage {
  readonly ranges: TimeRanges;
  readonly isUntimed: boolean;
}

/**
 * Tells whether a row is of traffic that flow logs hold: it names the very groups that were read of them, or they log its VPC for more
 * of its period than two logs that follow one another overlap.
 */
function logCoverage(logged: readonly TrafficProfile[]): (row: TrafficProfile) => boolean {
  const digests = new Set(logged.map(({ source }) => digestIn(source)));
  const byVpc = coverageByVpc(logged);
  return (row) => {
    const digest = digestIn(row.source);
    if (digest !== null && digests.has(digest)) return true;
    const coverage = byVpc.get(vpcOf(row));
    if (coverage === undefined) return false;
    if (row.period === null) return coverage.isUntimed;
    const { start, end } = row.period;
    const common = commonRanges([start, end], coverage.ranges);
    let seconds = 0;
    for (const [index, time] of common.entries()) seconds += index % 2 === 0 ? -time : time;
    return seconds > Math.min(aggregationSeconds, (end - start) / 2);
  };
}

function digestIn(source: string | null | undefined): string | null {
  return logDigest.exec(source ?? '')?.[0] ?? null;
}

function coverageByVpc(logged: readonly TrafficProfile[]): ReadonlyMap<string, Coverage> {
  const periods = new Map<string, Map<string, Period | null>>();
  for (const profile of logged) {
    const key = vpcOf(profile);
    const own = periods.get(key) ?? new Map<string, Period | null>();
    periods.set(key, own);
    own.set(`${profile.period?.start}/${profile.period?.end}`, profile.period);
  }
  return new Map(
    Array.from(periods, ([vpc, own]) => {
      const ranges = [...own.values()].map((period) =>
        period === null ? [] : [period.start, period.end],
      );
      return [vpc, { ranges: unionOfRanges(ranges), isUntimed: [...own.values()].includes(null) }];
    }),
  );
}

/** A VPC by its id, or where that is not known, what is of one account. */
function vpcOf({ region, vpcId, accountId }: TrafficProfile): string {
  return `${region} ${vpcId ?? `of ${accountId ?? ''}`}`;
}
