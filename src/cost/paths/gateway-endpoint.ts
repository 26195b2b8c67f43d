import type { Demand } from '../demand/demand.js';
import { hasGatewayEndpoint } from '../facts/services.js';

/** Why no gateway endpoint can carry the service; null where one can, at no charge (VPC guide, "Gateway endpoints"). */
export function gatewayEndpointGap(demand: Demand, region: string): string | null {
  const { service, serviceRegion } = demand;
  if (!hasGatewayEndpoint(service))
    return 'gateway endpoints serve S3, DynamoDB and S3 Express only';
  if (serviceRegion !== null) {
    return `the traffic goes to ${serviceRegion}; a gateway endpoint serves ${region} only`;
  }
  return null;
}
