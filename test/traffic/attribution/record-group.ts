import type { RecordGroup } from '../../../src/traffic/attribution/record-groups.js';
import type { Circumstance, LogIdentity } from '../../../src/traffic/scanner/identities.js';
import { addressPattern } from '../../../src/traffic/scanner/layout.js';

const identity: LogIdentity = {
  flowLog: 'fl-1',
  accountId: '123456789012',
  region: 'us-east-1',
  vpcId: 'vpc-1',
  interfaceId: 'eni-1',
  isOfNoInterface: false,
  azId: null,
  resourceId: null,
  instanceId: null,
  interfaceType: null,
  nextHopAzId: null,
  nextHopInterfaceType: null,
  tells: 0,
  hasPacketAddresses: true,
  hasOwnAddresses: true,
};

export type PatternName = Exclude<keyof typeof addressPattern, 'count'>;

/** A group of accepted records of one address, of which the log tells nothing but what is given. */
export function recordGroup(
  pattern: PatternName,
  given: Partial<LogIdentity & Circumstance & Pick<RecordGroup, 'address'>> = {},
): RecordGroup {
  const { address = 0x0a_00_01_05, ...told } = given;
  const { status = 'accepted', direction = null, trafficPath = null, ...names } = told;
  const { srcService = null, dstService = null, ...others } = names;
  return {
    identity: { ...identity, ...others },
    circumstance: { status, direction, trafficPath, srcService, dstService },
    pattern: addressPattern[pattern],
    label: 0,
    bucket: 0,
    address,
    records: 1,
    bytes: 100n,
  };
}
