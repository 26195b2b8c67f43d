import { describe, expect, it } from 'vitest';
import { interfacesOf, sideOf } from '../../../src/traffic/attribution/interface-roles.js';
import type { RecordGroup } from '../../../src/traffic/attribution/record-groups.js';
import { recordGroup } from './record-group.js';

/** What the one interface of some groups is. */
function only(groups: readonly RecordGroup[], natNames: readonly string[] = []) {
  const interfaces = [...interfacesOf(groups, new Set(natNames)).values()];
  expect(interfaces).toHaveLength(1);
  const [{ role, side, isUnproven, name } = { role: null }] = interfaces;
  return { role, side, isUnproven, name };
}

const zonal = { role: 'nat', ownAddress: null } as const;
const regional = { role: 'regional-nat', ownAddress: null } as const;

describe('the role of an interface', () => {
  // "Flow log records", interface-type (version 11): what AWS itself says of the interface that logs.
  it.each([
    ['nat_gateway', 'nat'],
    ['regional_nat_gateway', 'regional-nat'],
    ['vpc_endpoint', 'endpoint'],
    ['transit_gateway', 'transit'],
    ['network_load_balancer', 'workload'],
  ])('is by its type %s: %s', (interfaceType, role) => {
    // The private side of a NAT gateway looks the same at a transit gateway's attachment: the type decides.
    for (const pattern of ['internal', 'natPrivateOut'] as const) {
      expect(only([recordGroup(pattern, { interfaceType })])).toMatchObject({
        role,
        isUnproven: false,
      });
    }
  });

  // An instance's interface is of the type interface (version 11), or names its instance: "NAT instances".
  it.each([
    ['natPrivateOut', { interfaceType: 'interface' }, 'nat-instance'],
    ['natPrivateOut', { instanceId: 'i-0123' }, 'nat-instance'],
    ['internal', { interfaceType: 'interface' }, 'workload'],
    ['internal', { instanceId: 'i-0123' }, 'workload'],
  ] as const)('of %s and %j is an instance’s: %s', (pattern, given, role) => {
    expect(only([recordGroup(pattern, given)])).toMatchObject({ role, isUnproven: false });
  });

  // "Flow log record examples", "Traffic through a NAT gateway": only there do the packet's addresses differ and one is public.
  it.each([
    [['natPrivateOut', 'publicOut'], 'nat', 'private', false],
    [['publicOut', 'natPrivateIn'], 'nat', 'private', false],
    [['natPrivateOut'], 'nat', 'private', true],
    [['natPrivateIn', 'internal'], 'nat', 'private', true],
    [['publicOut', 'publicIn'], 'workload', 'public', false],
    [['internal'], 'workload', 'public', false],
    [['namedOut'], 'workload', 'public', false],
  ] as const)('without a type is by its addresses: %j', (patterns, role, side, isUnproven) => {
    const groups = patterns.map((pattern) => recordGroup(pattern));
    expect(only(groups)).toEqual({ role, side, isUnproven, name: 'eni-1' });
  });

  it('is known from any of its records', () => {
    const typed = recordGroup('internal', { interfaceType: 'vpc_endpoint' });
    const untyped = recordGroup('internal');
    expect(only([typed, untyped]).role).toBe('endpoint');
    expect(only([untyped, typed]).role).toBe('endpoint');
    // The first that is told stays.
    const other = recordGroup('internal', { interfaceType: 'nat_gateway' });
    expect(only([typed, other]).role).toBe('endpoint');
  });

  it('is NAT where the user names it, by which it is proven', () => {
    expect(only([recordGroup('publicOut')], ['eni-1'])).toMatchObject({
      role: 'nat',
      side: 'public',
      isUnproven: false,
    });
    expect(only([recordGroup('natPrivateOut')], ['eni-1'])).toMatchObject({
      role: 'nat',
      side: 'private',
      isUnproven: false,
    });
    expect(only([recordGroup('publicOut')], ['eni-2']).role).toBe('workload');
    const typed = recordGroup('publicOut', { interfaceType: 'vpc_endpoint' });
    expect(only([typed], ['eni-1']).role).toBe('nat');
  });

  // "Flow log records", resource-id (version 9): a regional NAT gateway has no interface, and is known by its own name.
  it('is a regional NAT gateway by its resource', () => {
    const regional = { interfaceId: null, resourceId: 'nat-0123' };
    const sides = [
      recordGroup('publicOut', { ...regional, direction: 'ingress' }),
      recordGroup('publicOut', { ...regional, direction: 'egress' }),
    ];
    expect(only(sides)).toEqual({
      role: 'regional-nat',
      side: 'private',
      isUnproven: false,
      name: 'nat-0123',
    });
    expect(only(sides.slice(1))).toMatchObject({ role: 'regional-nat', side: 'public' });
    // Named by the user or not, it is what its records say.
    expect(only(sides, ['nat-0123']).role).toBe('regional-nat');
    for (const others of [
      { interfaceId: 'eni-1', resourceId: 'nat-0123' },
      { interfaceId: null, resourceId: 'tgw-nat-0123' },
      { interfaceId: null, resourceId: null },
    ]) {
      expect(only([recordGroup('publicOut', others)]).role).toBe('workload');
    }
  });

  it('is of each interface by itself, and each has a name', () => {
    const groups = [
      recordGroup('natPrivateOut'),
      recordGroup('publicOut', { interfaceId: 'eni-2' }),
      recordGroup('publicOut', { vpcId: 'vpc-2' }),
      recordGroup('publicOut', { interfaceId: null, resourceId: 'tgw-1' }),
      recordGroup('publicOut', { interfaceId: null }),
    ];
    const interfaces = [...interfacesOf(groups, new Set())];
    expect(interfaces.map(([, { role, name }]) => [role, name])).toEqual([
      ['nat', 'eni-1'],
      ['workload', 'eni-2'],
      ['workload', 'eni-1'],
      ['workload', 'tgw-1'],
      ['workload', 'an unnamed interface'],
    ]);
    expect(interfaces.every(([key, logged]) => key === logged.key)).toBe(true);
    expect(interfaces.map(([, { vpc }]) => vpc)).toEqual([
      ' us-east-1 vpc-1',
      ' us-east-1 vpc-1',
      ' us-east-1 vpc-2',
      ' us-east-1 vpc-1',
      ' us-east-1 vpc-1',
    ]);
  });
});

