import { type Amount, amount, sum } from '../cost/amount.js';
import type { NetworkPath, Plan, PlanChoice } from '../cost/comparison.js';

/** Choices of a plan that are made as one: a service's, or those of a set of endpoints such as ECR's. */
export interface PlanChange {
  readonly vpcId: string | null;
  readonly accountId: string | null;
  readonly choices: readonly PlanChoice[];
  readonly from: NetworkPath;
  readonly to: NetworkPath;
  readonly monthlySaving: Amount;
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
    },
  ];
}
