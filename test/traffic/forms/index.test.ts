import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { detectForm, formOf, openInput } from '../../../src/traffic/forms/index.js';
import { flowLogFields } from '../../../src/traffic/records/flow-log-fields.js';
import { memorySource } from '../../../src/traffic/sources/source.js';

const record =
  '2 123456789012 eni-0a1b 10.0.1.5 52.216.0.1 443 50000 6 10 8400 1700000000 1700000060 ACCEPT OK';
const noData = '2 123456789012 eni-0a1b - - - - - - - 1700000000 1700000060 - NODATA';
const form = (text: string) => detectForm(Buffer.from(text)).form.kind;
const formOfBytes = (bytes: Uint8Array) => detectForm(bytes).form.kind;

describe('the form of text', () => {
  it.each([
    ['', 'empty'],
    ['\n \r\n\t\n', 'empty'],
    ['\uFEFFversion account-id interface-id srcaddr\n', 'text-with-header'],
    [`${flowLogFields.join(' ')} some-new-field\n`, 'text-with-header'],
    ['${version} ${srcaddr} ${dstaddr} ${bytes}\n', 'text-with-header'],
    [`${record}\n`, 'text-without-header'],
    [`\n${noData}`, 'text-without-header'],
    [record.replaceAll('10.0.1.5', '2600:1f18::1'), 'text-without-header'],
    ['5 vpc-1 10.0.0.1 10.0.0.2 77 egress', 'text-without-header'],
    [`2026-07-01T00:00:00.000Z ${record}`, 'cloudwatch-export'],
    ['{"messageType":"DATA_MESSAGE","owner":"1"}', 'json-records'],
    ['{\n  "logEvents": [', 'json-records'],
    ['{"version":"2","account-id":"1"}\n', 'json-records'],
    [`{"message":"${record}"}\n`, 'json-records'],
    [
      '{"version":"1.100000","account_id":"1","query_name":"s3.amazonaws.com.","query_type":"A"}',
      'other-log',
    ],
    [`{"events": [{"message": "${record}"}]}`, 'json-records'],
    [`[\n    "${record}"]`, 'json-records'],
    [`[[1790000000000, "${record}"]]`, 'json-records'],
    ['{"results": [[{"field": "@message", "value": ""}]]}', 'json-records'],
    ['{"ResultSet": {"Rows": [{"Data": [{"VarCharValue": "bytes"}]}]}}', 'json-records'],
    ['{"awslogs": {"data": "H4sI"}}', 'json-records'],
    ['{"class_uid": 4001}', 'json-records'],
    ['{\n    "events": []\n}', 'json-records'],
    ['timestamp,message\n1,x\n', 'csv-records'],
    ['host,_raw\n', 'csv-records'],
    [`EVENTS\t1\teni-a-all\t${record}\t2\n`, 'event-lines'],
    [`b/1/s\tf/2/s\nEVENTS\t1\t${record}\t2\n`, 'event-lines'],
    [`2026-07-01T00:00:00.1+00:00 eni-0a1b-all ${record}`, 'cloudwatch-export'],
    [`2026-07-01T00:00:00 ${record}`, 'cloudwatch-export'],
    ['[INFO] 10.0.0.1', 'unknown-text'],
    ['[{"a":1}]', 'unknown-text'],
    ['a\tb c\td\n', 'unknown-text'],
    ['"version","account_id","srcaddr"\n', 'csv-records'],
    ['@timestamp,@message\n', 'csv-records'],
    ['"@message"\n', 'csv-records'],
    ['srcAddr,dstAddr,sum(bytes)\n', 'csv-records'],
    ['service,gb_out\n', 'summary-csv'],
    ['\uFEFF"Account_ID","Service","Bytes_Out"\n', 'summary-csv'],
    ['2,123456789012,eni-0a\n', 'unknown-text'],
    ['hello world\nversion srcaddr', 'unknown-text'],
    ['2026-07-01T00:00:00Z GET /index.html 200', 'unknown-text'],
    ['Jul  1 12:30:00 host sshd[1]: 10.0.0.1', 'unknown-text'],
    ['<html>', 'unknown-text'],
    ['{"a":1}', 'unknown-text'],
  ])('%j is told', (text, expected) => {
    expect(form(text)).toBe(expected);
  });
});

describe('the form of bytes', () => {
  it('is told by what they begin with', () => {
    const parquet = parquetWriteBuffer({
      columnData: [{ name: 'bytes', data: [1n], type: 'INT64' }],
    });
    expect(formOfBytes(gzipSync('x'))).toBe('gzip');
    expect(formOfBytes(new Uint8Array(parquet))).toBe('parquet');
    expect(formOfBytes(Buffer.from([0x50, 0x4b, 3, 4, 0]))).toBe('zip');
    expect(formOfBytes(Buffer.from([1, 2, 3, 0, 4, 5]))).toBe('binary');
  });

  it.each(['utf16le', 'swapped'])('knows UTF-16, with and without a mark (%s)', (order) => {
    for (const text of ['version account-id', '\uFEFFversion account-id']) {
      const bytes = Buffer.from(text, 'utf16le');
      expect(formOfBytes(order === 'swapped' ? bytes.swap16() : bytes)).toBe('utf-16');
    }
  });
});

/** What a source of these bytes holds; of text the number of its fields. */
async function contentOf(bytes: Uint8Array | string, fields: readonly string[] | null = null) {
  const { content } = await openInput(memorySource('log', Buffer.from(bytes)), { fields });
  if (content.kind === 'unread') return content.reason;
  return content.kind === 'text' ? `text of ${content.plan.fields.length} fields` : content.kind;
}

describe('what a source holds', () => {
  it('is found out once', async () => {
    const source = memorySource('log', Buffer.from(record));
    expect(await formOf({ ...source })).toBe(await formOf(source));
  });

  const six = '5 vpc-1 10.0.0.1 10.0.0.2 77 egress';
  const named = ['version', 'vpc-id', 'srcaddr', 'dstaddr', 'bytes', 'flow-direction'];

  it.each([
    ['a record of version 2', record, null, 'text of 14 fields'],
    [
      'a record with a time before it',
      `2026-07-01T00:00:00.000Z ${record}`,
      null,
      'text of 15 fields',
    ],
    ['a record of named fields', six, named, 'text of 6 fields'],
    ['text that is unknown, of named fields', 'a b c d e f', named, 'text of 6 fields'],
    [
      'a record of other fields than named',
      record,
      named,
      'its lines hold 14 values, and --fields names 6',
    ],
    ['a header', named.join(' '), null, 'text of 6 fields'],
    ['a header without bytes', 'version account-id srcaddr', null, 'its header has no field bytes'],
    ['a summary', 'service,gb_out\n', null, 'summary'],
    ['nothing', '\n', null, 'nothing'],
    ['gzip', gzipSync(record), null, 'text of 14 fields'],
    ['gzip within gzip', gzipSync(gzipSync('service,gb_out\n')), null, 'summary'],
    [
      'gzip within gzip within gzip',
      gzipSync(gzipSync(gzipSync(record))),
      null,
      'this is gzip within gzip within gzip; unpack it',
    ],
    ['a ZIP archive', Buffer.from([0x50, 0x4b, 3, 4]), null, 'members'],
  ])('%s', async (_, bytes, fields, expected) => {
    expect(await contentOf(bytes, fields)).toBe(expected);
  });

  it('is of a record of other fields unknown', async () => {
    expect(await contentOf(six)).toMatch(/^its lines hold 6 values and name no fields; /);
  });
});
