import { vi } from 'vitest';
import { requireRegion } from '../../src/pricing/card/regions.js';
import {
  type Refreshed,
  type RefreshOptions,
  refreshRateCards,
} from '../../src/pricing/fetch/refresh.js';
import { ireland } from './aws-products.js';

/** Key and token of no account, planted to be looked for in what comes out. */
export const planted = {
  AWS_ACCESS_KEY_ID: 'AKIAPLANTEDKEY000000',
  AWS_SECRET_ACCESS_KEY: 'planted/secret/access/key/000000000000000',
  AWS_SESSION_TOKEN: 'planted-session-token-0000',
};

/** The environment that sends the real SDK to a server on loopback, away from this machine's AWS config. */
export function sdkEnvironment(url: string): Readonly<Record<string, string>> {
  return {
    ...planted,
    AWS_ENDPOINT_URL_PRICING: url,
    AWS_MAX_ATTEMPTS: '3',
    AWS_RETRY_MODE: 'standard',
    AWS_CONFIG_FILE: '/nonexistent/config',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

/** Sets the environment that the SDK reads; `vi.unstubAllEnvs` takes it back. */
export function useSdkEnvironment(url: string, without: readonly string[] = []): void {
  for (const [name, value] of Object.entries(sdkEnvironment(url))) vi.stubEnv(name, value);
  for (const name of without) vi.stubEnv(name, undefined);
}

/** The clock of every test: a few days after the price list's publication. */
const now = () => new Date('2026-10-01T12:00:00Z');

/** Refreshes eu-west-1 (or another Region) from the server, through the real SDK or the offer files. */
export async function refresh(
  source: RefreshOptions['source'],
  url: string,
  cacheDir: string,
  options: Partial<RefreshOptions> & { readonly region?: string } = {},
): Promise<Refreshed> {
  const { region = ireland.region, ...others } = options;
  const [result] = await refreshRateCards([requireRegion(region, '--region')], {
    source,
    cacheDir,
    accept: false,
    offerBaseUrl: url,
    timeLimit: 20_000,
    retryDelay: 1,
    signal: new AbortController().signal,
    now,
    env: process.env,
    ...others,
  });
  if (result === undefined) throw new Error('no result');
  return result;
}

/** The failure's message and hint as a person sees them; throws where there was none. */
export function failureText(result: Refreshed): string {
  if (result.kind !== 'failed') throw new Error(`${result.region} was refreshed`);
  return `${result.error.message} | ${result.error.hint ?? ''}`;
}
