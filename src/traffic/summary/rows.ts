import { quoteValue, UsageError } from '../../base/errors.js';
import { unguardFormula } from '../../base/formula-guard.js';
import type { PathName } from '../../base/path-name.js';
import { noService } from '../../base/service-name.js';
import { plural } from '../../base/text.js';
import { type Period, type TrafficProfile, unknownPath, type Volume } from '../profile/profile.js';
import {
  parseAccountId,
  parseBytes,
  parseGb,
  parseIdentifier,
  parsePath,
  parseRegion,
  parseSeconds,
  parseService,
  parseTimeCell,
} from './cells.js';
import { logColumns, type SummaryColumn, type SummaryHeader } from './columns.js';
import { type Cell, cellError, type FileLine, lineError } from './file-line.js';

/** What holds for the rows that don't say it themselves, from flags. */
export interface SummaryDefaults {
  readonly region: string | null;
  /** The names of network paths that the column `path` may hold. */
  readonly paths: readonly PathName[];
  /** The path that the user names for traffic whose path is not known. */
  readonly unknownPath?: PathName | null;
  readonly accountId?: string | null;
  readonly vpcId?: string | null;
  /** Told each Region that a row names, once a file, and where; throws for one that AWS does not have. */
  readonly checkRegion?: (region: string, where: string) => void;
}

/** One row of a summary CSV under its header. */
export interface SummaryRow {
  readonly place: FileLine;
  readonly header: SummaryHeader;
  readonly cells: readonly string[];
}

/** A row as a profile, whether it gave only one direction (the other is then 0), and whether its path is the user's. */
export interface ParsedSummaryRow {
  readonly profile: TrafficProfile;
  readonly oneDirection: boolean;
  readonly isPathTold: boolean;
}

/** Reads the rows of one file; fails at the first cell that can't be read, naming file, line, column and value. */
export type SummaryRowReader = (cells: readonly string[], line: number) => ParsedSummaryRow;

/**
 * A reader of the rows under a header. All but the volumes repeats from row to row, so what a text was read as is
 * remembered.
 */
export function summaryRowReader(
  file: string,
  header: SummaryHeader,
  defaults: SummaryDefaults,
): SummaryRowReader {
  const remembered = <Value>(column: SummaryColumn, parse: (cell: Cell) => Value) =>
    rememberedColumn(header.indexOf.get(column), (row) => parse(cell(row, column)));
  const serviceOf = remembered('service', parseService);
  const regionOf = remembered('region', (named) => {
    const region = parseRegion(named);
    if (region !== null) defaults.checkRegion?.(region, `${file}:${named.place.line}`);
    return region;
  });
  const accountOf = remembered('account_id', parseAccountId);
  const vpcOf = remembered('vpc_id', parseIdentifier);
  const zoneOf = remembered('az_id', parseIdentifier);
  const pathOf = remembered('path', (named) => parsePath(named, defaults.paths));
  const periodOf = rememberedPeriod(header);
  const logOf = logReader(header, remembered);
  const told = defaults.unknownPath ?? null;
  const namesServiceRegion = header.indexOf.has('service_region');
  return (cells, line) => {
    const row: SummaryRow = { place: { file, line }, header, cells };
    if (cells.length !== header.width) requireWidth(row);
    const service = serviceOf(row);
    const region = regionOf(row) ?? defaults.region ?? failWithoutRegion(row);
    const sent = parseVolume(row, 'out');
    const received = parseVolume(row, 'in');
    if (sent === null && received === null) throw noVolume(row);
    const path = pathOf(row);
    const period = periodOf(row);
    const { loggedSeconds, source, namedBy } = logOf(row, period);
    const isPathTold = path === unknownPath && told !== null;
    const profile: TrafficProfile = {
      accountId: accountOf(row) ?? defaults.accountId ?? null,
      region,
      vpcId: vpcOf(row) ?? defaults.vpcId ?? null,
      azId: zoneOf(row),
      service: service.service,
      serviceRegion:
        namesServiceRegion || service.region !== null
          ? parseServiceRegion(row, service.region, region)
          : null,
      path: isPathTold ? told : path,
      sent: sent ?? zeroVolume(row, 'out'),
      received: received ?? zeroVolume(row, 'in'),
      crossAzBytes: parseCrossAzBytes(row),
      period,
      loggedSeconds,
      source,
      namedBy,
    };
    if (service.service === noService) requireNoTraffic(row, profile);
    return { profile, oneDirection: sent === null || received === null, isPathTold };
  };
}

