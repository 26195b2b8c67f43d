import { addressPattern } from '../scanner/layout.js';
import { interfaceKey, vpcKey } from '../scanner/sums.js';
import type { TrafficGroup } from './groups.js';
import type { LoggedInterface } from './interface-roles.js';

/** The bytes of a NAT gateway by two rules that must agree. */
export interface NatCheck {
  readonly natInterface: LoggedInterface;
  /** What is counted: the private side, out and back. */
  readonly privateSide: bigint;
  /** What the gateway itself sends: `flow-direction` egress with the gateway as srcaddr. Null where the log can't tell. */
  readonly sentByGateway: bigint | null;
}

/** Sums each zonal NAT gateway that is counted on its private side by both rules. */
export function checkNatGateways(
  groups: Iterable<TrafficGroup>,
  interfaces: ReadonlyMap<string, LoggedInterface>,
): readonly NatCheck[] {
  const checks = new Map<string, { privateSide: bigint; sent: bigint; canTell: boolean }>();
  for (const group of groups) {
    const key = interfaceKey(group.identity);
    const { role, side } = interfaces.get(key) ?? {};
    if (role !== 'nat' || side !== 'private' || !hasBilledPattern(group)) continue;
    const check = checks.get(key) ?? { privateSide: 0n, sent: 0n, canTell: true };
    checks.set(key, check);
    const { direction } = group.circumstance;
    if (group.pattern <= addressPattern.natPrivateIn) check.privateSide += group.bytes;
    if (direction === null) check.canTell = false;
    if (direction === 'egress' && isSentByGateway(group.pattern)) check.sent += group.bytes;
  }
  return Array.from(checks).flatMap(([key, { privateSide, sent, canTell }]) => {
    const natInterface = interfaces.get(key);
    if (natInterface === undefined) return [];
    const can = canTell && !natInterface.isUnproven;
    return [{ natInterface, privateSide, sentByGateway: can ? sent : null }];
  });
}

function hasBilledPattern({ pattern, circumstance }: TrafficGroup): boolean {
  const isPublic = pattern >= addressPattern.natPrivateOut && pattern <= addressPattern.publicIn;
  return isPublic && circumstance.status === 'accepted';
}

/** To the internet by its own address, or back to the client. */
function isSentByGateway(pattern: number): boolean {
  return pattern === addressPattern.publicOut || pattern === addressPattern.natPrivateIn;
}

/** Whether two sums of bytes differ by more than one part in a thousand of the larger. */
export function disagree(a: bigint, b: bigint): boolean {
  const larger = a > b ? a : b;
  const difference = larger - (a > b ? b : a);
  return difference * 1000n > larger;
}

/** By VPC: the bytes that NAT gateways are counted with, and those that workloads sent and got through them. */
export interface VpcCheck {
  counted: bigint;
  byWorkloads: bigint;
}

/** Gathers, by VPC, what is needed to see that the NAT gateways' log is whole. */
export class VpcChecks {
  readonly #checks = new Map<string, VpcCheck>();

  addCounted({ identity, bytes }: TrafficGroup): void {
    this.#of(vpcKey(identity)).counted += bytes;
  }

  /** Bytes of a workload's own interface that are known to have passed a NAT gateway. */
  addByWorkload({ identity, bytes }: TrafficGroup): void {
    this.#of(vpcKey(identity)).byWorkloads += bytes;
  }

  /** The VPCs whose workloads sent more through NAT gateways than these log. */
  exceeded(): readonly (readonly [string, VpcCheck])[] {
    return [...this.#checks].filter(
      ([, { counted, byWorkloads }]) => byWorkloads > counted && disagree(byWorkloads, counted),
    );
  }

  #of(vpc: string): VpcCheck {
    const check = this.#checks.get(vpc) ?? { counted: 0n, byWorkloads: 0n };
    this.#checks.set(vpc, check);
    return check;
  }
}
