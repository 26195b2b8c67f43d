export { type ErrorCode, type ExitCode, PathfareError, UsageError } from './base/errors.js';
export type { Finding } from './base/finding.js';
export { breakEvenTable } from './cost/compare/break-even.js';
export { type CompareInput, compare } from './cost/compare/compare.js';
export type { Comparison } from './cost/compare/comparison.js';
export { type ServiceFacts, serviceFacts } from './cost/facts/services.js';
export { type NetworkPath, networkPathNames } from './cost/paths/index.js';
export { type Assumptions, defaultAssumptions } from './cost/price/assumptions.js';
export { type CompareOptions, compareFiles } from './library/compare.js';
export { type EstimateOptions, estimate } from './library/estimate.js';
export {
  type FormatOptions,
  formatComparison,
  formatGb,
  formatMoney,
  formatRate,
  formatReport,
} from './library/formats.js';
export { reportHtml } from './library/html.js';
export { loadRateCard, type RateOptions } from './library/rates.js';
export { type ReportOptions, reportFiles } from './library/report.js';
export {
  type LoadEffects,
  type LoadedTraffic,
  type LoadOptions,
  loadTraffic,
} from './library/traffic.js';
export type * as types from './library/types.js';
export { shippedRegions } from './pricing/card/load-rate-card.js';
export type { RateCard } from './pricing/card/rate-card.js';
export type { ReportModel } from './report/budget/model.js';
export type { TrafficProfile } from './traffic/profile/profile.js';
export { writeSummaryCsv } from './traffic/summary/write.js';