/** So many texts of a column are remembered at once; a column of more is no name. */
const mostRemembered = 50_000;

/** Reads a column, and remembers what each text was read as. An error is not remembered. */
function rememberedColumn<Value>(
  index: number | undefined,
  parse: (row: SummaryRow) => Value,
): (row: SummaryRow) => Value {
  const known = new Map<string, { readonly value: Value }>();
  return (row) => {
    const text = index === undefined ? '' : (row.cells[index] ?? '');
    const found = known.get(text);
    if (found !== undefined) return found.value;
    const value = parse(row);
    if (known.size >= mostRemembered) known.clear();
    known.set(ownText(text), { value });
    return value;
  };
}

/** What a row says of the log that it is from. */
type LogOfRow = Required<Pick<TrafficProfile, 'loggedSeconds' | 'source' | 'namedBy'>>;

const noLog: LogOfRow = { loggedSeconds: null, source: null, namedBy: null };

/** Reads the columns of the log; nothing, where the file has none of them. */
function logReader(
  { indexOf }: SummaryHeader,
  remembered: <Value>(
    column: SummaryColumn,
    parse: (cell: Cell) => Value,
  ) => (row: SummaryRow) => Value,
): (row: SummaryRow, period: Period | null) => LogOfRow {
  if (!logColumns.some((column) => indexOf.has(column))) return () => noLog;
  const secondsOf = remembered('logged_seconds', parseSeconds);
  const sourceOf = remembered('source', parseIdentifier);
  const namedByOf = remembered('named_by', parseIdentifier);
  return (row, period) => {
    const loggedSeconds = secondsOf(row);
    if (loggedSeconds !== null) requireWithin(row, loggedSeconds, period);
    return { loggedSeconds, source: sourceOf(row), namedBy: namedByOf(row) };
  };
}

/** Reads start and end, and gives rows of one period the same object. */
function rememberedPeriod({ indexOf }: SummaryHeader): (row: SummaryRow) => Period | null {
  const at = (row: SummaryRow, column: SummaryColumn): string => {
    const index = indexOf.get(column);
    return index === undefined ? '' : (row.cells[index] ?? '');
  };
  const known = new Map<string, Map<string, Period | null>>();
  let lastStart = '';
  let lastEnd = '';
  let last: Period | null = null;
  return (row) => {
    const start = at(row, 'start');
    const end = at(row, 'end');
    if (start === lastStart && end === lastEnd) return last;
    const ends = known.get(start) ?? new Map<string, Period | null>();
    const found = ends.get(end);
    const period = found === undefined ? parsePeriod(row) : found;
    if (found === undefined) {
      if (known.size >= mostRemembered) known.clear();
      ends.set(ownText(end), period);
      known.set(ownText(start), ends);
    }
    lastStart = start;
    lastEnd = end;
    last = period;
    return period;
  };
}

/** A copy of a text: a part of a line keeps all the text alive that it was cut from. */
function ownText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

function cell(row: SummaryRow, column: SummaryColumn): Cell {
  const index = row.header.indexOf.get(column);
  const text = index === undefined ? '' : (row.cells[index] ?? '');
  return { place: row.place, column, value: unguardFormula(text.trim()) };
}

function requireWidth({ cells, header, place }: SummaryRow): void {
  if (cells.length === header.width) return;
  throw lineError(
    place,
    `this row has ${plural(cells.length, 'column')}, and the header has ${header.width}.`,
    cells.length > header.width
      ? 'Put quotes around a value that holds a comma, and write numbers without one: 1024, not 1,024.'
      : 'Complete the row: an unknown value is an empty cell, with its comma.',
  );
}

function failWithoutRegion({ place }: SummaryRow): never {
  throw new UsageError('region-not-given', `${place.file}:${place.line}: this row has no Region.`, {
    hint: "Give `region`, such as `region: 'us-east-1'`, or fill the column region.",
  });
}

type Direction = 'out' | 'in';

