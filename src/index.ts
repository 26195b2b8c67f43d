export { type ExitCode, exitCodes, PathfareError, UsageError } from './errors.js';
export type { Finding, Severity } from './finding.js';
export {
  parseRateCard,
  type Rate,
  type RateCard,
  type RateName,
  type RateTier,
} from './pricing/rate-card.js';
export type { NetworkPath, Period, TrafficProfile, Volume } from './traffic/profile.js';
