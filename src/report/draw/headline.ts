import { exactPercent } from '../../base/decimal.js';
import type { Finding } from '../../base/finding.js';
import type { Comparison, Totals } from '../../cost/compare/comparison.js';
import type { AssumedCost } from '../../cost/price/component.js';
import { formatMoney } from './money.js';

/** What the answer rests on. */
interface Basis {
  readonly totals: Pick<Totals, 'ifUnknownPassesNat' | 'assumed' | 'ifCrossedAtOneEnd'>;
  readonly currency: string;
  readonly unread?: Comparison['unread'];
  readonly findings: readonly Pick<Finding, 'code'>[];
}

/**
 * What must be read with the answer itself, a line each, and not only among the findings: that too much of the log was not read, what
 * traffic of an unknown path would add, and that the input does not show paths. No text from outside stands in them.
 */
export function headlineNotes({ totals, currency, unread, findings }: Basis): readonly string[] {
  const codes = new Set(findings.map(({ code }) => code));
  return [
    ...unreadNote(unread),
    ...rangeNote(totals, currency),
    ...assumedNote(totals, currency),
    ...oneEndNote(totals, currency),
    ...basisNote((code) => codes.has(code)),
  ];
}

function unreadNote(unread: Basis['unread']): readonly string[] {
  if (unread === undefined || unread.isAccepted) return [];
  const much = `${unread.known ? '' : 'at least '}${exactPercent(unread.share)}`;
  return [`Not all of the log was read (${much} is missing): the sums are lower bounds.`];
}

function rangeNote(
  { ifUnknownPassesNat: most }: Basis['totals'],
  currency: string,
): readonly string[] {
  if (most === undefined) return [];
  const more =
    most === null ? 'not known (a rate is missing)' : `${formatMoney(most, currency)} a month more`;
  return [
    `The path of some traffic is not known, and the sums hold it as nothing; if it passes NAT: ${more}.`,
  ];
}

function oneEndNote(
  { ifCrossedAtOneEnd: low }: Basis['totals'],
  currency: string,
): readonly string[] {
  if (low === undefined) return [];
  const [now, planned] = [low.currentMonthlyCost, low.plannedMonthlyCost].map((cost) =>
    formatMoney(cost, currency),
  );
  return [
    `Zone crossings are probably metered at both ends. At one end: you pay ${now} a month, with the plan ${planned}.`,
  ];
}

function assumedNote({ assumed }: Basis['totals'], currency: string): readonly string[] {
  if (assumed === undefined) return [];
  const between = ({ low, high }: AssumedCost) =>
    `${formatMoney(low, currency)} to ${formatMoney(high, currency)}`;
  const { currentMonthlyCost: now, plannedMonthlyCost: planned } = assumed;
  return [
    `A rate is assumed (~): you pay ${between(now)} a month, with the plan ${between(planned)}.`,
  ];
}

/** AWS's default log is what most people have first, and nothing in it shows a path. */
function basisNote(has: (code: string) => boolean): readonly string[] {
  const isMirrored = has('nat-found-by-mirrors');
  const isDefaultLog = isMirrored || has('traffic-without-packet-addresses');
  const isAssumedByLog = has('traffic-path-assumed');
  const isAssumed = isAssumedByLog || has('current-path-assumed');
  if (!isDefaultLog && !isAssumed) return [];
  const source = isDefaultLog
    ? 'From a log of version 2 (no packet addresses), which does not show paths'
    : isAssumedByLog
      ? 'From a log that does not show all paths'
      : 'From an input that does not name all paths';
  const taken = [
    ...(isMirrored ? ["NAT gateways are those that mirror other interfaces' records"] : []),
    ...(isAssumed ? ['NAT is taken for granted'] : []),
    ...(isMirrored || isAssumed ? [] : ['a NAT gateway looks like a client']),
  ];
  return [`${source}: ${taken.join(', ')}; see docs/inputs.md.`];
}

/** Why a saving is not known: a rate, what was not read, or that the plan moves what may cost nothing today. */
export function unknownSaving({ totals, unread, findings }: Omit<Basis, 'currency'>): string {
  if (findings.some(({ code }) => code === 'nat-type-not-offered')) {
    return 'not known: no such NAT gateway is offered there (see below)';
  }
  return totals.ifUnknownPassesNat === undefined && unread?.isAccepted !== false
    ? 'not known in full: a rate is missing (see below)'
    : 'not known in full (see below)';
}
