import type { UnreadableLine, UnreadableReason } from '../findings/unreadable.js';
import type { FieldPlan } from './field-plan.js';

/** Who logged records: an interface of a VPC, and what the log tells of it. `null`: it does not tell. */
export interface LogIdentity {
  readonly accountId: string | null;
  readonly region: string | null;
  readonly vpcId: string | null;
  readonly interfaceId: string | null;
  readonly azId: string | null;
  readonly resourceId: string | null;
  readonly interfaceType: string | null;
  readonly nextHopAzId: string | null;
  readonly nextHopInterfaceType: string | null;
  /** Whether its log has packet addresses, without which a NAT gateway can't be seen. */
  readonly hasPacketAddresses: boolean;
}

/** Whether a record is of accepted traffic, or why it is none. */
export type RecordStatus = 'accepted' | 'no-data' | 'skip-data' | 'rejected' | 'unknown-status';

/** In which circumstances bytes flowed, as the log tells. */
export interface Circumstance {
  readonly status: RecordStatus;
  /** The flow's direction as its interface sees it. */
  readonly direction: 'ingress' | 'egress' | null;
  readonly trafficPath: string | null;
  readonly srcService: string | null;
  readonly dstService: string | null;
}

/** An identity with the time that it was logged in: epoch seconds, 0 and 0 where the log has no times. */
export interface LoggedIdentity {
  readonly identity: LogIdentity;
  readonly start: number;
  readonly end: number;
}

/** Groups of records as the scanner keeps them: the words of `groupWord` for each. */
export type PackedGroups = Uint32Array<ArrayBuffer>;

/** Remote addresses with their bytes: the words of `talkerWord` for each. */
export interface PackedTalkers {
  readonly slots: Uint32Array<ArrayBuffer>;
  /** What a sum may be too low by, in bytes. */
  readonly error: bigint;
}

/** The sums of some files, or of a piece of one. The numbers in `groups` are indexes into the lists beside it. */
export interface ScanResult {
  readonly identities: readonly LoggedIdentity[];
  readonly circumstances: readonly Circumstance[];
  readonly groups: PackedGroups;
  /** Whether there were too many clients to tell apart. */
  readonly hasUnkeptClients: boolean;
  /** The hours since the epoch that each VPC (`vpcKey`) was logged in. */
  readonly hours: ReadonlyMap<string, readonly number[]>;
  readonly talkers: PackedTalkers | null;
  /** The interfaces that `talkers` speak of (`interfaceKey`). */
  readonly interfaces: readonly string[];
}

/** What was read of a file, or of a piece of one. */
export interface FileCounts {
  readonly lines: number;
  readonly records: number;
  readonly unreadable: Readonly<Partial<Record<UnreadableReason, number>>>;
  readonly samples: readonly UnreadableLine[];
  /** Whether a header in the middle named other fields than the first one. */
  readonly headerChanged: boolean;
}

/** What is true of all lines of a file: its fields, and what its name tells. */
export interface FileContext {
  readonly plan: FieldPlan;
  /** The account and the Region in the file's place in S3, for logs without these fields. */
  readonly accountId: string | null;
  readonly region: string | null;
}

interface Keys {
  readonly vpc: string;
  readonly own: string;
}

/** Keys by identity: thousands of groups share one, and to join its names each time took most of the attribution. */
const keysByIdentity = new WeakMap<LogIdentity, Keys>();

function identityKeys(identity: LogIdentity): Keys {
  const known = keysByIdentity.get(identity);
  if (known !== undefined) return known;
  const { accountId, region, vpcId, interfaceId, resourceId } = identity;
  const vpc = `${accountId ?? ''} ${region ?? ''} ${vpcId ?? ''}`;
  const keys = { vpc, own: `${vpc} ${interfaceId ?? resourceId ?? ''}` };
  keysByIdentity.set(identity, keys);
  return keys;
}

/** The key of the VPC that an identity belongs to. */
export function vpcKey(identity: LogIdentity): string {
  return identityKeys(identity).vpc;
}

/** The key of the network interface, or regional NAT gateway, that an identity is. */
export function interfaceKey(identity: LogIdentity): string {
  return identityKeys(identity).own;
}
