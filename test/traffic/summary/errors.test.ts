import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodes, PathfareError } from '../../../src/base/errors.js';
import { networkPathNames } from '../../../src/cost/paths/index.js';
import { readSummaryCsv } from '../../../src/traffic/summary/read.js';
import { inChunks } from './bytes-in-chunks.js';

const header = 'service,bytes_out,bytes_in\n';

/** A file of the whole contract with one row, good but for the cells given. */
function contractRow(cells: Readonly<Record<string, string>>): string {
  const row = {
    account_id: '111122223333',
    region: 'us-east-1',
    vpc_id: 'vpc-1',
    az_id: 'use1-az1',
    service: 's3',
    path: 'nat-gateway',
    bytes_out: '1',
    bytes_in: '2',
    start: '',
    end: '',
    ...cells,
  };
  return `${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`;
}

const badFiles: Readonly<Record<string, string | Uint8Array>> = {
  'an empty file': '',
  'a byte order mark alone': '\ufeff',
  'blank lines alone': '\n\r\n  \n',
  'a header alone': header,
  'no header': '111122223333,us-east-1,vpc-1,use1-az1,s3,,12,34,,\n',
  'no column service': 'region,bytes_out\nus-east-1,1\n',
  'a slip in service': 'servce,bytes_out\ns3,1\n',
  'no volume column': 'service,region\ns3,us-east-1\n',
  'a slip in bytes_out': 'service,bytesout\ns3,1\n',
  'bytes_out and gb_out': 'service,bytes_out,gb_out\ns3,1,\n',
  'bytes_in and gb_in': 'service,bytes_in,gb_in\ns3,1,\n',
  'a column twice': 'service,bytes_out,Service\ns3,1,s3\n',
  'semicolons between the columns': 'service;bytes_out\ns3;1\n',
  'tabs between the columns': 'service\tbytes_out\ns3\t1\n',
  'negative bytes': `${header}s3,-5,0\n`,
  'a fraction of a byte': `${header}s3,1.5,0\n`,
  'bytes with an exponent': `${header}s3,0,1e9\n`,
  'bytes with a separator, in quotes': `${header}s3,"1,024",0\n`,
  'bytes with a separator': `${header}s3,1,024,0\n`,
  'bytes of 30 digits': `${header}s3,${'9'.repeat(30)},0\n`,
  '2^63 bytes': `${header}s3,9223372036854775808,0\n`,
  'bytes in hexadecimal': `${header}s3,0x10,0\n`,
  'bytes with a space inside': `${header}s3,1 024,0\n`,
  'digits of another script': `${header}s3,١٢,0\n`,
  'a terminal escape': `${header}s3,\u001b[31m1,0\n`,
  'negative GB': 'service,gb_out\ns3,-1.5\n',
  'GB with an exponent': 'service,gb_out\ns3,1e3\n',
  'GB of 16 digits': 'service,gb_out\ns3,1234567890123456\n',
  'GB of 13 decimals': 'service,gb_out\ns3,0.1234567890123\n',
  'both volumes empty': `${header}s3,1,1\nsqs,,\n`,
  'the one volume empty': 'service,gb_in\ns3,\n',
  'a row too short': `${header}s3,1\n`,
  'no service': `${header},1,2\n`,
  'a service of 200 characters': `${header}${'s'.repeat(200)},1,2\n`,
  'a full name without its service': `${header}com.amazonaws.us-east-1,1,2\n`,
  'another path': contractRow({ path: 'nat' }),
  'a slip in the path': contractRow({ path: 'Gateway-Endpiont' }),
  'an account without its leading zero': contractRow({ account_id: '11122223333' }),
  'an account that a spreadsheet rounded': contractRow({ account_id: '1.11122E+11' }),
  "a Region's name": contractRow({ region: 'Ireland' }),
  'no Region': contractRow({ region: '' }),
  'a control character in an identifier': contractRow({ vpc_id: 'vpc-\u0007' }),
  'an identifier too long': contractRow({ az_id: 'a'.repeat(256) }),
  "a date that isn't": contractRow({ start: '2026-02-30', end: '2026-03-01' }),
  'a word for a date': contractRow({ start: 'yesterday', end: '2026-03-01' }),
  'a date or a count': contractRow({ start: '20261001', end: '20261101' }),
  'an end before its start': contractRow({ start: '2026-11-01', end: '2026-10-01' }),
  'an end at its start': contractRow({ start: '2026-10-01', end: '2026-10-01' }),
  'a start without an end': contractRow({ start: '2026-10-01' }),
  'an end without a start': contractRow({ end: '1790812800' }),
  'two Regions of a service':
    'service,region,service_region,gb_out\ncom.amazonaws.eu-west-1.s3,us-east-1,eu-west-2,1\n',
  'a word for crossing bytes': 'service,region,gb_out,cross_az_bytes\ns3,us-east-1,1,some\n',
  'a quote never closed': `${header}s3,1,1\n\n"sqs,1,1\ns3,1,1\n`,
  'a quote never closed in the header': '"service,bytes_out\ns3,1\n',
  'a quote in the middle of a value': `${header}s3,1,1\ns"q"s,1,1\n`,
  'a value after its quotes': `${header}"sq"s,1,1\n`,
  'a bad row after a row of three lines': `note,${header}"a\r\nb\r\nc",s3,1,1\r\nx,s3,-1,1\r\n`,
  'a bad row of three lines': `note,${header}x,s3,1,1\n"a\nb\nc",s3,-1,1\n`,
  'a bad row after CR alone': 'service,bytes_out\rs3,1\rs3,-1\r',
  'UTF-16, little end first': Buffer.from(`\ufeff${header}`, 'utf16le'),
  'UTF-16, big end first': Buffer.from(`\ufeff${header}`, 'utf16le').swap16(),
  'UTF-16 without a mark': Buffer.from(header, 'utf16le'),
  'Latin-1': Buffer.from(`${header}s3,1,1\ncafé,1,1\n`, 'latin1'),
  'a NUL byte': `${header}s3,1,1\ns\0,1,1\n`,
  'a workbook': Buffer.from('PK\u0003\u0004\u0014\0\u0006\0', 'latin1'),
  'a row over 1 MiB': `${header}s3,1,1\n${'9'.repeat(1_100_000)}`,
  'a quoted row over 1 MiB': `${header}s3,1,1\n"${'9\n'.repeat(600_000)}`,
};

