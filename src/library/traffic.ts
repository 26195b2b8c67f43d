import type { Finding } from '../base/finding.js';
import { type NetworkPath, networkPathNames } from '../cost/paths/index.js';
import { requireRegion } from '../pricing/card/regions.js';
import { readServiceMap } from '../traffic/addresses/service-map.js';
import type { TopTalkers } from '../traffic/attribution/talkers.js';
import type { RecordCounts } from '../traffic/findings/set-aside.js';
import { loadTraffic as readInputs } from '../traffic/load-traffic.js';
import type { TrafficProgress } from '../traffic/options.js';
import type { TrafficProfile } from '../traffic/profile/profile.js';
import {
  parseAcceptedShare,
  type UnreadTraffic,
  usuallyAccepted,
} from '../traffic/profile/unread.js';

/** How inputs are read. Everything has a default. */
export interface LoadOptions {
  /** The Region of rows and records that name none. */
  readonly region?: string;
  /** The fields of flow logs without a header, by AWS's names; those of version 2 by default. */
  readonly fields?: readonly string[];
  /** Interfaces (`eni-…`) and gateways (`nat-…`) that are NAT, where the log does not show it. */
  readonly natInterfaces?: readonly string[];
  /** The path of traffic that nothing shows the path of. */
  readonly unknownPath?: NetworkPath;
  /** Whether there is a profile for all the time that the inputs cover, an hour, or a day. */
  readonly interval?: 'all' | 'hour' | 'day';
  /** How many of the largest remote addresses and clients are listed. */
  readonly top?: number;
  /** Whether anything that can't be read is an error. */
  readonly strict?: boolean;
  /** The share of the records that may be unread: `'0.1%'` by default, `'0'`, or `'any'`. Over it results are incomplete. */
  readonly acceptUnread?: string;
  /** How many threads read; by default one for each processor, up to eight. */
  readonly threads?: number;
  /** A CSV of `cidr,service`: your own names of addresses. */
  readonly serviceMap?: string;
  /** The folder of what "pathfare prices refresh" and "pathfare ip-ranges refresh" fetched; none by default. */
  readonly cacheDir?: string | null;
}

/** What the reading of inputs touches. The real ones by default. */
export interface LoadEffects {
  /** What the input `-` reads. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal;
  /** Told now and then how far the reading is. */
  readonly progress?: (progress: TrafficProgress) => void;
  /** Takes the rows of summary CSVs as they are read; they are then not among the profiles. */
  readonly onSummaryRow?: (profile: TrafficProfile) => void;
}

/** What inputs hold. */
export interface LoadedTraffic {
  readonly profiles: readonly TrafficProfile[];
  readonly findings: readonly Finding[];
  /** The account of flow-log records; null where no input is a flow log. */
  readonly counts: RecordCounts | null;
  /** How much of the flow logs could not be read; null where no input is one. */
  readonly unread: UnreadTraffic | null;
  readonly talkers: TopTalkers | null;
}

/**
 * Reads summary CSVs and flow logs of every form, told apart by content: files, folders, globs and `-`.
 *
 * @throws PathfareError where nothing can be read, or a file that is named itself can't, and with `strict` where anything can't
 */
export async function loadTraffic(
  inputs: readonly string[],
  options: LoadOptions = {},
  effects: LoadEffects = {},
): Promise<LoadedTraffic> {
  const { region, fields, natInterfaces, unknownPath, interval, top, strict, threads } = options;
  const { acceptUnread } = options;
  const { stdin, signal, ...told } = effects;
  const settings = {
    defaults: {
      region: region === undefined ? null : requireRegion(region, 'region').name,
      paths: networkPathNames,
      unknownPath: unknownPath ?? null,
      checkRegion: requireRegion,
    },
    fields: fields ?? null,
    natInterfaces: natInterfaces ?? [],
    interval: interval ?? 'all',
    top: top ?? 0,
    strict: strict ?? false,
    acceptUnread: parseAcceptedShare(acceptUnread ?? (strict === true ? '0' : usuallyAccepted)),
    addresses: await addressOptions(options),
    ...(threads === undefined ? {} : { threads }),
  };
  return readInputs(inputs, settings, {
    stdin: stdin ?? process.stdin,
    signal: signal ?? new AbortController().signal,
    ...told,
  });
}

async function addressOptions({ cacheDir = null, serviceMap }: LoadOptions) {
  if (serviceMap === undefined) return { cacheFolder: cacheDir };
  const blocks = await readServiceMap(serviceMap, `serviceMap ${serviceMap}`);
  return { cacheFolder: cacheDir, serviceMap: blocks };
}
