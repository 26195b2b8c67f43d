import { stringify } from 'csv-stringify/sync';
import { PathfareError } from '../../base/errors.js';
import { guardFormula } from '../../base/formula-guard.js';
import { formatTimestamp } from '../../base/timestamps.js';
import { mergeProfiles } from '../profile/merge-profiles.js';
import type { TrafficProfile, Volume } from '../profile/profile.js';
import { logColumns, type SummaryColumn } from './columns.js';

/**
 * Writes profiles as a summary CSV that `readSummaryCsv` reads back to the same profiles: one row each,
 * in a fixed order, times in ISO 8601 UTC, LF line ends. Text that a spreadsheet would run as a formula
 * is made harmless. Fails where one direction is in bytes in some profiles and in GB in others.
 */
export function writeSummaryCsv(profiles: Iterable<TrafficProfile>): string {
  const merged = mergeProfiles(profiles);
  const columns = summaryCsvColumns(merged);
  const rows = merged.map((profile) => {
    const cells = summaryCells(profile);
    return columns.map((column) => guardFormula(cells[column]));
  });
  return stringify([[...columns], ...rows], { record_delimiter: '\n', quoted_match: /[\r\n]/ });
}

/** The columns that these profiles are written in: the last ones only where a profile has a value for them. */
function summaryCsvColumns(profiles: readonly TrafficProfile[]): readonly SummaryColumn[] {
  const columns: SummaryColumn[] = ['account_id', 'region', 'vpc_id', 'az_id', 'service', 'path'];
  columns.push(
    isInGb(profiles, 'sent') ? 'gb_out' : 'bytes_out',
    isInGb(profiles, 'received') ? 'gb_in' : 'bytes_in',
  );
  columns.push('start', 'end');
  if (profiles.some((profile) => profile.serviceRegion !== null)) columns.push('service_region');
  if (profiles.some((profile) => profile.crossAzBytes !== null)) columns.push('cross_az_bytes');
  if (profiles.some(tellsLog)) columns.push(...logColumns);
  return columns;
}

/** Whether a profile says of which log, or of how much of it, it is. */
function tellsLog({ loggedSeconds, source, namedBy }: TrafficProfile): boolean {
  return (loggedSeconds ?? source ?? namedBy ?? null) !== null;
}

function summaryCells(profile: TrafficProfile): Readonly<Record<SummaryColumn, string>> {
  return {
    account_id: profile.accountId ?? '',
    region: profile.region,
    vpc_id: profile.vpcId ?? '',
    az_id: profile.azId ?? '',
    service: profile.service,
    path: profile.path ?? '',
    bytes_out: String(figureOf(profile.sent)),
    bytes_in: String(figureOf(profile.received)),
    gb_out: String(figureOf(profile.sent)),
    gb_in: String(figureOf(profile.received)),
    start: profile.period === null ? '' : formatTimestamp(profile.period.start),
    end: profile.period === null ? '' : formatTimestamp(profile.period.end),
    service_region: profile.serviceRegion ?? '',
    cross_az_bytes: profile.crossAzBytes === null ? '' : String(profile.crossAzBytes),
    logged_seconds: String(profile.loggedSeconds ?? ''),
    source: profile.source ?? '',
    named_by: profile.namedBy ?? '',
  };
}

/** A file has one column a direction, so its volumes must be in one unit; a zero fits either. */
function isInGb(profiles: readonly TrafficProfile[], direction: 'sent' | 'received'): boolean {
  const volumes = profiles.map((profile) => profile[direction]);
  const isGb = (volume: Volume) => 'gb' in volume;
  const counted = volumes.filter((volume) => !isZero(volume));
  if (counted.length === 0) return volumes.length > 0 && volumes.every(isGb);
  if (counted.every(isGb)) return true;
  if (!counted.some(isGb)) return false;
  throw new PathfareError('mixed-units', 'Some of the traffic is in bytes and some in GB.', {
    hint: 'Write a summary for each: how many bytes a GB has is for the estimate to say.',
  });
}

function isZero(volume: Volume): boolean {
  return String(figureOf(volume)) === '0';
}

const figureOf = (volume: Volume) => ('bytes' in volume ? volume.bytes : volume.gb);