describe('the side of a NAT gateway', () => {
  it.each([
    ['natPrivateOut', 'private'],
    ['natPrivateIn', 'private'],
    ['publicOut', 'public'],
    ['publicIn', 'public'],
    ['namedOut', undefined],
    ['namedIn', undefined],
    ['internal', undefined],
    ['none', undefined],
    ['unknownDirection', undefined],
  ] as const)('of %s is %s', (pattern, side) => {
    expect(sideOf(recordGroup(pattern), zonal)).toBe(side);
    expect(sideOf(recordGroup(pattern, { direction: 'egress' }), zonal)).toBe(side);
  });

  it.each([
    ['publicOut', 'egress', 'public'],
    ['publicOut', 'ingress', 'private'],
    ['publicOut', null, 'private'],
    ['publicIn', 'ingress', 'public'],
    ['publicIn', 'egress', 'private'],
    ['publicIn', null, 'private'],
    ['natPrivateOut', 'egress', 'private'],
    ['internal', 'egress', undefined],
  ] as const)('of a regional one: %s, %s is %s', (pattern, direction, side) => {
    expect(sideOf(recordGroup(pattern, { direction }), regional)).toBe(side);
  });

  it('of an IPv6 packet of a regional one, whose address is not kept, is the public one', () => {
    for (const pattern of ['publicOut', 'publicIn'] as const) {
      expect(sideOf(recordGroup(pattern, { address: 0 }), regional)).toBe('public');
    }
  });
});
