import { privateHalves, privateLabel } from '../../src/traffic/addresses/labels.js';
import type { ScannerExports } from '../../src/traffic/scanner/exports.js';
import { type FieldPlan, flowFields } from '../../src/traffic/scanner/field-plan.js';
import { groupWord, limit } from '../../src/traffic/scanner/layout.js';
import { testAddresses } from '../traffic/flow-log-text.js';

/** As much of the engine's WebAssembly as is used. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: ScannerExports & { readonly memory: { grow(pages: number): number } } };
};

/** All that a scan of some text came to. */
export interface Scan {
  readonly lines: number;
  readonly records: number;
  readonly digest: bigint;
  readonly strange: readonly string[];
  /** The filled groups, in order. */
  readonly groups: readonly string[];
  /** How many bytes of a line that is not ended are left. */
  readonly rest: number;
}

/** Where a text is put: so many bytes after the begin of the input, or with its last byte where the memory ends but for the room. */
export type Place = number | 'end of memory';

const inputBytes = 256 * 1024;
/** The longest text that fits into the input at each of 64 alignments: the host never hands over more. */
export const longestText = inputBytes - 64;
/** The bytes that the scanner may read behind a text (assembly/scan.ts, `prepare`). */
const readAhead = 192;

export function compile(binary: Uint8Array): object {
  return new WebAssembly.Module(binary);
}

/** Scans a text with nothing but the scanner itself. What stands behind the text must change nothing: `filler` fills it. */
export function scanAt(
  module: object,
  plan: FieldPlan,
  {
    text,
    place,
    filler,
  }: { readonly text: Uint8Array; readonly place: Place; readonly filler: number },
): Scan {
  const strange: string[] = [];
  let begin = 0;
  const { exports: code } = new WebAssembly.Instance(module, {
    env: {
      abort: (...told: readonly number[]) => {
        throw new Error(`the scanner asserts (${told.join(', ')})`);
      },
    },
    scan: {
      strangeLine: (start: number, end: number, reason: number) => {
        strange.push(`${start - begin} ${end - begin} ${reason}`);
        return false;
      },
    },
    record: {
      newIdentity: (id: number) => code.describeIdentity(id, id, 1),
      newCircumstance: (id: number) => code.describeCircumstance(id, id, 1 + (id % 2) * 2, id),
    },
    labels: { lookup6: (a: number, b: number, c: number, d: number) => (a ^ b ^ c ^ d) & 3 },
  });
  const input = prepare(code, plan);
  if (place === 'end of memory')
    code.memory.grow(Math.ceil((text.length + readAhead) / 65_536) + 1);
  const size = code.memory.buffer.byteLength;
  begin = place === 'end of memory' ? size - readAhead - text.length : input + place;
  const memory = new Uint8Array(code.memory.buffer);
  memory.fill(filler, begin + text.length, begin + text.length + readAhead);
  memory.set(text, begin);
  const rest = code.scan(begin, begin + text.length);
  return {
    lines: code.lineCount(),
    records: code.recordCount(),
    digest: code.fileDigest(),
    strange,
    groups: groupsOf(code),
    rest: begin + text.length - rest,
  };
}

function prepare(code: ScannerExports, { fields, at, ...plan }: FieldPlan): number {
  code.setSeed(1, 2);
  const input = code.prepare(inputBytes);
  const trie = code.prepareLabels(testAddresses.trie4.length, privateLabel);
  code.setInterval(3600);
  code.setClientGroups(limit.clientGroups);
  new Uint8Array(code.memory.buffer).set(privateHalves(), code.privateHalves());
  new Int32Array(code.memory.buffer, trie, testAddresses.trie4.length).set(testAddresses.trie4);
  code.clearCounts();
  code.setContext(0);
  code.setPlan(fields.length, at.bytes, at.start, at.end);
  code.setAddressFields(at.srcaddr, at.dstaddr, at['pkt-srcaddr'], at['pkt-dstaddr']);
  const tellsFlows = flowFields.every((field) => at[field] >= 0);
  if (tellsFlows) code.setFlowFields(at.srcport, at.dstport, at.protocol, at.packets);
  else code.setFlowFields(-1, -1, -1, -1);
  const [identities, circumstances] = [code.identityTable(), code.circumstanceTable()];
  for (const { first, end } of plan.identitySpans) code.addSpan(identities, first, end);
  for (const { first, end } of plan.circumstanceSpans) code.addSpan(circumstances, first, end);
  return input;
}

function groupsOf(code: ScannerExports): readonly string[] {
  const words = code.groupCapacity() * groupWord.count;
  const slots = new Uint32Array(code.memory.buffer, code.groupSlots(), words);
  const groups: string[] = [];
  for (let slot = 0; slot < words; slot += groupWord.count) {
    if (slots[slot + groupWord.recordsLow] === 0 && slots[slot + groupWord.recordsHigh] === 0)
      continue;
    groups.push(slots.subarray(slot, slot + groupWord.count).join(' '));
  }
  return groups.toSorted();
}
