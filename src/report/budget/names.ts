import { compareText, type Finding } from '../../base/finding.js';
import { didYouMean } from '../../base/nearest-names.js';
import type { ComparedTraffic } from '../../cost/compare/compare.js';
import { canonicalService } from '../../cost/facts/services.js';
import type { BillLine } from '../../cost/outlook/bill.js';
import type { Budget } from '../../cost/outlook/budget.js';
import type { Growth } from '../../cost/outlook/forecast.js';
import { reportFinding } from './findings.js';

/** What people call a VPC or an account, and whose it is. */
export interface Name {
  readonly name: string;
  readonly team: string;
}

/** Names by the id of a VPC or an account. */
export type Names = ReadonlyMap<string, Name>;

/** Whose a line of the bill is: the Region, the account and the VPC that it is charged for. */
export type ChargeOwner = Pick<BillLine, 'region' | 'accountId' | 'vpcId'>;

/** What a report can be grouped by. */
export const groupings = ['region', 'account', 'vpc', 'team'] as const;

/** What a report is grouped by. */
export type Grouping = (typeof groupings)[number];

/** The group that an owner belongs to under each grouping: ids, and the team's name; empty where it has none. */
export function ownersOf(owner: ChargeOwner, names: Names): Readonly<Record<Grouping, string>> {
  const { region, accountId, vpcId } = owner;
  const own = names.get(vpcId ?? '')?.team ?? '';
  const team = own === '' ? (names.get(accountId ?? '')?.team ?? '') : own;
  return { region, account: accountId ?? '', vpc: vpcId ?? '', team };
}

/** A VPC for people: `web (vpc-0a1b)`, its id, or what else is known of it. */
export function vpcLabel({ vpcId, accountId }: Omit<ChargeOwner, 'region'>, names: Names): string {
  if (vpcId !== null) return withName(vpcId, names);
  return accountId === null ? 'VPC' : `VPC of account ${withName(accountId, names)}`;
}

/** An id with its name, where it has one. */
export function withName(id: string, names: Names): string {
  const name = names.get(id)?.name ?? '';
  return name === '' ? id : `${name} (${id})`;
}

/** A group for people. */
export function groupLabel(by: Grouping, id: string, names: Names): string {
  if (id === '')
    return { region: '', account: 'account not given', vpc: 'VPC not given', team: 'no team' }[by];
  return by === 'account' || by === 'vpc' ? withName(id, names) : id;
}

/** What names parts of the traffic from outside of it. */
interface Naming {
  readonly compared: ComparedTraffic;
  readonly names: Names;
  readonly budgets: readonly Budget[];
  readonly growth: Growth | null;
}

/**
 * A finding for each name that occurs nowhere in the traffic. A budget of a team that is not there would stand at zero,
 * and pass.
 */
export function absentNames({ compared, names, budgets, growth }: Naming): readonly Finding[] {
  const present = presentIn(compared, names);
  const ofBudgets = budgets.flatMap(({ scope, id }) =>
    scope === 'total' ? [] : absent('budget', scope, id, present[scope]),
  );
  const services = [...(growth?.services.keys() ?? [])];
  const ofGrowth = services.flatMap((name) => absent('growth', 'service', name, present.service));
  const ids = new Set([...present.vpc, ...present.account]);
  const ofNames = [...names.keys()].flatMap((id) => absent('names', 'id', id, ids));
  return [...ofBudgets, ...ofGrowth, ...ofNames];
}

function absent(
  option: string,
  kind: string,
  id: string,
  present: ReadonlySet<string>,
): readonly Finding[] {
  const isThere = kind === 'service' ? present.has(canonicalService(id)) : present.has(id);
  if (isThere) return [];
  const known = [...present].filter((name) => name !== '').toSorted(compareText);
  return [reportFinding('name-not-in-traffic', { option, kind, id, near: didYouMean(id, known) })];
}

type Kind = 'region' | 'account' | 'vpc' | 'team' | 'service';

function presentIn(
  { regions }: ComparedTraffic,
  names: Names,
): Readonly<Record<Kind, ReadonlySet<string>>> {
  const present = {
    region: new Set<string>(),
    account: new Set<string>(),
    vpc: new Set<string>(),
    team: new Set<string>(),
    service: new Set<string>(),
  };
  for (const { card, vpcs } of regions) {
    for (const { vpcId, accountId, demands } of vpcs) {
      const owners = ownersOf({ region: card.region, accountId, vpcId }, names);
      for (const kind of ['region', 'account', 'vpc', 'team'] as const)
        present[kind].add(owners[kind]);
      for (const { service } of demands) present.service.add(service);
    }
  }
  return present;
}
