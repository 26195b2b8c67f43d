export { type ExitCode, exitCodes, PathfareError, UsageError } from './base/errors.js';
export type { Finding, Severity } from './base/finding.js';
export { awsOther } from './base/service-name.js';
export {
  type BreakEvenRow,
  type BreakEvenTable,
  breakEvenTable,
} from './cost/compare/break-even.js';
export {
  type ComparedTraffic,
  type CompareInput,
  type CompareTallyInput,
  compare,
  compareTally,
} from './cost/compare/compare.js';
export type * from './cost/compare/comparison.js';
export { type TrafficTally, tallyOf, trafficTally } from './cost/demand/tally.js';
export { type ServiceFacts, serviceFacts } from './cost/facts/service-facts.js';
export { type Trend, trendOf } from './cost/outlook/trend.js';
export { type ComparedPath, type NetworkPath, networkPathNames } from './cost/paths/index.js';
export {
  type Assumptions,
  defaultAssumptions,
  type Requirement,
} from './cost/price/assumptions.js';
export type { Component, ComponentName } from './cost/price/component.js';
export { type Discounts, discountComponents, parseDiscounts } from './pricing/card/discounts.js';
export { parseRateCard } from './pricing/card/document.js';
export {
  type PricingFinding,
  type PricingFindingCode,
  pricingFindingCodes,
} from './pricing/card/findings.js';
export {
  type LoadedRateCard,
  loadRateCard,
  type RateSources,
} from './pricing/card/load-rate-card.js';
export { type OwnRates, parseOwnRates, readOwnRates } from './pricing/card/own-rates.js';
export {
  type Rate,
  type RateCard,
  type RateTier,
} from './pricing/card/rate-card.js';
export { diffRateCards, type RateChange } from './pricing/card/rate-diff.js';
export { findRegion, type Partition, type Region, regions } from './pricing/card/regions.js';
export { loadShippedRateCard, shippedRegions } from './pricing/card/shipped-cards.js';
export { type Refreshed, type RefreshOptions, refreshRateCards } from './pricing/fetch/refresh.js';
export type { RateName } from './pricing/rates.js';
export { buildReport, type ReportInput } from './report/budget/build.js';
export { type ReportFormat, reportFormats } from './report/budget/formats.js';
export type { ReportModel } from './report/budget/model.js';
export type { DrawOptions } from './report/comparison/drawing.js';
export { type ComparisonFormat, comparisonFormats } from './report/comparison/formats.js';
export { type Cidr, type IpAddress, parseCidr, parseIpAddress } from './traffic/addresses/cidr.js';
export {
  type AddressLabel,
  internetLabel,
  privateLabel,
  serviceFromAwsName,
} from './traffic/addresses/labels.js';
export { type AddressTableOptions, loadAddressTable } from './traffic/addresses/load.js';
export { type IpRange, type IpRanges, parseAwsIpRanges } from './traffic/addresses/ranges.js';
export { type LoadedIpRanges, loadIpRanges } from './traffic/addresses/ranges-file.js';
export {
  parseServiceMap,
  readServiceMap,
  type ServiceBlock,
} from './traffic/addresses/service-map.js';
export {
  type AddressTable,
  buildAddressTable,
  labelOf,
  lookup4,
  lookup6,
} from './traffic/addresses/table.js';
export type { Talker, TopTalkers } from './traffic/attribution/talkers.js';
export type { TrafficFindingCode } from './traffic/findings/findings.js';
export { type LoadedTraffic, loadTraffic } from './traffic/load-traffic.js';
export type {
  TrafficEffects,
  TrafficOptions,
  TrafficProgress,
} from './traffic/options.js';
export { mergeProfiles } from './traffic/profile/merge-profiles.js';
export type { Period, TrafficProfile, Volume } from './traffic/profile/profile.js';
export {
  readSummaryCsv,
  type SummaryOptions,
  type SummaryResult,
} from './traffic/summary/read.js';
export type { SummaryDefaults } from './traffic/summary/rows.js';
export { writeSummaryCsv } from './traffic/summary/write.js';
