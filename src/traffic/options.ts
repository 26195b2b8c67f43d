import type { AddressTableOptions } from './addresses/load.js';
import type { AddressTable } from './addresses/table.js';
import type { Interval } from './attribution/profile-table.js';
import type { TrafficProfile } from './profile/profile.js';
import type { AcceptedShare } from './profile/unread.js';
import type { SummaryDefaults } from './summary/rows.js';

/** How inputs are read. */
export interface TrafficOptions {
  /** What holds for rows and records that don't say it themselves. */
  readonly defaults: SummaryDefaults;
  /** The fields of flow logs without a header, by AWS's names; null: version 2's. */
  readonly fields: readonly string[] | null;
  /** Interfaces (`eni-…`) and gateways (`nat-…`) that are NAT, where the log does not show it. */
  readonly natInterfaces: readonly string[];
  readonly interval: Interval;
  /** How many talkers of each kind are asked for; 0: none. */
  readonly top: number;
  /** Whether anything that can't be read is an error. */
  readonly strict: boolean;
  /** The share of the records that may be unread; over it the traffic is incomplete. */
  readonly acceptUnread: AcceptedShare;
  /** What every address is, or what that is made of beside what ships. It is loaded once there is a flow log. */
  readonly addresses?: AddressTable | AddressTableOptions;
  /** How many threads read; by default one for each processor, up to eight. */
  readonly threads?: number;
}

/** What the reading of inputs touches. */
export interface TrafficEffects {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
  /** Takes the rows of summary CSVs as they are read; they are then not among the profiles. */
  readonly onSummaryRow?: (profile: TrafficProfile) => void;
  /** Told now and then how far the reading is. */
  readonly progress?: (progress: TrafficProgress) => void;
}

/** How far the reading is. Bytes are those of the files, packed or not. */
export interface TrafficProgress {
  readonly files: number;
  readonly bytes: number;
  readonly totalBytes: number;
  readonly records: number;
}
