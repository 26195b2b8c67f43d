import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Effects } from './effects.js';

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

const nonEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

async function regionOfAwsConfig(env: Effects['env']): Promise<string | null> {
  const file = nonEmpty(env['AWS_CONFIG_FILE']) ?? join(env['HOME'] ?? homedir(), '.aws', 'config');
  const text = await readFile(file, 'utf8').catch(() => '');
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
