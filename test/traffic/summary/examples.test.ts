import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { networkPathNames } from '../../../src/cost/paths/index.js';
import { readSummaryCsv } from '../../../src/traffic/summary/read.js';

const examples = join(import.meta.dirname, '../../../examples');

function read(file: string) {
  return readSummaryCsv(createReadStream(join(examples, file)), file, {
    region: null,
    paths: networkPathNames,
  });
}

describe('the examples', () => {
  it('hold the month of a production VPC in three zones, without a finding', async () => {
    const { profiles, rows, findings } = await read('production-vpc.csv');
    expect(findings).toEqual([]);
    expect([profiles.length, rows]).toEqual([56, 56]);
    expect(new Set(profiles.map((profile) => profile.azId)).size).toBe(3);
    expect(new Set(profiles.map((profile) => profile.path))).toEqual(
      new Set(['nat-gateway', 'gateway-endpoint', 'interface-endpoint']),
    );
    const remote = profiles.filter((profile) => profile.serviceRegion === 'us-west-2');
    expect(remote.map((profile) => profile.service)).toEqual(['s3', 's3']);
  });

  it('hold the month of a small VPC in two zones, without a finding', async () => {
    const { profiles, rows, findings } = await read('small-vpc.csv');
    expect(findings).toEqual([]);
    expect([profiles.length, rows]).toEqual([20, 20]);
    expect(new Set(profiles.map((profile) => profile.azId))).toEqual(
      new Set(['euw1-az1', 'euw1-az2']),
    );
  });

  it('cover October 2026, 31 days', async () => {
    for (const file of ['production-vpc.csv', 'small-vpc.csv']) {
      const { profiles } = await read(file);
      for (const { period } of profiles) {
        expect(period).toEqual({ start: 1_790_812_800, end: 1_790_812_800 + 31 * 86_400 });
      }
    }
  });
});
