import { awsOther } from '../../base/service-name.js';
import { type AddressLabel, serviceFromAwsName } from '../addresses/labels.js';
import type { SetAsideReason } from '../findings/set-aside.js';
import { unknownPath } from '../profile/profile.js';
import { isSoundlyNamed } from '../scanner/identities.js';
import { addressPattern } from '../scanner/layout.js';
import { type EndpointSide, isAtEndpoint } from './endpoint-sides.js';
import { type LoggedInterface, type NatRole, sideOf } from './interface-roles.js';
import type { RecordGroup } from './record-groups.js';

/** The names of the network paths that a flow log can show. */
export const loggedPaths = [
  'nat-gateway',
  'gateway-endpoint',
  'interface-endpoint',
  'internet-gateway',
  'nat-instance',
  unknownPath,
] as const;

type LoggedPath = (typeof loggedPaths)[number];

/** What is known of a VPC before its records are judged. */
export interface VpcVantage {
  /** A NAT gateway's interface logs here: what passes it is counted there, and nowhere else. */
  readonly hasNat: boolean;
  /** An interface endpoint's own interfaces log here. */
  readonly hasEndpoints: boolean;
}

/** What becomes of a group of records. */
export type Verdict =
  | { readonly kind: 'set-aside'; readonly reason: SetAsideReason }
  /** Out of the VPC's workloads, by a path that may be unknown. */
  | { readonly kind: 'out'; readonly path: LoggedPath | null }
  /** Back into the VPC's workloads. */
  | { readonly kind: 'in'; readonly path: LoggedPath | null }
  /** Set aside as far as the interface of a gateway or an endpoint logged the same; what is more is counted, by this path. */
  | { readonly kind: 'out-unless-held'; readonly path: LoggedPath }
  | { readonly kind: 'in-unless-held'; readonly path: LoggedPath }
  /** Back into a workload's interface, whose log does not tell by which path: by that of the bytes out. */
  | { readonly kind: 'in-by-return' };

const setAside = (reason: SetAsideReason): Verdict => ({ kind: 'set-aside', reason });

/** Judges a group: whether its bytes are counted here, and by which path they went. */
export function judge(
  group: RecordGroup,
  own: LoggedInterface,
  vantage: VpcVantage,
  endpointSide?: EndpointSide,
): Verdict {
  const { status } = group.circumstance;
  if (status !== 'accepted') return setAside(status);
  if (!isSoundlyNamed(group.identity)) return setAside('garbled-name');
  if (group.pattern === addressPattern.otherFlowLog) return setAside('other-flow-log');
  if (group.pattern === addressPattern.none) return setAside('no-address');
  if (group.pattern === addressPattern.unknownDirection) return setAside('direction-unknown');
  switch (own.role) {
    case 'nat':
    case 'nat-instance':
    case 'regional-nat':
      return judgeAtNat(group, own, own.role);
    case 'endpoint':
      return judgeAtEndpoint(group);
    case 'transit':
      return setAside('other-vantage');
    case 'workload':
      return isPublic(group.pattern)
        ? judgePublic(group, vantage)
        : judgePrivate(group, vantage, endpointSide);
    default:
      return own.role satisfies never;
  }
}

function isPublic(pattern: number): boolean {
  return pattern >= addressPattern.natPrivateOut && pattern <= addressPattern.publicIn;
}

function isOutward(pattern: number): boolean {
  return pattern === addressPattern.natPrivateOut || pattern === addressPattern.publicOut;
}

/** One side of a NAT gateway is counted: the private one where it is in the log, for that is what is billed. */
function judgeAtNat(group: RecordGroup, own: LoggedInterface, role: NatRole): Verdict {
  const { hasPacketAddresses } = group.identity;
  const { side } = own;
  const groupSide = sideOf(group, own);
  if (groupSide === undefined) {
    // Without packet addresses the private side seems to be traffic between the client and the gateway.
    const isInternal = hasPacketAddresses && !isPublic(group.pattern);
    return setAside(isInternal ? 'vpc-internal' : 'other-vantage');
  }
  // A second flow log without packet addresses shows the public side only.
  const counted = hasPacketAddresses || role === 'regional-nat' ? side : 'public';
  if (groupSide !== counted) return setAside('other-vantage');
  const path = role === 'nat-instance' ? 'nat-instance' : 'nat-gateway';
  return { kind: isOutward(group.pattern) ? 'out' : 'in', path };
}

/** What flows into an interface endpoint leaves the workloads. */
function judgeAtEndpoint({ pattern, circumstance: { direction } }: RecordGroup): Verdict {
  const path = 'interface-endpoint';
  if (direction !== null) return { kind: direction === 'ingress' ? 'out' : 'in', path };
  // Without flow-direction the address that the user's map names shows it.
  if (pattern === addressPattern.namedOut) return { kind: 'out', path };
  return pattern === addressPattern.namedIn ? { kind: 'in', path } : setAside('direction-unknown');
}

/** A workload's traffic with a public address. */
function judgePublic(group: RecordGroup, vantage: VpcVantage): Verdict {
  if (!isOutward(group.pattern)) return { kind: 'in-by-return' };
  return outward(group, vantage);
}

