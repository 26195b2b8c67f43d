import { planFields } from '../../src/traffic/scanner/field-plan.js';
import type { Random } from '../traffic/worlds/random.js';
import { damaged } from './damage.js';
import { textOf } from './forms.js';
import { recordsOf } from './records.js';
import { longestText, type Place, type Scan, scanAt } from './scanner-host.js';

/** The scanner as it ships, and as it is built with its checks. */
export interface Scanners {
  readonly release: object;
  readonly checked: object;
}

const fillers = [0, 0x0a, 0x20, 0x30, 0xff] as const;

/** A text at one place after another, as both scanners read it: always the same, and within the memory that is theirs. */
export function checkScanner(
  random: Random,
  { release, checked }: Scanners,
  turn: number,
): readonly string[] {
  const records = recordsOf(random, false);
  const plan = planFields(records.fields);
  if (typeof plan === 'string') return [plan];
  const whole = textOf(records, random);
  const lines = Buffer.from(whole.slice(whole.indexOf('\n') + 1));
  const made = random.chance(60) ? damaged(lines, random) : lines;
  const text = made.subarray(0, longestText);
  const scan = (module: object, place: Place, filler: number) =>
    shown(scanAt(module, plan, { text, place, filler }));
  const wanted = scan(release, 0, 0);
  const places = [turn % 64, 'end of memory'] as const;
  return places.flatMap((place) =>
    Object.entries({ release, checked }).flatMap(([name, module]) => {
      const found = scan(module, place, random.pick(fillers));
      return found === wanted ? [] : [`${name} at ${place}: ${found}, not ${wanted}`];
    }),
  );
}

const shown = (scan: Scan): string =>
  JSON.stringify(scan, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
