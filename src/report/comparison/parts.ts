import { type Amount, amount, sum, toDecimalString } from '../../base/decimal.js';
import { serviceLabel } from '../../base/service-name.js';
import { groupThousands, plural } from '../../base/text.js';
import type {
  Comparison,
  PathCost,
  Plan,
  PlanChoice,
  RegionComparison,
  ServiceComparison,
  VpcComparison,
} from '../../cost/compare/comparison.js';
import { comparedPaths, kindOf, type NetworkPath } from '../../cost/paths/index.js';
import type { Assumptions } from '../../cost/price/assumptions.js';
import { headlineNotes } from '../draw/headline.js';
import { vpcName } from '../draw/labels.js';
import { formatMoney, known } from '../draw/money.js';

/** What a comparison says to people in sentences, the same in every format. Text from outside stands in them as it is. */
export interface ComparisonTexts {
  /** The Regions with their plans, a line a change. */
  readonly regions: readonly {
    readonly region: RegionComparison;
    readonly plan: readonly string[];
  }[];
  readonly assumptions: readonly string[];
  /** What must be read with the answer itself. */
  readonly notes: readonly string[];
}

/**
 * Says what a comparison found and took as given.
 *
 * @param namesSoleVpc whether a plan names the VPC of its changes where the Region has only one
 */
export function textsOf(comparison: Comparison, namesSoleVpc: boolean): ComparisonTexts {
  return {
    regions: comparison.regions.map((region) => ({
      region,
      plan: planLines(region, comparison, namesSoleVpc || region.vpcs.length > 1),
    })),
    assumptions: assumptionLines(comparison),
    notes: headlineNotes(comparison),
  };
}

/** What the plan does to a VPC, a month: its services and the gateways that go; null where a part is not known. */
export function vpcSaving({ services, natGateways }: VpcComparison): {
  readonly saving: string | null;
  readonly assumed: true | undefined;
} {
  const savings = services.map(({ monthlySaving }) => monthlySaving);
  const known = savings.flatMap((saving) => saving ?? []);
  const gone = natGateways.monthlySaving;
  const isAssumed =
    services.some(savingAssumed) || (gone !== null && natGateways.assumed !== undefined);
  return {
    saving:
      known.length < savings.length
        ? null
        : toDecimalString(sum([...known, gone ?? '0'].map(amount))),
    assumed: isAssumed ? true : undefined,
  };
}

/** Choices of a plan that are made as one: a service's, or those of a set of endpoints such as ECR's. */
export interface PlanChange {
  readonly vpcId: string | null;
  readonly accountId: string | null;
  readonly choices: readonly PlanChoice[];
  readonly from: NetworkPath;
  readonly to: NetworkPath;
  readonly monthlySaving: Amount;
  /** False where the saving is a lower bound. */
  readonly complete: boolean;
  /** Present where the saving rests on an assumed rate. */
  readonly assumed?: true;
}

/** The changes of a plan, the biggest saving first. Services of one set that move alike are one change. */
export function planChanges({ choices }: Plan): readonly PlanChange[] {
  const groups = new Map<string, PlanChoice[]>();
  for (const choice of choices) {
    if (choice.path === choice.currentPath) continue;
    const group = groups.get(changeKey(choice));
    if (group === undefined) groups.set(changeKey(choice), [choice]);
    else group.push(choice);
  }
  return [...groups.values()]
    .flatMap(changeOf)
    .toSorted((a, b) => b.monthlySaving.comparedTo(a.monthlySaving));
}

function changeKey(choice: PlanChoice): string {
  const { vpcId, accountId, service, serviceRegion, endpointSet, currentPath, path } = choice;
  return [vpcId, accountId, endpointSet ?? service, serviceRegion, currentPath, path].join('\n');
}

function changeOf(choices: readonly PlanChoice[]): readonly PlanChange[] {
  const [first] = choices;
  if (first === undefined) return [];
  return [
    {
      vpcId: first.vpcId,
      accountId: first.accountId,
      choices,
      from: first.currentPath,
      to: first.path,
      monthlySaving: sum(choices.map(({ monthlySaving }) => amount(monthlySaving))),
      complete: choices.every(({ complete }) => complete),
      ...(choices.some(({ assumed }) => assumed) ? { assumed: true as const } : {}),
    },
  ];
}

/**
 * A plan for people, a line each: the changes with what each saves, then the NAT gateways.
 *
 * @param namesVpc whether each change names its VPC
 */
