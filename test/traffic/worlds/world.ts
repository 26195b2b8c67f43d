/** What a network interface is in its VPC. */
export type InterfaceKind =
  | 'workload'
  | 'nat-gateway'
  | 'regional-nat-gateway'
  | 'nat-instance'
  | 'interface-endpoint'
  | 'transit-gateway';

/** A network interface, or a regional NAT gateway, which has none. */
export interface NetworkInterface {
  /** `eni-…`, or `nat-…` for a regional NAT gateway. */
  readonly key: string;
  readonly kind: InterfaceKind;
  readonly vpc: string;
  readonly subnet: string;
  readonly azId: string;
  /** `i-…`, or `-` where no instance of the user's own stands behind it. */
  readonly instanceId: string;
  readonly address: string;
  /** The IPv6 address of a workload. */
  readonly address6: string;
  /** Workloads of older instances log `traffic-path` 2 for an internet gateway and for a gateway endpoint. */
  readonly isNitro: boolean;
}

/** A server outside of the VPC. */
export interface Remote {
  readonly address: string;
  /** AWS's name of its range; `-`: none. */
  readonly awsName: string;
  readonly service: string;
  /** The Region of the service where it is another one. */
  readonly otherRegion: string | null;
}

/** By what a conversation leaves its VPC. The keys are those of interfaces. */
export type Route =
  | { readonly kind: 'nat-gateway' | 'nat-instance'; readonly device: string }
  | { readonly kind: 'gateway-endpoint' | 'internet-gateway' | 'egress-only-gateway' }
  | { readonly kind: 'interface-endpoint'; readonly device: string; readonly isKnown: boolean }
  /** Over a transit gateway to the NAT gateway of another VPC. */
  | {
      readonly kind: 'transit-gateway';
      readonly attachment: string;
      readonly hubAttachment: string;
      readonly device: string;
    }
  /** To another workload of the VPC: nothing that leaves it. */
  | { readonly kind: 'internal' };

/** Bytes of a conversation in one minute. */
export interface Burst {
  /** Minutes since the world's beginning. */
  readonly minute: number;
  readonly out: number;
  readonly back: number;
}

/** A client's conversation with one server. */
export interface Conversation {
  readonly client: string;
  readonly remote: Remote;
  readonly route: Route;
  readonly protocol: 6 | 17;
  readonly clientPort: number;
  readonly remotePort: number;
  readonly bursts: readonly Burst[];
}

/** The sets of fields that flow logs of the worlds have. */
export type FieldSetName = 'v2' | 'v3' | 'v3-lean' | 'v5' | 'v5-lean' | 'v11' | 'packet-addresses';

/** A flow log of a VPC. */
export interface FlowLog {
  /** `fl-…` */
  readonly id: string;
  readonly vpc: string;
  readonly fieldSet: FieldSetName;
  /** In this order. */
  readonly fields: readonly string[];
  /** The longest aggregation interval, in seconds. */
  readonly aggregation: 60 | 600;
  /** The first slot of ten minutes that it logs, and the one after the last. */
  readonly slots: readonly [first: number, end: number];
  /** The interfaces that it logs; null: all of the VPC. */
  readonly interfaces: readonly string[] | null;
  /** Whether its records' times are the aggregation interval's, or those of the first and the last packet. */
  readonly hasWholeTimes: boolean;
  /** How its files lie: under AWS's own names or others, over how many files a slot, packed or not. */
  readonly isRenamed: boolean;
  readonly filesBySlot: boolean;
  readonly split: number;
  readonly isGzip: boolean;
}

/** The sides of a NAT device that the logs at hand have. */
export type Sides = 'both' | 'private' | 'public';

/** Records beside those of conversations. */
export type Noise = 'no-data' | 'skip-data' | 'rejected';

/** A file given a second time, under another name. */
export interface Copy {
  /** The place of the original in the list of files; taken modulo their number. */
  readonly of: number;
  /** Whether the copy is packed; the original may be as well. */
  readonly isGzip: boolean;
}

/** A small world: what flowed, and how it was logged. */
export interface World {
  readonly seed: number;
  /** How many slots of ten minutes it lasts. */
  readonly slots: number;
  readonly interfaces: readonly NetworkInterface[];
  readonly conversations: readonly Conversation[];
  readonly flowLogs: readonly FlowLog[];
  /** By NAT device; `both` where it is not named. */
  readonly sides: ReadonlyMap<string, Sides>;
  readonly noise: readonly Noise[];
  readonly copies: readonly Copy[];
  /** `--nat-interface` */
  readonly natInterfaces: readonly string[];
}

export const accountId = '111122223333';
export const region = 'us-east-1';
/** 2026-10-02T00:00:00Z */
export const worldStart = 1_790_899_200;
export const slotMinutes = 10;

/** The slot that a minute is in. */
export function slotOf(minute: number): number {
  return Math.floor(minute / slotMinutes);
}

/** Whether a flow log has records of an interface in a slot. */
export function covers(flowLog: FlowLog, item: NetworkInterface, slot: number): boolean {
  const [first, end] = flowLog.slots;
  const isInTime = slot >= first && slot < end;
  const { interfaces } = flowLog;
  return (
    flowLog.vpc === item.vpc && isInTime && (interfaces === null || interfaces.includes(item.key))
  );
}

/** The interface of a key. */
export function interfaceOf(world: Pick<World, 'interfaces'>, key: string): NetworkInterface {
  const found = world.interfaces.find((item) => item.key === key);
  if (found === undefined) throw new Error(`the world has no interface ${key}`);
  return found;
}
