import { quoteValue, UsageError } from '../base/errors.js';
import { requireServiceName, type ServiceName } from '../base/service-name.js';
import { compare } from '../cost/compare/compare.js';
import type { Comparison } from '../cost/compare/comparison.js';
import { defaultPath } from '../cost/paths/index.js';
import type { Assumptions } from '../cost/price/assumptions.js';
import { requireRegion } from '../pricing/card/regions.js';
import type { TrafficProfile, Volume } from '../traffic/profile/profile.js';
import { loadRates, type RateOptions } from './rates.js';

/** What is estimated: a service in a Region, and its traffic of a month. */
export interface EstimateOptions extends RateOptions {
  readonly region: string;
  /** The service's short or full name: `s3`, `com.amazonaws.us-east-1.logs`. */
  readonly service: string;
  /** What leaves the VPC in a month; nothing by default. */
  readonly sent?: VolumeGiven;
  /** What comes back in a month; nothing by default. */
  readonly received?: VolumeGiven;
  readonly assumptions?: Partial<Assumptions>;
}

/** A volume as a person writes it: `{ gb: 1000 }`, `{ gb: '0.25' }`, `{ bytes: 123n }`. */
export type VolumeGiven =
  | { readonly bytes: bigint | number }
  | { readonly gb: string | number | bigint };

/**
 * What each network path costs for one service.
 *
 * @throws UsageError for a service, a Region or a volume that is none
 */
export async function estimate(options: EstimateOptions): Promise<Comparison> {
  const region = requireRegion(options.region, 'region').name;
  const profile = estimatedProfile(requireServiceName(options.service, 'service'), region, {
    sent: readVolume('sent', options.sent),
    received: readVolume('received', options.received),
  });
  const { cards, ...rates } = await loadRates([region], options);
  const { assumptions = {} } = options;
  return compare({ profiles: [profile], rateCards: cards, assumptions, ...rates });
}

/** A service's traffic of a month, through the NAT gateways of a VPC of which nothing else is known. */
export function estimatedProfile(
  { service, region: serviceRegion }: ServiceName,
  region: string,
  volumes: Pick<TrafficProfile, 'sent' | 'received'>,
): TrafficProfile {
  return {
    accountId: null,
    region,
    vpcId: null,
    azId: null,
    service,
    serviceRegion: serviceRegion === region ? null : serviceRegion,
    path: defaultPath.name,
    ...volumes,
    crossAzBytes: null,
    period: null,
  };
}

function readVolume(option: string, given: VolumeGiven = { gb: 0 }): Volume {
  const text = String('bytes' in given ? given.bytes : given.gb);
  if ('bytes' in given && /^\d{1,40}$/.test(text)) return { bytes: BigInt(text) };
  if ('gb' in given && /^\d{1,40}(\.\d{1,80})?$/.test(text)) return { gb: text };
  throw new UsageError('invalid-volume', `${option}: ${quoteValue(text)} is not a volume`, {
    hint: 'Give whole bytes, or GB as a plain decimal: { bytes: 123n } or { gb: 1000 }.',
  });
}
