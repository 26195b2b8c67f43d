import { setTimeout as delay } from 'node:timers/promises';
import { PathfareError } from '../../base/errors.js';
import type { Fetch } from '../../base/node/proxy.js';
import { IdleLimit } from './idle-limit.js';
import type { Allowance } from './limits.js';
import { networkCause } from './network-failure.js';

/** How a file is fetched over the network. */
export interface DownloadOptions {
  /** Milliseconds without a byte after which a download is given up. */
  readonly timeLimit: number;
  /** Milliseconds before the first repetition; the next waits twice as long. */
  readonly retryDelay: number;
  readonly signal: AbortSignal;
  readonly fetch: Fetch;
  /** What is left of the Region's limits. */
  readonly allowance: Allowance;
}

const toldEvery = 4 * 1024 * 1024;

/** Passes a body on and reports its size so far, every four megabytes. */
export async function* counted(
  body: AsyncIterable<Uint8Array>,
  tell: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  let next = toldEvery;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes >= next) {
      tell(bytes);
      next = bytes + toldEvery;
    }
    yield chunk;
  }
}

/**
 * Reads a file as it arrives, given up when nothing arrives for the time limit, or when the Region's allowance is used up.
 *
 * @param absent what stands for a file that is not there (403, 404); without it, that is a failure
 * @param read is handed the file's bytes, and the address that they came from at the end of all redirections
 * @throws PathfareError naming the file, the cause and the remedy
 */
export async function download<T>(
  url: string,
  options: DownloadOptions,
  read: (body: AsyncIterable<Uint8Array>, from: string) => Promise<T>,
  absent?: T,
): Promise<T> {
  const idle = new IdleLimit(options.timeLimit);
  const { allowance } = options;
  const name = `Offer file ${url}`;
  const signal = AbortSignal.any([options.signal, idle.signal, allowance.signal]);
  try {
    const response = await request(url, { ...options, signal, idle }, absent !== undefined);
    if (!response.ok && absent !== undefined) return absent;
    const from = response.url === '' ? url : response.url;
    return await read(allowance.watch(name, idle.watch(response.body ?? [])), from);
  } catch (error) {
    options.signal.throwIfAborted();
    allowance.checkTime(name);
    if (idle.signal.aborted) throw outOfTime(url, options.timeLimit);
    if (error instanceof PathfareError) throw error;
    const known = networkCause(error);
    throw offerFileFailure(
      url,
      known?.cause ?? 'the connection failed or was cut off',
      known?.remedy,
    );
  } finally {
    idle.stop();
  }
}

const attempts = 3;

/** Asks again where the server is busy (429) or has an error of its own (5xx). */
async function request(
  url: string,
  options: DownloadOptions & { readonly idle: IdleLimit },
  mayBeAbsent: boolean,
): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await options.fetch(url, { signal: options.signal });
    if (response.ok) return response;
    await response.body?.cancel();
    if (mayBeAbsent && (response.status === 403 || response.status === 404)) return response;
    const passing = response.status === 429 || response.status >= 500;
    if (!passing || attempt === attempts)
      throw offerFileFailure(url, answered(response.status, attempt));
    const wait = options.retryDelay * 2 ** (attempt - 1);
    await options.idle.without(() => delay(wait, undefined, { signal: options.signal }));
  }
}

function answered(status: number, attempt: number): string {
  return `the server answered ${status}${attempt > 1 ? ` (${attempt} attempts)` : ''}`;
}

function outOfTime(url: string, timeLimit: number): PathfareError {
  return new PathfareError(
    'price-list-unreachable',
    `Offer file ${url}: nothing came for ${timeLimit / 1000} seconds`,
    {
      hint: 'The rates you had are kept. Try again, or allow more time with `timeout: SECONDS`.',
    },
  );
}

/** An offer file that can't be had or used. */
export function offerFileFailure(url: string, what: string, remedy?: string): PathfareError {
  const check = remedy ?? "Check the network and `offerBaseUrl`, or use `source: 'api'`.";
  return new PathfareError('price-list-unreachable', `Offer file ${url}: ${what}`, {
    hint: `The rates you had are kept. ${check} Estimates need no network.`,
  });
}
