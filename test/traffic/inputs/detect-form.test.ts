import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { detectForm } from '../../../src/traffic/inputs/detect-form.js';
import { flowLogFields } from '../../../src/traffic/records/flow-log-fields.js';

const record =
  '2 123456789012 eni-0a1b 10.0.1.5 52.216.0.1 443 50000 6 10 8400 1700000000 1700000060 ACCEPT OK';
const noData = '2 123456789012 eni-0a1b - - - - - - - 1700000000 1700000060 - NODATA';
const form = (text: string) => detectForm(Buffer.from(text));

describe('the form of text', () => {
  it.each([
    ['', { kind: 'empty' }],
    ['\n \r\n\t\n', { kind: 'empty' }],
    ['\uFEFFversion account-id interface-id srcaddr\n', { kind: 'text-with-header' }],
    [`${flowLogFields.join(' ')} some-new-field\n`, { kind: 'text-with-header' }],
    ['${version} ${srcaddr} ${dstaddr} ${bytes}\n', { kind: 'text-with-header' }],
    [`${record}\n`, { kind: 'text-without-header', values: 14 }],
    [`\n${noData}`, { kind: 'text-without-header', values: 14 }],
    [record.replaceAll('10.0.1.5', '2600:1f18::1'), { kind: 'text-without-header', values: 14 }],
    ['5 vpc-1 10.0.0.1 10.0.0.2 77 egress', { kind: 'text-without-header', values: 6 }],
    [`2026-07-01T00:00:00.000Z ${record}`, { kind: 'cloudwatch-export', values: 14 }],
    ['{"messageType":"DATA_MESSAGE","owner":"1"}', { kind: 'json-records' }],
    ['{\n  "logEvents": [', { kind: 'json-records' }],
    ['{"version":"2","account-id":"1"}\n', { kind: 'json-records' }],
    [`{"message":"${record}"}\n`, { kind: 'json-records' }],
    [
      '{"version":"1.100000","account_id":"1","query_name":"s3.amazonaws.com.","query_type":"A"}',
      { kind: 'resolver-query-log' },
    ],
    ['"version","account_id","srcaddr"\n', { kind: 'csv-records' }],
    ['@timestamp,@message\n', { kind: 'csv-records' }],
    ['"@message"\n', { kind: 'csv-records' }],
    ['srcAddr,dstAddr,sum(bytes)\n', { kind: 'csv-records' }],
    ['service,gb_out\n', { kind: 'summary-csv' }],
    ['\uFEFF"Account_ID","Service","Bytes_Out"\n', { kind: 'summary-csv' }],
    ['2,123456789012,eni-0a\n', { kind: 'unknown-text', line: '2,123456789012,eni-0a' }],
    ['hello world\nversion srcaddr', { kind: 'unknown-text', line: 'hello world' }],
    [
      '2026-07-01T00:00:00Z GET /index.html 200',
      { kind: 'unknown-text', line: '2026-07-01T00:00:00Z GET /index.html 200' },
    ],
    [
      'Jul  1 12:30:00 host sshd[1]: 10.0.0.1',
      { kind: 'unknown-text', line: 'Jul  1 12:30:00 host sshd[1]: 10.0.0.1' },
    ],
    ['<html>', { kind: 'unknown-text', line: '<html>' }],
    ['{"a":1}', { kind: 'unknown-text', line: '{"a":1}' }],
  ])('%j is told', (text, expected) => {
    expect(form(text)).toEqual(expected);
  });
});

describe('the form of bytes', () => {
  it('is told by what they begin with', () => {
    const parquet = parquetWriteBuffer({
      columnData: [{ name: 'bytes', data: [1n], type: 'INT64' }],
    });
    expect(detectForm(gzipSync('x'))).toEqual({ kind: 'gzip' });
    expect(detectForm(new Uint8Array(parquet))).toEqual({ kind: 'parquet' });
    expect(detectForm(Buffer.from([0x50, 0x4b, 3, 4, 0]))).toEqual({
      kind: 'binary',
      name: 'a ZIP archive',
    });
    expect(detectForm(Buffer.from([1, 2, 3, 0, 4, 5]))).toEqual({ kind: 'binary', name: null });
  });

  it.each(['utf16le', 'swapped'])('knows UTF-16, with and without a mark (%s)', (order) => {
    for (const text of ['version account-id', '\uFEFFversion account-id']) {
      const bytes = Buffer.from(text, 'utf16le');
      expect(detectForm(order === 'swapped' ? bytes.swap16() : bytes)).toEqual({ kind: 'utf-16' });
    }
  });
});
