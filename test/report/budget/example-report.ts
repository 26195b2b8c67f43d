import { compareTally } from '../../../src/cost/compare/compare.js';
import { dailyTally } from '../../../src/cost/demand/tally.js';
import type { Assumptions } from '../../../src/cost/price/assumptions.js';
import { buildReport, type ReportInput } from '../../../src/report/budget/build.js';
import type { ReportModel } from '../../../src/report/budget/model.js';
import type { TrafficProfile } from '../../../src/traffic/profile/profile.js';
import { shippedCard } from '../../cost/cards.js';
import { traffic } from '../../cost/traffic.js';

/** A VPC's name that would be a script in HTML, a formula in a spreadsheet and markup in Markdown. */
export const hostile = '=<script>alert(1)</script>|`*_[x](http://y)';

/** Two VPCs in two Regions and one in a Region without a rate for the internet; one has a hostile name. */
export const exampleTraffic: readonly TrafficProfile[] = [
  traffic({ service: 's3', sent: { gb: '1000' }, received: { gb: '4000' } }),
  traffic({ service: 'internet', sent: { gb: '700' }, received: { gb: '300' } }),
  traffic({ service: 'logs', sent: { gb: '590' }, received: { gb: '10' } }),
  traffic({ service: 'sqs', sent: { gb: '500' }, received: { gb: '400' } }),
  traffic({
    service: 'secretsmanager',
    sent: { gb: '1' },
    received: { gb: '1' },
    path: 'interface-endpoint',
  }),
  traffic({
    vpcId: hostile,
    accountId: '111122223333',
    region: 'eu-west-1',
    service: 'ecr.dkr',
    sent: { gb: '2' },
    received: { gb: '1800' },
  }),
  traffic({
    vpcId: hostile,
    accountId: '111122223333',
    region: 'eu-west-1',
    service: 'internet',
    sent: { gb: '50' },
    received: { gb: '20' },
  }),
];

/** Compares profiles with the shipped rates, and keeps their days. */
function compared(
  profiles: readonly TrafficProfile[],
  assumptions: Partial<Assumptions> = {},
): Pick<ReportInput, 'compared' | 'tally'> {
  const regions = [...new Set(profiles.map(({ region }) => region))];
  const tally = dailyTally();
  for (const profile of profiles) tally.add(profile);
  const rateCards = regions.map(shippedCard);
  return { compared: compareTally({ tally, rateCards, assumptions }), tally };
}

/** The report of profiles, on a fixed day. */
export function reportOf(
  profiles: readonly TrafficProfile[],
  given: Partial<ReportInput> = {},
  assumptions: Partial<Assumptions> = {},
): ReportModel {
  return buildReport({
    ...compared(profiles, assumptions),
    date: '2026-11-23',
    names: new Map([['vpc-1', { name: 'web', team: 'platform' }]]),
    groupBy: 'region',
    budgets: [],
    growth: null,
    months: 12,
    spread: '0.25',
    baseline: null,
    ...given,
  });
}

/** The report that the formats are tested on. */
export function exampleReport(): ReportModel {
  return reportOf(exampleTraffic, {
    groupBy: 'vpc',
    growth: { all: '0.04', services: new Map([['logs', '0.1']]) },
    budgets: [
      { scope: 'total', id: '', monthly: '400', warnAt: '0.8', failAt: '1' },
      { scope: 'team', id: 'platform', monthly: '1000', warnAt: '0.8', failAt: '1' },
    ],
    baseline: { date: '2026-10-23', inputs: reportOf(exampleTraffic.slice(1)).inputs },
  });
}
