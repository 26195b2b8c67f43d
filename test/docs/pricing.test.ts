import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { command as diff } from '../../src/cli/commands/prices-diff.js';
import { command as list } from '../../src/cli/commands/prices-list.js';
import { command as refresh } from '../../src/cli/commands/prices-refresh.js';
import { command as show } from '../../src/cli/commands/prices-show.js';
import { pricingFindingCodes } from '../../src/pricing/card/findings.js';
import { discountComponents, parseOwnRates } from '../../src/pricing/card/own-rates.js';
import { rateNames } from '../../src/pricing/rates.js';
import { runCli } from '../support/run-cli.js';

const text = await readFile(new URL('../../docs/pricing.md', import.meta.url), 'utf8');
const json = [...text.matchAll(/```json\n(.*?)```/gs)].map(([, block]): unknown =>
  JSON.parse(block ?? ''),
);

describe('docs/pricing.md', () => {
  it('names every flag, finding, rate and component, and no finding that is not there', () => {
    const flags = [list, show, refresh, diff].flatMap(({ options }) => Object.keys(options));
    expect([...new Set(flags)].filter((flag) => !text.includes(`--${flag}`))).toEqual([]);
    expect([...rateNames, ...discountComponents].filter((name) => !text.includes(name))).toEqual(
      [],
    );
    const table = text.slice(text.indexOf('## Findings'));
    const codes = [...table.matchAll(/^\| `([a-z0-9-]+)`/gm)].map(([, code]) => code);
    expect(new Set(codes)).toEqual(new Set(pricingFindingCodes));
  });

  it('gives the least policy, and own rates that are read', () => {
    const [policy, own] = json;
    expect(policy).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'pricing:GetProducts', Resource: '*' }],
    });
    expect(parseOwnRates(own, 'docs').rates.natGatewayGb?.tiers[0]?.price).toBe('0.031');
  });

  it('shows commands that there are', async () => {
    const lines = text.split('\n').filter((line) => line.startsWith('    pathfare '));
    const commands = lines
      .flatMap((line) => line.split('&&'))
      .map((line) => line.trim().split(/ {2,}/)[0] ?? '');
    expect(commands.length).toBeGreaterThan(6);
    for (const command of commands) {
      const args = command.split(' ').slice(1);
      const ran = await runCli([...args, '--help']);
      expect([command, ran.exitCode, ran.stderr]).toEqual([command, 0, '']);
      expect(ran.stdout).toContain(`pathfare ${args.slice(0, 2).join(' ')}`);
    }
  });
});
