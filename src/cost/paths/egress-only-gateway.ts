import type { PathKind } from './path.js';
import { removeEndpoints } from './steps.js';

/**
 * An egress-only internet gateway: what private subnets reach at public IPv6 addresses, the internet's and those of
 * AWS's IPv6 endpoints. It has no hourly and no processing charge, and no security group can be associated with it
 * (VPC guide, "Egress-only internet gateways"). It is not offered: whether a client and a service speak IPv6, no log
 * of IPv4 traffic says.
 */
export const egressOnlyGateway = {
  name: 'egress-only-gateway',
  label: 'egress-only internet gateway',
  short: 'EIGW',
  compared: false,
  kept: {
    code: 'internet-gateway-kept',
    text: 'Traffic through an egress-only internet gateway has no processing charge and stays there',
  },
  place: 5,
  color: { light: '#6a4c93', dark: '#b79ce0' },
  isDefault: false,
  endpointType: null,
  charge: { kind: 'free' },
  gap: () => null,
  unmet: {
    private: 'an egress-only internet gateway reaches the service at its public address',
    'on-premises':
      'an egress-only internet gateway carries what begins in its own VPC only, not what comes from on-premises',
    'security-groups': 'an egress-only internet gateway has no security group',
  },
  caveatsTo: () => [],
  caveatsFrom: () => [],
  steps: removeEndpoints,
} as const satisfies PathKind;
