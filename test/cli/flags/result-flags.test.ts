import { describe, expect, it } from 'vitest';
import { readFormat, resultFlags } from '../../../src/cli/flags/result-flags.js';
import {
  formatOfFile,
  writtenFormatNames,
  writtenFormats,
} from '../../../src/cli/report/formats.js';

const formats = { table: 1, json: 2, yaml: 3 };

describe('--format', () => {
  it('lists, reads and defaults to what the record of formats holds', () => {
    expect(resultFlags(formats).format).toMatchObject({
      describe: 'table, json or yaml',
      defaultDescription: 'table',
    });
    expect(readFormat('YAML', formats)).toBe('yaml');
    expect(readFormat(undefined, formats)).toBe('table');
    expect(() => readFormat('markdown', formats)).toThrow('is not one of table, json, yaml');
  });

  it('is read from each ending of a report, however it is written', () => {
    for (const name of writtenFormatNames) {
      for (const ending of writtenFormats[name].endings) {
        expect([ending, formatOfFile(`my.report${ending.toUpperCase()}`)]).toEqual([ending, name]);
      }
    }
    expect(formatOfFile('report.pdf')).toBeUndefined();
  });
});
