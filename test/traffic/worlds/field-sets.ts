import type { FieldSetName } from './world.js';

const names = (text: string): readonly string[] => text.split(/\s+/);

const version2 = names(
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
);
const version3 = [
  ...version2,
  ...names('vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr'),
];
const version5 = [
  ...version3,
  ...names('region az-id sublocation-type sublocation-id'),
  ...names('pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path'),
];
const lean3 = names(
  'version account-id vpc-id interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr srcport dstport protocol packets bytes start end action log-status',
);
const nextHop = names(
  'interface-type next-hop-interface-id next-hop-subnet-id next-hop-az-id next-hop-vpc-id next-hop-interface-type',
);

/** The fields of each set, in AWS's order. The lean ones are custom formats of few fields. */
export const fieldSets: Readonly<Record<FieldSetName, readonly string[]>> = {
  v2: version2,
  v3: version3,
  'v3-lean': lean3,
  v5: version5,
  'v5-lean': [
    ...lean3,
    ...names('flow-direction traffic-path pkt-src-aws-service pkt-dst-aws-service'),
  ],
  v11: [...version5, 'resource-id', ...nextHop],
  'packet-addresses': lean3.filter((field) => field !== 'srcaddr' && field !== 'dstaddr'),
};

/** The value of the field `version`: the highest version of the fields. */
export const versions: Readonly<Record<FieldSetName, number>> = {
  v2: 2,
  v3: 3,
  'v3-lean': 3,
  v5: 5,
  'v5-lean': 5,
  v11: 11,
  'packet-addresses': 3,
};

/** Which set tells more, the last the most. */
export const byWhatTheyTell: readonly FieldSetName[] = [
  'v2',
  'packet-addresses',
  'v3-lean',
  'v3',
  'v5-lean',
  'v5',
  'v11',
];

/** What a set of fields can tell. */
export const tells = {
  /** The packet's addresses beside the interface's: a NAT device is seen by its private side. */
  bothAddresses: (set: FieldSetName) => set !== 'v2' && set !== 'packet-addresses',
  packetAddresses: (set: FieldSetName) => set !== 'v2',
  direction: (set: FieldSetName) => set === 'v5' || set === 'v5-lean' || set === 'v11',
  path: (set: FieldSetName) => set === 'v5' || set === 'v5-lean' || set === 'v11',
  interfaceType: (set: FieldSetName) => set === 'v11',
  instance: (set: FieldSetName) => set === 'v3' || set === 'v5' || set === 'v11',
} as const;
