import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { worldOf } from './build-world.js';
import { checkWorld, LogFolder } from './check-world.js';
import type { Law } from './laws.js';

/** How many worlds a test file holds: files run beside one another. */
const perFile = 500;

/** Holds a part of the worlds to their laws. One that breaks a law is named by its seed: `npm run worlds -- --seed N` tells all of it. */
export function holdWorlds(part: number): void {
  const first = (part - 1) * perFile + 1;
  const last = part * perFile;

  describe(`the generated worlds ${first} to ${last}`, () => {
    const broken = new Map<Law, string[]>();

    beforeAll(async () => {
      await using folder = await temporaryFolder();
      const logs = new LogFolder(folder.path);
      for (let seed = first; seed <= last; seed++) {
        for (const { law, what } of await checkWorld(worldOf(seed), logs))
          broken.set(law, [...(broken.get(law) ?? []), `seed ${seed}: ${what}`]);
      }
    }, 600_000);

    it.each<[Law, string]>([
      ['read', 'reads what can be read'],
      ['account', 'gives an account that an independent reader confirms, of all files and of each'],
      ['order', 'gives the same in any order of files and records, and with sums by file'],
      ['copy', 'changes nothing but a finding where a file is given twice'],
      ['counted-twice', 'counts no byte twice: in all, by VPC, by service'],
      ['lost', 'loses no byte in silence'],
      ['path', 'claims no path that the bytes did not take'],
    ])('%s: pathfare %s', (law) => {
      expect(broken.get(law) ?? []).toEqual([]);
    });
  });
}
