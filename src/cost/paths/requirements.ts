import type { NetworkPath } from '../../traffic/profile/profile.js';
import type { Requirement } from '../demand/assumptions.js';

/** Why a path cannot meet a requirement; null where it can. From what endpoints are (VPC and PrivateLink guides). */
export function unmetRequirement(
  path: NetworkPath,
  requirements: readonly Requirement[],
): string | null {
  for (const requirement of requirements) {
    const reason = reasons[requirement][path];
    if (reason !== undefined) return `--require ${requirement}: ${reason}`;
  }
  return null;
}

const reasons: Readonly<Record<Requirement, { readonly [Path in NetworkPath]?: string }>> = {
  private: {
    'nat-gateway': 'a NAT gateway reaches the service at its public address',
    'internet-gateway': 'an internet gateway reaches the service at its public address',
  },
  'on-premises': {
    'gateway-endpoint':
      'a gateway endpoint cannot be reached over VPN, Direct Connect or a transit gateway',
  },
  'security-groups': {
    'nat-gateway': 'a NAT gateway has no security group',
    'gateway-endpoint': 'a gateway endpoint has no security group',
    'internet-gateway': 'an internet gateway has no security group',
  },
};
