import { UsageError } from '../../base/errors.js';
import { plural } from '../../base/text.js';
import { knownPathNames, type NetworkPath, networkPathNames } from '../../cost/paths/index.js';
import { requireRegion } from '../../pricing/card/regions.js';
import { showTalkers } from '../../report/lookups/talkers.js';
import type { AddressTableOptions } from '../../traffic/addresses/load.js';
import { readServiceMap } from '../../traffic/addresses/service-map.js';
import type { Interval } from '../../traffic/attribution/profile-table.js';
import { type LoadedTraffic, loadTraffic } from '../../traffic/load-traffic.js';
import type { TrafficProgress } from '../../traffic/options.js';
import type { TrafficProfile } from '../../traffic/profile/profile.js';
import { parseAcceptedShare, usuallyAccepted } from '../../traffic/profile/unread.js';
import { parseFieldList } from '../../traffic/records/flow-log-fields.js';
import type { Effects } from '../kit/effects.js';
import { oneOf, wholeNumber } from '../kit/flag-values.js';
import { type ProgressLine, progressLine, say } from '../kit/output.js';
import { type FlagValues, textFlag } from '../kit/yargs.js';
import { cacheFolder, type RefreshFlagValues } from './refresh-flags.js';

const group = 'Flow logs:';

/** The flags that say how flow logs are read. */
export const trafficFlags = {
  fields: textFlag("Fields of a log without a header: the flow log's format, as AWS shows it", {
    group,
  }),
  'nat-interface': textFlag(
    "A NAT gateway's interface (eni-…), where the log does not show it (repeatable)",
    { array: true, group },
  ),
  'unknown-path': textFlag(
    `The path of traffic that nothing shows the path of: ${knownPathNames.join(', ')}`,
    { group },
  ),
  'service-map': textFlag('Your own names of addresses: a CSV of cidr,service', { group }),
  top: textFlag('List the N largest remote addresses and clients', { group }),
  'accept-unread': textFlag(
    'Share of the records that may be unread, such as 1%, or any; over it the result is incomplete',
    { group, defaultDescription: usuallyAccepted },
  ),
  strict: { type: 'boolean', group, describe: 'Fail where anything cannot be read' },
} as const;

/** The inputs of a command: one at least, and what they may be stands beside it. */
export const inputs = { type: 'string', array: true, demandOption: true } as const;

/** The inputs of a command that takes traffic in any form. */
export const trafficInputs = {
  ...inputs,
  describe: 'Summary CSV files and flow logs: files, folders, globs; - is standard input',
} as const;

/** The flags as they were given. */
export type TrafficFlagValues = FlagValues<typeof trafficFlags> &
  Pick<RefreshFlagValues, 'cache-dir'>;

/** How a command wants its inputs read. */
export interface ReadSettings {
  readonly region: string | null;
  readonly interval: Interval;
  /** Takes the rows of summary CSVs as they are read, in place of the profiles. */
  readonly onSummaryRow?: (profile: TrafficProfile) => void;
}

/**
 * Reads summary CSVs and flow logs as the flags say, with progress on a terminal; the largest talkers are listed on stderr.
 *
 * @throws UsageError where a flag can't be followed
 */
export async function readTraffic(
  inputs: readonly string[],
  values: TrafficFlagValues,
  { region, interval, onSummaryRow }: ReadSettings,
  effects: Effects,
): Promise<LoadedTraffic> {
  const { fields, top, 'unknown-path': unknownPath } = values;
  const options = {
    defaults: {
      region,
      paths: networkPathNames,
      unknownPath: unknownPath === undefined ? null : toldPath(unknownPath),
      checkRegion: requireRegion,
    },
    fields: fields === undefined ? null : parseFieldList(fields, '--fields'),
    natInterfaces: (values['nat-interface'] ?? []).map(natName),
    interval,
    top: top === undefined ? 0 : wholeNumber('--top', top, { least: 1, most: 1000 }),
    ...acceptance(values),
    addresses: await addressOptions(values, effects),
  };
  const line = progressLine(effects);
  const { stdin, signal } = effects;
  if (stdin.isTTY === true && inputs.includes('-')) {
    say('pathfare: reading standard input; end it with Ctrl-D', effects);
  }
  // Nothing may ever come on standard input: an interruption must not wait for it.
  signal.addEventListener('abort', () => stdin.destroy(), { once: true });
  try {
    const traffic = await loadTraffic(inputs, options, {
      stdin,
      signal,
      progress: trafficProgress(line, effects.now),
      ...(onSummaryRow === undefined ? {} : { onSummaryRow }),
    });
    line.clear();
    if (traffic.talkers !== null) say(showTalkers(traffic.talkers).trimEnd(), effects);
    return traffic;
  } catch (error) {
    line.clear();
    throw error;
  }
}

/** What may be unread. `--strict` accepts nothing, and fails. */
function acceptance({ strict = false, 'accept-unread': accepted }: TrafficFlagValues) {
  const acceptUnread = parseAcceptedShare(accepted ?? (strict ? '0' : usuallyAccepted));
  if (strict && acceptUnread !== '0') {
    throw new UsageError('usage', '--strict accepts nothing unread, and --accept-unread does', {
      hint: 'Give one of them.',
    });
  }
  return { strict, acceptUnread };
}

function toldPath(text: string): NetworkPath {
  return oneOf('--unknown-path', text, knownPathNames);
}

function natName(text: string): string {
  const name = text.trim();
  if (/^(eni|nat)-[0-9a-z]+$/.test(name)) return name;
  throw new UsageError('usage', `--nat-interface: "${name.slice(0, 40)}" is no interface`, {
    hint: 'Give the interface of the NAT gateway (eni-…), or the gateway (nat-…) where the log names it.',
  });
}

async function addressOptions(
  values: TrafficFlagValues,
  { env }: Pick<Effects, 'env'>,
): Promise<AddressTableOptions> {
  const folder = cacheFolder(values['cache-dir'], env);
  const file = values['service-map'];
  if (file === undefined) return { cacheFolder: folder };
  const serviceMap = await readServiceMap(file, `--service-map ${file}`);
  return { cacheFolder: folder, serviceMap };
}

const redrawMilliseconds = 200;
const megabyte = 1024 * 1024;

/** Shows the progress of reading traffic, five times a second: files, bytes, records a second, time left. */
function trafficProgress(
  line: ProgressLine,
  now: Effects['now'],
): (progress: TrafficProgress) => void {
  const began = now().getTime();
  let drawn = began;
  return (progress) => {
    const time = now().getTime();
    if (time - drawn < redrawMilliseconds) return;
    drawn = time;
    line.show(lineOf(progress, (time - began) / 1000));
  };
}

function lineOf({ files, bytes, totalBytes, records }: TrafficProgress, seconds: number): string {
  const share = totalBytes === 0 ? 0 : Math.min(1, bytes / totalBytes);
  const parts = [
    `${Math.floor(share * 100)}%`,
    `${(bytes / megabyte).toFixed(0)} of ${(totalBytes / megabyte).toFixed(0)} MB`,
    plural(files, 'file'),
    `${Math.round(records / Math.max(seconds, 0.001) / 1000)},000 records/s`,
  ];
  if (share > 0) parts.push(`${Math.ceil((seconds * (1 - share)) / share)} s left`);
  return `reading: ${parts.join(', ')}`;
}
