import { describe, expect, it } from 'vitest';
import { parseCidr } from '../../../src/traffic/addresses/cidr.js';
import { buildAddressTable } from '../../../src/traffic/addresses/table.js';
import { RemoteSums } from '../../../src/traffic/attribution/talkers.js';
import { instantiateScanner, type ScannerExports } from '../../../src/traffic/scanner/exports.js';
import { planFields } from '../../../src/traffic/scanner/field-plan.js';
import { GroupTable } from '../../../src/traffic/scanner/group-table.js';
import {
  circumstanceFlag,
  entryByte,
  groupWord,
  limit,
  tableByte,
} from '../../../src/traffic/scanner/layout.js';
import { Scanner } from '../../../src/traffic/scanner/scanner.js';
import { attributeTexts, bytesOf, testAddresses } from '../flow-log-text.js';

function contextOf(fields: string) {
  const plan = planFields(fields.split(' '));
  if (typeof plan === 'string') throw new Error(plan);
  return { plan, flowLog: 'fl-1', accountId: null, region: null };
}

/** The scanner without its host, for a look at its tables. */
function bareScanner(): ScannerExports {
  const code: ScannerExports = instantiateScanner({
    strangeLine: () => false,
    newIdentity: (id) => code.describeIdentity(id, id, id),
    newCircumstance: (id) => code.describeCircumstance(id, id, circumstanceFlag.billed, 0),
    lookup6: () => 0,
  });
  return code;
}

describe('sums of groups', () => {
  const who = (1n << 32n) | 0x0a000105n;
  const names = { identities: [7, 8], circumstances: [0, 0, 0, 9] };
  // Pattern 3, circumstance 3, and a label that 16 bits would cut to 4,464.
  const what = (3n << 48n) | (3n << 32n) | 70_000n;

  /** The groups of a table whose names are numbers. */
  function groupsIn(table: GroupTable) {
    const numbers = Array.from({ length: 10 }, (_, number) => number);
    return table.byIdentity({ identities: numbers, circumstances: numbers });
  }

  function groupsOf(code: ScannerExports) {
    const capacity = code.groupCapacity() * groupWord.count;
    return new Uint32Array(code.memory.buffer, code.groupSlots(), capacity).slice();
  }

  it('count more than 2^32 records, and bytes that go round 64 bits more than 2^16 times', () => {
    const code = bareScanner();
    code.prepare(1024);
    const most = 2n ** 63n;
    code.addToGroup(who, what, 3600, 2n ** 32n - 1n, most);
    // 2^18 times 2^63 more: the 64-bit sum goes round 131,072 times.
    for (let times = 0; times < 2 ** 18; times++) code.addToGroup(who, what, 3600, 1n, most);
    expect(code.groupCount()).toBe(1);
    const table = new GroupTable();
    const groups = groupsOf(code);
    const filled = groups.findIndex((word) => word !== 0);
    const slot = filled - (filled % groupWord.count);
    table.addPacked(groups.slice(slot, slot + groupWord.count), names);
    expect(groupsIn(table)).toEqual([
      {
        identity: 8,
        circumstance: 9,
        pattern: 3,
        label: 70_000,
        bucket: 3600,
        address: 0x0a000105,
        records: 2 ** 32 - 1 + 2 ** 18,
        bytes: most * BigInt(2 ** 18 + 1),
      },
    ]);
  });

  it('of several scans are one, and two where one number of the key differs', () => {
    const table = new GroupTable();
    const group = { identity: 0, circumstance: 0, bucket: 0, label: 0, address: 5, carry: 0 };
    const pack = (given: Partial<typeof group>) => {
      const words = new Uint32Array(groupWord.count);
      for (const [name, value] of Object.entries({ ...group, ...given })) {
        words[new Map(Object.entries(groupWord)).get(name) ?? 0] = value;
      }
      words[groupWord.recordsLow] = 1;
      words[groupWord.bytesLow] = 10;
      return words;
    };
    const others = [{ identity: 1 }, { circumstance: 3 }, { circumstance: 1 << 16 }, { bucket: 1 }];
    for (const given of [{}, ...others, { label: 1 }, { address: 6 }, {}]) {
      table.addPacked(pack(given), names);
    }
    const sums = groupsIn(table).map(({ records, bytes }) => `${records} ${bytes}`);
    expect(sums.toSorted()).toEqual([...Array.from({ length: 6 }, () => '1 10'), '2 20']);
    // Without clients, addresses 5 and 6 are one; an address that was never kept stays so.
    const without = table.withoutClients();
    without.addPacked(pack({ address: 77 }), names);
    without.addPacked(pack({ address: 0 }), names);
    const addresses = groupsIn(without).map(({ address, records }) => [address, records]);
    expect(addresses.filter(([address]) => address === 0)).toEqual([[0, 1]]);
    expect(Math.max(...addresses.map(([, records]) => records ?? 0))).toBe(4);
    expect(new Set(addresses.map(([address]) => address))).toEqual(
      new Set([0, limit.unkeptAddress]),
    );
  });

  // 3,000 groups: the arrays of keys and the index grow several times.
  it('are found again after the table has grown', () => {
    const table = new GroupTable();
    for (let round = 0; round < 2; round++) {
      for (let address = 0; address < 3000; address++) {
        const words = new Uint32Array(groupWord.count);
        words[groupWord.address] = address;
        words[groupWord.recordsLow] = 1;
        table.addPacked(words, names);
      }
    }
    expect(table.size).toBe(3000);
    expect(groupsIn(table).every(({ records }) => records === 2)).toBe(true);
  });
});

