import { createHash } from 'node:crypto';
import { type Amount, amount, toDecimalString, zero } from '../../base/decimal.js';
import { groupThousands, plural } from '../../base/text.js';
import { type TrafficFinding, trafficFinding } from '../findings/findings.js';
import { profileKey } from '../profile/merge-profiles.js';
import type { TrafficProfile, Volume } from '../profile/profile.js';

/** So many different rows are remembered where several summaries are read: some 300 MB. */
const mostRemembered = 2 ** 20;

/** Rows, and what they hold in both directions. */
interface RowSum {
  rows: number;
  bytes: bigint;
  gb: Amount;
}

interface Pair {
  readonly file: string;
  readonly other: string;
  readonly sum: RowSum;
}

/** What is told of the rows of one file: it is the first file of another that has to do with it. */
interface FileNotes {
  readonly ofLogs: RowSum;
  readonly same: Map<string, RowSum>;
  readonly added: Map<string, RowSum>;
}

/** What the rows are held against. */
interface RowsOnceOptions {
  /** How many files are read. Of one, rows are not remembered: its own rows that are alike are all meant. */
  readonly files: number;
  /** Whether a row is of traffic that flow logs among the inputs hold; null where there are none. */
  readonly isOfLogs: ((profile: TrafficProfile) => boolean) | null;
  readonly mostRemembered?: number;
}

/**
 * Counts each row of several summary CSVs once. A row that stands in several files counts as often as it does in the file that has it
 * most often, whatever their order; a row of traffic that was read from flow logs does not count.
 */
export class RowsOnce {
  readonly #options: RowsOnceOptions;
  readonly #mostRemembered: number;
  readonly #files: string[] = [];
  readonly #notes: FileNotes[] = [];
  /** By the digest of a row, how often a file has it at most, and by its number the first file that has it. */
  readonly #seen = new Map<string, { most: number; readonly first: number }>();
  #own = new Map<string, number>();
  /** By the digest of a profile and its period, the first file that has it. */
  readonly #profiles = new Map<string, number>();
  readonly #read = emptySum();
  readonly #counted = emptySum();
  #notCompared = 0;

  constructor(options: RowsOnceOptions) {
    this.#options = options;
    this.#mostRemembered = options.mostRemembered ?? mostRemembered;
  }

  /** Begins a file. Files come in the order of their names. */
  begin(file: string): void {
    this.#endFile();
    this.#files.push(file);
    this.#notes.push({ ofLogs: emptySum(), same: new Map(), added: new Map() });
  }

