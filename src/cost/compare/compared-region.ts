import { listNames } from '../../base/text.js';
import type { RateCard } from '../../pricing/card/rate-card.js';
import type { VpcDemand } from '../demand/demand.js';
import type { CostFinding } from './findings.js';
import type { RegionOutcome } from './region.js';

/** A Region as the findings see it: its rates, its demands and its outcome. */
export interface ComparedRegion {
  readonly card: RateCard;
  readonly vpcs: readonly VpcDemand[];
  readonly outcome: RegionOutcome;
}

/** One finding that names all it is about; none where it is about nothing. */
export function about(
  names: readonly string[],
  finding: (list: string) => CostFinding,
): readonly CostFinding[] {
  return names.length === 0 ? [] : [finding(listNames(names))];
}

/** A VPC's name in a sentence. */
export function nameOf({ vpcId, accountId }: Pick<VpcDemand, 'vpcId' | 'accountId'>): string {
  if (vpcId !== null) return vpcId;
  return accountId === null ? 'the VPC' : `the VPC of account ${accountId}`;
}
