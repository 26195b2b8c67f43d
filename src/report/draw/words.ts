import type { ServiceComparison, VpcComparison } from '../../cost/compare/comparison.js';

/** A path's name as the head of a column: `Gateway endpoint`. */
export function columnHead(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

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