  /** Whether a row of the file counts. */
  counts(profile: TrafficProfile): boolean {
    const { files, isOfLogs } = this.#options;
    if (files === 1 && isOfLogs === null) return true;
    const notes = this.#notes.at(-1);
    if (notes === undefined) throw new Error('no file was begun');
    addTo(this.#read, profile);
    if (isOfLogs?.(profile) === true) {
      addTo(notes.ofLogs, profile);
      return false;
    }
    if (files > 1 && !this.#isNew(profile, notes)) return false;
    addTo(this.#counted, profile);
    return true;
  }

  #isNew(profile: TrafficProfile, notes: FileNotes): boolean {
    const facts = profileKey({ ...profile, loggedSeconds: null, source: null, namedBy: null });
    const row = digestOf(`${facts}\0${keyOf(profile.sent)}\0${keyOf(profile.received)}`);
    const times = (this.#own.get(row) ?? 0) + 1;
    const before = this.#seen.get(row);
    if (before === undefined && times === 1 && this.#isFull()) {
      this.#notCompared++;
      return true;
    }
    this.#own.set(row, times);
    if (before !== undefined && times <= before.most) {
      addTo(sumFor(notes.same, this.#files[before.first] ?? ''), profile);
      return false;
    }
    const key = digestOf(facts);
    const file = this.#files.length - 1;
    const first = this.#profiles.get(key) ?? file;
    if (first === file) this.#profiles.set(key, file);
    else addTo(sumFor(notes.added, this.#files[first] ?? ''), profile);
    return true;
  }

  #isFull(): boolean {
    return this.#seen.size + this.#own.size >= this.#mostRemembered;
  }

  #endFile(): void {
    const first = this.#files.length - 1;
    for (const [row, times] of this.#own) {
      const before = this.#seen.get(row);
      if (before === undefined) this.#seen.set(row, { most: times, first });
      else before.most = Math.max(before.most, times);
    }
    this.#own = new Map();
  }

  /** What was not counted, and what was added up, with the names of the files; and the account of all rows. */
  findings(): readonly TrafficFinding[] {
    const { files, isOfLogs } = this.#options;
    if (files === 1 && isOfLogs === null) return [];
    const ofLogs = this.#notes.flatMap(({ ofLogs: sum }, index) =>
      sum.rows === 0 ? [] : [{ file: this.#files[index] ?? '', sum }],
    );
    const same = this.#pairs(({ same: sums }) => sums);
    const added = this.#pairs(({ added: sums }) => sums);
    return [
      ...ofLogs.map(({ file, sum }) =>
        trafficFinding('summary-of-logs-read', { file, rows: sum.rows, volume: volumeText(sum) }),
      ),
      ...same.map(({ file, other, sum }) =>
        trafficFinding('summary-rows-in-two-files', { file, other, rows: sum.rows }),
      ),
      ...added.map(({ file, other, sum }) =>
        trafficFinding('summary-profiles-in-two-files', {
          file,
          other,
          rows: sum.rows,
          volume: volumeText(sum),
        }),
      ),
      ...(this.#notCompared === 0
        ? []
        : [trafficFinding('summary-rows-not-compared', { rows: this.#notCompared })]),
      trafficFinding('summary-rows-read', {
        rows: this.#read.rows,
        counted: textOf(this.#counted),
        ofLogs: textOf(total(ofLogs)),
        same: textOf(total(same)),
      }),
    ];
  }

  #pairs(of: (notes: FileNotes) => ReadonlyMap<string, RowSum>): readonly Pair[] {
    return this.#notes.flatMap((notes, index) =>
      Array.from(of(notes), ([other, sum]) => ({ file: this.#files[index] ?? '', other, sum })),
    );
  }
}

function emptySum(): RowSum {
  return { rows: 0, bytes: 0n, gb: zero };
}

function sumFor(sums: Map<string, RowSum>, file: string): RowSum {
  const sum = sums.get(file) ?? emptySum();
  sums.set(file, sum);
  return sum;
}

function addTo(sum: RowSum, { sent, received }: TrafficProfile): void {
  sum.rows++;
  for (const volume of [sent, received]) {
    if ('bytes' in volume) sum.bytes += volume.bytes;
    else sum.gb = sum.gb.plus(amount(volume.gb));
  }
}

function total(sums: readonly { readonly sum: RowSum }[]): RowSum {
  const all = emptySum();
  for (const { sum } of sums) {
    all.rows += sum.rows;
    all.bytes += sum.bytes;
    all.gb = all.gb.plus(sum.gb);
  }
  return all;
}

/** Rows with what they hold, as a part of a sentence; null for none. */
function textOf(sum: RowSum): string | null {
  return sum.rows === 0 ? null : `${groupThousands(sum.rows)} (${volumeText(sum)})`;
}

function volumeText({ bytes, gb }: RowSum): string {
  if (gb.isZero()) return plural(bytes, 'byte');
  const inGb = `${groupThousands(toDecimalString(gb))} GB`;
  return bytes === 0n ? inGb : `${plural(bytes, 'byte')} and ${inGb}`;
}

function keyOf(volume: Volume): string {
  return 'bytes' in volume ? `${volume.bytes}` : `${volume.gb} GB`;
}

/** A digest that nobody can make two rows agree in, in 16 characters. */
function digestOf(text: string): string {
  return createHash('sha256').update(text).digest().toString('latin1', 0, 16);
}
