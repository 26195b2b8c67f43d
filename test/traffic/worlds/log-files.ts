import { gzipSync } from 'node:zlib';
import { type Logged, lineOf, minuteStart, type Unlogged } from './records.js';
import { type Sighting, sightingsOf } from './sightings.js';
import {
  accountId,
  type Conversation,
  covers,
  type FlowLog,
  type NetworkInterface,
  region,
  slotMinutes,
  slotOf,
  type World,
} from './world.js';

/** A log file as a person has it. */
export interface LogFile {
  /** Its path below the folder of the logs. */
  readonly path: string;
  readonly content: Uint8Array;
}

interface Line {
  readonly slot: number;
  readonly text: string;
}

/** The files of a world's flow logs, without the copies. */
export function logFilesOf(world: World): readonly LogFile[] {
  return world.flowLogs.flatMap((flowLog) => filesOf(flowLog, linesOf(world, flowLog)));
}

/** A world's files given a second time. */
export function copiesOf({ copies }: World, files: readonly LogFile[]): readonly LogFile[] {
  return copies.flatMap(({ of, isGzip }, index) => {
    const original = files[of % files.length];
    if (original === undefined) return [];
    const name = original.path.split('/').at(-1) ?? '';
    const path = `copies/${index}-${name.replace(/(\.log)?(\.gz)?$/, '')}`;
    const text = textOf(original);
    return [fileOf(path, text, isGzip)];
  });
}

/** The text of a file, unpacked. */
export function textOf({ content, path }: LogFile): string {
  return path.endsWith('.gz') ? (texts.get(content) ?? '') : Buffer.from(content).toString();
}

/** What was packed, so that nothing must be unpacked again. */
const texts = new WeakMap<Uint8Array, string>();

/** A file of text, packed or plain. */
export function fileOf(path: string, text: string, isGzip: boolean): LogFile {
  const plain = Buffer.from(text);
  if (!isGzip) return { path: `${path}.log`, content: plain };
  const content = gzipSync(plain, { level: 1 });
  texts.set(content, text);
  return { path: `${path}.log.gz`, content };
}

function filesOf(flowLog: FlowLog, lines: readonly Line[]): readonly LogFile[] {
  const slots = [...new Set(lines.map(({ slot }) => slot))].sort((a, b) => a - b);
  const groups = flowLog.filesBySlot
    ? slots.map((slot) => lines.filter((line) => line.slot === slot))
    : [lines];
  return groups
    .flatMap((group) => splitIn(group, flowLog.split))
    .filter((group) => group.length > 0)
    .map((group, index) => {
      const text = `${[flowLog.fields.join(' '), ...group.map((line) => line.text)].join('\n')}\n`;
      return fileOf(pathOf(flowLog, index), text, flowLog.isGzip);
    });
}

function splitIn<T>(items: readonly T[], parts: number): readonly (readonly T[])[] {
  const length = Math.max(1, Math.ceil(items.length / parts));
  return Array.from({ length: parts }, (_, part) =>
    items.slice(part * length, (part + 1) * length),
  );
}

/** AWS's own place for a file, or a name that says nothing. */
function pathOf({ id, isRenamed }: FlowLog, index: number): string {
  if (isRenamed) return `logs/${id.slice(-2)}-${index}`;
  const folder = `AWSLogs/${accountId}/vpcflowlogs/${region}/2026/10/02`;
  const hour = String(index).padStart(2, '0');
  return `${folder}/${accountId}_vpcflowlogs_${region}_${id}_20261002T${hour}05Z_${index}a2b3c4d`;
}

function linesOf(world: World, flowLog: FlowLog): readonly Line[] {
  const { fields, fieldSet } = flowLog;
  const line = (slot: number, record: Logged | Unlogged): Line => ({
    slot,
    text: lineOf(record, fields, fieldSet),
  });
  const flows = world.conversations.flatMap((conversation) =>
    flowsOf(world, flowLog, conversation).map((flow) => line(flow.slot, flow.record)),
  );
  return [...flows, ...noiseOf(world, flowLog).map(({ slot, record }) => line(slot, record))];
}

