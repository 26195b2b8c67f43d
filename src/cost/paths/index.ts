import { PathfareError, quoteValue } from '../../base/errors.js';
import type { PathName } from '../../base/path-name.js';
import { egressOnlyGateway } from './egress-only-gateway.js';
import { gatewayEndpoint } from './gateway-endpoint.js';
import { interfaceEndpoint } from './interface-endpoint.js';
import { internetGateway } from './internet-gateway.js';
import { natGateway } from './nat-gateway.js';
import { natInstance } from './nat-instance.js';
import {
  type ComparedPathKind,
  type FixedCharge,
  type PathKind,
  type PooledCharge,
  type ShownPathKind,
  type TraitName,
  traitNames,
} from './path.js';
import { unknown } from './unknown.js';

/** Every network path. Where two cost the same, the earlier is taken; today's before all. */
const paths = [
  gatewayEndpoint,
  natGateway,
  interfaceEndpoint,
  internetGateway,
  egressOnlyGateway,
  natInstance,
  unknown,
] as const;

/** The names by themselves, so that a name is a type without all else that a path has. */
export const pathNames = paths.map(({ name }) => name);

/** The name of a network path. */
export type NetworkPath = (typeof pathNames)[number];

export const comparedPathNames = paths.flatMap((path) => (path.compared ? [path.name] : []));

/** The name of a path that has a column of its own. */
export type ComparedPath = (typeof comparedPathNames)[number];

/** A network path with all that is asked of it. */
export type NetworkPathKind = ComparedPathKind<ComparedPath> | ShownPathKind<NetworkPath>;

/** Every network path, in the order in which ties are broken. */
export const networkPaths: readonly NetworkPathKind[] = paths;

/** The paths that are set side by side, in the order of their columns. */
export const comparedPaths: readonly ComparedPathKind<ComparedPath>[] = networkPaths
  .filter((path) => path.compared)
  .toSorted((a, b) => a.column - b.column);

/** The paths that are shown only where traffic takes them today. */
export const shownPaths: readonly ShownPathKind<NetworkPath>[] = networkPaths.filter(
  (path) => !path.compared,
);

/** The names of all paths as they are listed for people: those with a column first. */
export const networkPathNames: readonly NetworkPath[] = [...comparedPaths, ...shownPaths].map(
  ({ name }) => name,
);

const byPlace = (a: PathKind, b: PathKind): number => a.place - b.place;

/** Every path, in the order in which they are described and drawn. */
export const describedPaths: readonly NetworkPathKind[] = networkPaths.toSorted(byPlace);

/** A value for each of some paths, by its name and in their order: none can be missing. */
export function byPath<Name extends string, Path extends PathKind<Name>, Value>(
  kinds: readonly (Path & PathKind<Name>)[],
  valueOf: (path: Path) => Value,
): Readonly<Record<Name, Value>> {
  const values = Object.fromEntries(kinds.map((kind) => [kind.name, valueOf(kind)]));
  const isTotal = (record: object): record is Readonly<Record<Name, Value>> =>
    kinds.every(({ name }) => Object.hasOwn(record, name));
  if (!isTotal(values)) throw new Error('a network path has no value');
  return values;
}

const kinds = byPath(networkPaths, (path) => path);

/** A path with all that is asked of it. */
export function kindOf(path: NetworkPath): NetworkPathKind {
  return kinds[path];
}

/**
 * Reads the name of a path.
 *
 * @throws PathfareError where no path has the name
 */
export function parseNetworkPath(name: PathName): NetworkPath {
  const path = networkPathNames.find((each) => each === name);
  if (path !== undefined) return path;
  throw new PathfareError('invalid-path', `${quoteValue(name)} is not a network path`, {
    hint: `Write ${networkPathNames.join(', ')}, or no path where it is not known.`,
  });
}

/** A path that costs the same whatever else it carries. */
export type FixedPath = ComparedPathKind<ComparedPath> & { readonly charge: FixedCharge };

/** A path of endpoints that share one tier schedule over a Region. */
export type PooledPath = ComparedPathKind<ComparedPath> & { readonly charge: PooledCharge };

const isFixed = (path: ComparedPathKind<ComparedPath>): path is FixedPath =>
  path.charge.kind === 'fixed';
const isPooled = (path: ComparedPathKind<ComparedPath>): path is PooledPath =>
  path.charge.kind === 'pooled';

/**
 * The path of traffic whose path the input does not give, and what endpoints are held against at a break-even: its
 * gateways carry everything.
 */
export const defaultPath: FixedPath = only(
  comparedPaths.filter(isFixed).filter(({ isDefault }) => isDefault),
);

/** The path whose endpoints share the tiers of a Region. The plan's proof rests on there being one such schedule. */
export const pooledPath: PooledPath = only(comparedPaths.filter(isPooled));

/** The paths with a column of their own that cost nothing at any volume. */
export const freePaths = comparedPaths.filter(({ charge }) => charge.kind === 'free');

function only<Path>([path, ...others]: readonly Path[]): Path {
  if (path === undefined || others.length > 0) throw new Error('one path must have the role');
  return path;
}

/** The paths that a person may name for traffic: all but one whose charge is a range, since it is not known. */
export const knownPathNames = networkPathNames.filter((name) => !hasRange(name));

/** Whether a path surely has a charge. */
export function isCharged(path: NetworkPath): boolean {
  return kindOf(path).charge.kind !== 'free' && !hasRange(path);
}

/** Whether it is open what a path's traffic is charged: a range, since it is not known what carries it. */
export function hasRange(path: NetworkPath): boolean {
  return kindOf(path).charge.kind === 'range';
}

/** Whether a path's traffic needs gateways of the VPC, whose hours everything that uses them shares. */
export function needsGateways(path: NetworkPath): boolean {
  return kindOf(path).charge.kind === 'fixed';
}

/** One property of the paths that are set side by side, in a sentence each. */
export interface PathTrait {
  readonly name: TraitName;
  readonly values: Readonly<Record<ComparedPath, string>>;
}

/** The paths that are set side by side, in the order in which they are described. */
export const explainedPaths = comparedPaths.toSorted(byPlace);

/**
 * What the paths are, side by side. Sources: VPC user guide, "NAT gateways"; AWS PrivateLink guide, "Interface
 * endpoints" and "Gateway endpoints"; their pricing pages.
 */
export const pathTraits: readonly PathTrait[] = traitNames.map((name) => ({
  name,
  values: byPath(explainedPaths, ({ traits }) => traits[name]),
}));
