import { quoteValue } from '../../base/errors.js';
import type { Finding, Severity } from '../../base/finding.js';
import type { Period } from '../profile/profile.js';
import {
  accountOf,
  countBytes,
  countRecords,
  nameSome,
  showLine,
  showPeriod,
} from './finding-words.js';
import type { RecordCounts } from './set-aside.js';
import type { UnreadableLine } from './unreadable.js';

/** What each finding of the traffic room is about. */
export interface TrafficFindings {
  'summary-one-direction': { readonly file: string; readonly rows: number };
  'summary-rows-added-up': { readonly file: string; readonly rows: number };
  'summary-columns-not-read': { readonly file: string; readonly columns: readonly string[] };
  'file-not-read': { readonly file: string; readonly reason: string };
  'files-not-read': { readonly files: number };
  'files-named-twice': { readonly files: readonly string[] };
  'nat-log-incomplete': {
    readonly vpc: string;
    readonly counted: bigint;
    readonly byWorkloads: bigint;
  };
  'nat-sides-disagree': {
    readonly vpc: string;
    readonly name: string;
    readonly privateSide: bigint;
    readonly sentByGateway: bigint;
  };
  'nat-unproven': { readonly vpc: string; readonly interfaces: readonly string[] };
  'records-lost': { readonly records: number };
  'records-set-aside': { readonly counts: RecordCounts };
  'records-unreadable': {
    readonly records: number;
    readonly samples: readonly UnreadableLine[];
  };
  'traffic-clients-not-kept': { readonly groups: number };
  'traffic-path-ambiguous': { readonly vpc: string; readonly bytes: bigint };
  'traffic-path-unknown': { readonly vpc: string; readonly bytes: bigint };
  'traffic-return-path': { readonly vpc: string; readonly bytes: bigint };
  'traffic-time-gaps': { readonly vpc: string; readonly gaps: readonly Period[] };
  'traffic-without-packet-addresses': { readonly vpc: string; readonly bytes: bigint };
  'traffic-without-times': { readonly vpc: string };
  'traffic-zones-partly-known': {
    readonly vpc: string;
    readonly known: bigint;
    readonly unknown: bigint;
  };
  'vantage-nat-private': { readonly vpc: string; readonly interfaces: readonly string[] };
  'vantage-nat-public': { readonly vpc: string; readonly interfaces: readonly string[] };
  'vantage-workloads': { readonly vpc: string };
}

/** The code of a finding about how traffic was read. */
export type TrafficFindingCode = keyof TrafficFindings;

type Texts = {
  readonly [Code in TrafficFindingCode]: {
    readonly severity: Severity;
    readonly text: (facts: TrafficFindings[Code]) => string;
  };
};

