import { awsOther, parseServiceName } from '../../base/service-name.js';
import {
  crossRegionServices,
  gatewayEndpointServices,
  interfaceEndpointServices,
} from './endpoint-services.js';

/** Names that people and other AWS consoles use, and the endpoint's short name that they mean. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['api-gateway', 'execute-api'],
  ['apigateway', 'execute-api'],
  ['cloudwatch', 'monitoring'],
  ['cloudwatch-logs', 'logs'],
  ['cloudwatch-metrics', 'monitoring'],
  ['efs', 'elasticfilesystem'],
  ['elb', 'elasticloadbalancing'],
  ['emr', 'elasticmapreduce'],
  ['eventbridge', 'events'],
  ['firehose', 'kinesis-firehose'],
  ['kinesis', 'kinesis-streams'],
  ['msk', 'kafka'],
  ['s3-express', 's3express'],
  ['sagemaker', 'sagemaker.api'],
  ['secrets-manager', 'secretsmanager'],
  ['ses', 'email-smtp'],
  ['step-functions', 'states'],
  ['stepfunctions', 'states'],
]);

/**
 * Services that work over interface endpoints only where a whole set stands: pulling an image needs `ecr.api` and
 * `ecr.dkr` (Amazon ECR guide, "Interface VPC endpoints"), Session Manager all of the ssm set (Systems Manager
 * guide, "Create VPC endpoints").
 */
const endpointSets: readonly { readonly family: string; readonly endpoints: readonly string[] }[] =
  [
    { family: 'ecr', endpoints: ['ecr.api', 'ecr.dkr'] },
    { family: 'ssm', endpoints: ['ec2messages', 'ssm', 'ssmmessages'] },
  ];

/** Names that are not a service of AWS with an endpoint, though the tool knows them. */
const unendpointed: ReadonlySet<string> = new Set(['internet', awsOther]);

/** A service's full or short name, in any case or alias, as the endpoint's own short name. */
export function canonicalService(name: string): string {
  const short = parseServiceName(name)?.service ?? name.trim().toLowerCase();
  return aliases.get(short) ?? short;
}

/** The set that a service's endpoints are opened with; null where it needs no other. */
export function endpointSetOf(service: string): string | null {
  const set = endpointSets.find(({ family }) => family === familyOf(service));
  return set?.family ?? null;
}

/** The group of endpoints that is opened as one: a set's name, or the service itself. */
export function familyOf(service: string): string {
  const set = endpointSets.find(
    ({ family, endpoints }) => family === service || endpoints.includes(service),
  );
  return set?.family ?? service;
}

/** The interface endpoints that a service needs, each of which is charged; empty where it has none. */
export function endpointsOf(service: string): readonly string[] {
  const family = familyOf(service);
  const set = endpointSets.find((each) => each.family === family);
  if (set !== undefined) return set.endpoints;
  return interfaceEndpointServices.has(service) ? [service] : [];
}

/** Whether a gateway endpoint exists for the service: S3, DynamoDB and S3 Express One Zone only. */
export function hasGatewayEndpoint(service: string): boolean {
  return gatewayEndpointServices.has(service);
}

/** Whether an interface endpoint of this Region can reach the service in another one. */
export function crossesRegions(service: string): boolean {
  return endpointsOf(service).every((endpoint) => crossRegionServices.has(endpoint));
}

/** What pathfare knows of a name: an AWS service with an endpoint, traffic without one, or nothing. */
export function knowledgeOf(service: string): 'endpoint' | 'no-endpoint' | 'unknown' {
  if (endpointsOf(service).length > 0 || hasGatewayEndpoint(service)) return 'endpoint';
  return unendpointed.has(service) ? 'no-endpoint' : 'unknown';
}
