import { type Cidr, parseCidr } from '../../../src/traffic/addresses/cidr.js';
import { buildAddressTable } from '../../../src/traffic/addresses/table.js';
import type { Remote } from './world.js';

function block(text: string): Cidr {
  const cidr = parseCidr(text);
  if (typeof cidr === 'string') throw new Error(cidr);
  return cidr;
}

/** A few of AWS's prefixes. */
const ranges = (
  [
    ['52.216.0.0/15', 'S3', 'us-east-1'],
    ['52.218.0.0/17', 'S3', 'eu-west-1'],
    ['52.94.0.0/22', 'DYNAMODB', 'us-east-1'],
    ['52.4.0.0/14', 'EC2', 'us-east-1'],
    ['52.46.128.0/19', 'AMAZON', 'us-east-1'],
    ['2600:1fa0:8000::/40', 'S3', 'us-east-1'],
  ] as const
).map(([cidr, service, region]) => ({ cidr: block(cidr), service, region }));

/** The services that interface endpoints of the worlds serve. */
export const endpointServices = ['logs', 'kms', 's3'] as const;

/** The private address of an interface endpoint's interface; a known one is in the service map, by service. */
export function endpointAddress(
  vpc: number,
  { service, zone, isKnown }: { service: number; zone: number; isKnown: boolean },
): string {
  return `10.${vpc}.${isKnown ? 250 : 251}.${service * 16 + zone + 4}`;
}

/** The user's service map: the blocks of the known interface endpoints of three VPCs. */
const serviceMap = [1, 2, 3].flatMap((vpc) =>
  endpointServices.map((service, index) => ({
    cidr: block(`10.${vpc}.250.${index * 16}/28`),
    service,
  })),
);

/** What every address of the worlds is. */
export const worldAddresses = buildAddressTable({
  ranges: { syncToken: '1', createDate: '2026-08-22-15-17-05', ranges },
  serviceMap,
});

const remote = (
  address: string,
  awsName: string,
  service: string,
  otherRegion: string | null = null,
): Remote => ({
  address,
  awsName,
  service,
  otherRegion,
});

/** Servers outside, by their addresses: `awsName` is what version 5 writes. */
export const remotes = {
  s3: remote('52.216.0.1', 'S3', 's3'),
  s3Again: remote('52.216.10.1', 'S3', 's3'),
  s3Elsewhere: remote('52.218.1.9', 'S3', 's3', 'eu-west-1'),
  dynamodb: remote('52.94.0.7', 'DYNAMODB', 'dynamodb'),
  ec2: remote('52.5.6.7', 'EC2', 'aws-other'),
  amazon: remote('52.46.130.3', 'AMAZON', 'aws-other'),
  internet: remote('140.82.121.4', '-', 'internet'),
  internetAgain: remote('203.0.113.5', '-', 'internet'),
  s3Of6: remote('2600:1fa0:8000::1', 'S3', 's3'),
  internet6: remote('2001:4860:4860::8888', '-', 'internet'),
} as const;
