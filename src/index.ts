export { type ExitCode, exitCodes, PathfareError, UsageError } from './errors.js';
export type { Finding, Severity } from './finding.js';
export { type LoadedRateCard, loadRateCard, type RateSources } from './pricing/load-rate-card.js';
export {
  parseRateCard,
  type Rate,
  type RateCard,
  type RateName,
  type RateTier,
} from './pricing/rate-card.js';
export { findRegion, type Partition, type Region, regions } from './pricing/regions.js';
export { loadShippedRateCard, shippedRegions } from './pricing/shipped-cards.js';
export type { TrafficFindingCode } from './traffic/findings.js';
export { mergeProfiles } from './traffic/merge-profiles.js';
export type { NetworkPath, Period, TrafficProfile, Volume } from './traffic/profile.js';
export {
  readSummaryCsv,
  type SummaryOptions,
  type SummaryResult,
} from './traffic/summary-csv.js';
export type { SummaryDefaults } from './traffic/summary-row.js';
export { writeSummaryCsv } from './traffic/write-summary-csv.js';
