import { compareText } from '../../base/finding.js';
import { groupBy } from '../../base/group-by.js';
import { identityKeys, interfaceName, type LogIdentity } from '../scanner/identities.js';
import { commonRanges, type TimeRanges, unionOfRanges } from './time-ranges.js';

/** What one flow log says of one interface: when it logged it. */
export interface Sight {
  /** The `sightKey` of the identity as the scanner knows it. */
  readonly key: string;
  /** As all logs together tell it. */
  readonly identity: LogIdentity;
  readonly ranges: TimeRanges;
}

/** Interfaces of a VPC that several flow logs hold at the same time. */
export interface LoggedTwice {
  readonly vpc: string;
  readonly interfaces: number;
  /** The flow logs, the one that counts first. */
  readonly flowLogs: readonly string[];
}

/** Which time of which interface counts from another flow log. */
export interface Overlaps {
  /** By `sightKey`, the ranges for which another flow log counts. */
  readonly excluded: ReadonlyMap<string, TimeRanges>;
  readonly twice: readonly LoggedTwice[];
}

/**
 * Of several flow logs of one interface, the one whose fields tell most counts, and each other one for the time only that
 * none before it covers. Two flow logs of one VPC log the same traffic each on its own (VPC user guide, "Flow log basics").
 */
export function overlapsOf(sights: readonly Sight[]): Overlaps {
  const excluded = new Map<string, TimeRanges>();
  const twice = new Map<string, { interfaces: number; flowLogs: Set<string> }>();
  const byInterface = groupBy(sights, ({ identity }) => interfaceName(identity));
  const gateways = sights.filter(({ identity }) => identity.isOfNoInterface);
  const isOneNetwork = networksOf(sights);
  const speaksOfGateway: Precedence = (rival, own) =>
    isOneNetwork(rival, own) && speaksBefore(rival, own);
  for (const [name, same] of byInterface) {
    const [nameless, named] = name === '' ? [same, []] : [[], same];
    // A regional NAT gateway has no interface: its name stands in one log and not in the other.
    const regional = nameless.filter(({ identity }) => identity.isOfNoInterface);
    const unnamed = nameless.filter(({ identity }) => !identity.isOfNoInterface);
    const isGateway = named.some(({ identity }) => identity.isOfNoInterface);
    for (const { key, ranges, vpc, flowLogs } of [
      ...(isGateway
        ? overlapsAmong(named, gateways, speaksOfGateway)
        : overlapsAmong(named, named, speaksBefore)),
      ...overlapsAmong(regional, gateways, speaksOfGateway),
      // Records of a log without interface-id are held against all of their VPC.
      ...overlapsAmong(unnamed, sights, speaksForVpc),
    ]) {
      excluded.set(key, ranges);
      const known = twice.get(vpc) ?? { interfaces: 0, flowLogs: new Set<string>() };
      known.interfaces++;
      for (const flowLog of flowLogs) known.flowLogs.add(flowLog);
      twice.set(vpc, known);
    }
  }
  const tells = new Map(sights.map(({ identity }) => [identity.flowLog, identity.tells]));
  const rank = (a: string, b: string) =>
    (tells.get(b) ?? 0) - (tells.get(a) ?? 0) || compareText(a, b);
  return {
    excluded,
    twice: Array.from(twice, ([vpc, { interfaces, flowLogs }]) => ({
      vpc,
      interfaces,
      flowLogs: [...flowLogs].sort(rank),
    })).sort((a, b) => compareText(a.vpc, b.vpc)),
  };
}

interface Overlap {
  readonly key: string;
  readonly ranges: TimeRanges;
  readonly vpc: string;
  readonly flowLogs: readonly string[];
}

/** Whether another flow log's records count before those of this one. */
type Precedence = (rival: LogIdentity, own: LogIdentity) => boolean;

/**
 * Whether two flow logs are of one VPC, as far as records without an interface tell. Where a log names no VPC, only that both hold
 * the same interface shows it; one that holds no interface at all may be of any.
 */
function networksOf(sights: readonly Sight[]): Precedence {
  const namesOf = new Map(
    Array.from(
      groupBy(sights, ({ identity }) => identity.flowLog),
      ([flowLog, own]) => {
        const names = own.filter(({ identity }) => !identity.isOfNoInterface);
        return [flowLog, new Set(names.map(({ identity }) => interfaceName(identity)))] as const;
      },
    ),
  );
  const known = new Map<string, boolean>();
  return (a, b) => {
    if (a.vpcId !== null && b.vpcId !== null) return true;
    const key = `${a.flowLog}\n${b.flowLog}`;
    const [one, other] = [namesOf.get(a.flowLog), namesOf.get(b.flowLog)];
    const isOne =
      known.get(key) ??
      (one === undefined ||
        other === undefined ||
        one.size * other.size === 0 ||
        [...one].some((name) => other.has(name)));
    known.set(key, isOne);
    return isOne;
  };
}

