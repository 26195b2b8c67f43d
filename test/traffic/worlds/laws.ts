import type { Finding } from '../../../src/base/finding.js';
import type { LoadedTraffic } from '../../../src/traffic/load-traffic.js';
import type { TrafficProfile, Volume } from '../../../src/traffic/profile/profile.js';
import type { PlainCount } from './plain-reader.js';
import { type Direction, directions, serviceKey, type TrueBytes, type Truth } from './truth.js';

/** What the worlds hold the reading of flow logs to. */
export type Law =
  /** Counted ≤ truth: in all, by VPC, by service. */
  | 'counted-twice'
  /** Truth − counted ≤ what findings say. */
  | 'lost'
  /** The bytes of a path ≤ the truth of that path. */
  | 'path'
  /** Another order of files and records, and sums by file, give the same. */
  | 'order'
  /** A file given twice changes nothing but a finding. */
  | 'copy'
  /** The account agrees with an independent reader, and adds up. */
  | 'account'
  /** What can be read is read. */
  | 'read';

/** A law that is broken, in words. */
export interface Violation {
  readonly law: Law;
  readonly what: string;
}

type Counted = Pick<LoadedTraffic, 'profiles' | 'findings' | 'counts'>;

/** What is wrong with a result, against the truth that its logs show. */
export function checkTruth(truth: Truth, result: Counted): readonly Violation[] {
  const twice = countedTwice(truth, result.profiles);
  // What is counted twice exceeds its path as well: that is told once.
  const tellsPaths = truth.tellsPaths && twice.length === 0;
  return [
    ...twice,
    ...lost(truth, result),
    ...(tellsPaths ? wrongPaths(truth, result.profiles) : []),
  ];
}

function countedTwice(
  { flowed }: Truth,
  profiles: readonly TrafficProfile[],
): readonly Violation[] {
  const checks: readonly {
    readonly of: string;
    readonly name: (profile: TrafficProfile) => string | null;
    readonly isIn: (bytes: TrueBytes, name: string) => boolean;
  }[] = [
    { of: 'in all', name: () => '', isIn: () => true },
    { of: 'VPC', name: ({ vpcId }) => vpcId, isIn: ({ vpcs }, name) => vpcs.includes(name) },
    { of: 'service', name: serviceOfProfile, isIn: ({ service }, name) => service === name },
  ];
  return checks.flatMap(({ of, name, isIn }) =>
    exceeded(sumsBy(profiles, name), (key) => flowed.filter((bytes) => isIn(bytes, key))).map(
      (excess): Violation => ({ law: 'counted-twice', what: `${of} ${excess}` }),
    ),
  );
}

/** A path that the log does not tell claims nothing. */
function wrongPaths({ flowed }: Truth, profiles: readonly TrafficProfile[]): readonly Violation[] {
  const claimed = profiles.filter(({ path }) => path !== null && path !== 'unknown');
  const sums = sumsBy(claimed, ({ path }) => path);
  return exceeded(sums, (path) => flowed.filter(({ paths }) => paths.includes(path))).map(
    (excess): Violation => ({ law: 'path', what: `by path ${excess}` }),
  );
}

function lost({ certain }: Truth, { profiles, findings }: Counted): readonly Violation[] {
  const counted = sumsBy(profiles, serviceOfProfile);
  let missing = 0n;
  const parts: string[] = [];
  for (const [service, least] of certain) {
    for (const direction of directions) {
      const here = counted.get(service)?.[direction] ?? 0n;
      if (here >= least[direction]) continue;
      missing += least[direction] - here;
      parts.push(`${service} ${direction}: ${here} of ${least[direction]}`);
    }
  }
  const said = saidToBeMissing(findings);
  return missing > said
    ? [{ law: 'lost', what: `${parts.join('; ')}; findings speak of ${said}` }]
    : [];
}

/** The bytes that a finding says are missing, by its numbers of bytes, in their order. */
const missingBytes: Readonly<Record<string, (bytes: readonly bigint[]) => bigint>> = {
  'nat-sides-disagree': ([a = 0n, b = 0n]) => (a > b ? a - b : b - a),
};

/** The bytes that findings say are missing. */
function saidToBeMissing(findings: readonly Finding[]): bigint {
  return findings.reduce((sum, { code, message }) => {
    const numbers = Array.from(message.matchAll(/([\d,]+) bytes?\b/g), ([, digits = '0']) =>
      BigInt(digits.replaceAll(',', '')),
    );
    return sum + (missingBytes[code]?.(numbers) ?? 0n);
  }, 0n);
}

