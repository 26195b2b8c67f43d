import { type Amount, zero } from '../../base/decimal.js';
import { noService } from '../../base/service-name.js';
import type { Period, TrafficProfile, Volume } from '../../traffic/profile/profile.js';
import { canonicalService } from '../facts/services.js';
import { type NetworkPath, parseNetworkPath } from '../paths/index.js';
import { type DailySums, dailySums } from './days.js';

/** A sum of volumes: bytes as whole numbers, GB as exact decimals; those of a month apart from those of a period. */
export interface VolumeSum {
  monthlyBytes: bigint;
  timedBytes: bigint;
  monthlyGb: Amount;
  timedGb: Amount;
}

/** The sums of one service of a VPC on one current path. */
export interface DemandTally {
  /** The endpoint's short name. */
  readonly service: string;
  readonly serviceRegion: string | null;
  readonly path: NetworkPath | null;
  readonly sent: VolumeSum;
  readonly received: VolumeSum;
  /** Bytes seen crossing zones. */
  readonly crossAz: VolumeSum;
  /** Both directions of the rows that say what crossed zones. */
  readonly measured: VolumeSum;
  readonly periods: PeriodSet;
}

/** The sums of a VPC, and what its rows show of its topology. */
export interface VpcTally {
  readonly vpcId: string | null;
  readonly accounts: Set<string | null>;
  readonly zones: Set<string>;
  crossAzMeasured: boolean;
  readonly periods: PeriodIndex;
  /** By key, which orders as service, its Region, path. */
  readonly demands: Map<string, DemandTally>;
}

/** Whether traffic is added up by day as well. */
type Days = DailySums | null;

/** The sums of a Region's VPCs, and its traffic by day where that is asked for. */
export interface RegionTally<ByDay extends Days = Days> {
  readonly region: string;
  readonly vpcs: ReadonlyMap<string, VpcTally>;
  readonly days: ByDay;
}

/** Traffic added up as its rows come: memory grows with VPCs, services and periods, never with rows. */
export interface TrafficTally<ByDay extends Days = Days> {
  add(profile: TrafficProfile): void;
  readonly regions: ReadonlyMap<string, RegionTally<ByDay>>;
}

/** An empty tally that adds traffic up by day as well, for a forecast. Rows may come in any order: the sums are the same. */
export function dailyTally(): TrafficTally<DailySums> {
  return emptyTally(dailySums);
}

function emptyTally<ByDay extends Days>(noDays: () => ByDay): TrafficTally<ByDay> {
  const regions = new Map<string, OpenRegion<ByDay>>();
  return {
    regions,
    add(profile) {
      let region = regions.get(profile.region);
      if (region === undefined) {
        region = { region: profile.region, vpcs: new Map(), days: noDays() };
        regions.set(profile.region, region);
      }
      addToRegion(region, profile);
    },
  };
}

/**
 * The tally of rows that are all there.
 *
 * @throws PathfareError for a row on a path of an unknown name
 */
export function tallyOf(profiles: Iterable<TrafficProfile>): TrafficTally {
  const tally = emptyTally(() => null);
  for (const profile of profiles) tally.add(profile);
  return tally;
}

interface OpenRegion<ByDay extends Days = Days> extends RegionTally<ByDay> {
  readonly vpcs: Map<string, OpenVpc>;
}

interface OpenVpc extends VpcTally {
  /** Its demands by their service as the rows write it: most rows find theirs without building a key. */
  readonly services: Map<string, DemandTally[]>;
}

function addToRegion(region: OpenRegion, profile: TrafficProfile): void {
  const vpc = vpcFor(region, profile);
  if (!vpc.accounts.has(profile.accountId)) vpc.accounts.add(profile.accountId);
  if (profile.azId !== null && !vpc.zones.has(profile.azId)) vpc.zones.add(profile.azId);
  if (profile.crossAzBytes !== null) vpc.crossAzMeasured = true;
  const demand = profile.service === noService ? null : demandFor(vpc, profile);
  if (demand !== null) addToDemand(demand, profile);
  if (profile.period === null) return;
  const period = vpc.periods.add(profile.period, profile.loggedSeconds ?? null);
  demand?.periods.add(period);
  region.days?.add(demand, profile);
}

function vpcFor({ vpcs }: OpenRegion, { vpcId, accountId }: TrafficProfile): OpenVpc {
  const key = vpcId ?? ` ${accountId ?? ''}`;
  const known = vpcs.get(key);
  if (known !== undefined) return known;
  const vpc: OpenVpc = {
    vpcId,
    accounts: new Set(),
    zones: new Set(),
    crossAzMeasured: false,
    periods: periodIndex(),
    demands: new Map(),
    services: new Map(),
  };
  vpcs.set(key, vpc);
  return vpc;
}

