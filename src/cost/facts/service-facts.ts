import { interfaceEndpointServices } from './endpoint-services.js';
import {
  canonicalService,
  crossesRegions,
  endpointsOf,
  familyOf,
  hasGatewayEndpoint,
  knowledgeOf,
} from './services.js';

/** What pathfare knows of a service's ways out of a VPC. */
export interface ServiceFacts {
  readonly service: string;
  /** Whether AWS lists an endpoint of the name. */
  readonly known: boolean;
  /** The interface endpoints it needs, each charged. */
  readonly endpoints: readonly string[];
  readonly gatewayEndpoint: boolean;
  /** Whether an interface endpoint can reach it in another Region. */
  readonly crossRegion: boolean;
  readonly notes: readonly string[];
  /** Names that contain the one asked for, where that is not known. */
  readonly nearest: readonly string[];
}

/** Looks a service up by short or full name, in any case. */
export function serviceFacts(name: string): ServiceFacts {
  const service = canonicalService(name);
  const known = knowledgeOf(service) === 'endpoint';
  return {
    service,
    known,
    endpoints: endpointsOf(service),
    gatewayEndpoint: hasGatewayEndpoint(service),
    crossRegion: known && endpointsOf(service).length > 0 && crossesRegions(service),
    notes: notes.get(familyOf(service)) ?? [],
    nearest: known ? [] : namesLike(service),
  };
}

const mostNames = 5;

function namesLike(service: string): readonly string[] {
  const parts = service.split(/[^a-z0-9]+/).filter((part) => part.length > 2);
  return [...interfaceEndpointServices]
    .filter((name) => parts.some((part) => name.includes(part)))
    .slice(0, mostNames);
}

const notes: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'ecr',
    ['Image layers come from S3: the s3 path, best a gateway endpoint, is needed beside them.'],
  ],
  [
    's3',
    [
      'With private DNS for inbound endpoints only (the default), traffic from inside the VPC stays on the gateway endpoint and the interface endpoint carries what comes from on-premises.',
    ],
  ],
  ['sts', ['sts.amazonaws.com is global: the endpoint serves the name of its Region.']],
  ['ssm', ['Session Manager needs ssm, ssmmessages and ec2messages.']],
]);
