import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/base/errors.js';
import { loadRateCard } from '../../../src/pricing/card/load-rate-card.js';
import { requireRegion } from '../../../src/pricing/card/regions.js';

function failure(action: () => unknown): UsageError {
  try {
    action();
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a Region by name', () => {
  it('is found in any case, with its place and partition', () => {
    expect(requireRegion('EU-West-1', '--region')).toEqual({
      name: 'eu-west-1',
      location: 'Europe (Ireland)',
      partition: 'aws',
    });
    expect(requireRegion('cn-north-1', '--region').partition).toBe('aws-cn');
    expect(requireRegion('us-gov-west-1', '--region').partition).toBe('aws-us-gov');
    expect(requireRegion('eusc-de-east-1', '--region').partition).toBe('aws-eusc');
  });

  it('that AWS does not have is refused, with the nearest names', () => {
    const error = failure(() => requireRegion('us-est-1', 'month.csv:7'));
    expect(error.message).toBe('month.csv:7: "us-est-1" is not a Region of AWS');
    expect(error.hint).toContain('us-east-1');
    expect(error.exitCode).toBe(2);
  });

  it('is quoted harmlessly where it holds control characters or is long', () => {
    const error = failure(() => requireRegion(`\u001b[31m\u009b${'x'.repeat(5000)}`, '--region'));
    expect(error.message).toMatch(
      /^--region: "\\u\{001b\}\[31m\\u\{009b\}x+…" is not a Region of AWS$/,
    );
    expect(error.message.length).toBeLessThan(120);
  });
});

describe('loading rates', () => {
  it('gives the shipped card of a Region', async () => {
    const { card, findings } = await loadRateCard('US-EAST-1', {
      now: () => new Date('2025-11-01T00:00:00Z'),
    });
    expect(card.region).toBe('us-east-1');
    expect(findings).toEqual([]);
  });

  it('says so where a Region of AWS has no rates', async () => {
    await expect(loadRateCard('cn-north-1')).rejects.toMatchObject({
      message:
        'cn-north-1, China (Beijing), is a Region of AWS, but pathfare ships no rates for it',
      hint: 'Run "pathfare prices refresh --region cn-north-1", or give your own with `rates: FILE`.',
      exitCode: 2,
    });
  });
});
