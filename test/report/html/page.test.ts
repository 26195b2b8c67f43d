import { createHash } from 'node:crypto';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { reportFormats } from '../../../src/report/budget/formats.js';
import { htmlPage } from '../../../src/report/html/page.js';
import { pageStyle } from '../../../src/report/html/style.js';
import { traffic } from '../../cost/traffic.js';
import { exampleReport, hostile, reportOf } from '../budget/example-report.js';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('base64');
const draw = (model: ReturnType<typeof exampleReport>) =>
  htmlPage(model, { script: '/* the what-if controls */', sha256 });

describe('the report as HTML', () => {
  it('is drawn', async () => {
    const page = draw(exampleReport());
    expect(page).toMatch(/^<!doctype html>\n/);
    // The policy holds the style's hash.
    const golden = page.replace(pageStyle, '/* src/report/html/style.ts */');
    expect(golden).not.toBe(page);
    await expect(golden).toMatchFileSnapshot('../../cases/report/report.html');
  });

  it('is the same bytes the second time that a process draws it', () => {
    expect(draw(exampleReport())).toBe(draw(exampleReport()));
  });

  it('allows only its own script and style, by their hashes', () => {
    const page = draw(exampleReport());
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
    const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
      ([, text = '']) => text,
    );
    const styles = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, text = '']) => text);
    expect([scripts.length, styles.length]).toEqual([1, 1]);
    expect(policy.replaceAll('&#39;', "'")).toBe(
      `default-src 'none'; script-src 'sha256-${sha256(scripts[0] ?? '')}'; style-src 'sha256-${sha256(styles[0] ?? '')}'; base-uri 'none'; form-action 'none'`,
    );
    expect(page).not.toMatch(/ style="| on[a-z]+="|(?:src|href)="(?!#)/);
  });

  it('leaves a hostile name text, in charts and data as well', () => {
    const page = draw(
      reportOf([
        traffic({
          vpcId: hostile,
          service: '</script><img src=x onerror=alert(1)>',
          sent: { gb: '700' },
        }),
        traffic({
          vpcId: hostile,
          service: '"\' onload="alert(1)',
          sent: { gb: '5' },
          received: { gb: '600' },
        }),
        traffic({ vpcId: hostile, service: 'logs', sent: { gb: '600' } }),
      ]),
    );
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('<img');
    const { document } = parseHTML(page);
    expect(document.querySelectorAll('[onload], [onerror], img')).toHaveLength(0);
    expect(page.match(/<script/g)).toHaveLength(2);
  });

  it('cuts its lists where Markdown cuts them', () => {
    const vpcs = Array.from({ length: 60 }, (_, index) => `vpc-${String(index).padStart(2, '0')}`);
    // Each VPC: a change (its gateway endpoint for S3), a group, and logs that pass their break-even as they grow.
    const rows = vpcs.flatMap((vpcId) => [
      traffic({ vpcId, service: 's3', sent: { gb: '10' } }),
      traffic({ vpcId, service: 'logs', sent: { gb: '300' } }),
    ]);
    const growth = { all: '0.1', services: new Map() };
    const model = reportOf(rows, { groupBy: 'vpc', growth });
    const cuts = (text: string) => text.match(/\d+ more (?:changes )?in [^.]+\./g);
    expect(cuts(reportFormats.markdown.draw(model))?.toSorted()).toEqual(
      cuts(draw(model))?.toSorted(),
    );
    expect(cuts(draw(model))).toEqual([
      '40 more changes in the JSON.',
      '10 more in the CSV and the JSON.',
      '100 more in the JSON.',
      '10 more in the CSV and the JSON.',
    ]);
  });
});
