import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NetworkPath, networkPathNames } from '../../../src/cost/paths/index.js';
import type { Assumptions, Requirement } from '../../../src/cost/price/assumptions.js';
import type { TrafficProfile } from '../../../src/traffic/profile/profile.js';
import { remembered, sameRuns } from '../../support/same-runs.js';
import { cardOf, flatRate, tieredRate } from '../cards.js';
import { compareWith, traffic } from '../traffic.js';

/**
 * Everything here is counted in whole GB and in ten-thousandths of a dollar, as plain integers: the
 * brute force shares no arithmetic, no tiers and no rule of availability with the code it checks.
 */
interface World {
  readonly rows: readonly WorldRow[];
  readonly natHour: number;
  readonly natGb: number;
  readonly address: number;
  readonly endpointHour: number;
  /** Widths of the tiers but the last, and prices that fall. */
  readonly widths: readonly number[];
  readonly prices: readonly number[];
  readonly transfer: number;
  readonly everythingCrosses: boolean;
  readonly hours: number;
  readonly azs: number;
  readonly natGateways: number | null;
  readonly nat: 'keep' | 'may-go';
  readonly require: readonly Requirement[];
}

interface WorldRow {
  readonly vpc: string;
  readonly service: string;
  readonly remote: boolean;
  readonly path: NetworkPath;
  readonly gbOut: number;
  readonly gbIn: number;
}

/** What each service needs: its interface endpoints' set and their number, and whether a gateway endpoint is free. */
const catalog: Readonly<Record<string, readonly [set: string, endpoints: number, free: boolean]>> =
  {
    s3: ['s3', 1, true],
    dynamodb: ['dynamodb', 1, true],
    sqs: ['sqs', 1, false],
    kms: ['kms', 1, false],
    'ecr.api': ['ecr', 2, false],
    'ecr.dkr': ['ecr', 2, false],
    ssm: ['ssm', 3, false],
    ssmmessages: ['ssm', 3, false],
    internet: ['', 0, false],
  };

const factsOf = (service: string) => catalog[service] ?? (['', 0, false] as const);

/** The paths that are open only where they are today's. */
const onlyShown: Readonly<Record<NetworkPath, boolean>> = {
  'nat-gateway': false,
  'gateway-endpoint': false,
  'interface-endpoint': false,
  'internet-gateway': true,
  'egress-only-gateway': true,
  'nat-instance': true,
  unknown: true,
};

function possiblePaths({ service, remote, path }: WorldRow): readonly NetworkPath[] {
  const [, endpoints, free] = factsOf(service);
  const paths: NetworkPath[] = ['nat-gateway'];
  if (free && !remote) paths.push('gateway-endpoint');
  // Of the catalog, s3, kms and ecr can be reached in another Region.
  if (endpoints > 0) paths.push('interface-endpoint');
  if (onlyShown[path]) paths.push(path);
  return paths;
}

const failed: Readonly<Record<NetworkPath, readonly Requirement[]>> = {
  'nat-gateway': ['private', 'security-groups'],
  'gateway-endpoint': ['on-premises', 'security-groups'],
  'interface-endpoint': [],
  'internet-gateway': ['private', 'security-groups'],
  'egress-only-gateway': ['private', 'on-premises', 'security-groups'],
  'nat-instance': ['private'],
  unknown: ['private', 'on-premises', 'security-groups'],
};

function openPaths(row: WorldRow, { rows, require, natGateways }: World): readonly NetworkPath[] {
  // What is not known to leave its path stays on it, unless a requirement rules it out.
  if (row.path === 'unknown' && require.length === 0) return ['unknown'];
  const usesNat = rows.some(({ vpc, path }) => vpc === row.vpc && path === 'nat-gateway');
  const hasNat = usesNat || (natGateways ?? 0) > 0;
  const open = possiblePaths(row)
    .filter((path) => require.every((each) => !failed[path].includes(each)))
    .filter((path) => path !== 'nat-gateway' || hasNat);
  return open.length === 0 ? [row.path] : open;
}

function tiersCost(gb: number, { widths, prices }: World): number {
  let rest = gb;
  let cost = 0;
  for (const [index, price] of prices.entries()) {
    const part = Math.min(rest, widths[index] ?? rest);
    cost += part * price;
    rest -= part;
  }
  return cost;
}

