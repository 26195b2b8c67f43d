import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkPathNames } from '../../../src/cost/paths/index.js';
import { mergeProfiles } from '../../../src/traffic/profile/merge-profiles.js';
import type { TrafficProfile } from '../../../src/traffic/profile/profile.js';
import { readSummaryCsv } from '../../../src/traffic/summary/read.js';

async function* chunks(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const defaults = { region: null, paths: networkPathNames };
const header = 'account_id,region,vpc_id,az_id,service,path,bytes_out,bytes_in,start,end\n';
const cells = fc.tuple(
  fc.constantFrom('111122223333', ''),
  fc.constantFrom('us-east-1', 'EU-west-1'),
  fc.constantFrom('vpc-1', ' vpc-2 ', ''),
  fc.constantFrom('use1-az1', ''),
  fc.constantFrom('s3', 'com.amazonaws.us-west-2.s3', ' Logs'),
  fc.constantFrom('nat-gateway', '', 'Gateway-Endpoint'),
  fc.bigInt(0n, 2n ** 63n - 1n).map(String),
  fc.constantFrom('0', '007', '12345678901234567'),
  fc.constantFrom(['2026-10-01', '2026-10-02'], ['1790812800', '1790899200'], ['', '']),
);
const rows = fc.array(
  cells.map((values) => values.flat()),
  { minLength: 1, maxLength: 20 },
);

describe('the rows of a summary', () => {
  it('are read alike with quotes and without, and from any row on', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.nat(20),
        fc.integer({ min: 1, max: 300 }),
        async (table, from, size) => {
          const plain = table.map((row) => `${row.join(',')}\n`);
          const quoted = table.map((row) => `${row.map((cell) => `"${cell}"`).join(',')}\n`);
          const mixed = plain.map((line, index) => (index < from ? line : (quoted[index] ?? '')));
          const read = (lines: readonly string[]) =>
            readSummaryCsv(chunks(header + lines.join(''), size), 'a.csv', defaults);
          expect(await read(mixed)).toEqual(await read(plain));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('can be taken one by one instead of held', async () => {
    const text = `${header}111122223333,us-east-1,vpc-1,,s3,,1,2,2026-10-01,2026-10-02\n`.concat(
      '111122223333,us-east-1,vpc-1,,s3,,3,4,2026-10-01,2026-10-02\n',
    );
    const taken: TrafficProfile[] = [];
    const onRow = (profile: TrafficProfile) => taken.push(profile);
    const result = await readSummaryCsv(chunks(text, 64), 'a.csv', defaults, { onRow });
    expect(result).toEqual({ profiles: [], rows: 2, findings: [] });
    const held = await readSummaryCsv(chunks(text, 64), 'a.csv', defaults);
    expect(mergeProfiles(taken)).toEqual(held.profiles);
    expect(taken[0]?.period).toBe(taken[1]?.period);
  });

  it('name the line of a broken one, after quoted lines and before', async () => {
    const good = '111122223333,us-east-1,vpc-1,,s3,,1,2,,\n';
    const quoted = '"111122223333",us-east-1,"vpc\n1",,s3,,1,2,,\n'.replace('\n1', '-1');
    const bad = '111122223333,us-east-1,vpc-1,,s3,,x,2,,\n';
    const read = (...lines: readonly string[]) =>
      readSummaryCsv(chunks(header + lines.join(''), 40), 'a.csv', defaults);
    await expect(read(good, bad)).rejects.toThrow('a.csv:3: bytes_out "x"');
    await expect(read(good, '\n', quoted, '\n', good, bad)).rejects.toThrow(
      'a.csv:7: bytes_out "x"',
    );
    await expect(read(good, good, '"a\n')).rejects.toThrow('a.csv:4: a quote opens');
  });
});
