import { createReadStream } from 'node:fs';
import { PathfareError } from '../errors.js';
import type { Finding } from '../finding.js';
import { mergeProfiles } from '../traffic/merge-profiles.js';
import type { TrafficProfile } from '../traffic/profile.js';
import { readSummaryCsv } from '../traffic/summary-csv.js';
import type { SummaryDefaults } from '../traffic/summary-row.js';
import type { Effects } from './effects.js';

/** Profiles of all inputs together, and what their readers found. */
export interface ReadProfiles {
  readonly profiles: readonly TrafficProfile[];
  readonly findings: readonly Finding[];
}

/** Reads summary CSVs, one after another; `-` is standard input. Rows of one profile and period add up. */
export async function readProfiles(
  files: readonly string[],
  defaults: SummaryDefaults,
  effects: Pick<Effects, 'stdin' | 'signal'>,
): Promise<ReadProfiles> {
  const profiles: TrafficProfile[] = [];
  const findings: Finding[] = [];
  for (const file of files) {
    const source = file === '-' ? effects.stdin : createReadStream(file);
    const name = file === '-' ? 'standard input' : file;
    const result = await readSummaryCsv(source, name, defaults, { signal: effects.signal }).catch(
      (error: unknown) => {
        throw fileFailure(name, error);
      },
    );
    profiles.push(...result.profiles);
    findings.push(...result.findings);
  }
  return { profiles: mergeProfiles(profiles), findings };
}

function fileFailure(file: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason = typeof code === 'string' ? reasons[code] : undefined;
  if (reason === undefined) return error;
  return new PathfareError(`${file}: ${reason}`, {
    hint: 'Check the name; folders and flow logs are read by "pathfare summarize".',
    cause: error,
  });
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'no permission to read it',
  EISDIR: 'is a folder',
};
