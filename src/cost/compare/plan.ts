import { type Amount, sum, zero } from '../../base/decimal.js';
import { hasRange, type NetworkPath, needsGateways, networkPaths } from '../paths/index.js';
import type { TierLine } from '../price/component.js';

/** What a path costs a member: a fixed amount, or the Region's tiers for its GB (`tiered`). */
export type PathPrice =
  | { readonly kind: 'fixed'; readonly cost: Amount }
  | { readonly kind: 'tiered' };

/** One demand as the plan sees it: its GB, today's path and the paths it may take. */
export interface PlanMember {
  readonly gb: Amount;
  /** Kept where another costs the same; null where today's path has an unpriced part, so that nothing speaks for it. */
  readonly current: NetworkPath | null;
  readonly options: ReadonlyMap<NetworkPath, PathPrice>;
}

/** Members that share interface endpoints: those of a service, or of a set such as ECR's, in one VPC. */
export interface PlanEndpointSet {
  /** Endpoint hours, charged once if any member takes the interface endpoints. */
  readonly hours: Amount;
  readonly members: readonly PlanMember[];
}

/** A VPC as the plan sees it. */
export interface PlanVpc {
  /** Hours and addresses of its NAT gateways. */
  readonly natFixed: Amount;
  readonly sets: readonly PlanEndpointSet[];
}

/** The paths chosen for a Region, and what they cost with its tiers. */
export interface Solution {
  readonly paths: ReadonlyMap<PlanMember, NetworkPath>;
  /** The VPCs whose NAT gateways stay. */
  readonly natStays: ReadonlySet<PlanVpc>;
  readonly cost: Amount;
}

/**
 * The combination of paths that costs least over a Region: the exact optimum, not a choice row by row. Interface
 * endpoints share one concave tier schedule, which is the lowest of its straight lines; along one line every set can
 * be chosen for itself, so the best of the lines' best choices is the best of all.
 *
 * @param lines the lines of the interface endpoints' tier schedule; none where it is not known
 * @param natMayGo whether a VPC's NAT gateways, and their cost, go where nothing is left on them
 */
export function solvePlan(
  vpcs: readonly PlanVpc[],
  lines: readonly TierLine[],
  natMayGo: boolean,
): Solution {
  const candidates = lines.map((line) => solveAlong(vpcs, line.slope, natMayGo));
  const [first, ...others] =
    candidates.length > 0 ? candidates : [solveAlong(vpcs, zero, natMayGo)];
  if (first === undefined) throw new Error('no candidate plan');
  let best = priceCandidate(first, lines);
  for (const candidate of others) {
    const solution = priceCandidate(candidate, lines);
    if (solution.cost.lt(best.cost)) best = solution;
  }
  return best;
}

interface Candidate {
  readonly paths: Map<PlanMember, NetworkPath>;
  readonly natStays: Set<PlanVpc>;
  /** All but the tiers: fixed path costs, endpoint hours, NAT gateways that stay. */
  fixed: Amount;
  /** GB on interface endpoints. */
  tieredGb: Amount;
}

function solveAlong(vpcs: readonly PlanVpc[], slope: Amount, natMayGo: boolean): Candidate {
  const candidate: Candidate = {
    paths: new Map(),
    natStays: new Set(),
    fixed: zero,
    tieredGb: zero,
  };
  for (const vpc of vpcs) {
    const stays = vpc.sets.map((set) => bestOfSet(set, slope, allPaths));
    const goes = natMayGo ? vpc.sets.map((set) => bestOfSet(set, slope, withoutGateways)) : [null];
    if (isComplete(goes) && costOf(goes).lt(costOf(stays.filter(present)).plus(vpc.natFixed))) {
      addChoices(candidate, goes);
    } else {
      addChoices(candidate, stays.filter(present));
      candidate.natStays.add(vpc);
      candidate.fixed = candidate.fixed.plus(vpc.natFixed);
    }
  }
  return candidate;
}

type Allowed = (path: NetworkPath, price: PathPrice) => boolean;
const allPaths: Allowed = () => true;
/** Gateways stay for what may be on them, even where it is not known. */
const withoutGateways: Allowed = (path) => !needsGateways(path) && !hasRange(path);

