import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.js';
import { worldOf } from './worlds/build-world.js';
import { checkWorld, LogFolder } from './worlds/check-world.js';
import type { Law } from './worlds/laws.js';

const worlds = 300;

describe(`${worlds} generated worlds`, () => {
  const broken = new Map<Law, number[]>();

  beforeAll(async () => {
    await using folder = await temporaryFolder();
    const logs = new LogFolder(folder.path);
    for (let seed = 1; seed <= worlds; seed++) {
      for (const law of new Set((await checkWorld(worldOf(seed), logs)).map((each) => each.law)))
        broken.set(law, [...(broken.get(law) ?? []), seed]);
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
