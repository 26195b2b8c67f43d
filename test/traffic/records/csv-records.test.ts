import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsvRecords } from '../../../src/traffic/records/csv-records.js';
import { defaultFlowLogFields } from '../../../src/traffic/records/flow-log-fields.js';
import { chunks, gather } from './gather.js';

const read = (text: string, size?: number) =>
  gather(readCsvRecords(chunks(text, size), { file: 'q.csv', fields: defaultFlowLogFields }));

const message =
  '2 123456789012 eni-0a 10.0.1.5 52.216.0.1 443 50000 6 10 8400 1700000000 1700000060 ACCEPT OK';

describe('what Athena saves', () => {
  it('is read: every value quoted, underscores in names, nulls empty', async () => {
    const text =
      '"version","pkt_dstaddr","bytes","az_id","day"\n"5","52.216.0.1","84","use1-az1","01"\n"5","52.216.0.2","85",,"01"\n';
    expect((await read(text)).records).toEqual([
      { version: '5', 'pkt-dstaddr': '52.216.0.1', bytes: '84', 'az-id': 'use1-az1' },
      { version: '5', 'pkt-dstaddr': '52.216.0.2', bytes: '85', 'az-id': '-' },
    ]);
  });

  it("takes the record's own field before a partition column of the same name", async () => {
    const text = 'account_id,aws_account_id,bytes\n111111111111,222222222222,1\n';
    expect((await read(text)).records).toEqual([{ 'account-id': '111111111111', bytes: '1' }]);
  });

  it('reads counts and times as a query prints them, exactly', async () => {
    // 1.25E9 = 1,250,000,000; 9.007199254740993E15 = 2^53 + 1, which no float holds.
    const text =
      'srcAddr,sum(bytes),min(start),max(end)\n' +
      'a,1.25E9,2026-07-01 00:00:00.000 UTC,2026-07-01T00:01:00Z\n' +
      'b,9.007199254740993E15,1782864000,1782864060000\n' +
      'c,42.0,1782864000,1782864060\n' +
      'd,1.5,yesterday,1782864060\n';
    expect((await read(text)).records).toEqual([
      { srcaddr: 'a', bytes: '1250000000', start: '1782864000', end: '1782864060' },
      { srcaddr: 'b', bytes: '9007199254740993', start: '1782864000', end: '1782864060000' },
      { srcaddr: 'c', bytes: '42', start: '1782864000', end: '1782864060' },
      { srcaddr: 'd', bytes: '1.5', start: 'yesterday', end: '1782864060' },
    ]);
  });
});

describe('what CloudWatch Logs Insights saves', () => {
  it('is read from @message', async () => {
    const text = `@timestamp,@message,@logStream\n2026-07-01 00:00:00.000,${message},eni-0a-all\n2026-07-01 00:00:00.000,2 1 2,eni-0a-all\n`;
    const { records, unreadable } = await read(text);
    expect(records).toMatchObject([{ srcaddr: '10.0.1.5', bytes: '8400' }]);
    expect(unreadable).toEqual(['3: has 3 values for 14 fields: name the fields with --fields']);
  });

  it('is read from fields in camel case, which count before @message', async () => {
    const text = `@timestamp,@message,srcAddr,pktDstAddr,bytes,flowDirection,azId\n1,x,10.0.1.5,52.216.0.1,84,egress,use1-az1\n`;
    expect((await read(text)).records).toEqual([
      {
        srcaddr: '10.0.1.5',
        'pkt-dstaddr': '52.216.0.1',
        bytes: '84',
        'flow-direction': 'egress',
        'az-id': 'use1-az1',
      },
    ]);
  });
});

describe('odd rows', () => {
  it('are reported one by one, and the rows between are read', async () => {
    const lines = [
      'srcaddr,bytes,note', // 1
      '10.0.0.1,1,', // 2
      '10.0.0.2,2', // 3: short
      '', // 4: passed over
      '10.0.0.3,3,"over', // 5
      'two lines"', // 6
      '10.0.0.4,4,"never closed', // 7
      '10.0.0.5,5,', // 8
      '10.0.0.6,"6"x"y",', // 9: quote out of place
      'srcaddr,bytes,note', // 10: repeated header
      '10.0.0.7,7,', // 11
    ];
    const { records, lines: at, unreadable } = await read(lines.join('\r\n'));
    expect(records.map((record) => record['bytes'])).toEqual(['1', '3', '5', '7']);
    expect(at).toEqual([2, 5, 8, 11]);
    expect(unreadable.sort()).toEqual([
      '3: has 2 values for 3 columns',
      '7: opens a quote that is never closed',
      '9: has a quote in the middle of a value',
    ]);
  });

  it('an open quote loses only its own row, however long the file is', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => `"10.0.0.1","${index}"`);
    rows[1000] = '"10.0.0.1,"1000"';
    const { records, unreadable } = await read(['"srcaddr","bytes"', ...rows].join('\n'), 1000);
    expect(records).toHaveLength(2999);
    expect(unreadable).toEqual(['1002: opens a quote that is never closed']);
  });

  it.each([
    ['', 'q.csv:1: the header names no field of a flow log: the file is empty'],
    ['a,b\n1,2\n', 'q.csv:1: the header names no field of a flow log: found "a,b"'],
  ])('a header without a field is an error (%#)', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it('every value that is written comes back, quoted or not, in chunks of any size', async () => {
    const value = fc
      .string({ unit: fc.constantFrom('a', '"', ',', ' x', '\n', 'é', "'", '1') })
      .map((text) => text.trim());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(value, fc.nat())),
        fc.boolean(),
        fc.integer({ min: 1, max: 50 }),
        async (rows, quoted, size) => {
          const text = stringify([['action', 'srcport'], ...rows.map(([a, b]) => [a, String(b)])], {
            quoted,
          });
          const { records, unreadable } = await read(text, size);
          expect(unreadable).toEqual([]);
          expect(records).toEqual(rows.map(([a, b]) => ({ action: a || '-', srcport: String(b) })));
        },
      ),
    );
  });
});