function demandFor(vpc: OpenVpc, profile: TrafficProfile): DemandTally {
  const { service, serviceRegion, path } = profile;
  const demands = vpc.services.get(service) ?? [];
  for (const demand of demands) {
    if (demand.path === path && demand.serviceRegion === serviceRegion) return demand;
  }
  const demand = demandByKey(vpc, profile);
  vpc.services.set(service, [...demands, demand]);
  return demand;
}

function demandByKey(vpc: VpcTally, profile: TrafficProfile): DemandTally {
  const service = canonicalService(profile.service);
  const path = profile.path === null ? null : parseNetworkPath(profile.path);
  const key = [service, profile.serviceRegion ?? '', path ?? ''].join('\n');
  const known = vpc.demands.get(key);
  if (known !== undefined) return known;
  const demand: DemandTally = {
    service,
    serviceRegion: profile.serviceRegion,
    path,
    sent: emptySum(),
    received: emptySum(),
    crossAz: emptySum(),
    measured: emptySum(),
    periods: new PeriodSet(),
  };
  vpc.demands.set(key, demand);
  return demand;
}

function emptySum(): VolumeSum {
  return { monthlyBytes: 0n, timedBytes: 0n, monthlyGb: zero, timedGb: zero };
}

function addToDemand(demand: DemandTally, profile: TrafficProfile): void {
  const timed = profile.period !== null;
  addVolume(demand.sent, profile.sent, timed);
  addVolume(demand.received, profile.received, timed);
  if (profile.crossAzBytes === null) return;
  addVolume(demand.crossAz, { bytes: profile.crossAzBytes }, timed);
  addVolume(demand.measured, profile.sent, timed);
  addVolume(demand.measured, profile.received, timed);
}

function addVolume(sum: VolumeSum, volume: Volume, timed: boolean): void {
  if ('bytes' in volume) {
    if (timed) sum.timedBytes += volume.bytes;
    else sum.monthlyBytes += volume.bytes;
  } else if (timed) sum.timedGb = sum.timedGb.plus(volume.gb);
  else sum.monthlyGb = sum.monthlyGb.plus(volume.gb);
}

/** The distinct periods of a VPC's rows, each under a small number, so that a service's can be held as bits. */
export interface PeriodIndex {
  /**
   * Adds a row's period and the seconds of it that were logged (null: the row does not tell), and answers the period's number; the
   * same start and end have the same number.
   */
  add(period: Period, loggedSeconds: number | null): number;
  /** The distinct periods by their number. */
  readonly periods: readonly IndexedPeriod[];
}

export interface IndexedPeriod extends Period {
  /** The most seconds that a row tells; null where none does. */
  readonly told: number | null;
  /** Whether any row does not tell. */
  readonly isUntold: boolean;
}

/** An empty index. */
function periodIndex(): PeriodIndex {
  const periods: { start: number; end: number; told: number | null; isUntold: boolean }[] = [];
  const byObject = new Map<Period, number>();
  const byText = new Map<string, number>();
  const idOf = (period: Period): number => {
    const known = byObject.get(period);
    if (known !== undefined) return known;
    const { start, end } = period;
    const text = `${start}/${end}`;
    const same = byText.get(text);
    if (same !== undefined) return same;
    const id = periods.push({ start, end, told: null, isUntold: false }) - 1;
    byText.set(text, id);
    // Readers share one object among rows of one period; only the first is kept, or memory would grow with rows.
    byObject.set(period, id);
    return id;
  };
  return {
    periods,
    add(period, loggedSeconds) {
      const id = idOf(period);
      const indexed = periods[id];
      if (indexed === undefined) throw new Error('a period without a place in its index');
      if (loggedSeconds === null) indexed.isUntold = true;
      else if (indexed.told === null || loggedSeconds > indexed.told) indexed.told = loggedSeconds;
      return id;
    },
  };
}

/** Which of a VPC's periods a service has rows in: a bit each. A year of days takes 46 bytes. */
export class PeriodSet {
  #bits = new Uint8Array(8);

  add(id: number): void {
    if (this.has(id)) return;
    const at = id >> 3;
    if (at >= this.#bits.length) {
      const larger = new Uint8Array(Math.max(at + 1, this.#bits.length * 2));
      larger.set(this.#bits);
      this.#bits = larger;
    }
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (id & 7));
  }

  has(id: number): boolean {
    return ((this.#bits[id >> 3] ?? 0) & (1 << (id & 7))) !== 0;
  }

  isEmpty(): boolean {
    return this.#bits.every((bits) => bits === 0);
  }
}
