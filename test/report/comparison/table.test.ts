import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { comparisonFormats } from '../../../src/report/comparison/formats.js';
import { type DrawOptions } from '../../../src/report/comparison/parts.js';
import { displayWidth } from '../../../src/report/draw/tables.js';
import { compareShipped, traffic } from '../../cost/traffic.js';

const rows = [
  traffic({ service: 's3', sent: { gb: '1000' }, received: { gb: '4000' } }),
  traffic({ service: 'a-service-of-a-name-too-long-for-its-column', sent: { gb: '5' } }),
  traffic({ vpcId: `vpc-${'0123456789'.repeat(12)}`, service: 'sqs', sent: { gb: '2000' } }),
];
const comparison = compareShipped(rows, { azs: 3 });
const screen: DrawOptions = { width: 80, color: false, explain: false };
const drawn = (options: Partial<DrawOptions>) =>
  comparisonFormats.table(comparison, { ...screen, ...options });

describe('the table on a terminal', () => {
  it('begins with what is paid, would be paid and is saved', () => {
    // Now: 2 × 109.50 for NAT gateways, 225 + 0.225 + 90 for bytes. Planned: S3 free, SQS 21.90 + 20.
    // 534.225 and 219 + 0.225 + 41.9 = 261.125; rounded half up, each for itself.
    expect(drawn({}).split('\n').slice(0, 3)).toEqual([
      'You pay           $534.23 a month',
      'With the plan     $261.13 a month',
      'Potential saving  $273.10 a month, $3,277.20 a year',
    ]);
  });

  it('marks the path of the plan without color, and says the same with it', () => {
    expect(drawn({})).toMatch(/^s3 +5,000 +NAT +\$225\.00 +\$0\.00\* +\$71\.90 +\$225\.00$/m);
    expect(drawn({ color: true })).not.toBe(drawn({}));
    expect(stripVTControlCharacters(drawn({ color: true }))).toBe(drawn({}));
  });

  it('cuts a name that is too long for its column', () => {
    expect(drawn({})).toMatch(/^a-service-of-a-nam… /m);
  });

  it.each([60, 80, 100, 200])('keeps to %i columns, explained or not', (width) => {
    for (const explain of [false, true]) {
      const lines = drawn({ width, explain }).split('\n');
      expect(lines.filter((line) => line.length > width)).toEqual([]);
    }
  });

  it('counts the columns that wide characters take, and cuts none of them in two', () => {
    const wide = compareShipped(
      [
        traffic({
          vpcId: `vpc-${'漢字🎉'.repeat(30)}`,
          service: '日本語のサービス名前🎉🎉🎉',
          sent: { gb: '1' },
        }),
        traffic({ service: `x${'🎉'.repeat(60)}`, sent: { gb: '1' } }),
      ],
      {},
    );
    for (const width of [60, 80]) {
      const lines = comparisonFormats.table(wide, { ...screen, width }).split('\n');
      expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
      expect(lines.filter((line) => /\p{Cs}/u.test(line))).toEqual([]);
    }
  });

  it('shows every component as a sum with its SKU where it is asked to', () => {
    const explained = drawn({ explain: true });
    expect(explained).toContain('    data-processing: 5,000 GB × $0.045 = $225.00');
    expect(explained).toContain('SKU 59S5R83GFPUAGVR5, rate code');
    expect(drawn({})).not.toContain('SKU');
  });
});
