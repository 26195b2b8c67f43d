import { describe, expect, it } from 'vitest';
import { GroupMerger } from '../../../src/traffic/attribution/record-groups.js';
import { planFields } from '../../../src/traffic/scanner/field-plan.js';
import { Scanner } from '../../../src/traffic/scanner/scanner.js';
import { testAddresses } from '../flow-log-text.js';

/** A log's lines, under its own header. */
interface Log {
  readonly fields: string;
  readonly lines: readonly string[];
}

/** So many clients with a record each, in two logs whose headers differ in what is not told apart. */
function twoLogs(clients: number): readonly [Log, Log] {
  const line = (client: number, more: string) =>
    `eni-a 10.0.${client >> 8}.${client & 255} 52.216.0.1${more} 1000 egress OK`;
  const all = Array.from({ length: clients }, (_, client) => client);
  return [
    {
      fields: 'interface-id srcaddr dstaddr bytes flow-direction log-status',
      lines: all.map((client) => line(client, '')),
    },
    {
      fields: 'interface-id srcaddr dstaddr srcport bytes flow-direction log-status',
      lines: all.map((client) => line(client, ' 1')),
    },
  ];
}

/** What comes of logs that threads share: each thread scans its own. */
function readBy(threads: readonly (readonly Log[])[], clientGroups: number) {
  const merger = new GroupMerger(clientGroups);
  for (const logs of threads) {
    const scanner = new Scanner({
      addresses: testAddresses,
      interval: 0,
      talkers: false,
      clientGroups,
    });
    for (const { fields, lines } of logs) {
      const plan = planFields(fields.split(' '));
      if (typeof plan === 'string') throw new Error(plan);
      scanner.begin({ plan, flowLog: 'fl-1', accountId: null, region: null }, () => false);
      scanner.push(Buffer.from(`${lines.join('\n')}\n`));
      scanner.end();
    }
    merger.add(scanner.take());
  }
  const { keepsClients, groups } = merger.result();
  const told = groups.map(({ address, records, bytes }) => `${address} ${records} ${bytes}`);
  return { keepsClients, groups: told.sort() };
}

describe('clients near the limit of groups', () => {
  const limit = 100;

  it.each([
    // One client less than the limit, under two headers: 99 groups in all.
    [99, true],
    [100, false],
    [60, true],
    [300, false],
  ])(
    '%i clients are kept, or not, by the whole and not by what a thread read',
    (clients, isKept) => {
      const [first, second] = twoLogs(clients);
      const half = (log: Log, side: 0 | 1): Log => ({
        ...log,
        lines: log.lines.filter((_, index) => index % 2 === side),
      });
      const whole = readBy([[first, second]], limit);
      expect(whole.keepsClients).toBe(isKept);
      expect(whole.groups.length).toBe(isKept ? clients : 1);
      for (const threads of [
        [[first], [second]],
        [[second], [first]],
        [[second, first], []],
        [
          [half(first, 0), half(second, 1)],
          [half(second, 0), half(first, 1)],
        ],
      ])
        expect(readBy(threads, limit)).toEqual(whole);
    },
  );
});
