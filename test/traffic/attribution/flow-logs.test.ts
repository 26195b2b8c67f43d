import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeIdentities } from '../../../src/traffic/attribution/flow-logs.js';
import type { LogIdentity } from '../../../src/traffic/scanner/identities.js';
import { recordGroup } from './record-group.js';

const none = {
  flowLog: 'the fields of version 2',
  accountId: null,
  region: null,
  vpcId: null,
  azId: null,
} as const;

const identity = (given: Partial<LogIdentity>): LogIdentity =>
  recordGroup('publicOut', { ...none, ...given }).identity;

/** What is told of an interface, in one line. */
const show = ({ interfaceId, accountId, region, vpcId, azId, interfaceType }: LogIdentity) =>
  [interfaceId, accountId, region, vpcId, azId, interfaceType].map((one) => one ?? '-').join(' ');

const completed = (...given: readonly Partial<LogIdentity>[]) =>
  completeIdentities(given.map(identity)).identities.map(show);

describe('what one flow log does not tell of an interface', () => {
  const v2 = { interfaceId: 'eni-a' };
  const v3 = { interfaceId: 'eni-a', vpcId: 'vpc-1', accountId: '111122223333' };
  const v5 = { ...v3, region: 'us-east-1', azId: 'use1-az1' };

  it('another one tells, in each of the logs', () => {
    const whole = 'eni-a 111122223333 us-east-1 vpc-1 use1-az1 -';
    expect(completed(v2, v3, v5)).toEqual([whole, whole, whole]);
  });

  it('is the smallest text where two disagree, in any order', () => {
    const logs = [v2, v3, v5, { ...v5, azId: 'use1-az2' }, { ...v5, vpcId: 'vpc-2' }];
    const expected = completed(...logs);
    expect(expected[0]).toBe('eni-a 111122223333 us-east-1 vpc-1 use1-az1 -');
    fc.assert(
      fc.property(fc.shuffledSubarray(logs, { minLength: logs.length }), (shuffled) => {
        expect(completed(...shuffled).toSorted()).toEqual([...expected].sort());
      }),
    );
  });

  it('stays untold where an interface of the same name is of another account', () => {
    expect(completed({ ...v2, accountId: '999900001111' }, v5)).toEqual([
      'eni-a 999900001111 - - - -',
      'eni-a 111122223333 us-east-1 vpc-1 use1-az1 -',
    ]);
  });

  it('is told of a VPC whose other interfaces name account and Region, if they agree', () => {
    const other = { interfaceId: 'eni-b', vpcId: 'vpc-1' };
    expect(completed(other, v5)[0]).toBe('eni-b 111122223333 us-east-1 vpc-1 - -');
    const shared = { ...v5, interfaceId: 'eni-c', accountId: '444455556666' };
    expect(completed(other, v5, shared)[0]).toBe('eni-b - us-east-1 vpc-1 - -');
    const elsewhere = { ...v5, interfaceId: 'eni-c', region: 'eu-west-1' };
    expect(completed(other, v5, elsewhere)[0]).toBe('eni-b 111122223333 - vpc-1 - -');
  });
});

describe('the VPC of a log that does not name it', () => {
  const known = { flowLog: 'fl-5', interfaceId: 'eni-a', vpcId: 'vpc-1', region: 'us-east-1' };

  it('is that of its interfaces that another log knows', () => {
    const { identities, taken } = completeIdentities(
      [
        { flowLog: 'fl-2', interfaceId: 'eni-a' },
        { flowLog: 'fl-2', interfaceId: 'eni-b' },
        known,
      ].map(identity),
    );
    expect(identities[1]?.vpcId).toBe('vpc-1');
    // A flow log is of one VPC: that is known, not assumed.
    expect(taken.size).toBe(0);
  });

  it('is assumed, and said so, where the log has no id', () => {
    const { identities, taken } = completeIdentities(
      [{ interfaceId: 'eni-a' }, { interfaceId: 'eni-b' }, known].map(identity),
    );
    expect(identities[1]?.vpcId).toBe('vpc-1');
    expect([...taken].map(([vpc, names]) => [vpc, ...names])).toEqual([
      [' us-east-1 vpc-1', 'eni-b'],
    ]);
  });

  it('is not assumed where its known interfaces are in two VPCs', () => {
    const other = { ...known, interfaceId: 'eni-c', vpcId: 'vpc-2' };
    expect(
      completed(
        { interfaceId: 'eni-a' },
        { interfaceId: 'eni-b' },
        { interfaceId: 'eni-c' },
        known,
        other,
      ),
    ).toEqual(expect.arrayContaining(['eni-b - - - - -']));
  });
});
