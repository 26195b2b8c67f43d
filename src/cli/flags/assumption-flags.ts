import { UsageError } from '../../base/errors.js';
import { type Assumptions, countRanges, requirementNames } from '../../cost/price/assumptions.js';
import { hoursOfMonth, oneOf, plainDecimal, share, wholeNumber } from '../kit/flag-values.js';
import { type FlagValues, textFlag } from '../kit/yargs.js';

const group = 'Assumptions:';

/** The flags that change what a comparison takes as given. */
export const assumptionFlags = {
  azs: textFlag('Availability Zones of each VPC (default: those in the rows, else 2)', { group }),
  'nat-gateways': textFlag('NAT gateways of each VPC (default: one a zone)', { group }),
  'nat-type': textFlag('zonal, or regional (bills an hour for each zone)', {
    group,
    defaultDescription: 'zonal',
  }),
  'nat-public-ips': textFlag('Public IPv4 addresses of each NAT gateway', {
    group,
    defaultDescription: '1',
  }),
  nat: textFlag('keep, or may-go: the plan may delete NAT gateways with no traffic left', {
    group,
    defaultDescription: 'keep',
  }),
  'cross-az-share': textFlag('Share of NAT traffic from another zone, where not measured', {
    group,
    defaultDescription: '0',
  }),
  'cross-az-ends': textFlag('Charge cross-AZ transfer at one end (1) or at both ends (2)', {
    group,
    defaultDescription: '2',
  }),
  require: textFlag(
    'What every path must be: private, on-premises, security-groups (comma-separated)',
    { group },
  ),
  'hours-per-month': textFlag('Hours of a month', { group, defaultDescription: '730' }),
  month: textFlag('A calendar month instead, such as 2027-02', { group }),
  'bytes-per-gb': textFlag('Bytes of a GB', { group, defaultDescription: '1073741824' }),
} as const;

/** The assumption flags as they were given. */
export type AssumptionOptions = FlagValues<typeof assumptionFlags>;

const natTypes = ['zonal', 'regional'] as const;
const natChoices = ['keep', 'may-go'] as const;

/**
 * Reads the assumption flags.
 *
 * @throws UsageError naming the flag, its value and what it takes
 */
export function readAssumptions(options: AssumptionOptions): Partial<Assumptions> {
  return {
    ...given('azs', options.azs, (text) => wholeNumber('--azs', text, countRanges.azs)),
    ...given('natGateways', options['nat-gateways'], (text) =>
      wholeNumber('--nat-gateways', text, countRanges.natGateways),
    ),
    ...given('natType', options['nat-type'], (text) => oneOf('--nat-type', text, natTypes)),
    ...given('publicIpv4PerNatGateway', options['nat-public-ips'], (text) =>
      wholeNumber('--nat-public-ips', text, countRanges.publicIpv4PerNatGateway),
    ),
    ...given('nat', options.nat, (text) => oneOf('--nat', text, natChoices)),
    ...given('crossAzShare', options['cross-az-share'], (text) => share('--cross-az-share', text)),
    ...given('crossAzEnds', options['cross-az-ends'], (text) =>
      oneOf('--cross-az-ends', text, ['1', '2']) === '1' ? 1 : 2,
    ),
    ...given('require', options.require, requirements),
    ...given('hoursPerMonth', monthHours(options), (text) => text),
    ...given('bytesPerGb', options['bytes-per-gb'], (text) =>
      String(wholeNumber('--bytes-per-gb', text, { least: 1 })),
    ),
  };
}

function given<Name extends keyof Assumptions>(
  name: Name,
  text: string | undefined,
  read: (text: string) => Assumptions[Name],
): { readonly [Key in Name]?: Assumptions[Name] } {
  const empty: { [Key in Name]?: Assumptions[Name] } = {};
  if (text !== undefined) empty[name] = read(text);
  return empty;
}

function requirements(text: string): Assumptions['require'] {
  const names = text.split(',').map((part) => oneOf('--require', part, requirementNames));
  return requirementNames.filter((name) => names.includes(name));
}

function monthHours(options: AssumptionOptions): string | undefined {
  const { month, 'hours-per-month': hours } = options;
  if (month !== undefined && hours !== undefined) {
    throw new UsageError('usage', '--month and --hours-per-month both say how long a month is', {
      hint: 'Give one of them.',
    });
  }
  if (month !== undefined) return hoursOfMonth('--month', month);
  if (hours === undefined) return undefined;
  const exact = plainDecimal('--hours-per-month', hours);
  if (/^0*(\.0*)?$/.test(exact)) {
    throw new UsageError('usage', '--hours-per-month: a month has more than 0 hours', {
      hint: 'The default is 730.',
    });
  }
  return exact;
}
