import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browserHere, noBrowser } from '../../support/browser.js';
import { runCli } from '../../support/run-cli.js';

const executablePath = browserHere();
const inCi = (process.env['CI'] ?? '') !== '';
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const folder = mkdtempSync(join(tmpdir(), 'pathfare-report-'));
const inputs = ['examples/production-vpc.csv', 'examples/small-vpc.csv'];
const dated = ['--date', '2026-11-23'];

interface Totals {
  readonly currentMonthlyCost: string;
  readonly plannedMonthlyCost: string;
}

/** What the command line says of the same traffic under other flags. */
async function totalsOf(...args: readonly string[]): Promise<Totals> {
  const { stdout } = await runCli(['report', ...inputs, ...dated, ...args, '--format', 'json']);
  const { totals }: { readonly totals: Totals } = JSON.parse(stdout);
  const { currentMonthlyCost, plannedMonthlyCost } = totals;
  return { currentMonthlyCost, plannedMonthlyCost };
}

describe('the HTML report in a browser', () => {
  let browser: Browser;
  const problems: string[] = [];
  const requests: string[] = [];
  const file = join(folder, 'report.html');
  const address = pathToFileURL(file).href;

  /** Opens the report, listening for errors and requests. */
  async function open(scheme: 'light' | 'dark' = 'light', width = 1100): Promise<Page> {
    const page = await browser.newPage({ colorScheme: scheme, viewport: { width, height: 900 } });
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(address);
    return page;
  }

  const exact = async (page: Page): Promise<Totals> =>
    JSON.parse((await page.locator('#what-if').getAttribute('data-exact')) ?? '{}');

  // In CI a missing browser is a failure.
  beforeEach(({ skip }) => skip(executablePath === undefined && !inCi, noBrowser));
  beforeAll(async () => {
    if (executablePath === undefined) {
      if (inCi) throw new Error(noBrowser);
      return;
    }
    browser = await chromium.launch({ executablePath, args: flags });
    const hostileNames = join(folder, 'names.csv');
    writeNames(hostileNames);
    const args = [
      '--names',
      hostileNames,
      '--group-by',
      'vpc',
      '--growth',
      '4%',
      '--budget',
      '5000',
    ];
    const run = await runCli(['report', ...inputs, ...dated, ...args, '--output', file]);
    expect([run.exitCode, run.stderr]).toEqual([0, '']);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it('shows its charts, each with a name and its numbers behind', async () => {
    const page = await open();
    const charts = page.locator('figure svg[role=img]');
    expect(await charts.count()).toBe(6);
    for (const chart of await charts.all()) {
      expect(await chart.getAttribute('aria-label')).toMatch(/^[A-Z].{20,}/);
      const box = await chart.boundingBox();
      expect([box?.width ?? 0, box?.height ?? 0].every((size) => size > 100)).toBe(true);
      expect(await chart.locator('rect, path').count()).toBeGreaterThan(1);
    }
    const tables = page.locator('figure details table');
    expect(await tables.count()).toBe(6);
    expect(await tables.first().isVisible()).toBe(false);
    await page.locator('figure summary').first().press('Enter');
    expect(await tables.first().isVisible()).toBe(true);
  });

  it('comes to what the command line comes to, when a number is changed', async () => {
    const page = await open();
    expect(await exact(page)).toEqual(await totalsOf());
    await page.fill('#wi-azs', '2');
    await page.fill('#wi-nat', '1');
    expect(await exact(page)).toEqual(await totalsOf('--azs', '2', '--nat-gateways', '1'));
    expect(await page.locator('#wi-now').textContent()).toMatch(/^\$[\d,]+\.\d\d$/);
    await page.click('#wi-reset');
    await page.fill('#wi-growth', '4');
    const { stdout } = await runCli([
      'report',
      ...inputs,
      ...dated,
      '--spread',
      '4%',
      '--format',
      'json',
    ]);
    const report: { sensitivity: { cases: Totals[] } } = JSON.parse(stdout);
    expect((await exact(page)).currentMonthlyCost).toBe(
      report.sensitivity.cases[2]?.currentMonthlyCost,
    );
    await page.fill('#wi-growth', '');
    await page.selectOption('#wi-service', 'kinesis-streams');
    await page.fill('#wi-gb', '0');
    const changed = await exact(page);
    expect(changed).not.toEqual(await totalsOf());
    // 13,887.36 GB through the NAT gateway at 0.045, and none of it left
    expect(
      Number((await totalsOf()).currentMonthlyCost) - Number(changed.currentMonthlyCost),
    ).toBeCloseTo(624.93, 2);
  });

  it('tells a number that it cannot use, and leaves it out', async () => {
    const page = await open();
    await page.fill('#wi-azs', '0');
    expect(await page.locator('#wi-note').textContent()).toMatch(/left out/);
    expect(await page.locator('#wi-azs').getAttribute('aria-invalid')).toBe('true');
    expect(await exact(page)).toEqual(await totalsOf());
  });

  it('is reached by keyboard alone', async () => {
    const page = await open();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('To the report');
  });

  it.each([
    ['light', 1100],
    ['dark', 1100],
    ['light', 380],
  ] as const)('has nothing serious for axe, %s and %i wide', async (scheme, width) => {
    const page = await open(scheme, width);
    await page.evaluate(
      "document.querySelectorAll('details').forEach((each) => { each.open = true; })",
    );
    await page.evaluate(axe.source);
    const violations: { id: string; impact: string; nodes: { html: string }[] }[] =
      await page.evaluate('axe.run().then(({ violations }) => violations)');
    const serious = violations.filter(({ impact }) => impact !== 'minor');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });

  it('prints on A4 without its controls', async () => {
    const page = await open();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#what-if').isVisible()).toBe(false);
    expect(await page.locator('figure svg').first().isVisible()).toBe(true);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1')).toMatch(/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
  });

  it('leaves a VPC named like a script text', async () => {
    const page = await open();
    expect(
      await page.locator('th', { hasText: '<script>window.hacked = 1</script>' }).count(),
    ).toBeGreaterThan(0);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('script').count()).toBe(2);
  });

  it('never called anywhere, and had nothing to complain about', () => {
    expect(requests.filter((url) => url !== address)).toEqual([]);
    expect(requests.length).toBeGreaterThan(0);
    expect(problems).toEqual([]);
  });
});

function writeNames(file: string): void {
  writeFileSync(
    file,
    'id,name,team\nvpc-0fedcba9876543210,<script>window.hacked = 1</script>,data\n',
  );
}
