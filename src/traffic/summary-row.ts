import { quoteValue, UsageError } from '../errors.js';
import { unguardFormula } from './formula-guard.js';
import { type Cell, cellError, lineError, type Place } from './place.js';
import type { Period, TrafficProfile, Volume } from './profile.js';
import {
  parseAccountId,
  parseBytes,
  parseGb,
  parseIdentifier,
  parsePath,
  parseRegion,
  parseService,
  parseTime,
} from './summary-cells.js';
import type { SummaryColumn, SummaryHeader } from './summary-columns.js';

/** What holds for the rows that don't say it themselves, from flags. */
export interface SummaryDefaults {
  readonly region: string | null;
  readonly accountId?: string | null;
  readonly vpcId?: string | null;
}

/** One row of a summary CSV under its header. */
export interface SummaryRow {
  readonly place: Place;
  readonly header: SummaryHeader;
  readonly cells: readonly string[];
}

/** A row as a profile, and whether it gave one direction alone (the other is then 0). */
export interface ParsedSummaryRow {
  readonly profile: TrafficProfile;
  readonly oneDirection: boolean;
}

/** Reads a row; fails at the first cell that can't be read, naming file, line, column and value. */
export function parseSummaryRow(row: SummaryRow, defaults: SummaryDefaults): ParsedSummaryRow {
  requireWidth(row);
  const service = parseService(cell(row, 'service'));
  const region = parseRegion(cell(row, 'region')) ?? defaults.region ?? failWithoutRegion(row);
  const out = parseVolume(row, 'out');
  const into = parseVolume(row, 'in');
  if (out === null && into === null) throw noVolume(row);
  const profile: TrafficProfile = {
    accountId: parseAccountId(cell(row, 'account_id')) ?? defaults.accountId ?? null,
    region,
    vpcId: parseIdentifier(cell(row, 'vpc_id')) ?? defaults.vpcId ?? null,
    azId: parseIdentifier(cell(row, 'az_id')),
    service: service.service,
    serviceRegion: parseServiceRegion(row, service.region, region),
    path: parsePath(cell(row, 'path')),
    out: out ?? zeroVolume(row, 'out'),
    in: into ?? zeroVolume(row, 'in'),
    crossAzBytes: parseCrossAzBytes(row),
    period: parsePeriod(row),
  };
  return { profile, oneDirection: out === null || into === null };
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
    `this row has ${cells.length} columns, and the header has ${header.width}.`,
    cells.length > header.width
      ? 'Put quotes around a value that holds a comma, and write numbers without one: 1024, not 1,024.'
      : 'Complete the row: an unknown value is an empty cell, with its comma.',
  );
}

function failWithoutRegion({ place }: SummaryRow): never {
  throw new UsageError(`${place.file}:${place.line}: this row has no Region.`, {
    hint: 'Give --region, such as --region us-east-1, or fill the column region.',
  });
}

type Direction = 'out' | 'in';

/** The volume of a direction; null where the row doesn't give it. */
function parseVolume(row: SummaryRow, direction: Direction): Volume | null {
  const bytes = cell(row, `bytes_${direction}`);
  if (bytes.value !== '') return parseBytes(bytes);
  const gb = cell(row, `gb_${direction}`);
  return gb.value === '' ? null : parseGb(gb);
}

function zeroVolume({ header }: SummaryRow, direction: Direction): Volume {
  return header.indexOf.has(`gb_${direction}`) ? '0' : 0n;
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
  const crossAz = cell(row, 'cross_az_bytes');
  return crossAz.value === '' ? null : parseBytes(crossAz);
}

function parsePeriod(row: SummaryRow): Period | null {
  const startCell = cell(row, 'start');
  const endCell = cell(row, 'end');
  const start = parseTime(startCell);
  const end = parseTime(endCell);
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
    'The end is not part of the period, and a date alone is its midnight in UTC: October is 2026-10-01 to 2026-11-01.',
  );
}
