import { exactPercent } from '../../base/decimal.js';
import { quoteValue } from '../../base/errors.js';
import { findingTable, info, warning } from '../../base/finding.js';
import { agreeing, groupThousands, listNames, plural } from '../../base/text.js';
import type { Period } from '../profile/profile.js';
import type { UnreadTraffic } from '../profile/unread.js';
import { accountOf, type RecordCounts } from './set-aside.js';
import { showLine, type UnreadableLine } from './unreadable.js';

type FileRows = { readonly file: string; readonly rows: number };
type TwoFiles = FileRows & { readonly other: string };
/** Rows by what became of them, each with what they hold; null for none. */
type RowAccount = { readonly rows: number } & Readonly<
  Record<'counted' | 'ofLogs' | 'same', string | null>
>;
type Vpc = { readonly vpc: string };
type VpcInterfaces = Vpc & { readonly interfaces: readonly string[] };
type Unreadable = { readonly records: number; readonly samples: readonly UnreadableLine[] };
/** A VPC, and bytes under the names that the sentence has for them. */
type VpcBytes<Name extends string = 'bytes'> = Vpc & Readonly<Record<Name, bigint>>;
/** The fields of a flow log that would show the path, and that it lacks. */
type LackingBytes = VpcBytes & { readonly lacking: readonly string[] };
type SeveralFlowLogs = VpcBytes & {
  readonly interfaces: number;
  /** The one that counts first. */
  readonly flowLogs: readonly string[];
};
type Unread = { readonly unread: UnreadTraffic };
type NatSides = VpcBytes<'privateSide' | 'sentByGateway'> & { readonly name: string };

