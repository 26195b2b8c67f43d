import { type Amount, amount, sum } from '../../base/decimal.js';
import { plural } from '../../base/text.js';
import type {
  Comparison,
  Plan,
  PlanChoice,
  RegionComparison,
} from '../../cost/compare/comparison.js';
import type { NetworkPath } from '../../cost/paths/index.js';
import type { Assumptions } from '../../cost/price/assumptions.js';
import { formatMoney } from '../draw/money.js';
import { serviceName, vpcName } from '../draw/words.js';

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
    },
  ];
}

/**
 * A plan for people, a line each: the changes with what each saves, then the NAT gateways. Text from outside stands in
 * them as it is.
 *
 * @param namesVpc whether each change names its VPC
 */
export function planLines(
  region: RegionComparison,
  { currency, assumptions }: Pick<Comparison, 'currency' | 'assumptions'>,
  namesVpc: boolean,
): readonly string[] {
  const changes = planChanges(region.plan).map((change) => {
    const vpc = namesVpc ? `${vpcName(change)}: ` : '';
    const services = change.choices.map(serviceName).join(' + ');
    return `${vpc}${services}: ${change.from} → ${change.to}, ${savingText(change, currency)}`;
  });
  const lines = changes.length > 0 ? changes : [noChangeText(region)];
  return [...lines, ...natRemovalLines(region.plan, currency, assumptions)];
}

/** What taking NAT gateways away saves: part of the plan with `--nat may-go`, else beyond it. None where all must stay. */
function natRemovalLines(
  { removableNatGateways, natRemovalSaving }: Plan,
  currency: string,
  { nat }: Assumptions,
): readonly string[] {
  if (removableNatGateways === 0) return [];
  const gateways = plural(removableNatGateways, 'NAT gateway');
  const saving = formatMoney(natRemovalSaving, currency);
  return nat === 'may-go'
    ? [`${gateways} taken away: with the moves that it needs, ${saving} of the saving`]
    : [`${gateways} could go with --nat may-go, which would save a further ${saving}`];
}

/** `saves $61.23`, or `costs $21.47 more` for a change that others pay for; `saves ≥ $3.00` where a rate is missing. */
function savingText(change: PlanChange, currency: string): string {
  const { monthlySaving: saving, complete } = change;
  return complete && saving.isNegative() && !saving.isZero()
    ? `costs ${formatMoney(saving.negated(), currency)} more`
    : `saves ${formatMoney(saving, currency, complete)}`;
}

/** What a plan without changes says: with a rate missing, another path could still cost less. */
function noChangeText({ vpcs }: Pick<RegionComparison, 'vpcs'>): string {
  const surely = vpcs.every(({ services }) => services.every(({ cheapest }) => cheapest !== null));
  return surely
    ? 'Nothing to change: every service is on its cheapest path.'
    : 'Nothing to change: no other path is sure to cost less.';
}
