import { scannerBinary } from './binary.js';

/** What the scanner (assembly/) asks of its host. */
export interface ScannerImports {
  /** A line that is no record by the plan; answers whether it was a header, which may have changed the plan. */
  readonly strangeLine: (start: number, end: number, reason: number) => boolean;
  /** A set of names met for the first time; answered by `describeIdentity`. */
  readonly newIdentity: (id: number) => void;
  /** As above, answered by `describeCircumstance`. */
  readonly newCircumstance: (id: number) => void;
  readonly lookup6: (a: number, b: number, c: number, d: number) => number;
}

/** What the scanner offers; addresses are places in its memory. See assembly/. */
export interface ScannerExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly prepare: (inputBytes: number) => number;
  readonly scan: (start: number, end: number) => number;
  readonly lineCount: () => number;
  readonly recordCount: () => number;
  readonly clearCounts: () => void;
  readonly clearNames: () => void;
  readonly clearGroups: () => void;
  readonly groupSlots: () => number;
  readonly groupCapacity: () => number;
  readonly groupCount: () => number;
  /** `who` is the identity above the address; `what` the pattern above the circumstance above the label. */
  readonly addToGroup: (
    who: bigint,
    what: bigint,
    bucket: number,
    records: bigint,
    bytes: bigint,
  ) => void;
  /** Sets the secret of the hashes: 64 bits. */
  readonly setSeed: (low: number, high: number) => void;
  readonly privateHalves: () => number;
  readonly prepareLabels: (entries: number, labelOfPrivate: number) => number;
  readonly setContext: (context: number) => void;
  readonly setPlan: (fields: number, bytes: number, start: number, end: number) => void;
  readonly setAddressFields: (src: number, dst: number, pktSrc: number, pktDst: number) => void;
  readonly setFlowFields: (
    srcPort: number,
    dstPort: number,
    protocol: number,
    packets: number,
  ) => void;
  readonly addSpan: (table: number, first: number, end: number) => void;
  readonly identityTable: () => number;
  readonly circumstanceTable: () => number;
  readonly countOf: (table: number) => number;
  /** `same`: the number of the first identity that says the same. */
  readonly describeIdentity: (id: number, same: number, iface: number) => void;
  /** `flags`: the sum of `circumstanceFlag`; `meaning`: 28 bits that are the same wherever the circumstance is. */
  readonly describeCircumstance: (id: number, same: number, flags: number, meaning: number) => void;
  /** Gives an identity so many ranges of excluded time; answers where the host writes them. */
  readonly excludeTimes: (id: number, ranges: number) => number;
  /** The digest of the file so far, an unsigned 64-bit number. */
  readonly fileDigest: () => bigint;
  /** The place of an interface's hashes of flows, 0 where it has none. */
  readonly mirrorsOf: (iface: number) => number;
  readonly clearMirrors: () => void;
  /** 1 where clients were not kept since the last time it was asked. */
  readonly takeUnkeptClients: () => number;
  /** Sets with how many groups clients are no longer told apart. */
  readonly setClientGroups: (groups: number) => void;
  readonly setInterval: (seconds: number) => void;
  readonly prepareTalkers: () => void;
  readonly clearTalkers: () => void;
  readonly talkerSlots: () => number;
  readonly talkerCapacity: () => number;
  /** An unsigned 64-bit number, as WebAssembly hands it over: signed. */
  readonly talkerError: () => bigint;
  /** How often it went round. */
  readonly talkerErrorCarry: () => bigint;
}

/** As much of the engine's WebAssembly as is used: TypeScript's own declaration comes with a browser's. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

let compiled: object | undefined;

/** A scanner of its own memory. The code is compiled once a thread. */
export function instantiateScanner(imports: ScannerImports): ScannerExports {
  compiled ??= new WebAssembly.Module(Buffer.from(scannerBinary, 'base64'));
  const { exports } = new WebAssembly.Instance(compiled, {
    scan: { strangeLine: imports.strangeLine },
    record: { newIdentity: imports.newIdentity, newCircumstance: imports.newCircumstance },
    labels: { lookup6: imports.lookup6 },
  });
  if (!isScanner(exports)) throw new Error('the embedded scanner is not the one this code expects');
  return exports;
}

function isScanner(exports: object): exports is ScannerExports {
  return 'scan' in exports && 'memory' in exports && 'talkerError' in exports;
}
