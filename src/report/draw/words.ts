import type {
  NetworkPath,
  ServiceComparison,
  VpcComparison,
} from '../../cost/compare/comparison.js';

/** Short names of the paths for a table's cells. */
export const shortPath: Readonly<Record<NetworkPath, string>> = {
  'nat-gateway': 'NAT',
  'gateway-endpoint': 'gateway',
  'interface-endpoint': 'interface',
  'internet-gateway': 'IGW',
};

/** The three paths in the order of their columns. */
export const comparedPaths = ['nat-gateway', 'gateway-endpoint', 'interface-endpoint'] as const;

/** A service's name, with its Region where it is another than the VPC's. */
export function serviceName({
  service,
  serviceRegion,
}: Pick<ServiceComparison, 'service' | 'serviceRegion'>): string {
  return serviceRegion === null ? service : `${service} (${serviceRegion})`;
}

/** A VPC's name; one without an id is told by its account. */
export function vpcName({ vpcId, accountId }: Pick<VpcComparison, 'vpcId' | 'accountId'>): string {
  if (vpcId !== null) return vpcId;
  return accountId === null ? 'VPC' : `VPC of account ${accountId}`;
}