describe('the table of names', () => {
  // What a name is multiplied by stands in the source: names that begin with it were 0, whatever follows.
  const zeroing = Buffer.from('157c4a7fb979379e', 'hex');
  const count = 2000;

  it('keeps names apart that are chosen to fall on one place', () => {
    const { plan } = contextOf('interface-id srcaddr dstaddr bytes start end action');
    const code = bareScanner();
    code.setSeed(0x12345678, 0x9abcdef0);
    const input = code.prepare(count * 128);
    code.prepareLabels(65_536, 0);
    code.setPlan(plan.fields.length, plan.at.bytes, plan.at.start, plan.at.end);
    code.setAddressFields(plan.at.srcaddr, plan.at.dstaddr, -1, -1);
    code.setFlowFields(-1, -1, -1, -1);
    for (const { first, end } of plan.identitySpans) code.addSpan(code.identityTable(), first, end);
    for (const { first, end } of plan.circumstanceSpans)
      code.addSpan(code.circumstanceTable(), first, end);
    const lines = Array.from({ length: count }, (_, number) => [
      zeroing,
      Buffer.from(
        `${String(number).padStart(8, '0')}${'Z'.repeat(16)} 10.0.0.5 52.216.0.1 1 1790812800 1790812860 ACCEPT\n`,
      ),
    ]);
    const text = Buffer.concat(lines.flat());
    new Uint8Array(code.memory.buffer).set(text, input);
    code.scan(input, input + text.length);
    expect(code.countOf(code.identityTable())).toBe(count);
    // How far names stand from their place: all on one place, it would be 2,000 × 1,999 ÷ 2 = 1,999,000.
    expect(distanceInTable(code, code.identityTable())).toBeLessThan(4 * count);
  });

  /** The sum of the steps from each entry's own place in the index to where it stands. */
  function distanceInTable(code: ScannerExports, table: number): number {
    const view = new DataView(code.memory.buffer);
    const mask = view.getUint32(table + tableByte.indexMask, true);
    const index = view.getUint32(table + tableByte.index, true);
    const entries = view.getUint32(table + tableByte.entries, true);
    let sum = 0;
    for (let place = 0; place <= mask; place++) {
      const id = view.getUint32(index + place * 4, true);
      if (id === 0) continue;
      const hash = view.getUint32(entries + (id - 1) * entryByte.size + entryByte.hash, true);
      sum += (place - (hash & mask) + mask + 1) & mask;
    }
    return sum;
  }

  it('has another secret in each scanner', () => {
    const places = () => {
      const scanner = new Scanner({ addresses: testAddresses, interval: 0, talkers: false });
      scanner.begin(contextOf('srcaddr dstaddr bytes'), () => false);
      for (let host = 1; host < 200; host++)
        scanner.push(Buffer.from(`10.0.${host}.1 203.0.113.5 1\n`));
      // The slots in their order: it is that of the hashes.
      return scanner
        .take()
        .groups.filter((_, at) => at % groupWord.count === 0)
        .join();
    };
    expect(places()).not.toBe(places());
  });
});

describe('headers in the middle of a file', () => {
  // To look for each header among those before it would compare 200,000 × 100,000 headers: minutes.
  it('are found again without a search', () => {
    const scanner = new Scanner({ addresses: testAddresses, interval: 0, talkers: false });
    const context = contextOf('srcaddr dstaddr bytes');
    scanner.begin(context, () => false);
    for (let number = 0; number < 200_000; number++) {
      scanner.setContext({ ...context, flowLog: `fl-${number}` });
    }
    scanner.push(Buffer.from('10.0.0.5 203.0.113.5 7\n'));
    scanner.setContext({ ...context, flowLog: 'fl-3' });
    scanner.push(Buffer.from('10.0.0.5 203.0.113.5 8\n'));
    const { identities } = scanner.take();
    expect(identities.contexts.map(({ flowLog }) => flowLog)).toEqual(['fl-199999', 'fl-3']);
  });
});

