import { describe, expect, it } from 'vitest';
import { interfacesOf } from '../../../src/traffic/attribution/interface-roles.js';
import type { RecordGroup } from '../../../src/traffic/attribution/record-groups.js';
import { crossesZone, learnZones } from '../../../src/traffic/attribution/zone-map.js';
import { identityKeys } from '../../../src/traffic/scanner/identities.js';
import { limit } from '../../../src/traffic/scanner/layout.js';
import { recordGroup } from './record-group.js';

const [one, two] = [0x0a_00_01_05, 0x0a_00_02_06];
const learn = (...groups: readonly RecordGroup[]) =>
  learnZones(groups, interfacesOf(groups, new Set()));
const own = (address: number, given: Parameters<typeof recordGroup>[1] = {}) =>
  recordGroup('publicOut', { address, azId: 'use1-az1', ...given });
const vpc = identityKeys(own(one).identity).vpc;

describe('the zones of addresses', () => {
  it('are those of their own interfaces', () => {
    const zones = learn(own(one), own(two, { azId: 'use1-az2', interfaceId: 'eni-2' }));
    expect([zones.zoneOf(vpc, one), zones.interfaceOf(vpc, one)]).toEqual(['use1-az1', 'eni-1']);
    expect([zones.zoneOf(vpc, two), zones.interfaceOf(vpc, two)]).toEqual(['use1-az2', 'eni-2']);
    expect(zones.zoneOf(vpc, 7)).toBeUndefined();
    expect(zones.interfaceOf(vpc, 7)).toBeUndefined();
  });

  it('are of one VPC: two may have the same address', () => {
    const zones = learn(own(one), own(one, { vpcId: 'vpc-2', azId: 'use1-az2' }));
    const other = identityKeys(own(one, { vpcId: 'vpc-2' }).identity).vpc;
    expect([zones.zoneOf(vpc, one), zones.zoneOf(other, one)]).toEqual(['use1-az1', 'use1-az2']);
    expect(zones.zoneOf('no such VPC', one)).toBeUndefined();
    expect(zones.interfaceOf('no such VPC', one)).toBeUndefined();
  });

  it('stay where records agree, and a record without a zone takes nothing back', () => {
    const zones = learn(own(one), own(one), own(one, { azId: null, interfaceId: null }));
    expect([zones.zoneOf(vpc, one), zones.interfaceOf(vpc, one)]).toEqual(['use1-az1', 'eni-1']);
  });

  it('are not known where two claim them, not even by a third record', () => {
    const other = own(one, { azId: 'use1-az2', interfaceId: 'eni-2' });
    const zones = learn(own(one), other, own(one));
    expect([zones.zoneOf(vpc, one), zones.interfaceOf(vpc, one)]).toEqual([undefined, undefined]);
  });

  it('are not learned from a NAT gateway, which logs its clients’ addresses in its own zone', () => {
    const client = recordGroup('natPrivateOut', { azId: 'use1-az1', interfaceId: 'eni-nat' });
    expect(learn(client).zoneOf(vpc, one)).toBeUndefined();
    const endpoint = own(one, { interfaceType: 'vpc_endpoint' });
    expect(learn(endpoint).zoneOf(vpc, one)).toBeUndefined();
    // An interface of which nothing is known is none of the workloads'.
    expect(learnZones([own(one)], new Map()).zoneOf(vpc, one)).toBeUndefined();
  });

  it('are not learned of an address that is not kept', () => {
    const zones = learn(own(0), own(limit.unkeptAddress));
    expect(zones.zoneOf(vpc, 0)).toBeUndefined();
    expect(zones.zoneOf(vpc, limit.unkeptAddress)).toBeUndefined();
  });
});

describe('whether bytes crossed zones on their way to a NAT gateway', () => {
  const zones = learn(own(one), own(two, { azId: 'use1-az2', interfaceId: 'eni-2' }));
  const crosses = (
    role: Parameters<typeof crossesZone>[1],
    given: Parameters<typeof recordGroup>[1],
  ) => crossesZone(recordGroup('natPrivateOut', given), role, zones);

  // "Flow log records", next-hop-az-id (version 11): the zone of the gateway, beside the workload's own.
  it.each([
    ['use1-az1', 'use1-az1', false],
    ['use1-az1', 'use1-az2', true],
    [null, 'use1-az2', null],
    ['use1-az1', null, null],
    [null, null, null],
  ])('is told at a workload in %s by the next hop in %s: %s', (azId, nextHopAzId, answer) => {
    expect(crosses('workload', { azId, nextHopAzId })).toBe(answer);
  });

  // The gateway's own az-id, beside that of the client whose address it logs.
  it.each([
    [one, 'use1-az1', false],
    [two, 'use1-az1', true],
    [one, 'use1-az2', true],
    [one, null, null],
    [7, 'use1-az1', null],
    [0, 'use1-az1', null],
    [0, null, null],
  ])('is told at the gateway for the client %i in %s: %s', (address, azId, answer) => {
    const next = { nextHopAzId: 'use1-az9' };
    expect(crosses('nat', { address, azId, ...next })).toBe(answer);
    expect(crosses('regional-nat', { address, azId, ...next })).toBe(answer);
  });

  it('is not told of an address 0, even where a map has it', () => {
    const all = { zoneOf: () => 'use1-az1', interfaceOf: () => 'eni-1' };
    const group = recordGroup('natPrivateOut', { address: 0, azId: 'use1-az2' });
    expect(crossesZone(group, 'nat', all)).toBeNull();
    expect(crossesZone({ ...group, address: one }, 'nat', all)).toBe(true);
  });
});
