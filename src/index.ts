export { type Assumptions, defaultAssumptions, type Requirement } from './cost/assumptions.js';
export { type BreakEvenRow, type BreakEvenTable, breakEvenTable } from './cost/break-even.js';
export {
  type ComparedTraffic,
  type CompareInput,
  type CompareTallyInput,
  compare,
  compareTally,
} from './cost/compare.js';
export type * from './cost/comparison.js';
export type { Component, ComponentName } from './cost/component.js';
export { type ServiceFacts, serviceFacts } from './cost/service-facts.js';
export { type TrafficTally, tallyOf, trafficTally } from './cost/tally.js';
export { type Trend, trendOf } from './cost/trend.js';
export { type ExitCode, exitCodes, PathfareError, UsageError } from './errors.js';
export type { Finding, Severity } from './finding.js';
export { type Discounts, discountComponents, parseDiscounts } from './pricing/discounts.js';
export {
  type PricingFinding,
  type PricingFindingCode,
  pricingFindingCodes,
} from './pricing/findings.js';
export { type LoadedRateCard, loadRateCard, type RateSources } from './pricing/load-rate-card.js';
export { type OwnRates, parseOwnRates, readOwnRates } from './pricing/own-rates.js';
export {
  parseRateCard,
  type Rate,
  type RateCard,
  type RateName,
  type RateTier,
} from './pricing/rate-card.js';
export { diffRateCards, type RateChange } from './pricing/rate-diff.js';
export { type Refreshed, type RefreshOptions, refreshRateCards } from './pricing/refresh.js';
export { findRegion, type Partition, type Region, regions } from './pricing/regions.js';
export { loadShippedRateCard, shippedRegions } from './pricing/shipped-cards.js';
export { buildReport, type ReportInput } from './report/build-report.js';
export { type ComparisonFormat, comparisonFaces, type FaceOptions } from './report/face.js';
export { type ReportFace, reportFaces } from './report/report-face.js';
export type { ReportModel } from './report/report-model.js';
export {
  type AddressLabel,
  type AddressTable,
  buildAddressTable,
  internetLabel,
  labelOf,
  lookup4,
  lookup6,
  privateLabel,
} from './traffic/address-table.js';
export { awsOther, serviceFromAwsName } from './traffic/aws-service-name.js';
export { type Cidr, type IpAddress, parseCidr, parseIpAddress } from './traffic/cidr.js';
export type { TrafficFindingCode } from './traffic/findings.js';
export { type IpRange, type IpRanges, parseAwsIpRanges } from './traffic/ip-ranges.js';
export { type LoadedIpRanges, loadIpRanges } from './traffic/ip-ranges-file.js';
export { type LoadedTraffic, loadTraffic } from './traffic/load-traffic.js';
export { mergeProfiles } from './traffic/merge-profiles.js';
export type { NetworkPath, Period, TrafficProfile, Volume } from './traffic/profile.js';
export { parseServiceMap, type ServiceBlock } from './traffic/service-map.js';
export {
  readSummaryCsv,
  type SummaryOptions,
  type SummaryResult,
} from './traffic/summary-csv.js';
export type { SummaryDefaults } from './traffic/summary-row.js';
export type { Talker, TopTalkers } from './traffic/talkers.js';
export type {
  TrafficEffects,
  TrafficOptions,
  TrafficProgress,
} from './traffic/traffic-options.js';
export { writeSummaryCsv } from './traffic/write-summary-csv.js';
