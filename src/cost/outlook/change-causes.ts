import { type Amount, type DecimalString, sum, toDecimalString, zero } from '../../base/decimal.js';
import { groupBy } from '../../base/group-by.js';
import { shareOut } from '../../base/share-out.js';
import { compareDemands } from '../compare/compare.js';
import { type Demand, type RegionDemands, topologyOf, type VpcDemand } from '../demand/demand.js';
import { demandFrom, demandsFrom, type TrafficInputs } from '../demand/traffic-inputs.js';
import { billsOf, totalOf } from './bill.js';

/** What a month's bill was, what it is, and why it changed. The causes sum to the change exactly. */
export interface BillChange {
  readonly before: DecimalString;
  readonly after: DecimalString;
  readonly change: DecimalString;
  readonly complete: boolean;
  /** Present where a bill of these rests on an assumed rate. */
  readonly assumed?: true;
  readonly causes: {
    /** Other volumes, and VPCs and services that came or went. */
    readonly traffic: DecimalString;
    /** Other rates. */
    readonly rates: DecimalString;
    /** Other paths, zones, gateways and assumptions. */
    readonly choices: DecimalString;
  };
}

/**
 * Explains a change of the bill by its causes, one after another: today's traffic on the paths, in the proportions and
 * at the rates of then; then at today's rates; then on today's paths. A Region, VPC or service that was not there then
 * has today's rates and paths throughout.
 */
export function billChange(before: TrafficInputs, after: TrafficInputs): BillChange {
  const was = billTotal(demandsFrom(before, topologies(before)), before);
  const moved = regionsOnFormerPaths(after, before);
  const traffic = billTotal(withFormerRates(moved, before), before);
  const rates = billTotal(moved, before);
  const is = billTotal(demandsFrom(after, topologies(after)), after);
  return {
    before: toDecimalString(was.cost),
    after: toDecimalString(is.cost),
    change: toDecimalString(is.cost.minus(was.cost)),
    complete:
      [before, after].every(({ readInFull }) => readInFull !== false) &&
      [was, traffic, rates, is].every(({ complete }) => complete),
    ...([was, traffic, rates, is].some(({ assumed }) => assumed !== undefined)
      ? { assumed: true as const }
      : {}),
    causes: {
      traffic: toDecimalString(traffic.cost.minus(was.cost)),
      rates: toDecimalString(rates.cost.minus(traffic.cost)),
      choices: toDecimalString(is.cost.minus(rates.cost)),
    },
  };
}

function billTotal(demands: readonly RegionDemands[], { assumptions }: TrafficInputs) {
  return totalOf(billsOf(compareDemands(demands, assumptions).regions).now);
}

const topologies =
  ({ assumptions }: TrafficInputs) =>
  (vpc: Pick<VpcDemand, 'zonesSeen' | 'usesNat'>) =>
    topologyOf(vpc, assumptions);

function withFormerRates(
  regions: readonly RegionDemands[],
  before: TrafficInputs,
): readonly RegionDemands[] {
  return regions.map(({ card, vpcs }) => {
    const former = before.regions.find((region) => region.card.region === card.region);
    return { card: former?.card ?? card, vpcs };
  });
}

/** Today's volumes on the paths of then, with the zones and gateways of then. */
function regionsOnFormerPaths(
  after: TrafficInputs,
  before: TrafficInputs,
): readonly RegionDemands[] {
  const former = demandsFrom(before, topologies(before));
  const formerVpcs = new Map(
    former.flatMap(({ card, vpcs }) => vpcs.map((vpc) => [vpcKey(card.region, vpc), vpc])),
  );
  return demandsFrom(after, topologies(before)).map(({ card, vpcs }) => ({
    card,
    vpcs: vpcs.map((vpc) => {
      const was = formerVpcs.get(vpcKey(card.region, vpc));
      if (was === undefined) return vpc;
      const { zonesSeen, usesNat, azs, azsSource, natGateways, natGatewaysSource } = was;
      const topology = { zonesSeen, usesNat, azs, azsSource, natGateways, natGatewaysSource };
      return { ...vpc, ...topology, demands: onFormerPaths(vpc.demands, was.demands) };
    }),
  }));
}

function vpcKey(region: string, { vpcId, accountId }: VpcDemand): string {
  return [region, vpcId ?? ` ${accountId ?? ''}`].join('\n');
}

const serviceKey = ({ service, serviceRegion }: Demand) => `${service}\n${serviceRegion ?? ''}`;

function onFormerPaths(demands: readonly Demand[], former: readonly Demand[]): readonly Demand[] {
  const formerByService = groupBy(former, serviceKey);
  return [...groupBy(demands, serviceKey)].flatMap(([key, rows]) => {
    const paths = formerByService.get(key);
    return paths === undefined ? rows : split(rows, paths);
  });
}

/** A service's volume, shared out over its former paths in their former proportions. */
function split(rows: readonly Demand[], former: readonly Demand[]): readonly Demand[] {
  if (sameProportions(rows, former)) return rows;
  const weights = former.map(({ gb }) => gb);
  const share = (volume: (demand: Demand) => Amount) => shareOut(sum(rows.map(volume)), weights);
  const sent = share(({ gbOut }) => gbOut);
  const received = share(({ gbIn }) => gbIn);
  const crossAz = share(({ crossAzGb }) => crossAzGb);
  return former.map(({ service, serviceRegion, currentPath }, index) => {
    const at = (shares: readonly Amount[]) => shares[index] ?? zero;
    return demandFrom(
      { service, serviceRegion, path: currentPath },
      at(sent),
      at(received),
      at(crossAz),
    );
  });
}

/** Whether the paths carry the parts that they carried: then nothing is shared out, and nothing rounded. */
function sameProportions(rows: readonly Demand[], former: readonly Demand[]): boolean {
  const all = sum(rows.map(({ gb }) => gb));
  const formerAll = sum(former.map(({ gb }) => gb));
  return (
    rows.length === former.length &&
    rows.every(({ currentPath, gb }) =>
      former.some(
        (was) => was.currentPath === currentPath && was.gb.times(all).equals(gb.times(formerAll)),
      ),
    )
  );
}