/** The volume of a direction; null where the row doesn't give it. */
function parseVolume(row: SummaryRow, direction: Direction): Volume | null {
  const plain = plainBytes(row, direction);
  if (plain !== null) return { bytes: plain };
  const bytes = cell(row, `bytes_${direction}`);
  if (bytes.value !== '') return { bytes: parseBytes(bytes) };
  const gb = cell(row, `gb_${direction}`);
  return gb.value === '' ? null : { gb: parseGb(gb) };
}

/** Bytes as they nearly always stand, only digits and few enough; null for anything else. */
function plainBytes({ header, cells }: SummaryRow, direction: Direction): bigint | null {
  const index = header.indexOf.get(direction === 'out' ? 'bytes_out' : 'bytes_in');
  const text = index === undefined ? '' : (cells[index] ?? '');
  return /^\d{1,18}$/.test(text) ? BigInt(text) : null;
}

function requireWithin(row: SummaryRow, seconds: number, period: Period | null): void {
  const named = cell(row, 'logged_seconds');
  if (period === null)
    throw cellError(
      named,
      'stands in a row without start and end.',
      'Fill both, or leave it empty.',
    );
  const length = period.end - period.start;
  if (seconds > length + 0.001)
    throw cellError(
      named,
      `is longer than the row's period of ${plural(length, 'second')}.`,
      'It is the part of the period for which the VPC was logged: at most all of it.',
    );
}

/** A row without a service says for how long its VPC was logged, and nothing else. */
function requireNoTraffic(row: SummaryRow, profile: TrafficProfile): void {
  const isEmpty =
    isZero(profile.sent) &&
    isZero(profile.received) &&
    (profile.crossAzBytes ?? 0n) === 0n &&
    profile.path === null &&
    profile.period !== null;
  if (isEmpty) return;
  throw cellError(
    cell(row, 'service'),
    'is empty.',
    'Write a short name such as s3 or ecr.dkr, or internet or aws-other. Only a row of a time without traffic has none: 0 bytes, no path, a start and an end.',
  );
}

const isZero = (volume: Volume): boolean =>
  'bytes' in volume ? volume.bytes === 0n : volume.gb === '0';

function zeroVolume({ header }: SummaryRow, direction: Direction): Volume {
  return header.indexOf.has(`gb_${direction}`) ? { gb: '0' } : { bytes: 0n };
}

function noVolume({ header, place }: SummaryRow): Error {
  const columns = (['bytes_out', 'bytes_in', 'gb_out', 'gb_in'] as const).filter((column) =>
    header.indexOf.has(column),
  );
  const problem = `this row has no volume: ${columns.join(' and ')} ${columns.length > 1 ? 'are' : 'is'} empty.`;
  return lineError(place, problem, 'Write 0 where nothing passed, or take the row out.');
}

function parseServiceRegion(row: SummaryRow, named: string | null, region: string): string | null {
  const given = cell(row, 'service_region');
  const serviceRegion = parseRegion(given) ?? named;
  if (named !== null && serviceRegion !== named) {
    throw cellError(
      given,
      `is not the Region in the service's name, ${named}.`,
      'Keep one of the two.',
    );
  }
  return serviceRegion === region ? null : serviceRegion;
}

function parseCrossAzBytes(row: SummaryRow): bigint | null {
  if (!row.header.indexOf.has('cross_az_bytes')) return null;
  const crossAz = cell(row, 'cross_az_bytes');
  return crossAz.value === '' ? null : parseBytes(crossAz);
}

function parsePeriod(row: SummaryRow): Period | null {
  const startCell = cell(row, 'start');
  const endCell = cell(row, 'end');
  const start = parseTimeCell(startCell);
  const end = parseTimeCell(endCell);
  if (start === null && end === null) return null;
  if (start === null || end === null) {
    const [has, lacks] = start === null ? ['end', 'start'] : ['start', 'end'];
    const hint = 'Fill both, or leave both empty for the traffic of a month.';
    throw lineError(row.place, `this row has ${has} and no ${lacks}.`, hint);
  }
  if (end > start) return { start, end };
  throw cellError(
    endCell,
    `is not after start ${quoteValue(startCell.value)}.`,
    'The end is not part of the period, and a date by itself is its midnight in UTC: October is 2026-10-01 to 2026-11-01.',
  );
}
