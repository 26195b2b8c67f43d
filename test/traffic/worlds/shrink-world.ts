import type { Law, Violation } from './laws.js';
import type { World } from './world.js';

/** Makes a world that breaks a law as small as it gets while it still breaks it. `prepare` keeps it one that is asked for. */
export async function shrinkWorld(
  world: World,
  law: Law,
  {
    check,
    prepare,
  }: {
    readonly check: (world: World) => Promise<readonly Violation[]>;
    readonly prepare: (world: World) => World;
  },
): Promise<World> {
  let smallest = world;
  for (let step = 0, found = false; ; step++) {
    const smaller = smallerWorlds(smallest)[step];
    // Again from the beginning until nothing is left out any more.
    if (smaller === undefined && !found) return smallest;
    if (smaller === undefined) [step, found] = [-1, false];
    else {
      const prepared = prepare(smaller);
      if (sizeOf(prepared) >= sizeOf(smallest)) continue;
      const violations = await check(prepared);
      if (!violations.some((violation) => violation.law === law)) continue;
      [smallest, found, step] = [prepared, true, step - 1];
    }
  }
}

/** A smaller world describes itself in fewer words, and its logs are set up more simply. */
function sizeOf({ conversations, flowLogs, ...world }: World): number {
  const bursts = conversations.reduce((sum, one) => sum + one.bursts.length, 0);
  const settings = flowLogs.reduce(
    (sum, one) =>
      sum +
      (one.interfaces === null ? 0 : 1) +
      [one.isRenamed, one.split > 1, one.filesBySlot, one.isGzip].filter(Boolean).length,
    0,
  );
  const beside = world.noise.length + world.copies.length + world.natInterfaces.length;
  return (
    (conversations.length + flowLogs.length) * 10 + bursts + settings + beside + world.sides.size
  );
}

/** Worlds with one thing less, the largest steps first. */
function smallerWorlds(world: World): readonly World[] {
  const { conversations, flowLogs, noise, copies, sides, natInterfaces } = world;
  return [
    ...(noise.length > 0 ? [{ ...world, noise: [] }] : []),
    ...(copies.length > 1 ? [{ ...world, copies: copies.slice(0, 1) }] : []),
    ...(copies.length > 0 ? [{ ...world, copies: [] }] : []),
    ...without(conversations).map((fewer) => ({ ...world, conversations: fewer })),
    ...without(flowLogs).map((fewer) => ({ ...world, flowLogs: fewer })),
    ...without([...sides]).map((fewer) => ({ ...world, sides: new Map(fewer) })),
    ...without(natInterfaces).map((fewer) => ({ ...world, natInterfaces: fewer })),
    ...replaced(conversations, (one) =>
      one.bursts.length > 1 ? { ...one, bursts: one.bursts.slice(0, 1) } : null,
    ).map((changed) => ({ ...world, conversations: changed })),
    ...replaced(flowLogs, (one) =>
      one.interfaces !== null ? { ...one, interfaces: null } : null,
    ).map((changed) => ({ ...world, flowLogs: changed })),
    ...replaced(flowLogs, (one) =>
      one.isRenamed || one.split > 1 || one.filesBySlot || one.isGzip
        ? { ...one, isRenamed: false, split: 1, filesBySlot: false, isGzip: false }
        : null,
    ).map((changed) => ({ ...world, flowLogs: changed })),
  ];
}

function without<T>(items: readonly T[]): readonly (readonly T[])[] {
  return items.map((_, index) => items.filter((__, other) => other !== index));
}

function replaced<T>(
  items: readonly T[],
  change: (item: T) => T | null,
): readonly (readonly T[])[] {
  return items.flatMap((item, index) => {
    const changed = change(item);
    return changed === null ? [] : [items.map((other, at) => (at === index ? changed : other))];
  });
}