/** Every finding about how traffic was read, and its sentence. */
export const { codes: trafficFindingCodes, finding: trafficFinding } = findingTable({
  'address-ranges-not-used': warning(
    ({ reason }: { readonly reason: string }) =>
      `Refreshed address ranges were not used, but those that ship with pathfare: ${reason}. Run "pathfare ip-ranges refresh".`,
  ),
  'summary-one-direction': warning(
    ({ file, rows }: FileRows) =>
      `${file}: ${plural(rows, 'row')} gave only one direction; the other is counted as 0.`,
  ),
  'summary-of-logs-read': warning(
    ({ file, rows, volume }: FileRows & { readonly volume: string }) =>
      `${file}: ${agreeing(rows, 'row', 'is', 'are')} not counted (${volume}): flow logs among the inputs cover the same VPC and time, or the rows were made from them. To count the rows, give this file by itself.`,
  ),
  'summary-profiles-in-two-files': warning(
    ({ file, other, rows, volume }: TwoFiles & { readonly volume: string }) =>
      `${file}: ${agreeing(rows, 'row', 'has', 'have')} the profile and period of rows in ${other}, with other bytes, and ${rows === 1 ? 'is' : 'are'} added to them (${volume}). If both files are of the same traffic, leave one out.`,
  ),
  'summary-rows-in-two-files': warning(
    ({ file, other, rows }: TwoFiles) =>
      `${file}: ${agreeing(rows, 'row', 'is', 'are')} the same as in ${other}, and counted once.`,
  ),
  'summary-rows-not-compared': warning(
    ({ rows }: { readonly rows: number }) =>
      `The summary CSVs hold too many rows to compare all: ${agreeing(rows, 'row', 'was', 'were')} counted without a look whether another file has the same. Give fewer files at a time.`,
  ),
  'summary-rows-read': info(
    ({ rows, counted, ofLogs, same }: RowAccount) =>
      `${plural(rows, 'row')} of summary CSVs read, counted: ${counted ?? 'none'}; ${asideText([
        [ofLogs, 'of traffic that flow logs among the inputs hold'],
        [same, 'that another file has as well'],
      ])}.`,
  ),
  'summary-rows-added-up': info(
    ({ file, rows }: FileRows) =>
      `${file}: ${agreeing(rows, 'row', 'was', 'were')} added to an earlier row of the same profile and period.`,
  ),
  'summary-columns-not-read': info(
    ({ file, columns }: { readonly file: string; readonly columns: readonly string[] }) =>
      `${file}: columns that were not read: ${columns.join(', ')}.`,
  ),
  'file-not-read': warning(
    ({ file, reason }: { readonly file: string; readonly reason: string }) =>
      `${file}: not read: ${reason}`,
  ),
  'files-not-read': warning(
    ({ files }: { readonly files: number }) => `${plural(files, 'more file')} could not be read.`,
  ),
  'files-named-twice': info(
    ({ files }: { readonly files: readonly string[] }) =>
      `Named more than once, and read once: ${listNames(files.map(quoteValue))}.`,
  ),
  'files-with-same-records': warning(
    ({ files }: { readonly files: readonly { copy: string; original: string }[] }) =>
      `Files that hold the same records as another one are counted once: ${listNames(files.map(({ copy, original }) => `${quoteValue(copy)} is a copy of ${quoteValue(original)}`))}.`,
  ),
  'records-with-garbled-names': warning(
    ({ records }: { readonly records: number }) =>
      `Not counted: ${plural(records, 'record')} whose account, Region, VPC, zone or interface can be none. Fetch the log again.`,
  ),
  'several-flow-logs': warning(
    ({ vpc, interfaces, flowLogs, bytes }: SeveralFlowLogs) =>
      `${vpc}: ${plural(interfaces, 'interface')} logged by ${flowLogs.length} flow logs at the same time. For each time the flow log counts whose fields show most; the others count for the time only that it lacks: ${listNames(flowLogs.map(quoteValue))}. Set aside in all: ${plural(bytes, 'byte')}.`,
  ),
  'nat-found-by-mirrors': info(
    ({ vpc, interfaces }: VpcInterfaces) =>
      `${vpc}: ${listNames(interfaces.map(quoteValue))} is taken for a NAT gateway: its records between private addresses mirror what clients sent to public ones. The log has no pkt-srcaddr and pkt-dstaddr, which would show it (version 3).`,
  ),
  'nat-found-by-packets': info(
    ({ vpc, interfaces }: VpcInterfaces) =>
      `${vpc}: ${listNames(interfaces.map(quoteValue))} is taken for a NAT gateway: it logs packets that other interfaces sent to public addresses. The log has no srcaddr and dstaddr, which would show it (version 2).`,
  ),
  'nat-log-incomplete': warning(
    ({ vpc, atGateways, atWorkloads }: VpcBytes<'atGateways' | 'atWorkloads'>) =>
      `${vpc}: NAT gateways log ${plural(atGateways, 'byte')}, and workloads ${plural(atWorkloads, 'byte')} more that went through a NAT gateway: the log of a NAT gateway's interface is missing or has a gap. That is counted at the workloads.`,
  ),
  'nat-sides-disagree': warning(
    ({ vpc, name, privateSide, sentByGateway }: NatSides) =>
      `${vpc}: the NAT gateway at ${quoteValue(name)} carried ${plural(privateSide, 'byte')} by its private side, but sent ${plural(sentByGateway, 'byte')} by flow-direction: part of its log is missing. The private side is counted.`,
  ),
  'nat-unproven': warning(
    ({ vpc, interfaces }: VpcInterfaces) =>
      `${vpc}: ${listNames(interfaces.map(quoteValue))} is taken for a NAT gateway by its private side, with no record of a public side: a transit gateway's attachment looks the same. Add interface-type (version 11) to the log to be sure.`,
  ),
  'records-lost': warning(
    ({ records }: { readonly records: number }) =>
      `${plural(records, 'record')} of status SKIPDATA: AWS could not keep part of the log, and the sums are a lower bound.`,
  ),
  'records-set-aside': info(({ counts }: { readonly counts: RecordCounts }) => accountOf(counts)),
  'records-unreadable': warning(({ records, samples }: Unreadable) =>
    `${agreeing(records, 'record', 'was', 'were')} not read, and not counted. ${samples.map(showLine).join(' ')}`.trimEnd(),
  ),
  'traffic-clients-not-kept': warning(
    ({ groups }: { readonly groups: number }) =>
      `More than ${groupThousands(groups)} clients and services: the clients were no longer told apart, and what crossed Availability Zones is not known.`,
  ),
  'traffic-partly-without-times': warning(
    ({ vpc, bytes }: VpcBytes) =>
      `${vpc}: records of ${plural(bytes, 'byte')} have no start and end; they are taken as of all the time in which the others were logged.`,
  ),
  'traffic-path-ambiguous': info(
    ({ vpc, bytes }: VpcBytes) =>
      `${vpc}: ${plural(bytes, 'byte')} went out by traffic-path 2, an internet gateway or, on older instances, a gateway endpoint; taken for an internet gateway's.`,
  ),
  'traffic-path-assumed': warning(
    ({ vpc, bytes, lacking }: LackingBytes) =>
      `${vpc}: the log does not show by which path ${plural(bytes, 'byte')} went; taken as through a NAT gateway. ${addFields(lacking)}name the NAT gateway's interface with --nat-interface.`,
  ),
  'traffic-path-told': info(
    ({
      where,
      what,
      path,
    }: {
      readonly where: string;
      readonly what: string;
      readonly path: string;
    }) =>
      `${where}: nothing shows the path of ${what}; it is taken as ${path}, as --unknown-path says.`,
  ),
  'traffic-path-unknown': warning(
    ({ vpc, bytes, lacking }: LackingBytes) =>
      `${vpc}: no NAT gateway in the log carried ${plural(bytes, 'byte')}, and nothing shows what did: a gateway endpoint (S3, DynamoDB), a NAT gateway that is not logged, or an internet gateway. ${addFields(lacking)}name the path with --unknown-path.`,
  ),
  'traffic-return-path': info(
    ({ vpc, bytes }: VpcBytes) =>
      `${vpc}: return traffic has no traffic-path; what came in (${plural(bytes, 'byte')}) is assigned in proportion to what the same interface sent to the same service.`,
  ),
  'traffic-time-gaps': warning(
    ({ vpc, gaps }: { readonly vpc: string; readonly gaps: readonly Period[] }) =>
      `${vpc}: nothing was logged in ${plural(gaps.length, 'interval')} of an hour or more: ${listNames(gaps.map(showPeriod))}. The sum is scaled as if there was no traffic then.`,
  ),
  'traffic-vpc-assumed': info(
    ({ vpc, interfaces }: VpcInterfaces) =>
      `${vpc}: ${listNames(interfaces.map(quoteValue))} is taken to be in this VPC: the log names no VPC and no flow log, and all its interfaces that another log knows are in this one. Add vpc-id (version 3) to be sure.`,
  ),
  'traffic-without-action': warning(
    ({ vpc, bytes }: VpcBytes) =>
      `${vpc}: ${agreeing(bytes, 'byte', 'is', 'are')} counted from a log without action: what a security group or network ACL rejected is among them, and is not billed. Add action (version 2) to the flow log.`,
  ),
  'traffic-without-packet-addresses': warning(
    ({ vpc, bytes }: VpcBytes) =>
      `${vpc}: ${agreeing(bytes, 'byte', 'is', 'are')} counted from a log without pkt-srcaddr and pkt-dstaddr. A NAT gateway is found there only by records that mirror those of its clients, and none was: if one logs here and its clients do not, it is taken for a client. Name its interface with --nat-interface, or add the two fields (version 3).`,
  ),
  'traffic-without-times': warning(
    ({ vpc }: Vpc) => `${vpc}: the log has no start and end: its bytes are taken for a month's.`,
  ),
  'traffic-zones-partly-known': info(
    ({ vpc, known, unknown }: VpcBytes<'known' | 'unknown'>) =>
      `${vpc}: the log shows the Availability Zones of both ends for ${plural(known, 'byte')} through NAT gateways, and not for ${plural(unknown, 'byte')}, taken not to cross zones.`,
  ),
  'unread-accepted': info(
    ({ unread }: Unread) =>
      `${unreadText(unread)} That is accepted (${acceptFlag(unread)}): the sums do not hold its traffic.`,
  ),
  'unread-over-share': warning(
    ({ unread }: Unread) =>
      `${unreadText(unread)} ${unread.known ? 'That is' : 'It may be'} more than is accepted (${acceptFlag(unread)}): the sums are lower bounds.`,
  ),
  'vantage-nat-private': info(
    ({ vpc, interfaces }: VpcInterfaces) =>
      `${vpc}: what passes a NAT gateway is counted once, on its private side (${listNames(interfaces.map(quoteValue))}).`,
  ),
  'vantage-nat-public': info(
    ({ vpc, interfaces }: VpcInterfaces) =>
      `${vpc}: what passes a NAT gateway is counted once, on its public side (${listNames(interfaces.map(quoteValue))}): its log does not show the private one.`,
  ),
  'vantage-workloads': info(
    ({ vpc }: Vpc) =>
      `${vpc}: no NAT gateway's interface is in the log: traffic is counted at the workloads' interfaces.`,
  ),
});

