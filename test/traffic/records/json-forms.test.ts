import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readEventLines } from '../../../src/traffic/records/event-lines.js';
import { flowLogFields } from '../../../src/traffic/records/flow-log-fields.js';
import { readJsonRecords } from '../../../src/traffic/records/json-records.js';
import { chunks, gather } from './gather.js';

const read = (value: unknown, fields: readonly string[] | null = null) =>
  gather(
    readJsonRecords(chunks(typeof value === 'string' ? value : JSON.stringify(value)), fields),
  );

const v2 =
  '2 123456789012 eni-a 10.0.1.5 52.216.0.1 443 50000 6 10 8400 1700000000 1700000060 ACCEPT OK';
const v5 = `${v2.replace(/^2/, '5')} vpc-1 subnet-1 i-1 3 IPv4 10.0.1.5 52.216.0.1 us-east-1 use1-az1 - - - S3 egress 8`;
/** Made up, of 21 values as version 3 has, in an order of its own. */
const custom = `${v2} 10.0.1.5 52.216.0.1 vpc-1 egress 1 - S3`;

describe('records of fields that are not named', () => {
  it('are read where the order is AWS’s own and each value fits', async () => {
    const { records } = await read({ events: [{ message: v2 }, { message: v5 }] });
    expect(records).toMatchObject([
      { bytes: '8400', action: 'ACCEPT' },
      { bytes: '8400', 'traffic-path': '8', 'pkt-dst-aws-service': 'S3' },
    ]);
    expect(Object.keys(records[1] ?? {})).toEqual(flowLogFields.slice(0, 29));
  });

  it('are not guessed of a custom format, and say what to do', async () => {
    const { records, unreadable } = await read({ events: [{ message: custom }] });
    expect(records).toEqual([]);
    expect(unreadable).toEqual([
      "1: has 21 values and names no fields: name them with --fields, as in the flow log's format",
    ]);
  });

  it('are read by a line of names, as a shipper sends the first of a file in S3', async () => {
    const { records } = await read([
      { message: 'srcaddr dstaddr bytes' },
      { message: '1.1.1.1 2.2.2.2 7' },
    ]);
    expect(records).toEqual([{ srcaddr: '1.1.1.1', dstaddr: '2.2.2.2', bytes: '7' }]);
  });
});

describe('what is in JSON', () => {
  it('is counted by event, each with its line', async () => {
    const text = JSON.stringify(
      { events: [{ message: v2 }, { message: 'x' }, { message: v2 }] },
      null,
      1,
    );
    const { records, lines, unreadable } = await read(text);
    expect(records).toHaveLength(2);
    expect([lines, unreadable.map((one) => one.slice(0, 15))]).toEqual([
      [3, 9],
      ['6: has 1 value '],
    ]);
  });

  it('tells its flow log by the log group and the kind of traffic', async () => {
    const event = { message: v2, logStreamName: 'eni-a-accept' };
    const logs: (string | undefined)[] = [];
    const text = [
      {
        logGroup: 'flow',
        logStream: 'eni-a-all',
        messageType: 'DATA_MESSAGE',
        logEvents: [{ message: v2 }],
      },
      { events: [event] },
      {
        results: [
          [
            { field: '@message', value: v2 },
            { field: '@log', value: '1:flow' },
          ],
        ],
      },
      { message: v2 },
    ]
      .map((value) => JSON.stringify(value))
      .join('\n');
    for await (const batch of readJsonRecords(chunks(text), null)) logs.push(batch.flowLog);
    expect(logs).toEqual(['flow all', 'accept', '1:flow', undefined]);
  });

  it('is nothing where no event was found', async () => {
    for (const value of [{ events: [] }, [], { results: [] }]) {
      expect(await read(value)).toEqual({ records: [], lines: [], unreadable: [] });
    }
  });

  it('is unpacked as deep as AWS packs it, and no deeper', async () => {
    const pack = (value: unknown) => ({
      awslogs: { data: gzipSync(JSON.stringify(value)).toString('base64') },
    });
    const events = { events: [{ message: v2 }] };
    expect((await read(pack(events))).records).toHaveLength(1);
    let deep: unknown = events;
    for (let depth = 0; depth < 9; depth++) deep = pack(deep);
    expect((await read(deep)).unreadable).toEqual(['1: is packed too deep']);
  });

  it('is refused where the data is damaged', async () => {
    const damaged = gzipSync('x'.repeat(90)).subarray(0, 20).toString('base64');
    expect((await read({ awslogs: { data: damaged } })).unreadable).toEqual([
      '1: has data that can not be unpacked',
    ]);
  });

  it("needs the first row of Athena's result", async () => {
    const row = (...values: readonly string[]) => ({
      Data: values.map((VarCharValue) => ({ VarCharValue })),
    });
    const { records, unreadable } = await read({
      ResultSet: {
        Rows: [row('10.0.0.1', '7'), row('srcaddr', 'bytes'), row('10.0.0.1', '1.25E3')],
      },
    });
    expect(records).toEqual([{ srcaddr: '10.0.0.1', bytes: '1250' }]);
    expect(unreadable).toEqual([
      '1: stands in a result whose first row names no field of a flow log',
    ]);
  });
});

describe("the AWS CLI's text", () => {
  it('passes over tokens and searched streams, and no other line', async () => {
    const text = `b/1/s\tf/2/s\nEVENTS\t1\t${v2}\t2\nEVENTS\t1\tx\t2\nSEARCHEDLOGSTREAMS\tTrue\teni\n`;
    const { records, lines, unreadable } = await gather(readEventLines(chunks(text), null));
    expect([records.length, lines, unreadable]).toEqual([1, [2], ['3: has no text of a record']]);
  });
});
