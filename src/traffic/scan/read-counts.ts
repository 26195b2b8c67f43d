import { type TrafficFinding, trafficFinding } from '../findings/findings.js';
import type { UnreadableLine } from '../findings/unreadable.js';
import type { ScanJob, ScanOutcome } from './jobs.js';

/** What was read of all files, line by line. */
export interface ReadCounts {
  readonly records: number;
  readonly unreadable: number;
  readonly samples: readonly UnreadableLine[];
  readonly failures: readonly { readonly file: string; readonly reason: string }[];
}

const samplesShown = 5;
const failuresShown = 10;

/** Adds up what came of the jobs. The lines of a piece are numbered on from those of the pieces before it. */
export function addCounts(jobs: readonly ScanJob[], outcomes: readonly ScanOutcome[]): ReadCounts {
  let records = 0;
  let unreadable = 0;
  const samples: UnreadableLine[] = [];
  const failures: { readonly file: string; readonly reason: string }[] = [];
  let before = { file: '', lines: 0 };
  for (const [index, outcome] of outcomes.entries()) {
    const file = jobs[index]?.file ?? '';
    if (file !== before.file) before = { file, lines: 0 };
    if (outcome.kind === 'summary-csv') continue;
    const { counts } = outcome;
    records += counts.records;
    for (const count of Object.values(counts.unreadable)) unreadable += count;
    for (const sample of counts.samples) {
      if (samples.length < samplesShown) {
        samples.push({ ...sample, line: sample.line + before.lines });
      }
    }
    before = { file, lines: before.lines + counts.lines };
    if (outcome.kind === 'failed') failures.push({ file, reason: outcome.reason });
  }
  return { records, unreadable, samples, failures };
}

/** What could not be read, as findings. */
export function readFindings({
  unreadable,
  samples,
  failures,
}: ReadCounts): readonly TrafficFinding[] {
  const findings: TrafficFinding[] = failures
    .slice(0, failuresShown)
    .map((failure) => trafficFinding('file-not-read', failure));
  if (failures.length > failuresShown) {
    findings.push(trafficFinding('files-not-read', { files: failures.length - failuresShown }));
  }
  if (unreadable > 0) {
    findings.push(trafficFinding('records-unreadable', { records: unreadable, samples }));
  }
  return findings;
}
