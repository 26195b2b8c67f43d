import type { Random } from '../traffic/worlds/random.js';

/** A file of settings that a flag names. */
interface Setting {
  readonly flag: string;
  readonly ending: string;
  readonly text: (random: Random) => string;
}

const scalars = ['', '0', '-1', '1e9', 'NaN', '5000', '12%', 'null', '"x"', '\u001b[2J'] as const;
const ids = ['vpc-1', '123456789012', 'nobody', '=1+1', '\u202evpc', '__proto__'] as const;

/** Each kind of file that configures a run; about half of them are in order. */
export const settings: readonly [Setting, ...Setting[]] = [
  {
    flag: '--budget',
    ending: 'yaml',
    text: (random) =>
      `monthly: ${random.pick(scalars)}\nvpcs:\n  ${random.pick(ids)}: ${random.pick(scalars)}\nteams:\n  ${random.pick(ids)}: { monthly: ${random.pick(scalars)}, warn: ${random.pick(scalars)} }\n`,
  },
  {
    flag: '--budget',
    ending: 'csv',
    text: (random) =>
      `scope,id,monthly,warn,fail\n${random.pick(['vpc', 'team', 'account', 'x'])},${random.pick(ids)},${random.pick(scalars)},,\n`,
  },
  {
    flag: '--names',
    ending: 'csv',
    text: (random) => `id,name,team\n${random.pick(ids)},${random.pick(ids)},${random.pick(ids)}\n`,
  },
  {
    flag: '--service-map',
    ending: 'csv',
    text: (random) =>
      `cidr,service\n${random.pick(['10.0.0.0/8', '::/0', '0.0.0.0/0', '1.2.3/99', ''])},${random.pick(ids)}\n`,
  },
  {
    flag: '--rates',
    ending: 'json',
    text: (random) =>
      JSON.stringify({
        rates: {
          [random.pick(['natGatewayGb', 'interfaceEndpointGb', 'nothing', '__proto__'])]: {
            unit: random.pick(['GB', 'Hrs', '']),
            tiers: [{ beginRange: '0', endRange: 'Inf', price: random.pick(scalars) }],
          },
        },
      }),
  },
  {
    flag: '--baseline',
    ending: 'json',
    text: (random) =>
      JSON.stringify({
        schema: random.pick(['pathfare/report@1', 'pathfare/report@9', 'x']),
        totals: random.pick([null, {}, [], { monthlyCost: '1' }]),
      }),
  },
];

const values = [...scalars, 'all', 'may-go', 'us-east-1', 'json', '999999999999999', '--'] as const;
const flags = [
  '--azs',
  '--nat-gateways',
  '--nat',
  '--nat-type',
  '--cross-az-share',
  '--require',
  '--hours-per-month',
  '--month',
  '--bytes-per-gb',
  '--discount',
  '--format',
  '--interval',
  '--unknown-path',
  '--top',
  '--accept-unread',
  '--strict',
  '--explain',
  '--growth',
  '--months',
  '--fail-on',
  '--group-by',
  '--date',
  '--region',
  '--no-such-flag',
] as const;

/** Flags with values, most of which are wrong for one command or another. */
export function flagsOf(random: Random): readonly string[] {
  return Array.from({ length: random.whole(0, 3) }, () => {
    const flag = random.pick(flags);
    return random.chance(80) ? [flag, random.pick(values)] : [flag];
  }).flat();
}