async function failure(file: string | Uint8Array, chunkSize: number, region: string | null) {
  try {
    await readSummaryCsv(inChunks(Buffer.from(file), chunkSize), 't.csv', {
      region,
      paths: networkPathNames,
    });
  } catch (error) {
    if (error instanceof PathfareError) return error;
    throw error;
  }
  throw new Error('the file was read');
}

/** The case as a person reads it: its name, the message, the hint. */
function told(name: string, { message, hint = '' }: PathfareError): string {
  return `${name}\n    ${message}\n    ${hint}\n`;
}

describe('readSummaryCsv on bad input', () => {
  const files = Object.entries(badFiles);

  it('says where, which value, and what to do', async () => {
    const lines: string[] = [];
    for (const [name, file] of files) {
      const region = name === 'no Region' ? null : 'us-east-1';
      lines.push(told(name, await failure(file, 65_536, region)));
    }
    const golden = join(import.meta.dirname, '../../cases/summary-csv-errors.txt');
    await expect(lines.join('\n')).toMatchFileSnapshot(golden);
  });

  it.each(files)('fails with 1 for %s, wherever the chunks are cut', async (name, file) => {
    const region = name === 'no Region' ? null : 'us-east-1';
    const error = await failure(file, 65_536, region);
    // A row without a Region is the one that a flag would have helped.
    expect(error.exitCode).toBe(name === 'no Region' ? exitCodes.usage : exitCodes.failed);
    if (file.length < 10_000) {
      const again = await failure(file, 1, region);
      expect([again.message, again.hint]).toEqual([error.message, error.hint]);
    }
  });
});
