import type { DecimalString } from '../../base/decimal.js';
import type { PathName } from '../../base/path-name.js';

/** A volume of traffic: whole bytes, or GB as an exact decimal where that is what is known. */
export type Volume = { readonly bytes: bigint } | { readonly gb: DecimalString };

/** The path of bytes that no logged gateway carried, and that nothing names a path for. */
export const unknownPath = 'unknown';

/** A half-open interval of time, in epoch seconds. */
export interface Period {
  readonly start: number;
  readonly end: number;
}

/**
 * Bytes out of and into the VPC for one (account, Region, VPC, Availability Zone, service, current path)
 * over a period. `null`, or a field that is not there, means that the input does not say. A profile of `noService` says that a VPC without traffic was logged.
 */
export interface TrafficProfile {
  readonly accountId: string | null;
  readonly region: string;
  readonly vpcId: string | null;
  readonly azId: string | null;
  /** The endpoint's short name (`s3`, `ecr.dkr`), or `internet`, `aws-other`, or a name of the user's own. */
  readonly service: string;
  /** The Region of the service's address where it is another than `region` (a remote bucket). */
  readonly serviceRegion: string | null;
  /** How the bytes leave the VPC today. */
  readonly path: PathName | null;
  /** What leaves the VPC's workloads. */
  readonly sent: Volume;
  /** What comes back to the VPC's workloads. */
  readonly received: Volume;
  /** The part of out + in seen crossing Availability Zones on its way to the NAT gateway, in bytes; null where the log can't tell. */
  readonly crossAzBytes: bigint | null;
  /** The time that the bytes were seen in; null: they are a month's. */
  readonly period: Period | null;
  /**
   * The seconds of the period that lie between the VPC's first and its last record of any status. What is scaled to a month is
   * scaled by this time, in which there was traffic or not.
   */
  readonly loggedSeconds?: number | null;
  /** The log that the bytes are of: the ids of its flow logs, and a digest of its record groups. */
  readonly source?: string | null;
  /** How the service was told; reserved. */
  readonly namedBy?: string | null;
}
