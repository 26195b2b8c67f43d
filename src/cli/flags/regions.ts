import { homedir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../base/errors.js';
import { readText } from '../../base/node/files.js';
import { type Region, requireRegion } from '../../pricing/card/regions.js';
import type { Effects } from '../kit/effects.js';

/**
 * The Region that holds where a row names none: `--region`, else AWS_REGION or AWS_DEFAULT_REGION, else the profile's
 * Region in the AWS config file. Null where none of them says.
 */
export async function defaultRegion(
  flag: string | undefined,
  { env }: Pick<Effects, 'env'>,
): Promise<string | null> {
  const named = flag ?? nonEmpty(env['AWS_REGION']) ?? nonEmpty(env['AWS_DEFAULT_REGION']);
  return named ?? (await regionOfAwsConfig(env));
}

/** Where the Region that holds was read from, for messages. */
export function regionOrigin(flag: string | undefined, { env }: Pick<Effects, 'env'>): string {
  if (flag !== undefined) return '--region';
  const named = ['AWS_REGION', 'AWS_DEFAULT_REGION'].find((name) => nonEmpty(env[name]));
  return named ?? 'the AWS config';
}

/**
 * The Region that the command is about.
 *
 * @throws UsageError where neither the flag nor the environment names one, or the name is no Region of AWS
 */
export async function oneRegion(
  flag: string | undefined,
  effects: Pick<Effects, 'env'>,
): Promise<Region> {
  return requireRegion(await givenRegion(flag, effects), regionOrigin(flag, effects));
}

/**
 * The Regions that the command is about, given between commas.
 *
 * @throws UsageError as `oneRegion`
 */
export async function severalRegions(
  flag: string | undefined,
  effects: Pick<Effects, 'env'>,
): Promise<readonly Region[]> {
  return readRegions(regionOrigin(flag, effects), await givenRegion(flag, effects));
}

async function givenRegion(
  flag: string | undefined,
  effects: Pick<Effects, 'env'>,
): Promise<string> {
  const given = await defaultRegion(flag, effects);
  if (given !== null) return given;
  throw new UsageError('usage', 'no Region is given', {
    hint: 'Give --region, such as --region us-east-1, or set AWS_REGION.',
  });
}

/**
 * Reads Regions between commas, each once.
 *
 * @throws UsageError offering the nearest names for one that AWS does not have
 */
export function readRegions(flag: string, text: string): readonly Region[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) {
    throw new UsageError('usage', `${flag}: no Region is named`, {
      hint: `Give one or several, such as ${flag} us-east-1,eu-west-1.`,
    });
  }
  return [...new Set(names.map((name) => requireRegion(name, flag)))];
}

/** The Region that holds for rows of an input that name none. */
export interface InputRegion {
  readonly region: string | null;
  /** Where a Region of the input was read from, for messages. */
  readonly whereOf: (region: string) => string;
}

/**
 * The Region of rows that name none. Rows that name their own need none of the environment's, whatever that says, so
 * that only the flag is looked at before they are read.
 *
 * @throws UsageError where the flag names no Region of AWS
 */
export async function inputRegion(
  flag: string | undefined,
  inputs: readonly string[],
  effects: Pick<Effects, 'env'>,
): Promise<InputRegion> {
  const given = await defaultRegion(flag, effects);
  if (flag !== undefined) requireRegion(flag, '--region');
  const region = given?.trim().toLowerCase() ?? null;
  const whereOf = (name: string) =>
    name === region ? regionOrigin(flag, effects) : inputs.join(', ');
  return { region, whereOf };
}

const nonEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

async function regionOfAwsConfig(env: Effects['env']): Promise<string | null> {
  const file = nonEmpty(env['AWS_CONFIG_FILE']) ?? join(env['HOME'] ?? homedir(), '.aws', 'config');
  const text = await readText(file, { name: file, hint: '' }).catch(() => '');
  const profile = nonEmpty(env['AWS_PROFILE']) ?? 'default';
  const heads =
    profile === 'default' ? ['[default]', '[profile default]'] : [`[profile ${profile}]`];
  let inside = false;
  for (const line of text.split(/\r?\n/).map((each) => each.trim())) {
    if (line.startsWith('[')) inside = heads.includes(line.replaceAll(/\s+/g, ' '));
    const region = /^region\s*=\s*([^\s#;]+)/.exec(line)?.[1];
    if (inside && region !== undefined) return region;
  }
  return null;
}