/** A finding about how traffic was read. */
export type TrafficFinding = ReturnType<typeof trafficFinding>;

function asideText(reasons: readonly (readonly [string | null, string])[]): string {
  const told = reasons.flatMap(([rows, reason]) => (rows === null ? [] : [`${rows} ${reason}`]));
  return told.length === 0 ? 'none set aside' : `set aside: ${told.join('; ')}`;
}

/** What could not be read, as a share and by its kinds. */
function unreadText({ known, share, records, unreadable, lost, inFiles }: UnreadTraffic): string {
  const parts = [
    ...(unreadable > 0 ? [`${groupThousands(unreadable)} unreadable`] : []),
    ...(lost > 0 ? [`${groupThousands(lost)} of status SKIPDATA`] : []),
    ...(inFiles > 0 ? [`about ${groupThousands(inFiles)} in files that were not read`] : []),
  ];
  const unread = unreadable + lost + inFiles;
  const of = `${groupThousands(unread)} of ${plural(records, 'record')}`;
  const numbers = unread === 0 ? '' : ` (${of}: ${parts.join(', ')})`;
  if (known) return `${exactPercent(share)} of the log was not read${numbers}.`;
  return `At least ${exactPercent(share)} of the log was not read${numbers}; how much more, in files that could not be read, is not known.`;
}

/** What is accepted, as the flag says it. */
function acceptFlag({ accepted }: UnreadTraffic): string {
  const share = accepted === null ? 'any' : exactPercent(accepted).replace(' ', '');
  return `--accept-unread ${share}`;
}

/** Advice to log fields, if the log lacks any, as the beginning of a sentence that goes on with what else to do. */
function addFields(lacking: readonly string[]): string {
  if (lacking.length === 0)
    return 'The log has traffic-path and flow-direction, which do not show it here: ';
  return `Add ${lacking.join(' and ')} (version 5) to the flow log, or `;
}

/** A period in UTC, to the minute. */
function showPeriod({ start, end }: Period): string {
  const show = (seconds: number) => `${new Date(seconds * 1000).toISOString().slice(0, 16)}Z`;
  return `${show(start)} to ${show(end)}`;
}