/** The account of the records against that of a reader that splits lines at spaces. */
export function checkAccount(
  plain: PlainCount,
  { counts }: Pick<LoadedTraffic, 'counts'>,
): readonly Violation[] {
  const setAside = Object.values(counts?.setAside ?? {});
  const sum = {
    records: (counts?.counted.records ?? 0) + setAside.reduce((all, one) => all + one.records, 0),
    bytes: (counts?.counted.bytes ?? 0n) + setAside.reduce((all, one) => all + one.bytes, 0n),
  };
  const read = counts?.read ?? 0;
  const rejected = counts?.setAside.rejected?.records ?? 0;
  const wrong = [
    read === plain.read ? '' : `${read} read, not ${plain.read}`,
    sum.records === read ? '' : `${sum.records} counted or set aside of ${read}`,
    rejected === plain.rejected ? '' : `${rejected} rejected, not ${plain.rejected}`,
    sum.bytes === plain.bytes ? '' : `${sum.bytes} bytes, not ${plain.bytes}`,
  ].filter((text) => text !== '');
  return wrong.length === 0 ? [] : [{ law: 'account', what: wrong.join('; ') }];
}

/** Two results that must be the same in all that is counted, said and told of records. */
export function checkSame(a: Counted, b: Counted): readonly Violation[] {
  const difference = firstDifference(shown(a), shown(b));
  return difference === null ? [] : [{ law: 'order', what: difference }];
}

/** A result of files some of which are given twice: the same bytes, and a finding that is not there without. */
export function checkCopy(without: Counted, copied: Counted): readonly Violation[] {
  const bytes = ({ profiles, counts }: Counted) =>
    shown({ profiles, counts: null, findings: [] }).concat(String(counts?.counted.bytes));
  const difference = firstDifference(bytes(without), bytes(copied));
  if (difference !== null) return [{ law: 'copy', what: difference }];
  const known = new Set(without.findings.map(({ code, message }) => `${code} ${message}`));
  const isSaid = copied.findings.some(
    ({ code, message }) => code !== 'records-set-aside' && !known.has(`${code} ${message}`),
  );
  return isSaid ? [] : [{ law: 'copy', what: 'no finding says that a file was given twice' }];
}

function shown({ profiles, findings, counts }: Counted): readonly string[] {
  const plain = (value: unknown) =>
    JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each));
  return [
    ...profiles.map(plain),
    ...findings.map(({ code, message }) => `${code}: ${message}`).sort(),
    ...(counts === null ? [] : [plain(counts)]),
  ];
}

function firstDifference(a: readonly string[], b: readonly string[]): string | null {
  const at = Array.from({ length: Math.max(a.length, b.length) }, (_, index) => index).find(
    (index) => a[index] !== b[index],
  );
  return at === undefined ? null : `${a[at] ?? 'nothing'} became ${b[at] ?? 'nothing'}`;
}

type Sums = ReadonlyMap<string, Readonly<Record<Direction, bigint>>>;

function sumsBy(
  profiles: readonly TrafficProfile[],
  name: (profile: TrafficProfile) => string | null,
): Sums {
  const sums = new Map<string, Record<Direction, bigint>>();
  for (const profile of profiles) {
    const key = name(profile);
    if (key === null) continue;
    const sum = sums.get(key) ?? { out: 0n, in: 0n };
    sums.set(key, {
      out: sum.out + wholeBytes(profile.sent),
      in: sum.in + wholeBytes(profile.received),
    });
  }
  return sums;
}

function exceeded(
  counted: Sums,
  allowed: (key: string) => readonly TrueBytes[],
): readonly string[] {
  return Array.from(counted).flatMap(([key, sums]) => {
    const parts = allowed(key);
    return directions.flatMap((direction) => {
      const truth = parts.reduce((sum, bytes) => sum + bytes[direction], 0n);
      return sums[direction] > truth ? [`${key} ${direction}: ${sums[direction]} of ${truth}`] : [];
    });
  });
}

function serviceOfProfile({ service, serviceRegion }: TrafficProfile): string {
  return serviceKey(service, serviceRegion);
}

function wholeBytes(volume: Volume): bigint {
  if ('bytes' in volume) return volume.bytes;
  throw new Error(`a flow log has whole bytes, not ${volume.gb} GB`);
}
