import { endpointFacts } from '../facts/services.js';
import type { GapQuestion, PathKind } from './path.js';
import { makeEndpoints, type PathSteps, type StepQuestion, terraformLabel } from './steps.js';

/** A gateway endpoint: S3, DynamoDB and S3 Express of the VPC's own Region, at no charge (VPC guide, "Gateway endpoints"). */
export const gatewayEndpoint = {
  name: 'gateway-endpoint',
  label: 'gateway endpoint',
  short: 'gateway',
  compared: true,
  column: 2,
  place: 3,
  color: { light: '#1d7a4c', dark: '#55c28a' },
  isDefault: false,
  endpointType: 'Gateway',
  charge: { kind: 'free' },
  gap,
  unmet: {
    private: null,
    'on-premises':
      'a gateway endpoint cannot be reached over VPN, Direct Connect or a transit gateway',
    'security-groups': 'a gateway endpoint has no security group',
  },
  traits: {
    'Stands in the VPC as': 'a prefix list and a target in the route tables; no network interface',
    Serves: "S3, DynamoDB and S3 Express One Zone, in the VPC's own Region",
    'Traffic goes': "to the service's public address, by a route that stays in AWS's network",
    Protocols: 'TCP to the service; IPv4, and IPv6 where the service offers it',
    'Access controlled by':
      'an endpoint policy; security groups of the clients (by prefix list), not of its own',
    'Reachable from':
      'subnets of its own VPC whose route tables hold it; not from on-premises or other VPCs',
    'Name resolution': "the service's public name, as anywhere",
    Bandwidth: 'no limit of its own',
    Billed: 'no charge',
  },
  caveatsTo: ({ stands }) => [
    ...(stands
      ? [
          'A gateway endpoint carries a part of it already: the route tables of the other subnets lack its route.',
        ]
      : []),
    'It serves the subnets whose route tables hold it, and open connections break while the route changes; it cannot be reached from on-premises.',
  ],
  caveatsFrom: () => [],
  steps,
} as const satisfies PathKind;

function gap({ service, serviceRegion, region }: GapQuestion): string | null {
  if (!endpointFacts(service).gatewayEndpoint)
    return 'gateway endpoints serve S3, DynamoDB and S3 Express only';
  if (serviceRegion !== null) {
    return `the traffic goes to ${serviceRegion}; a gateway endpoint serves ${region} only`;
  }
  return null;
}

function steps(question: StepQuestion): PathSteps {
  const { services } = question;
  if (question.stands) {
    return {
      commands: [
        {
          name: 'modify-vpc-endpoint',
          flags: [
            ['--vpc-endpoint-id', 'VPC_ENDPOINT_ID'],
            ['--add-route-table-ids', ['ROUTE_TABLE_ID']],
          ],
        },
      ],
      terraform: [
        {
          kind: 'resource',
          type: 'aws_vpc_endpoint_route_table_association',
          label: terraformLabel(question, services[0] ?? ''),
          settings: [
            ['vpc_endpoint_id', 'VPC_ENDPOINT_ID'],
            ['route_table_id', 'ROUTE_TABLE_ID'],
          ],
        },
      ],
    };
  }
  return makeEndpoints(
    question,
    'Gateway',
    services,
    [['--route-table-ids', ['ROUTE_TABLE_ID']]],
    [['route_table_ids', ['ROUTE_TABLE_ID']]],
  );
}