interface Flow {
  readonly slot: number;
  readonly record: Logged | Unlogged;
}

function flowsOf(world: World, flowLog: FlowLog, conversation: Conversation): readonly Flow[] {
  return sightingsOf(world, conversation)
    .filter((sighting) => hasSide(world, sighting))
    .flatMap((sighting) =>
      windowsOf(flowLog, conversation, sighting)
        .filter(({ slot }) => covers(flowLog, sighting.at, slot))
        .map((window) => ({ slot: window.slot, record: window.record })),
    );
}

/** Whether the side of a NAT device is in the logs at hand. */
export function hasSide({ sides }: World, { at, vantage }: Sighting): boolean {
  const side = sides.get(at.key) ?? 'both';
  return side === 'both' || (vantage !== 'private' && vantage !== 'public') || vantage === side;
}

/** The bursts of one direction, summed by aggregation interval. */
function windowsOf(
  { aggregation, hasWholeTimes }: FlowLog,
  { bursts, protocol, remote, clientPort }: Conversation,
  sighting: Sighting,
): readonly { readonly slot: number; readonly record: Logged }[] {
  const length = aggregation / 60;
  const windows = new Map<number, { bytes: number; first: number; last: number }>();
  for (const { minute, out, back } of bursts) {
    const bytes = sighting.isOut ? out : back;
    if (bytes === 0) continue;
    const window = Math.floor(minute / length) * length;
    const sum = windows.get(window) ?? { bytes: 0, first: minute, last: minute };
    windows.set(window, { bytes: sum.bytes + bytes, first: sum.first, last: minute });
  }
  return Array.from(windows, ([window, { bytes, first, last }]) => {
    const time = hasWholeTimes
      ? { start: minuteStart(window), end: minuteStart(window + length) }
      : { start: minuteStart(first) + (clientPort % 29), end: minuteStart(last) + 59 };
    const packets = Math.ceil(bytes / 1400);
    const remoteService = remote.awsName;
    const flow = { sighting, protocol, remoteService, bytes, packets, ...time };
    return { slot: slotOf(window), record: { ...flow, action: 'ACCEPT' } };
  });
}

/** Records of no traffic, of lost records and of rejected traffic, at the interfaces that a flow log has. */
function noiseOf(world: World, flowLog: FlowLog): readonly Flow[] {
  const workloads = world.interfaces.filter(({ kind }) => kind === 'workload');
  return workloads.flatMap((at, index) =>
    Array.from({ length: world.slots }, (_, slot) => slot)
      .filter((slot) => covers(flowLog, at, slot))
      .flatMap((slot) => noiseAt(world, at, { slot, isOwn: (slot + index) % 2 === 0 })),
  );
}

function noiseAt(
  { noise }: World,
  at: NetworkInterface,
  { slot, isOwn }: { readonly slot: number; readonly isOwn: boolean },
): readonly Flow[] {
  const start = minuteStart(slot * slotMinutes);
  const time = { start, end: start + 60 };
  const records: (Logged | Unlogged)[] = [];
  if (isOwn && noise.includes('no-data')) records.push({ at, ...time, status: 'NODATA' });
  if (isOwn && noise.includes('skip-data')) records.push({ at, ...time, status: 'SKIPDATA' });
  if (!isOwn && noise.includes('rejected')) {
    records.push({ sighting: rejected(at), protocol: 6, remoteService: '-', ...attempt, ...time });
  }
  return records.map((record) => ({ slot, record }));
}

const attempt = { bytes: 40, packets: 1, action: 'REJECT' } as const;

/** Somebody on the internet who tries a port. */
function rejected(at: NetworkInterface): Sighting {
  const [src, dst] = ['198.51.100.9', at.address];
  return {
    at,
    vantage: 'client',
    isOut: false,
    src,
    dst,
    pktSrc: src,
    pktDst: dst,
    srcPort: 51_000,
    dstPort: 22,
    direction: 'ingress',
    trafficPath: '-',
    nextHop: null,
  };
}
