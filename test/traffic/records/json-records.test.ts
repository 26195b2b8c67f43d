import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultFlowLogFields } from '../../../src/traffic/records/flow-log-fields.js';
import { readJsonRecords } from '../../../src/traffic/records/json-records.js';
import { chunks, gather } from './gather.js';

const read = (text: string, fields: readonly string[] = defaultFlowLogFields, size?: number) =>
  gather(readJsonRecords(chunks(text, size), fields));

const message =
  '2 123456789012 eni-0a 10.0.1.5 52.216.0.1 443 50000 6 10 8400 1700000000 1700000060 ACCEPT OK';
const subscription = (...messages: readonly unknown[]) => ({
  messageType: 'DATA_MESSAGE',
  owner: '123456789012',
  logGroup: 'flow',
  logStream: 'eni-0a-all',
  subscriptionFilters: ['all {"}'],
  logEvents: messages.map((text, id) => ({
    id: String(id),
    timestamp: 1_700_000_000_000,
    message: text,
  })),
});
const control = {
  messageType: 'CONTROL_MESSAGE',
  owner: 'CloudwatchLogs',
  logEvents: [{ id: '', message: 'CWL CONTROL MESSAGE: Checking health of destination' }],
};

describe('a CloudWatch Logs subscription', () => {
  it.each([
    ['one a line', '\n'],
    ['without anything between', ''],
    ['with spaces between', '  '],
    ['with CR LF', '\r\n'],
  ])('is read %s', async (_, between) => {
    const text = [subscription(message, message), control, subscription(message)]
      .map((value) => JSON.stringify(value))
      .join(between);
    const { records, unreadable } = await read(text);
    expect(records).toHaveLength(3);
    expect(records[0]).toMatchObject({
      version: '2',
      srcaddr: '10.0.1.5',
      dstaddr: '52.216.0.1',
      bytes: '8400',
      'log-status': 'OK',
    });
    expect(unreadable).toEqual([]);
  });

  it('is read when it goes over several lines', async () => {
    const text = `${JSON.stringify(control, null, 2)}\n${JSON.stringify(subscription(message), null, 2)}\n`;
    const { records, lines, unreadable } = await read(text);
    expect([records.length, unreadable]).toEqual([1, []]);
    // The event, not the document: it begins behind "logEvents".
    const before = text.slice(0, text.lastIndexOf('{\n      "id"'));
    expect(lines).toEqual([before.split('\n').length]);
  });

  it('takes the fields of the records from outside', async () => {
    const { records } = await read(JSON.stringify(subscription('10.0.1.5 77')), [
      'srcaddr',
      'bytes',
    ]);
    expect(records).toEqual([{ srcaddr: '10.0.1.5', bytes: '77' }]);
  });

  it('counts each event that is no record', async () => {
    const text =
      JSON.stringify(subscription(message, '2 1 2', 7)) +
      '\n' +
      JSON.stringify({ messageType: 'OTHER' }) +
      '\n';
    const { records, unreadable } = await read(text);
    expect(records).toHaveLength(1);
    expect(unreadable).toEqual([
      '1: has 3 values for 14 fields: name the fields with --fields',
      '1: has a log event without a message',
      '2: is no message of a CloudWatch Logs subscription',
    ]);
  });
});

describe('a Firehose stream', () => {
  it('is read by its keys, with extra ones and absent ones', async () => {
    const text = [
      {
        version: '5',
        srcaddr: '10.0.1.5',
        'pkt-dstaddr': '52.216.0.1',
        bytes: '84',
        extra: { deep: [1] },
      },
      { srcaddr: '10.0.1.6', bytes: 85, 'flow-direction': 'egress', 'az-id': null, 'vpc-id': '' },
    ]
      .map((value) => `${JSON.stringify(value)}\n`)
      .join('');
    const { records, lines, unreadable } = await read(text);
    expect(records).toEqual([
      { version: '5', srcaddr: '10.0.1.5', 'pkt-dstaddr': '52.216.0.1', bytes: '84' },
      {
        version: '-',
        srcaddr: '10.0.1.6',
        'pkt-dstaddr': '-',
        bytes: '85',
        'flow-direction': 'egress',
        'az-id': '-',
        'vpc-id': '-',
      },
    ]);
    expect([lines, unreadable]).toEqual([[1, 2], []]);
  });

  it('is read where an object holds the record as text', async () => {
    expect((await read(`${JSON.stringify({ message })}\n`)).records).toMatchObject([
      { bytes: '8400' },
    ]);
  });

  it('goes on after damage, and reports it', async () => {
    const good = JSON.stringify({ srcaddr: '10.0.1.5', bytes: '1' });
    const lines = [
      good,
      '{"srcaddr":"10.0.1.5","by',
      good,
      'garbage',
      good,
      '{"a":{"b":1}',
      good,
      '{}',
      '[1]',
      good,
      '{"bytes":12345678901234567890}',
      '{"bytes":{}}',
      good,
      '{"srcaddr":"10',
    ];
    const { records, lines: at, unreadable } = await read(lines.join('\n'));
    expect(records).toHaveLength(6);
    expect(at).toEqual([1, 3, 5, 7, 10, 13]);
    expect(unreadable).toEqual([
      '2: is a JSON object cut short',
      '4: is not a JSON object',
      '6: is a JSON object cut short',
      '8: has no field of a flow log',
      '9: is not a JSON object',
      '11: has no exact value for bytes',
      '12: has no exact value for bytes',
      '14: is a JSON object cut short',
    ]);
  });

  it('reports every line that is not read, whatever stands in it', async () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '"',
      '\\',
      '{"bytes":"1"}',
      ' ',
      ',',
      'x',
      '{}',
      '"a":',
      '\u001b[31m',
    );
    const line = fc.array(pieces, { maxLength: 6 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 20 }), async (lines, size) => {
        const text = lines.map((one) => `${one}\n{"bytes":"7"}\n`).join('');
        const { records, unreadable } = await read(text, defaultFlowLogFields, size);
        // The whole line after each odd one is read, whatever went before it.
        expect(records.filter((record) => record['bytes'] === '7')).toHaveLength(lines.length);
        const odd = lines.filter((one) => one.replaceAll('{"bytes":"1"}', '').trim() !== '');
        expect(unreadable.length).toBeGreaterThanOrEqual(odd.length);
      }),
      { numRuns: 300 },
    );
  });
});
