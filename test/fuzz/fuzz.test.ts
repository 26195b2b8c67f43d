import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scannerBinary } from '../../src/traffic/scanner/binary.js';
import { planFields } from '../../src/traffic/scanner/field-plan.js';
import { root } from '../support/run-cli.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { load } from '../traffic/load-options.js';
import { LogFolder } from '../traffic/worlds/check-world.js';
import { randomOf } from '../traffic/worlds/random.js';
import { forms } from './forms.js';
import { recordsOf } from './records.js';
import { compile, scanAt } from './scanner-host.js';
import { settings } from './settings.js';

describe('the fuzz', () => {
  it('writes each form so that all of its records are read as that form', async () => {
    await using folder = await temporaryFolder();
    for (const [name, form] of Object.entries(forms)) {
      const records = { ...recordsOf(randomOf(5), true), broken: [] };
      const content = form.write(records, randomOf(6));
      const inputs = new LogFolder(folder.path).write([
        { path: `${name}.${form.ending}`, content },
      ]);
      const { counts } = await load(inputs, { fields: records.fields });
      expect([name, counts?.read, counts?.setAside.unreadable]).toEqual([
        name,
        records.rows.length,
        undefined,
      ]);
    }
  });

  it('sees where the scanner reads something else', () => {
    const plan = planFields(['srcaddr', 'dstaddr', 'bytes']);
    if (typeof plan === 'string') throw new Error(plan);
    const release = compile(Buffer.from(scannerBinary, 'base64'));
    const scan = (text: string, place: number | 'end of memory') =>
      scanAt(release, plan, { text: Buffer.from(text), place, filler: 0x0a });
    const line = '10.0.1.5 203.0.113.5 70\n';
    expect(scan(line, 3)).toEqual(scan(line, 'end of memory'));
    expect(scan(line, 0)).toMatchObject({ lines: 1, records: 1, strange: [], rest: 0 });
    expect(scan(line, 0).groups).toHaveLength(1);
    expect(scan('10.0.1.5 203.0.113.5 71\n', 0)).not.toEqual(scan(line, 0));
    expect(scan('no record\n', 7).strange).toEqual(['0 9 1']);
  });

  it('has the forms and settings that docs/testing.md says', () => {
    const text = readFileSync(join(root, 'docs/testing.md'), 'utf8');
    const told = /in (\d+) forms\b.* (\d+) kinds of settings/s.exec(text);
    expect(told?.slice(1).map(Number)).toEqual([Object.keys(forms).length, settings.length]);
  });
});
