import { amount } from '../../base/decimal.js';
import { plural } from '../../base/text.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import { endpointFacts } from '../facts/services.js';
import type { Assumptions } from '../price/assumptions.js';
import { allocateTiers, type Component, price, priceParts, unpriced } from '../price/component.js';
import type { CarriedTraffic, GapQuestion, PathKind } from './path.js';
import { makeEndpoints, type PathSteps, type StepQuestion } from './steps.js';

/**
 * Interface endpoints: one service each, of AWS, a partner or your own, over PrivateLink. Each is charged by the hour
 * in each zone, and all of a Region share one tier schedule for their GB (AWS PrivateLink pricing).
 */
export const interfaceEndpoint = {
  name: 'interface-endpoint',
  label: 'interface endpoint',
  short: 'interface',
  compared: true,
  column: 3,
  place: 2,
  color: { light: '#1f5fa8', dark: '#6aaee6' },
  isDefault: false,
  endpointType: 'Interface',
  charge: {
    kind: 'pooled',
    processing: 'endpoint-data-processing',
    hourRate: 'interfaceEndpointHour',
    gbRate: 'interfaceEndpointGb',
    endpointHours,
    components: pooledProcessing,
  },
  gap,
  unmet: { private: null, 'on-premises': null, 'security-groups': null },
  traits: {
    'Stands in the VPC as': 'a network interface with a private address in a subnet of each zone',
    Serves: 'one service of AWS, a partner or your own, each with its own endpoint',
    'Traffic goes': 'to a private address in the VPC, over PrivateLink',
    Protocols:
      'TCP (UDP where the service takes it); IPv4, IPv6 or both where the service offers it',
    'Access controlled by':
      'security groups, an endpoint policy where the service supports it, network ACLs',
    'Reachable from':
      'the VPC, peered VPCs, and on-premises over VPN, Direct Connect or a transit gateway',
    'Name resolution': "private DNS makes the service's own name answer with private addresses",
    Bandwidth: '10 Gbps in each zone, scaling to 100 Gbps',
    Billed: 'each hour in each zone, each GB in both directions in tiers over the Region',
  },
  caveatsTo: () => [
    'Its security group must let in port 443 from the workloads; with private DNS every client of the VPC moves to it at once.',
  ],
  caveatsFrom: () => [],
  steps,
} as const satisfies PathKind;

/** What it carries today may be a partner's service or your own, which AWS does not list (AWS PrivateLink guide). */
function gap({ service, serviceRegion, isCurrent }: GapQuestion): string | null {
  if (service === 'internet') return 'internet traffic has no endpoint';
  if (isCurrent) return null;
  const { endpoints, crossRegion, knowledge } = endpointFacts(service);
  if (knowledge === 'no-endpoint') return 'the service behind these addresses is not known';
  if (endpoints.length === 0) return `AWS lists no interface endpoint for ${service}`;
  if (serviceRegion !== null && !crossRegion) {
    return `the traffic goes to ${serviceRegion}, and ${service} has no cross-Region interface endpoint`;
  }
  return null;
}

/** Endpoint hours: each endpoint, in each zone, each hour that it is provisioned (AWS PrivateLink pricing). */
function endpointHours(
  endpoints: readonly string[],
  azs: number,
  card: RateCard,
  assumptions: Assumptions,
): readonly Component[] {
  if (endpoints.length === 0) return [];
  const request = {
    name: 'endpoint-hours',
    rateName: interfaceEndpoint.charge.hourRate,
    quantity: amount(endpoints.length).times(azs).times(assumptions.hoursPerMonth),
    detail: `${plural(endpoints.length, 'endpoint')} (${endpoints.join(', ')}) × ${plural(azs, 'zone')} × ${assumptions.hoursPerMonth} hours`,
  } as const;
  return price(request, card);
}

/**
 * What PrivateLink charges for the bytes of a pool, in either direction, each member its part of the tiers that run
 * over all interface endpoints of a Region (AWS PrivateLink pricing).
 */
function pooledProcessing(
  pool: readonly Pick<CarriedTraffic, 'gb'>[],
  card: RateCard,
): readonly (readonly Component[])[] {
  const { gbRate } = interfaceEndpoint.charge;
  const request = { name: 'data-processing', rateName: gbRate } as const;
  const rate = card.rates[gbRate];
  if (rate === undefined) return pool.map(({ gb }) => [unpriced({ ...request, quantity: gb })]);
  const shares = allocateTiers(
    pool.map(({ gb }) => gb),
    rate,
  );
  return shares.map((parts) => priceParts(request, rate, parts));
}

function steps(question: StepQuestion): PathSteps {
  const { endpoints, stands } = question;
  if (stands) {
    return {
      commands: [
        {
          name: 'modify-vpc-endpoint',
          flags: [
            ['--vpc-endpoint-id', 'VPC_ENDPOINT_ID'],
            ['--private-dns-enabled', null],
            ['--add-subnet-ids', ['SUBNET_ID']],
          ],
        },
      ],
      terraform: [
        {
          kind: 'comments',
          lines: [
            'Set private_dns_enabled = true on the aws_vpc_endpoint that stands, and add its subnets.',
          ],
        },
      ],
    };
  }
  return makeEndpoints(
    question,
    'Interface',
    endpoints,
    [
      ['--subnet-ids', subnetIds(question)],
      ['--security-group-ids', ['SECURITY_GROUP_ID']],
      ['--private-dns-enabled', null],
    ],
    [
      ['subnet_ids', subnetIds(question)],
      ['security_group_ids', ['SECURITY_GROUP_ID']],
      ['private_dns_enabled', true],
    ],
  );
}

/** A placeholder for the subnet of each zone: `SUBNET_ID_A`, `SUBNET_ID_B`, … */
function subnetIds({ azs }: StepQuestion): readonly string[] {
  return Array.from({ length: azs }, (_, index) => {
    const letter = String.fromCharCode('A'.charCodeAt(0) + (index % 26));
    return `SUBNET_ID_${letter.repeat(1 + Math.floor(index / 26))}`;
  });
}
