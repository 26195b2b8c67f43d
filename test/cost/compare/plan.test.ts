import { describe, expect, it } from 'vitest';
import { amount, toDecimalString } from '../../../src/base/decimal.js';
import {
  type PathPrice,
  type PlanEndpointSet,
  type PlanMember,
  type PlanVpc,
  type Solution,
  solvePlan,
} from '../../../src/cost/compare/plan.js';
import type { NetworkPath } from '../../../src/cost/paths/index.js';
import { tierLines } from '../../../src/cost/price/component.js';
import { tieredRate } from '../cards.js';

const fixed = (cost: string): PathPrice => ({ kind: 'fixed', cost: amount(cost) });
const tiered: PathPrice = { kind: 'tiered' };

/** A demand on NAT that an interface endpoint could carry. */
function member(gb: string, natCost: string, ...more: [NetworkPath, PathPrice][]): PlanMember {
  return {
    gb: amount(gb),
    current: 'nat-gateway',
    options: new Map([
      ['nat-gateway', fixed(natCost)] as const,
      ['interface-endpoint', tiered] as const,
      ...more,
    ]),
  };
}

const set = (hours: string, ...members: PlanMember[]): PlanEndpointSet => ({
  hours: amount(hours),
  members,
});
const vpc = (natFixed: string, ...sets: PlanEndpointSet[]): PlanVpc => ({
  natFixed: amount(natFixed),
  sets,
});

/** $0.01 for the first 1,000 GB, $0.001 above. */
const lines = tierLines(tieredRate(['1000', '0.01'], ['Inf', '0.001']));

function told({ cost, paths, natStays }: Solution) {
  return [toDecimalString(cost), [...paths.values()], natStays.size];
}

describe('solvePlan', () => {
  it('finds what a choice row by row would miss: two services that only together reach the cheap tier', () => {
    const rows = [member('1000', '8'), member('1000', '8')];
    // Alone, 1,000 GB × $0.01 = $10 beat no $8. Together 1,000 × 0.01 + 1,000 × 0.001 = $11 beat $16.
    const plan = solvePlan([vpc('0', ...rows.map((row) => set('0', row)))], lines, false);
    expect(told(plan)).toEqual(['11', ['interface-endpoint', 'interface-endpoint'], 1]);
  });

  it('reaches the cheap tier over VPCs, since they share the schedule', () => {
    const vpcs = [member('1000', '8'), member('1000', '8')].map((row) => vpc('5', set('1', row)));
    // 2 × 5 for NAT that stays, 2 × 1 for hours, 11 for bytes; all on NAT would be 10 + 16
    expect(told(solvePlan(vpcs, lines, false))[0]).toBe('23');
  });

  it('charges the hours of a set once, however many of its members use it', () => {
    const both = set('10', member('100', '8'), member('100', '8'));
    // 10 + 200 × 0.01 = $12 beat 2 × $8; with hours twice they would not
    expect(told(solvePlan([vpc('0', both)], lines, false))).toEqual([
      '12',
      ['interface-endpoint', 'interface-endpoint'],
      1,
    ]);
  });

  it('leaves a member of a set on a path of its own where that is cheaper', () => {
    const free = member('100', '8', ['gateway-endpoint', fixed('0')]);
    const both = set('1', free, member('100', '8'));
    // The one free of charge, the other 1 + 100 × 0.01
    expect(told(solvePlan([vpc('0', both)], lines, false))).toEqual([
      '2',
      ['gateway-endpoint', 'interface-endpoint'],
      1,
    ]);
  });

  it('keeps today’s path where another costs the same', () => {
    const even = member('100', '2');
    const same = solvePlan([vpc('0', set('1', even))], lines, false);
    expect(told(same)).toEqual(['2', ['nat-gateway'], 1]);
    const moved = { ...even, current: 'interface-endpoint' as const };
    expect(told(solvePlan([vpc('0', set('1', moved))], lines, false))[1]).toEqual([
      'interface-endpoint',
    ]);
  });

  it.each<[current: NetworkPath, ...options: (readonly [NetworkPath, PathPrice])[]]>([
    ['nat-gateway', ['gateway-endpoint', fixed('0')], ['nat-gateway', fixed('0')]],
    // 100 GB × $0.01 = $1 on the interface endpoint, as on the NAT gateway.
    ['interface-endpoint', ['nat-gateway', fixed('1')], ['interface-endpoint', tiered]],
    ['internet-gateway', ['gateway-endpoint', fixed('0')], ['internet-gateway', fixed('0')]],
  ])(
    'keeps %s, which is later in the list, where another costs the same',
    (current, ...options) => {
      const each: PlanMember = { gb: amount('100'), current, options: new Map(options) };
      expect(told(solvePlan([vpc('0', set('0', each))], lines, false))[1]).toEqual([current]);
      const any = { ...each, current: null };
      const [[first] = []] = options;
      expect(told(solvePlan([vpc('0', set('0', any))], lines, false))[1]).toEqual([first]);
    },
  );

  it('takes NAT gateways away, if it may, where endpoints cost less than they do', () => {
    const quiet = vpc('36.5', set('7.3', member('1', '0.045')));
    // Kept: 36.5 + 0.045. Gone: 7.3 + 0.01.
    expect(told(solvePlan([quiet], lines, false))).toEqual(['36.545', ['nat-gateway'], 1]);
    expect(told(solvePlan([quiet], lines, true))).toEqual(['7.31', ['interface-endpoint'], 0]);
  });

  it('keeps NAT gateways that something has no other way than', () => {
    const internet: PlanMember = {
      gb: amount('1'),
      current: 'nat-gateway',
      options: new Map([['nat-gateway', fixed('0.045')]]),
    };
    const held = vpc('36.5', set('7.3', member('1', '0.045')), set('0', internet));
    expect(told(solvePlan([held], lines, true))).toEqual([
      '36.59',
      ['nat-gateway', 'nat-gateway'],
      1,
    ]);
  });

  it('decides on the NAT gateways of each VPC for itself', () => {
    const quiet = vpc('36.5', set('7.3', member('1', '0.045')));
    const cheap = vpc('5', set('7.3', member('1', '0.045')));
    const plan = solvePlan([quiet, cheap], lines, true);
    expect(told(plan)).toEqual(['12.355', ['interface-endpoint', 'nat-gateway'], 1]);
    expect(plan.natStays.has(cheap)).toBe(true);
  });

  it('plans without a schedule where none is known', () => {
    const current: PlanMember = {
      gb: amount('5'),
      current: 'nat-gateway',
      options: new Map([
        ['nat-gateway', fixed('3')],
        ['gateway-endpoint', fixed('0')],
      ]),
    };
    expect(told(solvePlan([vpc('1', set('0', current))], [], false))).toEqual([
      '1',
      ['gateway-endpoint'],
      1,
    ]);
  });

  it('of nothing costs nothing', () => {
    expect(told(solvePlan([], lines, true))).toEqual(['0', [], 0]);
  });
});