function natFixed(vpc: string, world: World): number {
  const usesNat = world.rows.some((row) => row.vpc === vpc && row.path === 'nat-gateway');
  const count = world.natGateways ?? (usesNat ? world.azs : 0);
  return count * world.hours * (world.natHour + world.address);
}

/** Prices one combination of paths: hours of opened sets, tiers of the pool, NAT by the GB and by the hour. */
function priceOf(paths: readonly NetworkPath[], world: World, natGoes: boolean): number {
  const sets = new Map<string, number>();
  let cost = 0;
  let pooledGb = 0;
  for (const [index, row] of world.rows.entries()) {
    const gb = row.gbOut + row.gbIn;
    if (paths[index] === 'nat-gateway') {
      cost += gb * (world.natGb + (world.everythingCrosses ? 2 * world.transfer : 0));
    }
    if (paths[index] === 'interface-endpoint') {
      const [set, endpoints] = factsOf(row.service);
      sets.set(`${row.vpc} ${set} ${row.remote}`, endpoints);
      pooledGb += gb;
    }
  }
  for (const endpoints of sets.values()) {
    cost += endpoints * world.azs * world.hours * world.endpointHour;
  }
  for (const vpc of new Set(world.rows.map((row) => row.vpc))) {
    const mayUse = ['nat-gateway', 'unknown'];
    const used = world.rows.some((row, at) => row.vpc === vpc && mayUse.includes(paths[at] ?? ''));
    if (used || !natGoes) cost += natFixed(vpc, world);
  }
  return cost + tiersCost(pooledGb, world);
}

/** The least that any combination of paths costs, by trying all of them. */
const cheapestOf = remembered((world: World, natGoes: boolean): number => {
  const options = world.rows.map((row) => openPaths(row, world));
  let cheapest = Number.POSITIVE_INFINITY;
  const tryFrom = (paths: readonly NetworkPath[]): void => {
    const next = options[paths.length];
    if (next === undefined) cheapest = Math.min(cheapest, priceOf(paths, world, natGoes));
    else for (const path of next) tryFrom([...paths, path]);
  };
  tryFrom([]);
  return cheapest;
});

/** Ten-thousandths of a dollar as a decimal string, for a price. */
function dollars(count: number): string {
  const digits = String(count).padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

/** The same without trailing zeros, as results carry it. */
const plain = (count: number): string =>
  (count < 0 ? '-' : '') + dollars(Math.abs(count)).replace(/\.?0+$/, '');

function cardFor(world: World) {
  let end = 0;
  const tiers = world.prices.map((price, index) => {
    const width = world.widths[index];
    end += width ?? 0;
    return [width === undefined ? 'Inf' : String(end), dollars(price)] as const;
  });
  return cardOf({
    natGatewayHour: flatRate('Hrs', dollars(world.natHour)),
    natGatewayGb: flatRate('GB', dollars(world.natGb)),
    publicIpv4Hour: flatRate('Hrs', dollars(world.address)),
    interfaceEndpointHour: flatRate('Hrs', dollars(world.endpointHour)),
    interfaceEndpointGb: tieredRate(...tiers),
    regionalTransferGb: flatRate('GB', dollars(world.transfer)),
  });
}

function profilesOf({ rows }: World): readonly TrafficProfile[] {
  return rows.map(({ vpc, service, remote, path, gbOut, gbIn }) =>
    traffic({
      vpcId: vpc,
      service,
      serviceRegion: remote ? 'us-west-2' : null,
      path,
      sent: { gb: String(gbOut) },
      received: { gb: String(gbIn) },
    }),
  );
}

function assumptionsOf(world: World): Partial<Assumptions> {
  const { azs, natGateways, nat, require, hours, everythingCrosses } = world;
  return {
    azs,
    natGateways,
    nat,
    require,
    hoursPerMonth: String(hours),
    crossAzShare: everythingCrosses ? '1' : '0',
  };
}

const gb = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 60 }),
  fc.integer({ min: 100, max: 5000 }),
);

