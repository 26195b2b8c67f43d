import { PathfareError } from '../../src/base/errors.js';
import type { LoadedTraffic } from '../../src/traffic/load-traffic.js';
import type { TrafficOptions } from '../../src/traffic/options.js';
import { generatedFields } from '../traffic/generated-log.js';
import { load } from '../traffic/load-options.js';
import type { LogFolder } from '../traffic/worlds/check-world.js';
import { checkAccount, checkSame } from '../traffic/worlds/laws.js';
import { type PlainCount, plainCount } from '../traffic/worlds/plain-reader.js';
import type { Random } from '../traffic/worlds/random.js';
import { damaged } from './damage.js';
import { type Form, forms, textOf } from './forms.js';
import { type Records, recordsOf } from './records.js';

/** A file of a case, with what its generator knows of it. */
export interface FuzzFile {
  readonly path: string;
  readonly content: Uint8Array;
  readonly records: Records;
}

const names = Object.keys(forms);

/** Files of one to three forms, as a folder holds them. */
export function filesOf(random: Random): readonly FuzzFile[] {
  return Array.from({ length: random.whole(1, 3) }, (_, index) => {
    const form = formAt(random.whole(0, names.length - 1));
    const made = recordsOf(random, form.hasAll === true);
    const records = form.hasLines === true ? made : { ...made, broken: [] };
    const path = `${random.pick(['', 'a/', 'b/c/'])}${index}.${form.ending}`;
    return { path, content: form.write(records, random), records };
  });
}

function formAt(index: number): Form {
  const form = forms[names[index] ?? ''];
  if (form === undefined) throw new Error(`there is no form ${index}`);
  return form;
}

/** Whole files: the generator's sums, those of a plain reader, and another order of the files. */
export async function checkSums(random: Random, folder: LogFolder): Promise<readonly string[]> {
  const files = filesOf(random);
  const inputs = folder.write(files);
  const result = await read(inputs);
  if (typeof result === 'string') return [`not read: ${result}`];
  const told = files.map(({ records }) => sumOf(records));
  const broken = files.reduce((sum, { records }) => sum + records.broken.length, 0);
  const unreadable = result.counts?.setAside.unreadable?.records ?? 0;
  const other = await read(random.shuffle(inputs));
  return [
    ...checkAccount(joined(told), result).map(({ what }) => what),
    ...(unreadable === broken ? [] : [`${unreadable} unreadable, not ${broken}`]),
    ...files.flatMap(({ records }) => checkGenerator(records, random)),
    ...(typeof other === 'string'
      ? [`not read in another order: ${other}`]
      : checkSame(result, other).map(({ what }) => `another order: ${what}`)),
  ];
}

/** Files with something wrong: every record that is read is counted or set aside, and nothing fails but by a message. */
export async function checkDamaged(random: Random, folder: LogFolder): Promise<readonly string[]> {
  const files = filesOf(random).map((file) =>
    random.chance(70) ? { ...file, content: damaged(file.content, random) } : file,
  );
  const inputs = folder.write(files);
  const [result, other] = [await read(inputs), await read(random.shuffle(inputs))];
  if (typeof result === 'string' || typeof other === 'string')
    return typeof result === typeof other ? [] : ['one order is read, another is not'];
  const counts = result.counts;
  const setAside = Object.values(counts?.setAside ?? {});
  const sum = setAside.reduce((all, one) => all + one.records, counts?.counted.records ?? 0);
  return [
    ...(sum === (counts?.read ?? 0) ? [] : [`${sum} counted or set aside of ${counts?.read}`]),
    ...checkSame(result, other).map(({ what }) => `another order: ${what}`),
  ];
}

const options: Partial<TrafficOptions> = { fields: generatedFields, acceptUnread: '1' };

async function read(inputs: readonly string[]): Promise<LoadedTraffic | string> {
  try {
    return await load(inputs, options);
  } catch (error) {
    if (error instanceof PathfareError) return error.message;
    throw error;
  }
}

function sumOf({ rows, broken, rejected, bytes }: Records): PlainCount {
  return { read: rows.length + broken.length, rejected, bytes };
}

function joined(counts: readonly PlainCount[]): PlainCount {
  return counts.reduce((sum, { read, rejected, bytes }) => ({
    read: sum.read + read,
    rejected: sum.rejected + rejected,
    bytes: sum.bytes + bytes,
  }));
}

/** The generator's sums against those of a reader that splits text at spaces. */
function checkGenerator(records: Records, random: Random): readonly string[] {
  const whole = { ...records, broken: [] };
  const plain = plainCount(textOf(whole, random).replaceAll('\r', ''));
  const { read, rejected, bytes } = sumOf(whole);
  const isSame = plain.read === read && plain.rejected === rejected && plain.bytes === bytes;
  return isSame ? [] : ['the generator and the plain reader disagree'];
}
