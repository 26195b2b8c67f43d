import { quoteValue, UsageError } from '../../base/errors.js';
import { compareText } from '../../base/finding.js';
import { didYouMean } from '../../base/nearest-names.js';

/** A group of Regions with accounts, endpoints and price lists of its own. */
export type Partition = 'aws' | 'aws-cn' | 'aws-eusc' | 'aws-us-gov';

/** A Region of AWS as AWS names it. */
export interface Region {
  /** The Region code, such as "eu-west-1". */
  readonly name: string;
  /** AWS's name of the place, such as "Europe (Ireland)". */
  readonly location: string;
  readonly partition: Partition;
}

// https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
const locations: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'af-south-1': 'Africa (Cape Town)',
    'ap-east-1': 'Asia Pacific (Hong Kong)',
    'ap-east-2': 'Asia Pacific (Taipei)',
    'ap-northeast-1': 'Asia Pacific (Tokyo)',
    'ap-northeast-2': 'Asia Pacific (Seoul)',
    'ap-northeast-3': 'Asia Pacific (Osaka)',
    'ap-south-1': 'Asia Pacific (Mumbai)',
    'ap-south-2': 'Asia Pacific (Hyderabad)',
    'ap-southeast-1': 'Asia Pacific (Singapore)',
    'ap-southeast-2': 'Asia Pacific (Sydney)',
    'ap-southeast-3': 'Asia Pacific (Jakarta)',
    'ap-southeast-4': 'Asia Pacific (Melbourne)',
    'ap-southeast-5': 'Asia Pacific (Malaysia)',
    'ap-southeast-6': 'Asia Pacific (New Zealand)',
    'ap-southeast-7': 'Asia Pacific (Thailand)',
    'ca-central-1': 'Canada (Central)',
    'ca-west-1': 'Canada West (Calgary)',
    'cn-north-1': 'China (Beijing)',
    'cn-northwest-1': 'China (Ningxia)',
    'eu-central-1': 'Europe (Frankfurt)',
    'eu-central-2': 'Europe (Zurich)',
    'eu-north-1': 'Europe (Stockholm)',
    'eu-south-1': 'Europe (Milan)',
    'eu-south-2': 'Europe (Spain)',
    'eu-west-1': 'Europe (Ireland)',
    'eu-west-2': 'Europe (London)',
    'eu-west-3': 'Europe (Paris)',
    'eusc-de-east-1': 'AWS European Sovereign Cloud (Germany)',
    'il-central-1': 'Israel (Tel Aviv)',
    'me-central-1': 'Middle East (UAE)',
    'me-south-1': 'Middle East (Bahrain)',
    'mx-central-1': 'Mexico (Central)',
    'sa-east-1': 'South America (São Paulo)',
    'us-east-1': 'US East (N. Virginia)',
    'us-east-2': 'US East (Ohio)',
    'us-gov-east-1': 'AWS GovCloud (US-East)',
    'us-gov-west-1': 'AWS GovCloud (US-West)',
    'us-west-1': 'US West (N. California)',
    'us-west-2': 'US West (Oregon)',
    // Listed only in AWS's published IP ranges, which carry no name of the place.
    'me-west-1': 'me-west-1',
    'sa-west-1': 'sa-west-1',
    'us-south-1': 'us-south-1',
  }),
);

/** Every Region of AWS that pathfare knows by name, with or without rates, sorted by name. */
export const regions: readonly Region[] = Array.from(locations, ([name, location]) => ({
  name,
  location,
  partition: partitionOf(name),
})).sort((a, b) => compareText(a.name, b.name));

const byName = new Map(regions.map((region) => [region.name, region]));

/** The Region of this name, in any case, or undefined where AWS has none. */
export function findRegion(name: string): Region | undefined {
  return byName.get(name.trim().toLowerCase());
}

/**
 * The Region of this name, in any case.
 *
 * @param where the flag, or the file and line, that the name was read from
 * @throws UsageError offering the nearest names where AWS has no such Region
 */
export function requireRegion(name: string, where: string): Region {
  const region = findRegion(name);
  if (region !== undefined) return region;
  const near = didYouMean(
    name,
    regions.map((each) => each.name),
    3,
  );
  throw new UsageError('unknown-region', `${where}: ${quoteValue(name)} is not a Region of AWS`, {
    hint: `${near}"pathfare prices list" names every Region.`,
  });
}

/** The failure for a Region of AWS that pathfare has no rates for. */
export function noRatesFor(region: Region): UsageError {
  const named = region.location === region.name ? '' : `, ${region.location},`;
  return new UsageError(
    'no-rates',
    `${region.name}${named} is a Region of AWS, but pathfare ships no rates for it`,
    {
      hint: `Run "pathfare prices refresh --region ${region.name}", or give your own with \`rates: FILE\`.`,
    },
  );
}

function partitionOf(name: string): Partition {
  if (name.startsWith('cn-')) return 'aws-cn';
  if (name.startsWith('us-gov-')) return 'aws-us-gov';
  return name.startsWith('eusc-') ? 'aws-eusc' : 'aws';
}