const texts: Texts = {
  'summary-one-direction': {
    severity: 'warning',
    text: ({ file, rows }) =>
      `${file}: ${countRows(rows)} gave one direction alone; the other is counted as 0.`,
  },
  'summary-rows-added-up': {
    severity: 'info',
    text: ({ file, rows }) =>
      `${file}: ${countRows(rows)} repeated the profile and period of an earlier row and were added to it.`,
  },
  'summary-columns-not-read': {
    severity: 'info',
    text: ({ file, columns }) => `${file}: columns that were not read: ${columns.join(', ')}.`,
  },
  'file-not-read': {
    severity: 'warning',
    text: ({ file, reason }) => `${file}: not read: ${reason}`,
  },
  'files-not-read': {
    severity: 'warning',
    text: ({ files }) => `${files} more files could not be read.`,
  },
  'files-named-twice': {
    severity: 'info',
    text: ({ files }) => `Named more than once, and read once: ${nameSome(files)}.`,
  },
  'nat-log-incomplete': {
    severity: 'warning',
    text: ({ vpc, counted, byWorkloads }) =>
      `${vpc}: the workloads sent ${countBytes(byWorkloads)} through NAT gateways that log ${countBytes(counted)} alone: the log of a NAT gateway's interface is missing or has a gap, and the sum is a lower bound.`,
  },
  'nat-sides-disagree': {
    severity: 'warning',
    text: ({ vpc, name, privateSide, sentByGateway }) =>
      `${vpc}: the NAT gateway at ${quoteValue(name)} carried ${countBytes(privateSide)} by its private side, but sent ${countBytes(sentByGateway)} by flow-direction: part of its log is missing. The private side is counted.`,
  },
  'nat-unproven': {
    severity: 'warning',
    text: ({ vpc, interfaces }) =>
      `${vpc}: ${nameSome(interfaces)} is taken for a NAT gateway by its private side, with no record of a public side: a transit gateway's attachment looks the same. Add interface-type (version 11) to the log to be sure.`,
  },
  'records-lost': {
    severity: 'warning',
    text: ({ records }) =>
      `${countRecords(records)} of status SKIPDATA: AWS could not keep part of the log, and the sums are a lower bound.`,
  },
  'records-set-aside': {
    severity: 'info',
    text: ({ counts }) => accountOf(counts),
  },
  'records-unreadable': {
    severity: 'warning',
    text: ({ records, samples }) =>
      `${countRecords(records)} could not be read and are not counted. ${samples.map(showLine).join(' ')}`.trimEnd(),
  },
  'traffic-clients-not-kept': {
    severity: 'warning',
    text: ({ groups }) =>
      `More than ${groups} clients and services: the clients were no longer told apart, and what crossed Availability Zones is not known.`,
  },
  'traffic-path-ambiguous': {
    severity: 'info',
    text: ({ vpc, bytes }) =>
      `${vpc}: ${countBytes(bytes)} went out by traffic-path 2, an internet gateway or, on older instances, a gateway endpoint; they are taken for an internet gateway's.`,
  },
  'traffic-path-unknown': {
    severity: 'warning',
    text: ({ vpc, bytes }) =>
      `${vpc}: the log does not tell by which path ${countBytes(bytes)} went. Add traffic-path and flow-direction (version 5), or name the NAT gateway's interface with --nat-interface.`,
  },
  'traffic-return-path': {
    severity: 'info',
    text: ({ vpc, bytes }) =>
      `${vpc}: records of returning traffic name no path: ${countBytes(bytes)} back are attributed as the bytes that the same interface sent to the same service.`,
  },
  'traffic-time-gaps': {
    severity: 'warning',
    text: ({ vpc, gaps }) =>
      `${vpc}: nothing was logged in ${gaps.length === 1 ? 'an interval' : `${gaps.length} intervals`} of an hour or more: ${gaps.slice(0, 3).map(showPeriod).join(', ')}${gaps.length > 3 ? ', …' : ''}. The sum is scaled as if there was no traffic then.`,
  },
  'traffic-without-packet-addresses': {
    severity: 'warning',
    text: ({ vpc, bytes }) =>
      `${vpc}: ${countBytes(bytes)} are counted from a log without pkt-srcaddr and pkt-dstaddr, in which a NAT gateway can't be seen: if it logs here too, they are counted twice. Name its interface with --nat-interface, or add the two fields (version 3).`,
  },
  'traffic-without-times': {
    severity: 'warning',
    text: ({ vpc }) => `${vpc}: the log has no start and end: its bytes are taken for a month's.`,
  },
  'traffic-zones-partly-known': {
    severity: 'info',
    text: ({ vpc, known, unknown }) =>
      `${vpc}: the log shows the Availability Zones of both ends for ${countBytes(known)} through NAT gateways, and not for ${countBytes(unknown)}, which are taken not to cross zones.`,
  },
  'vantage-nat-private': {
    severity: 'info',
    text: ({ vpc, interfaces }) =>
      `${vpc}: what passes a NAT gateway is counted once, on its private side (${nameSome(interfaces)}).`,
  },
  'vantage-nat-public': {
    severity: 'info',
    text: ({ vpc, interfaces }) =>
      `${vpc}: what passes a NAT gateway is counted once, on its public side (${nameSome(interfaces)}): its log does not show the private one.`,
  },
  'vantage-workloads': {
    severity: 'info',
    text: ({ vpc }) =>
      `${vpc}: no NAT gateway's interface is in the log: traffic is counted at the workloads' interfaces.`,
  },
};

/** The codes of every finding about how traffic was read, for the documentation. */
export const trafficFindingCodes: readonly string[] = Object.keys(texts);

/** A finding about how traffic was read, with its text. */
export function trafficFinding<Code extends TrafficFindingCode>(
  code: Code,
  facts: TrafficFindings[Code],
): Finding<Code> {
  const { severity, text } = texts[code];
  return { code, severity, message: text(facts) };
}

function countRows(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`;
}
