import type { PathKind } from './path.js';
import { removeEndpoints } from './steps.js';

/**
 * An internet gateway: what leaves public subnets for public addresses, with no NAT gateway between. It has no hourly
 * and no processing charge (VPC guide, "Internet gateways"). It is not offered: whether an interface may have a public
 * address, no log says.
 */
export const internetGateway = {
  name: 'internet-gateway',
  label: 'internet gateway',
  short: 'IGW',
  compared: false,
  kept: {
    code: 'internet-gateway-kept',
    text: 'Traffic through an internet gateway has no processing charge and stays there',
  },
  place: 4,
  color: { light: '#7b7f88', dark: '#989da8' },
  isDefault: false,
  endpointType: null,
  charge: { kind: 'free' },
  gap: () => null,
  unmet: {
    private: 'an internet gateway reaches the service at its public address',
    'on-premises': null,
    'security-groups': 'an internet gateway has no security group',
  },
  caveatsTo: () => [],
  caveatsFrom: () => [],
  steps: removeEndpoints,
} as const satisfies PathKind;
