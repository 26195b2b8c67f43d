import { compare } from '../cost/compare/compare.js';
import type { Comparison } from '../cost/compare/comparison.js';
import type { Assumptions } from '../cost/price/assumptions.js';
import { loadRates, type RateOptions } from './rates.js';
import { type LoadEffects, type LoadOptions, loadTraffic } from './traffic.js';

/** How inputs are read, which rates hold, and what is assumed. Everything has a default. */
export interface CompareOptions extends LoadOptions, RateOptions {
  readonly assumptions?: Partial<Assumptions>;
}

/**
 * What each network path costs for the traffic of flow logs and summary CSVs, and the cheapest plan.
 *
 * @throws PathfareError where nothing can be read, or a Region has no rates
 */
export async function compareFiles(
  inputs: readonly string[],
  options: CompareOptions = {},
  effects: LoadEffects = {},
): Promise<Comparison> {
  const traffic = await loadTraffic(inputs, options, effects);
  const regions = traffic.profiles.map(({ region }) => region);
  const { cards, findings, ageFindings } = await loadRates(regions, options);
  return compare({
    profiles: traffic.profiles,
    rateCards: cards,
    assumptions: options.assumptions ?? {},
    findings: [...traffic.findings, ...findings],
    ageFindings,
    unread: traffic.unread,
  });
}