const row: fc.Arbitrary<WorldRow> = fc
  .record({
    vpc: fc.constantFrom('vpc-1', 'vpc-2', 'vpc-3'),
    service: fc.constantFrom(...Object.keys(catalog)),
    remote: fc.boolean(),
    path: fc.constantFrom<NetworkPath>('nat-gateway', ...networkPathNames),
    gbOut: gb,
    gbIn: gb,
  })
  .map((drawn) => {
    const remote = drawn.remote && ['s3', 'kms'].includes(drawn.service);
    const placed = { ...drawn, remote };
    return possiblePaths(placed).includes(placed.path)
      ? placed
      : { ...placed, path: 'nat-gateway' as const };
  });

const worlds: fc.Arbitrary<World> = fc
  .record({
    rows: fc.uniqueArray(row, {
      minLength: 1,
      maxLength: 10,
      size: 'max',
      selector: ({ vpc, service, remote, path }) => `${vpc} ${service} ${remote} ${path}`,
    }),
    natHour: fc.integer({ min: 0, max: 60 }),
    natGb: fc.integer({ min: 0, max: 500 }),
    address: fc.integer({ min: 0, max: 10 }),
    endpointHour: fc.integer({ min: 0, max: 100 }),
    widths: fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 4 }),
    prices: fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 5, maxLength: 5 }),
    transfer: fc.integer({ min: 0, max: 100 }),
    everythingCrosses: fc.boolean(),
    hours: fc.constantFrom(1, 24, 672, 730),
    azs: fc.integer({ min: 1, max: 3 }),
    natGateways: fc.constantFrom(null, 0, 1, 2),
    nat: fc.constantFrom<'keep' | 'may-go'>('keep', 'may-go'),
    require: fc.oneof(
      { weight: 3, arbitrary: fc.constant<readonly Requirement[]>([]) },
      {
        weight: 1,
        arbitrary: fc.subarray<Requirement>(['private', 'on-premises', 'security-groups']),
      },
    ),
  })
  .map((world) => ({
    ...world,
    prices: world.prices.slice(0, world.widths.length + 1).sort((a, b) => b - a),
  }));

describe('the plan against every combination of paths', () => {
  it('costs what the cheapest combination costs', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { plan } = onlyRegion(world);
        expect(plan.plannedMonthlyCost).toBe(plain(cheapestOf(world, world.nat === 'may-go')));
      }),
      { ...sameRuns, numRuns: 150 },
    );
  });

  it('takes paths that are open and cost what it says', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { plan } = onlyRegion(world);
        const paths = chosenPaths(world, plan);
        for (const [index, each] of world.rows.entries()) {
          expect(openPaths(each, world)).toContain(paths[index]);
        }
        const cost = priceOf(paths, world, world.nat === 'may-go');
        expect(plan.plannedMonthlyCost).toBe(plain(cost));
      }),
      { ...sameRuns, numRuns: 400 },
    );
  });

  it('starts from what the current paths cost', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { plan } = onlyRegion(world);
        const paths = world.rows.map(({ path }) => path);
        expect(plan.currentMonthlyCost).toBe(plain(priceOf(paths, world, false)));
      }),
      { ...sameRuns, numRuns: 400 },
    );
  });

  it('tells what letting NAT gateways go saves beyond the best plan that keeps them', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { plan } = onlyRegion(world);
        const saving = cheapestOf(world, false) - cheapestOf(world, true);
        expect(plan.natRemovalSaving).toBe(plain(saving));
      }),
      { ...sameRuns, numRuns: 60 },
    );
  });
});

const onlyRegion = remembered((world: World) => {
  const comparison = compareWith(cardFor(world), profilesOf(world), assumptionsOf(world));
  const [region] = comparison.regions;
  if (region === undefined) throw new Error('no Region in the comparison');
  return region;
});

function chosenPaths(
  world: World,
  { choices }: ReturnType<typeof onlyRegion>['plan'],
): readonly NetworkPath[] {
  return world.rows.map(({ vpc, service, remote, path }) => {
    const choice = choices.find(
      (each) =>
        each.vpcId === vpc &&
        each.service === service &&
        each.serviceRegion === (remote ? 'us-west-2' : null) &&
        each.currentPath === path,
    );
    if (choice === undefined) throw new Error(`no choice for ${service} in ${vpc}`);
    return choice.path;
  });
}
