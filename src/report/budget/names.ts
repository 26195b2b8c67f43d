import type { BillLine } from '../../cost/outlook/bill.js';

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