describe('labels of a service map', () => {
  function cidr(text: string) {
    const parsed = parseCidr(text);
    if (typeof parsed === 'string') throw new Error(parsed);
    return parsed;
  }

  // 70,000 services of the user's: the last ones do not fit in 16 bits.
  it('are told apart beyond 65,536, in IPv4 and IPv6', () => {
    const serviceMap = Array.from({ length: 70_000 }, (_, number) => ({
      cidr: cidr(`${11 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}.0/24`),
      service: `svc${number}`,
    }));
    const addresses = buildAddressTable({
      ranges: { syncToken: '1', createDate: '2026-08-22-15-17-05', ranges: [] },
      serviceMap: [...serviceMap, { cidr: cidr('2001:db8::/32'), service: 'svc-six' }],
    });
    const traffic = attributeTexts(
      [
        '10.0.0.5 12.17.111.9 100 egress\n10.0.0.5 11.0.3.9 20 egress\n2600:1f00::1 2001:db8::7 3 egress\n',
      ],
      { fields: 'srcaddr dstaddr bytes flow-direction', addresses },
    );
    const sums = traffic.profiles.map(({ service, sent }) => `${service} ${bytesOf(sent)}`);
    // 12.17.111.0 is number 65,536 + 17 × 256 + 111 = 69,999.
    expect(sums).toEqual(['svc-six 3', 'svc3 20', 'svc69999 100']);
  });
});

describe('the largest remote addresses', () => {
  function scannerOf() {
    const scanner = new Scanner({ addresses: testAddresses, interval: 0, talkers: true });
    scanner.begin(contextOf('srcaddr dstaddr bytes'), () => false);
    return scanner;
  }
  const interfaces = new Map([
    [
      '   ',
      {
        key: '   ',
        vpc: '  ',
        name: '',
        role: 'workload',
        side: 'public',
        isUnproven: false,
        isMirror: false,
        isRelay: false,
        ownAddress: null,
      } as const,
    ],
  ]);

  function remotesOf(scanner: Scanner) {
    const sums = new RemoteSums();
    const talkers = scanner.takeTalkers();
    if (talkers !== null) sums.add(talkers);
    return { bytes: sums.byAddress({ interfaces }), error: sums.error };
  }

  it('have sums beyond 2^64', () => {
    const scanner = scannerOf();
    scanner.push(Buffer.from('10.0.0.5 203.0.113.5 999999999999999999\n'.repeat(20)));
    const { bytes, error } = remotesOf(scanner);
    // 20 × (10^18 − 1), which is more than 2^64 = 18,446,744,073,709,551,616.
    expect([...bytes.values()]).toEqual([19_999_999_999_999_999_980n]);
    expect(error).toBe(0n);
  });

  // 16,385 addresses, of which the table holds 16,384, each with 20 × (10^18 − 1) bytes: more than any power of two of 64 bits.
  it('end where most have more than 2^63 bytes, and none is too low by more than is said', () => {
    const scanner = scannerOf();
    const addresses = 16_385;
    for (let round = 0; round < 20; round++) {
      let text = '';
      for (let host = 0; host < addresses; host++)
        text += `10.0.0.5 203.${host >> 16}.${(host >> 8) & 255}.${host & 255} 999999999999999999\n`;
      scanner.push(Buffer.from(text));
    }
    const { bytes, error } = remotesOf(scanner);
    const truth = 19_999_999_999_999_999_980n;
    expect(error).toBeGreaterThan(0n);
    for (const sum of bytes.values()) {
      expect(sum).toBeLessThanOrEqual(truth);
      expect(sum + error).toBeGreaterThanOrEqual(truth);
    }
  });

  it.each([511, 512, 513, 5000])('are all kept of %i, and forgotten at the next file', (count) => {
    const scanner = scannerOf();
    for (const file of [1, 2]) {
      let text = '';
      for (let host = 0; host < count; host++)
        text += `10.0.0.5 203.0.${host >> 8}.${host & 255} ${host + file}\n`;
      scanner.begin(contextOf('srcaddr dstaddr bytes'), () => false);
      scanner.push(Buffer.from(text));
      const { bytes, error } = remotesOf(scanner);
      expect(error).toBe(0n);
      expect(bytes.size).toBe(count);
      // 0 + 1 + … + (count − 1), and 1 or 2 more for each.
      const sum = [...bytes.values()].reduce((a, b) => a + b, 0n);
      expect(sum).toBe(BigInt((count * (count - 1)) / 2 + count * file));
    }
  });
});
