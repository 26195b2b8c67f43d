import { groupBy } from '../../base/group-by.js';
import type { NetworkPath } from '../paths/index.js';
import { keptFrom, type Watched, type WatchedMonth, type WatchedPath } from './thresholds.js';

/** A change that the plan makes in a month to come and keeps to: services of a VPC that one set of endpoints serves. */
export interface PlanAhead {
  readonly month: string;
  readonly region: string;
  readonly vpcId: string | null;
  readonly accountId: string | null;
  readonly services: readonly string[];
  /** The path that today's plan has, and the one that the plan has from this month on. */
  readonly from: NetworkPath;
  readonly to: NetworkPath;
}

/** Where the plans of the months become another one than today's, in the order of months. */
export function plansAhead(today: Watched, months: readonly WatchedMonth[]): readonly PlanAhead[] {
  const changes = [...today.paths].flatMap(
    ([key, planned]) => changeOf(key, planned, months) ?? [],
  );
  const groups = groupBy(changes, ({ month, planned, to }) =>
    [month, planned.region, planned.vpcId, planned.accountId, planned.set, planned.path, to].join(
      '\n',
    ),
  );
  return [...groups.values()]
    .flatMap((group): readonly PlanAhead[] => {
      const [first] = group;
      if (first === undefined) return [];
      const { month, to, planned } = first;
      const { region, vpcId, accountId, path: from } = planned;
      const services = [...new Set(group.map((change) => change.planned.service))];
      return [{ month, region, vpcId, accountId, services, from, to }];
    })
    .toSorted((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0));
}

function changeOf(key: string, planned: WatchedPath, months: readonly WatchedMonth[]) {
  const course = months.map(({ watched }) => watched.paths.get(key)?.path);
  const to = course.at(-1);
  if (to === undefined || to === planned.path) return null;
  const month = months[keptFrom(course, (path) => path === to)]?.month;
  return month === undefined ? null : { month, to, planned };
}
