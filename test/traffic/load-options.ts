import { networkPathNames } from '../../src/cost/paths/index.js';
import { type LoadedTraffic, loadTraffic } from '../../src/traffic/load-traffic.js';
import type { TrafficEffects, TrafficOptions } from '../../src/traffic/options.js';
import { testAddresses } from './flow-log-text.js';

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** Loads inputs in this thread, with a few of AWS's prefixes, and no more than a test says. */
export function load(
  inputs: readonly string[],
  options: Partial<TrafficOptions> = {},
  effects: Partial<TrafficEffects> = {},
): Promise<LoadedTraffic> {
  return loadTraffic(
    inputs,
    {
      defaults: { region: 'us-east-1', paths: networkPathNames },
      fields: null,
      natInterfaces: [],
      interval: 'all',
      top: 0,
      strict: false,
      acceptUnread: '0.001',
      threads: 1,
      addresses: testAddresses,
      ...options,
    },
    {
      stdin: nothing(),
      signal: new AbortController().signal,
      ...effects,
    },
  );
}