/** The time of sights for which others among their rivals count. */
function overlapsAmong(
  same: readonly Sight[],
  rivals: readonly Sight[],
  isBefore: Precedence,
): readonly Overlap[] {
  if (same.length === 0 || new Set(rivals.map(({ identity }) => identity.flowLog)).size < 2)
    return [];
  return [...groupBy(same, ({ key }) => key).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const before = rivals.filter(
      ({ identity }) =>
        identity.flowLog !== first.identity.flowLog &&
        maySpeakOfOne(identity, first.identity) &&
        isBefore(identity, first.identity),
    );
    const ranges = commonRanges(timeOf(own), timeOf(before));
    if (ranges.length === 0) return [];
    const winners = before.map(({ identity }) => identity.flowLog).sort(compareText);
    return {
      key: first.key,
      ranges,
      vpc: identityKeys(first.identity).vpc,
      flowLogs: [...new Set([...winners, first.identity.flowLog])],
    };
  });
}

/** Whether another flow log's records of the same interface count before those of this one. */
function speaksBefore(rival: LogIdentity, own: LogIdentity): boolean {
  const names = [interfaceName(rival), interfaceName(own)];
  return (names[0] === names[1] || names.includes('')) && tellsMore(rival, own);
}

/** Whether another flow log's records count before those of a log that names no interface. */
function speaksForVpc(rival: LogIdentity, own: LogIdentity): boolean {
  if (identityKeys(rival).vpc !== identityKeys(own).vpc) return false;
  const isNameless = interfaceName(rival) === '' && !rival.isOfNoInterface;
  return isNameless ? tellsMore(rival, own) : true;
}

/** A log without times may be of any time. */
function timeOf(sights: readonly Sight[]): TimeRanges {
  return unionOfRanges(
    sights.map(({ ranges }) => (ranges.length === 0 ? [0, 0xffff_ffff] : ranges)),
  );
}

/** Whether two logs may speak of one network: what one does not tell, the other may. */
function maySpeakOfOne(a: LogIdentity, b: LogIdentity): boolean {
  const agree = (one: string | null, other: string | null) =>
    one === null || other === null || one === other;
  return agree(a.accountId, b.accountId) && agree(a.region, b.region) && agree(a.vpcId, b.vpcId);
}

function tellsMore(a: LogIdentity, b: LogIdentity): boolean {
  return a.tells === b.tells ? compareText(a.flowLog, b.flowLog) < 0 : a.tells > b.tells;
}

/** Identities whose gaps are filled, and interfaces whose VPC is taken from others of their log. */
export interface CompleteIdentities {
  /** In the order of those that were given. */
  readonly identities: readonly LogIdentity[];
  /** By the key of the VPC: the interfaces that are taken to be in it, since all known ones of the same log are. */
  readonly taken: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * What one flow log does not tell of an interface, another one tells: an interface stays in its VPC and its zone, and a VPC in
 * its Region. Else an interface would stand apart from its own gateway. Where logs disagree the smallest text counts, so that
 * the answer depends neither on the order of the files nor on which thread ends first.
 */
export function completeIdentities(given: readonly LogIdentity[]): CompleteIdentities {
  const known = new KnownInterfaces(given);
  const byInterface = given.map((identity) => known.complete(identity));
  const { places, assumed } = placesOfFlowLogs(given, byInterface);
  const byFlowLog = byInterface.map((identity) => placed(identity, places));
  const vpcs = knownVpcs(byFlowLog);
  const identities = byFlowLog.map((identity) => inItsVpc(identity, vpcs));
  const taken = new Map<string, Set<string>>();
  for (const [index, identity] of identities.entries()) {
    const { vpcId, interfaceId, flowLog } = byInterface[index] ?? identity;
    if (vpcId !== null || interfaceId === null || !assumed.has(flowLog)) continue;
    const key = identityKeys(identity).vpc;
    taken.set(key, (taken.get(key) ?? new Set()).add(interfaceId));
  }
  return { identities, taken };
}

/** What stays the same as long as an interface lasts. */
type Facts = {
  -readonly [Field in 'accountId' | 'region' | 'vpcId' | 'azId' | 'interfaceType']: string | null;
};

const noFacts: Facts = {
  accountId: null,
  region: null,
  vpcId: null,
  azId: null,
  interfaceType: null,
};

function smaller(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return compareText(a, b) <= 0 ? a : b;
}

function together(a: Facts, b: Facts): Facts {
  return {
    accountId: smaller(a.accountId, b.accountId),
    region: smaller(a.region, b.region),
    vpcId: smaller(a.vpcId, b.vpcId),
    azId: smaller(a.azId, b.azId),
    interfaceType: smaller(a.interfaceType, b.interfaceType),
  };
}

/** What all logs tell of each interface. An id that two accounts have is of two interfaces. */
class KnownInterfaces {
  readonly #facts = new Map<string, Facts>();
  /** By interface, the account that its records name; the smallest of several. */
  readonly #accounts = new Map<string, string>();

