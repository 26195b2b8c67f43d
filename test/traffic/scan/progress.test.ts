import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { scanFile } from '../../../src/traffic/scan/file.js';
import { Scanner } from '../../../src/traffic/scanner/scanner.js';
import { fileSource } from '../../../src/traffic/sources/file.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { testAddresses } from '../flow-log-text.js';
import { generatedFields, generatedRows, textOf } from '../generated-log.js';

const rows = generatedRows(1500);
const objects = rows.map((row) =>
  JSON.stringify(Object.fromEntries(generatedFields.map((field, index) => [field, row[index]]))),
);

describe('the progress of a scan', () => {
  it.each([
    ['text', Buffer.from(textOf(rows))],
    ['gzip', gzipSync(textOf(rows))],
    ['JSON', Buffer.from(objects.join('\n'))],
  ])('tells each byte and each record once: %s', async (_, bytes) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'log');
    await writeFile(file, bytes);
    const told = { bytes: 0, records: 0 };
    const outcome = await scanFile(
      { source: fileSource(file, bytes.length) },
      {
        scanner: new Scanner({ addresses: testAddresses, interval: 0, talkers: false }),
        settings: { fields: null },
        progress: (more, records) => {
          told.bytes += more;
          told.records += records;
        },
      },
    );
    expect(outcome.kind).toBe('scanned');
    expect(told).toEqual({ bytes: bytes.length, records: rows.length });
  });
});
