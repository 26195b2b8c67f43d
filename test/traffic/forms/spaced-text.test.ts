import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { singleSpaced } from '../../../src/traffic/records/spaced-lines.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { generatedFields, generatedRows, textOf } from '../generated-log.js';
import { load } from '../load-options.js';

const rows = generatedRows(20);
const text = textOf(rows);
const withoutHeader = rows
  .map((row) => `${row.slice(0, generatedFields.indexOf('vpc-id')).join(' ')}\n`)
  .join('');

async function profilesOf(content: string | Uint8Array) {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'a.log');
  await writeFile(file, content);
  const { profiles, counts } = await load([file]);
  return { profiles, counts };
}

describe('a flow log with other spaces than one between values', () => {
  const spaced: readonly (readonly [string, (log: string) => string | Uint8Array])[] = [
    ['tabs', (log) => log.replaceAll(' ', '\t')],
    ['two spaces', (log) => log.replaceAll(' ', '  ')],
    ['spaces and tabs', (log) => log.replaceAll(' ', ' \t ')],
    ['spaces at the ends of lines', (log) => log.replaceAll('\n', '  \n')],
    ['spaces at the beginnings of lines', (log) => log.replaceAll(/^(?=.)/gm, '  ')],
    ['tabs, and line ends of Windows', (log) => log.replaceAll(' ', '\t').replaceAll('\n', '\r\n')],
    ['tabs, packed', (log) => gzipSync(log.replaceAll(' ', '\t'))],
    ['two spaces between the values of records only', (log) => log.replaceAll(/(?<=\d) /g, '  ')],
  ];

  it.each(spaced)('is read as the same with one: %s', async (_, change) => {
    for (const log of [text, withoutHeader]) {
      expect(await profilesOf(change(log))).toEqual(await profilesOf(log));
    }
  });

  it('may leave out values between tabs', async () => {
    const none = text
      .replaceAll(' ', '\t')
      .replaceAll(/\t-(?=\t)/g, '\t')
      .replaceAll(/\t-$/gm, '\t');
    expect(none).toContain('\t\t');
    expect(await profilesOf(none)).toEqual(await profilesOf(text));
  });

  it.each([
    ['a\t\tb\n', 'a - b\n'],
    ['a\t\n\tb \t\n', 'a -\nb -\n'],
    ['\t\ta  b', 'a b'],
    ['\n\n a\r\n', '\n\na\n'],
    ['a\t\t\t\n', 'a - - -\n'],
  ])('%j becomes %j, however it is cut', async (spacedText, single) => {
    for (let cut = 0; cut <= spacedText.length; cut++) {
      async function* pieces() {
        yield Buffer.from(spacedText.slice(0, cut));
        yield Buffer.from(spacedText.slice(cut));
      }
      let got = '';
      for await (const piece of singleSpaced(pieces())) got += Buffer.from(piece).toString();
      expect(got).toBe(single);
    }
  });
});

describe('text that is no flow log', () => {
  const header = generatedFields.join(' ');
  it.each([
    [
      'README',
      '# Logs\n\nThese are the logs of October.\n',
      /^its first line is no flow-log record and names no fields$/,
    ],
    ['a page', '<!DOCTYPE html>\n<html></html>\n', /^this is HTML or XML/],
    ['an error of S3', '<Error><Code>AccessDenied</Code></Error>\n', /^this is HTML or XML/],
    ['JSON', '{"a": 1}\n', /^this is JSON without a flow-log record/],
    ['semicolons', `${header.replaceAll(' ', ';')}\n`, /^its values stand between ";"; give a CSV/],
    ['bars', rows[0]?.join(' | ') ?? '', /^its values stand between "\|"/],
    [
      'commas without a header',
      rows[0]?.join(',') ?? '',
      /commas, and its first line names no columns$/,
    ],
    [
      'a line of sums',
      '10.0.0.1 77 many\n',
      /name them with --fields, as in the flow log's format$/,
    ],
  ])('is named as what it seems to be: %s', async (_, content, reason) => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'good.log'), text);
    const file = join(folder.path, 'odd.txt');
    await writeFile(file, content);
    const { findings } = await load([folder.path]);
    const [message = ''] = findings.flatMap((finding) =>
      finding.code === 'file-not-read' ? [finding.message] : [],
    );
    expect(message.replace(`${file}: not read: `, '')).toMatch(reason);
    // Fields are advised only where they help.
    expect(message.includes('--fields')).toBe(reason.source.includes('--fields'));
  });
});