  constructor(identities: readonly LogIdentity[]) {
    for (const identity of identities) {
      const { interfaceId, accountId } = identity;
      if (interfaceId === null) continue;
      const key = keyOf(interfaceId, accountId);
      this.#facts.set(key, together(this.#facts.get(key) ?? noFacts, identity));
      const account = smaller(accountId, this.#accounts.get(interfaceId) ?? null);
      if (account !== null) this.#accounts.set(interfaceId, account);
    }
  }

  complete(identity: LogIdentity): LogIdentity {
    const { interfaceId } = identity;
    if (interfaceId === null) return identity;
    const account = identity.accountId ?? this.#accounts.get(interfaceId) ?? null;
    const ofAccount = this.#facts.get(keyOf(interfaceId, account)) ?? noFacts;
    const ofNone = this.#facts.get(keyOf(interfaceId, null)) ?? noFacts;
    const facts = together(ofAccount, ofNone);
    const { accountId, region, vpcId, azId, interfaceType } = identity;
    const isWhole =
      accountId === facts.accountId &&
      (region !== null || facts.region === null) &&
      (vpcId !== null || facts.vpcId === null) &&
      (azId !== null || facts.azId === null) &&
      (interfaceType !== null || facts.interfaceType === null);
    if (isWhole) return identity;
    return {
      ...identity,
      accountId: accountId ?? facts.accountId,
      region: region ?? facts.region,
      vpcId: vpcId ?? facts.vpcId,
      azId: azId ?? facts.azId,
      interfaceType: interfaceType ?? facts.interfaceType,
    };
  }
}

function keyOf(interfaceId: string, accountId: string | null): string {
  return `${interfaceId} ${accountId ?? ''}`;
}

type Place = Pick<LogIdentity, 'accountId' | 'region' | 'vpcId'>;

/**
 * The VPC of each flow log whose records do not name it: a flow log is of one VPC, or of a part of it (VPC user guide, "Flow
 * logs basics"), so that one of its interfaces that another flow log knows tells the VPC of all. A log that has no id may be
 * several with the same fields: there it is assumed, and only where all known interfaces are in one VPC.
 */
function placesOfFlowLogs(
  given: readonly LogIdentity[],
  byInterface: readonly LogIdentity[],
): { readonly places: ReadonlyMap<string, Place>; readonly assumed: ReadonlySet<string> } {
  const places = new Map<string, Place>();
  const vpcs = new Map<string, Set<string>>();
  for (const [index, { flowLog, accountId, region, vpcId }] of byInterface.entries()) {
    if (vpcId === null || given[index]?.vpcId !== null) continue;
    vpcs.set(flowLog, (vpcs.get(flowLog) ?? new Set()).add(vpcId));
    const before = places.get(flowLog);
    const order = compareText(vpcId, before?.vpcId ?? vpcId);
    if (before !== undefined && order > 0) continue;
    const isSame = before !== undefined && order === 0;
    places.set(flowLog, {
      vpcId,
      accountId: isSame ? smaller(accountId, before.accountId) : accountId,
      region: isSame ? smaller(region, before.region) : region,
    });
  }
  const assumed = new Set<string>();
  for (const [flowLog, names] of vpcs) {
    if (flowLog.startsWith('fl-')) continue;
    if (names.size === 1) assumed.add(flowLog);
    else places.delete(flowLog);
  }
  return { places, assumed };
}

function placed(identity: LogIdentity, places: ReadonlyMap<string, Place>): LogIdentity {
  const place = identity.vpcId === null ? places.get(identity.flowLog) : undefined;
  if (place === undefined) return identity;
  return {
    ...identity,
    vpcId: place.vpcId,
    accountId: identity.accountId ?? place.accountId,
    region: identity.region ?? place.region,
  };
}

interface KnownVpc {
  readonly accounts: Set<string>;
  readonly regions: Set<string>;
}

/** The accounts and the Regions that records name with each VPC. */
function knownVpcs(identities: readonly LogIdentity[]): ReadonlyMap<string, KnownVpc> {
  const vpcs = new Map<string, KnownVpc>();
  for (const { vpcId, accountId, region } of identities) {
    if (vpcId === null) continue;
    const known = vpcs.get(vpcId) ?? { accounts: new Set(), regions: new Set() };
    vpcs.set(vpcId, known);
    if (accountId !== null) known.accounts.add(accountId);
    if (region !== null) known.regions.add(region);
  }
  return vpcs;
}

/** The account (a VPC may be shared by several) and the Region of its VPC, where all records that name them agree. */
function inItsVpc(identity: LogIdentity, vpcs: ReadonlyMap<string, KnownVpc>): LogIdentity {
  const { vpcId, accountId, region } = identity;
  if (vpcId === null || (accountId !== null && region !== null)) return identity;
  const known = vpcs.get(vpcId);
  const account = accountId ?? onlyOf(known?.accounts);
  const inRegion = region ?? onlyOf(known?.regions);
  if (account === accountId && inRegion === region) return identity;
  return { ...identity, accountId: account, region: inRegion };
}

function onlyOf(values: ReadonlySet<string> | undefined): string | null {
  const [first, ...others] = values ?? [];
  return first === undefined || others.length > 0 ? null : first;
}
