import { compareText } from '../../base/finding.js';
import { identityKeys, type LogIdentity } from '../scanner/identities.js';

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
