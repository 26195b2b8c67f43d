import { compareText } from '../../base/finding.js';
import { groupThousands, plural } from '../../base/text.js';

/** Why records are not counted, in the order in which a summary shows them. */
export const setAsideReasons = {
  rejected: 'rejected by a security group or network ACL: not billed',
  'no-data': 'NODATA: nothing was logged in the interval',
  'skip-data': 'SKIPDATA: records that AWS could not keep',
  'other-vantage':
    'the same bytes as another interface, or the other side of a NAT gateway, logged them',
  'other-flow-log': 'of a time for which another flow log of the same interface counts',
  'vpc-internal': 'between private addresses',
  'on-premises': 'by a virtual private gateway, to networks on-premises',
  'other-route': 'by a peering, a transit or a local gateway',
  'direction-unknown': 'between public addresses, in a log without flow-direction',
  'no-address': 'accepted, but without addresses',
  'unknown-status': 'with an action or a status that is neither accepted nor rejected',
  'garbled-name': 'with an account, a Region or an id that can be none',
  unreadable: 'unreadable',
} as const;

/** Why records are not counted. */
export type SetAsideReason = keyof typeof setAsideReasons;

/** Records and the bytes they tell of. */
export interface RecordSum {
  readonly records: number;
  readonly bytes: bigint;
}

/** The account of a run: records read = records counted + records set aside, by reason. */
export interface RecordCounts {
  readonly read: number;
  readonly counted: RecordSum;
  readonly setAside: Readonly<Partial<Record<SetAsideReason, RecordSum>>>;
}

/** Adds up what is counted and what is set aside. */
export class RecordLedger {
  #counted: RecordSum = { records: 0, bytes: 0n };
  readonly #setAside = new Map<SetAsideReason, RecordSum>();

  count(records: number, bytes: bigint): void {
    this.#counted = plus(this.#counted, { records, bytes });
  }

  setAside(reason: SetAsideReason, records: number, bytes: bigint): void {
    const sum = this.#setAside.get(reason) ?? { records: 0, bytes: 0n };
    this.#setAside.set(reason, plus(sum, { records, bytes }));
  }

  /** The account; `read` is counted on its own, by the reader of lines. */
  counts(read: number): RecordCounts {
    const order = Object.keys(setAsideReasons);
    const entries = [...this.#setAside].sort(
      ([a], [b]) => order.indexOf(a) - order.indexOf(b) || compareText(a, b),
    );
    return { read, counted: this.#counted, setAside: Object.fromEntries(entries) };
  }
}

function plus(a: RecordSum, b: RecordSum): RecordSum {
  return { records: a.records + b.records, bytes: a.bytes + b.bytes };
}

/** The account of a run's records in one sentence. */
export function accountOf({ read, counted, setAside }: RecordCounts): string {
  const sums = new Map(Object.entries(setAside));
  const reasons = Object.entries(setAsideReasons).flatMap(([reason, text]) => {
    const sum = sums.get(reason);
    return sum === undefined ? [] : [`${groupThousands(sum.records)} ${text} (${bytesOf(sum)})`];
  });
  const rest = reasons.length === 0 ? 'none set aside' : `set aside: ${reasons.join('; ')}`;
  return `${plural(read, 'record')} read, ${groupThousands(counted.records)} counted (${bytesOf(counted)}), ${rest}.`;
}

const bytesOf = ({ bytes }: RecordSum): string => plural(bytes, 'byte');