function planLines(
  region: RegionComparison,
  { currency, assumptions }: Pick<Comparison, 'currency' | 'assumptions'>,
  namesVpc: boolean,
): readonly string[] {
  const changes = planChanges(region.plan).map((change) => {
    const vpc = namesVpc ? `${vpcName(change)}: ` : '';
    const saving = changeSavingText(change, currency);
    const services = change.choices.map(serviceLabel).join(' + ');
    return `${vpc}${services}: ${change.from} → ${change.to}, ${saving}`;
  });
  const lines = changes.length > 0 ? changes : [noChangeText(region)];
  return [...lines, ...natRemovalLines(region, currency, assumptions)];
}

/** What taking NAT gateways away saves: part of the plan with `--nat may-go`, else beyond it. None where all must stay. */
function natRemovalLines(
  { plan: { removableNatGateways, natRemovalSaving }, vpcs }: RegionComparison,
  currency: string,
  { nat }: Assumptions,
): readonly string[] {
  if (removableNatGateways === 0) return [];
  const gateways = plural(removableNatGateways, 'NAT gateway');
  const isAssumed = vpcs.some(({ natGateways }) => natGateways.assumed !== undefined);
  const saving = formatMoney(natRemovalSaving, currency, known(isAssumed ? true : undefined));
  return nat === 'may-go'
    ? [`${gateways} taken away: with the moves that it needs, ${saving} of the saving`]
    : [`${gateways} could go with --nat may-go, which would save a further ${saving}`];
}

/** `saves $61.23`, or `costs $21.47 more` for a change that others pay for; `saves ≥ $3.00` where a rate is missing. */
function changeSavingText(change: PlanChange, currency: string): string {
  const { monthlySaving: saving, complete, assumed } = change;
  // A lower bound of nothing or less says nothing of the saving.
  if (!complete && !saving.gt(0)) return 'its saving is not known';
  return complete && saving.isNegative() && !saving.isZero()
    ? `costs ${formatMoney(saving.negated(), currency, known(assumed))} more`
    : `saves ${formatMoney(saving, currency, { complete, assumed })}`;
}

/** What a plan without changes says: with a rate missing, another path could still cost less. */
function noChangeText({ vpcs }: Pick<RegionComparison, 'vpcs'>): string {
  const surely = vpcs.every(({ services }) => services.every(({ cheapest }) => cheapest !== null));
  return surely
    ? 'Nothing to change: every service is on its cheapest path.'
    : 'Nothing to change: no other path is sure to cost less.';
}

/** What a comparison took as given, a line each. */
export function assumptionLines(
  { assumptions, regions }: Pick<Comparison, 'assumptions' | 'regions'>,
  egress = 'Transfer out to the internet is the same on every path and not part of these sums.',
): readonly string[] {
  const { hoursPerMonth, bytesPerGb, nat, natType, crossAzShare } = assumptions;
  const cards = regions.map(
    ({ region, rateCard }) =>
      `Rates of ${region}: ${rateCard.source}, published ${rateCard.publishedAt.slice(0, 10)}, in ${rateCard.currency}.`,
  );
  const requirement =
    assumptions.require.length === 0
      ? []
      : [`Every path must be: ${assumptions.require.join(', ')}.`];
  return [
    `A month is ${hoursPerMonth} hours, a GB ${groupThousands(bytesPerGb)} bytes.`,
    `NAT gateways are ${natType} and ${nat === 'keep' ? 'stay' : 'go where nothing is left on them'} (--nat ${nat}); cross-AZ traffic is a share of ${crossAzShare} of theirs unless the input shows it.`,
    egress,
    ...requirement,
    ...cards,
  ];
}

/** Whether what the cheapest path of a service saves rests on an assumed rate. */
export function savingAssumed({
  currentPath,
  plannedPath,
  paths,
}: ServiceComparison): true | undefined {
  const rests = (path: PathCost | undefined) =>
    path?.available === true && path.assumed !== undefined;
  const moves = currentPath !== plannedPath;
  return moves && (rests(paths[currentPath]) || rests(paths[plannedPath])) ? true : undefined;
}

/** The paths of a service whose sums are shown: those that are compared, and today's where it is another with components. */
export function explainedPathsOf({
  currentPath,
  paths,
}: ServiceComparison): readonly { readonly path: NetworkPath; readonly cost: PathCost }[] {
  const compared = comparedPaths.map(({ name }) => ({ path: name, cost: paths[name] }));
  const cost = kindOf(currentPath).compared ? undefined : paths[currentPath];
  const hasComponents = cost?.available === true && cost.components.length > 0;
  return hasComponents ? [...compared, { path: currentPath, cost }] : compared;
}

/** How a comparison is drawn. */
export interface DrawOptions {
  /** Columns of the terminal. */
  readonly width: number;
  /** Whether the terminal shows color. */
  readonly color: boolean;
  /** Whether every component is shown as a sum. */
  readonly explain: boolean;
}

/** Draws a comparison; ends with a line end. */
export type DrawComparison = (comparison: Comparison, options: DrawOptions) => string;
