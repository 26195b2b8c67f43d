import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../../src/base/errors.js';
import { compareText } from '../../../src/base/finding.js';
import { asFlags, startAsFlag } from '../../../src/cli/kit/output.js';
import { sourceFiles } from '../../support/imports.js';
import { root, runCli } from '../../support/run-cli.js';

const source = join(root, 'src');
const byText = (a = '', b = ''): number => compareText(a, b);

describe('an option of the library', () => {
  it.each([
    ['Name it with `region`.', 'Name it with --region.'],
    ['a folder with `cacheDir`', 'a folder with --cache-dir'],
    ["or `source: 'offer-file'`.", 'or --source offer-file.'],
    ['with `timeout: SECONDS`', 'with --timeout SECONDS'],
    ['nothing of it', 'nothing of it'],
  ])('in %j is a flag for the command line', (text, shown) => {
    expect(asFlags(text)).toBe(shown);
  });

  it('is one only at the beginning of a message, which holds values of others', () => {
    expect(startAsFlag('`rates` a.json: found "`region`"')).toBe(
      '--rates a.json: found "`region`"',
    );
    expect(startAsFlag('a.json: found "`region`"')).toBe('a.json: found "`region`"');
  });

  it('is shown as a flag by a command that fails', async () => {
    const { stderr } = await runCli([
      'estimate',
      '--region',
      'us-east-1',
      '--service',
      's3',
      '--gb-in',
      '1',
      '--discount',
      '9',
    ]);
    expect(stderr).toMatch(/^pathfare: --discount: "9" is not a discount\n/);
  });
});

describe('the library', () => {
  it('says no flag of the command line in what it throws, but in a whole command', () => {
    const throwing = sourceFiles(source).filter((file) =>
      /^(?:base|traffic|pricing|library)\//.test(file),
    );
    const flags = throwing.flatMap((file) =>
      [
        ...readFileSync(join(source, file), 'utf8').matchAll(
          /new (?:PathfareError|UsageError)\([\s\S]*?\n? *\);|[hH]int\b[^;]*;/g,
        ),
      ]
        .map(([text]) => text.replaceAll(/"pathfare [^"]*"/g, ''))
        .filter((text) => /--[a-z]/.test(text))
        .map((text) => `${file}: ${text}`),
    );
    expect(flags).toEqual([]);
  });

  it('has a documented code for each failure, and throws each', () => {
    const documented = [
      ...readFileSync(join(root, 'docs/library.md'), 'utf8').matchAll(/^\| `([a-z-]+)` +\|/gm),
    ].map(([, code]) => code);
    expect(documented.toSorted(byText)).toEqual([...errorCodes]);
    const code = sourceFiles(source)
      .map((file) => readFileSync(join(source, file), 'utf8'))
      .join('\n');
    const thrown = new Set(
      [...code.matchAll(/new (?:PathfareError|UsageError)\(\s*'([a-z-]+)'/g)].map(
        ([, name]) => name,
      ),
    );
    expect([...thrown].toSorted(byText)).toEqual([...errorCodes]);
  });
});