interface SetChoice {
  readonly paths: readonly (readonly [PlanMember, NetworkPath])[];
  readonly fixed: Amount;
  readonly tieredGb: Amount;
  /** The cost along the line. */
  readonly cost: Amount;
}

const present = (choice: SetChoice | null): choice is SetChoice => choice !== null;
const isComplete = (choices: readonly (SetChoice | null)[]): choices is readonly SetChoice[] =>
  choices.every(present);
const costOf = (choices: readonly SetChoice[]): Amount => sum(choices.map(({ cost }) => cost));

function addChoices(candidate: Candidate, choices: readonly SetChoice[]): void {
  for (const { paths, fixed, tieredGb } of choices) {
    for (const [member, path] of paths) candidate.paths.set(member, path);
    candidate.fixed = candidate.fixed.plus(fixed);
    candidate.tieredGb = candidate.tieredGb.plus(tieredGb);
  }
}

/** The cheapest choice for a set: its interface endpoints open or not. Null where a member is left without a path. */
function bestOfSet(set: PlanEndpointSet, slope: Amount, allowed: Allowed): SetChoice | null {
  const closed = chooseMembers(
    set,
    slope,
    (path, price) => allowed(path, price) && price.kind === 'fixed',
  );
  const open = chooseMembers(set, slope, allowed);
  if (closed === null || open === null) return open ?? closed;
  if (open.cost.eq(closed.cost)) return changes(open) < changes(closed) ? open : closed;
  return open.cost.lt(closed.cost) ? open : closed;
}

const changes = ({ paths }: SetChoice): number =>
  paths.filter(([member, path]) => member.current !== path).length;

function chooseMembers(set: PlanEndpointSet, slope: Amount, allowed: Allowed): SetChoice | null {
  const paths: [PlanMember, NetworkPath][] = [];
  let fixed = zero;
  let tieredGb = zero;
  let opened = false;
  for (const member of set.members) {
    const best = cheapestOption(member, slope, allowed);
    if (best === null) return null;
    paths.push([member, best.path]);
    if (best.price.kind === 'fixed') fixed = fixed.plus(best.price.cost);
    else {
      opened = true;
      tieredGb = tieredGb.plus(member.gb);
    }
  }
  if (opened) fixed = fixed.plus(set.hours);
  return { paths, fixed, tieredGb, cost: fixed.plus(tieredGb.times(slope)) };
}

/** The paths in the order in which ties are broken: today's, where there is one to keep, then those of the list. */
export function pathTieOrder(current: NetworkPath | null): readonly NetworkPath[] {
  const names = networkPaths.map(({ name }) => name);
  return current === null ? names : [current, ...names.filter((name) => name !== current)];
}

interface Option {
  readonly path: NetworkPath;
  readonly price: PathPrice;
}

function cheapestOption(member: PlanMember, slope: Amount, allowed: Allowed): Option | null {
  let best: (Option & { readonly cost: Amount }) | null = null;
  for (const path of pathTieOrder(member.current)) {
    const price = member.options.get(path);
    if (price === undefined || !allowed(path, price)) continue;
    const cost = price.kind === 'fixed' ? price.cost : member.gb.times(slope);
    if (best === null || cost.lt(best.cost)) best = { path, price, cost };
  }
  return best;
}

/** Prices a candidate with the tiers themselves, not with the line it was found along. */
function priceCandidate(candidate: Candidate, lines: readonly TierLine[]): Solution {
  const { paths, natStays, fixed, tieredGb } = candidate;
  return { paths, natStays, cost: fixed.plus(lowestLine(tieredGb, lines)) };
}

function lowestLine(gb: Amount, lines: readonly TierLine[]): Amount {
  if (gb.isZero()) return zero;
  const costs = lines.map(({ intercept, slope }) => intercept.plus(slope.times(gb)));
  const [first, ...others] = costs;
  if (first === undefined) return zero;
  return others.reduce((lowest, cost) => (cost.lt(lowest) ? cost : lowest), first);
}
