import { EntryByte } from './layout';

/** Tells the host that an interface's VPC was logged in an hour since the epoch. */
declare function newHour(vpc: u32, hour: u32): void;

/** The VPC hours last seen: vpc << 32 | hour. The host is told once of each, as long as it stays here. */
const recent: usize = heap.alloc(1024 * 8);
memory.fill(recent, 255, 1024 * 8);

export function clearCoverage(): void {
  memory.fill(recent, 255, 1024 * 8);
}

function sawHour(vpc: u32, hour: u32): void {
  const slot = recent + ((<usize>((hour + vpc * 31) & 1023)) << 3);
  const key = ((<u64>vpc) << 32) | hour;
  if (load<u64>(slot) == key) return;
  store<u64>(slot, key);
  newHour(vpc, hour);
}

/** Widens the time that an interface (its interned entry) was logged in. */
export function sawTimes(identity: usize, start: u32, end: u32): void {
  if (start < load<u32>(identity, EntryByte.start)) store<u32>(identity, start, EntryByte.start);
  if (end > load<u32>(identity, EntryByte.end)) store<u32>(identity, end, EntryByte.end);
  const vpc = load<u32>(identity, EntryByte.vpc);
  sawHour(vpc, start / 3600);
  if (end - start > 3600) return;
  const last = (end == start ? end : end - 1) / 3600;
  if (last != start / 3600) sawHour(vpc, last);
}