function outward(group: RecordGroup, { hasNat }: VpcVantage): Verdict {
  const route = routeOf(group);
  if (isElsewhere(route)) return setAside(route);
  // An IPv6 packet (no address is kept of it) never passes a NAT gateway on its own.
  const mayBeNat = route === 'nat-gateway' || (route === null && group.address !== 0);
  if (hasNat && mayBeNat) return { kind: 'out-unless-held', path: route ?? unknownPath };
  return { kind: 'out', path: route };
}

/**
 * The route of a workload's outward record: version 11's next hop, else `traffic-path`. 1 is "another resource of the
 * VPC", to a public address a NAT gateway. 2 is an internet gateway or, on older instances, a gateway endpoint.
 */
function routeOf({ identity, circumstance }: RecordGroup): LoggedPath | Elsewhere | null {
  const nextHop = identity.nextHopInterfaceType;
  if (nextHop === 'nat_gateway' || nextHop === 'regional_nat_gateway') return 'nat-gateway';
  return nextHop === 'transit_gateway' ? 'other-route' : pathOfCode(circumstance.trafficPath);
}

/** Routes to other networks than the internet and AWS's services: what goes there is none of the paths that are compared. */
const elsewhere = ['on-premises', 'other-route'] as const satisfies readonly SetAsideReason[];
type Elsewhere = (typeof elsewhere)[number];

function isElsewhere(route: LoggedPath | Elsewhere | null): route is Elsewhere {
  return elsewhere.some((each) => each === route);
}

function pathOfCode(code: string | null): LoggedPath | Elsewhere | null {
  if (code === '1') return 'nat-gateway';
  if (code === '2' || code === '8') return 'internet-gateway';
  if (code === '7') return 'gateway-endpoint';
  // A virtual private gateway; peerings within and between Regions; a local gateway.
  if (code === '3') return 'on-premises';
  return code !== null && ['4', '5', '6'].includes(code) ? 'other-route' : null;
}

/**
 * A workload's traffic with a private address: an interface endpoint's where version 11, AWS's name of the service or the
 * user's map says so. The endpoint's own interface logs the same with the flow the other way: out of the VPC flows in there.
 */
function judgePrivate(
  group: RecordGroup,
  { hasEndpoints }: VpcVantage,
  side: EndpointSide | undefined,
): Verdict {
  const direction = endpointDirection(group);
  if (direction === undefined) {
    const route = routeOf(group);
    return setAside(isElsewhere(route) ? route : 'vpc-internal');
  }
  const path = 'interface-endpoint';
  const isCounted = side === 'counted' || isAtEndpoint(group);
  if (isCounted || (side === undefined && !hasEndpoints)) return { kind: direction, path };
  return direction === 'out' ? { kind: 'out-unless-held', path } : { kind: 'in-unless-held', path };
}

function endpointDirection({
  pattern,
  identity,
  circumstance: { dstService, srcService },
}: RecordGroup): 'out' | 'in' | undefined {
  if (pattern === addressPattern.namedOut || dstService !== null) return 'out';
  if (pattern === addressPattern.namedIn || srcService !== null) return 'in';
  return identity.nextHopInterfaceType === 'vpc_endpoint' ? 'out' : undefined;
}

/** Whether an outward record went by `traffic-path` 2, which does not tell an internet gateway from a gateway endpoint. */
export function isAmbiguousPath({ identity, circumstance }: RecordGroup): boolean {
  return identity.nextHopInterfaceType === null && circumstance.trafficPath === '2';
}

/** The service at the remote end of a group of records, and the Region of its address where AWS tells one. */
export interface RemoteService {
  readonly service: string;
  readonly region: string | null;
}

/**
 * The service of the remote end. The user's own map wins; then the name that AWS wrote into the record; then the address.
 * AWS's name for any address of its own (`AMAZON`, `EC2`) gives way to a service that the address tells.
 */
export function remoteServiceOf(
  { circumstance }: Pick<RecordGroup, 'circumstance'>,
  label: AddressLabel | undefined,
  isOut: boolean,
): RemoteService {
  const byAddress = serviceOfLabel(label);
  const isUsersOwn = label?.kind === 'service' && label.region === null;
  const name = isOut ? circumstance.dstService : circumstance.srcService;
  if (name === null || isUsersOwn) return byAddress;
  const service = serviceOfName(name);
  if (service === awsOther && byAddress.service !== 'internet') return byAddress;
  return { service, region: byAddress.region };
}

/** AWS names some thirty services in records; a log of thousands of groups repeats them. */
const servicesByName = new Map<string, string>();

function serviceOfName(name: string): string {
  const known = servicesByName.get(name);
  if (known !== undefined) return known;
  const service = serviceFromAwsName(name);
  if (servicesByName.size < 1000) servicesByName.set(name, service);
  return service;
}

function serviceOfLabel(label: AddressLabel | undefined): RemoteService {
  if (label?.kind !== 'service') return { service: 'internet', region: null };
  // AWS serves a GLOBAL address from many Regions: it tells none.
  return { service: label.service, region: label.region === 'GLOBAL' ? null : label.region };
}
