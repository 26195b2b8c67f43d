import { groupThousands } from '../../base/text.js';
import type { UnreadableLine, UnreadableReason } from '../findings/unreadable.js';
import type { OpenGunzipSteps } from '../forms/form.js';
import { formOf, openInput } from '../forms/index.js';
import { flowLogFieldOf, namesFields } from '../records/flow-log-fields.js';
import type { RecordBatch } from '../records/record-batch.js';
import { type FieldPlan, fieldsRead, planFields } from '../scanner/field-plan.js';
import type { FileContext } from '../scanner/identities.js';
import { limit, lineReason } from '../scanner/layout.js';
import type { FileCounts } from '../scanner/packed-sums.js';
import type { Scanner, StrangeLine } from '../scanner/scanner.js';
import { placeInS3 } from '../sources/place-in-s3.js';
import type { Source } from '../sources/source.js';
import { readBy, readerFailure, reasonOf } from './failures.js';
import {
  type FileOutcome,
  nothingRead,
  type Piece,
  type ReadOutcome,
  type ScanJob,
  type ScanOutcome,
  type ScanProgress,
  type ScanSettings,
} from './jobs.js';
import { scanMembers } from './members.js';

/** What a scan works with. */
export interface ScanTools {
  readonly scanner: Scanner;
  readonly settings: ScanSettings;
  readonly progress: ScanProgress;
  /** How gzip is inflated into the scanner's memory; by default with zlib, where a trial proves it. */
  readonly gunzipSteps?: OpenGunzipSteps;
}

/** Scans a source of any form into the scanner's sums. What can't be read is told, not thrown. */
export async function scanFile(job: ScanJob, tools: ScanTools): Promise<ScanOutcome> {
  const tally = new FileTally(job.source.name, tools, await packingOf(job.source));
  try {
    return await scanContent(tally, job, tools);
  } catch (error) {
    return tally.failed(reasonOf(error, job.source.name));
  }
}

/** Scans a file of an archive. Bytes are told of the archive, which the file is read from. */
async function scanMember(source: Source, tools: ScanTools): Promise<FileOutcome> {
  const progress = (_: number, records: number) => tools.progress(0, records);
  const outcome = await scanFile({ source, isMember: true }, { ...tools, progress });
  if (outcome.kind === 'members') throw new Error(`${source.name} was read as an archive`);
  return outcome;
}

/** The outermost form of a source; null where it can't be looked at. */
async function packingOf(source: Source): Promise<string | null> {
  try {
    const { form } = await formOf(source);
    return form.kind;
  } catch {
    // What is wrong is told when it is read.
    return null;
  }
}

async function scanContent(
  tally: FileTally,
  { source, piece, skip = [], isMember = false }: ScanJob,
  tools: ScanTools,
): Promise<ScanOutcome> {
  const { settings, gunzipSteps } = tools;
  const told = toldSource(source, (bytes) => tally.tellProgress(bytes));
  const how = { fields: settings.fields, ...(gunzipSteps === undefined ? {} : { gunzipSteps }) };
  const opened = await openInput(told, how).catch((error: unknown) => {
    throw readerFailure(error);
  });
  try {
    const { content } = opened;
    switch (content.kind) {
      case 'text':
        return await tally.scanText(opened.source, content.plan, piece);
      case 'records':
        return await tally.scanRows(content.batches);
      case 'summary':
        return { kind: 'summary-csv' };
      case 'members':
        if (isMember) return tally.failed('this is an archive within an archive; unpack it');
        return await scanMembers(content.members, {
          archive: source,
          skip,
          scan: (member) => scanMember(member, tools),
          progress: tools.progress,
        });
      case 'nothing':
        return tally.scanned();
      case 'unread':
        return tally.failed(content.reason, content.isOther);
      default:
        return content satisfies never;
    }
  } finally {
    await opened.source.close?.();
  }
}

/** The source, with each piece that is read of it told. */
function toldSource(source: Source, tell: (bytes: number) => void): Source {
  const { readAt } = source;
  const toldRead = async (start: number, end: number) => {
    const bytes = await source.readAt?.(start, end);
    tell(end - start);
    return bytes ?? new ArrayBuffer(0);
  };
  return {
    ...source,
    ...(readAt === undefined ? {} : { readAt: toldRead }),
    async *stream(options) {
      for await (const piece of source.stream(options)) {
        const { length } = piece;
        yield piece;
        tell(length);
      }
    },
  };
}

/** The account of one file: its lines go to the scanner, and what is strange in them is kept. */
class FileTally {
  readonly #file: string;
  readonly #tools: ScanTools;
  readonly #packing: string | null;
  #lines: StrangeLines;
  /** What stands for the flow log where the file's name does not tell it: one flow log writes one form, with the same fields. */
  #form: 'text' | 'records' = 'text';
  /** The flow log that the records themselves name: a log group of CloudWatch Logs. */
  #flowLog: string | undefined;
  #began = false;
  #unreadableRows = 0;
  #told = 0;

  constructor(file: string, tools: ScanTools, packing: string | null) {
    this.#file = file;
    this.#tools = tools;
    this.#packing = packing;
    this.#lines = new StrangeLines(file);
  }

  #contextOf(plan: FieldPlan): FileContext {
    const { flowLog, ...place } = placeInS3(this.#file);
    const told = flowLog ?? this.#flowLog;
    return { plan, flowLog: told ?? `${this.#form}: ${plan.header}`, ...place };
  }

  /** Scans text with these fields, or a piece of it. */
  async scanText(source: Source, plan: FieldPlan, piece?: Piece): Promise<ReadOutcome> {
    const { scanner } = this.#tools;
    this.#beginText(plan);
    const { start, end } = piece ?? { start: 0, end: Infinity };
    // A line is of the piece that it begins in. The byte before tells whether one begins with the piece.
    let at = Math.max(0, start - 1);
    if (start > 0) scanner.skipToLine();
    const stream = source.stream({ start: at, room: () => scanner.room() });
    for await (const bytes of readBy(stream)) {
      const lineEnd = bytes.indexOf(10, Math.max(0, end - 1 - at));
      at += bytes.length;
      // The scanner's memory may grow while it scans; then these bytes are no longer there.
      scanner.push(lineEnd < 0 ? bytes : bytes.subarray(0, lineEnd + 1));
      this.tellProgress(0);
      if (lineEnd >= 0 || (at >= end && !scanner.isWithinLine())) break;
    }
    return this.scanned();
  }

  #beginText(plan: FieldPlan): void {
    const { scanner } = this.#tools;
    const setPlan = (next: FieldPlan) => scanner.setContext(this.#contextOf(next));
    this.#lines = new StrangeLines(this.#file, { plan, setPlan });
    this.#began = true;
    scanner.begin(this.#contextOf(plan), this.#lines.take);
  }

  /** Scans records of another form: what is read of them is written as text, so that one scanner has the one meaning of a record. */
  async scanRows(batches: AsyncIterable<RecordBatch>): Promise<ReadOutcome> {
    let fields: readonly string[] | undefined;
    let columns: readonly number[] = [];
    let plan: FieldPlan | string = '';
    this.#form = 'records';
    for await (const batch of readBy(batches)) {
      if (batch.fields !== fields) {
        fields = batch.fields;
        columns = columnsRead(fields);
        plan = planFields(columns.map((column) => batch.fields[column] ?? ''));
      }
      this.#flowLog = batch.flowLog;
      for (const row of batch.unreadable) this.#addUnreadable(row.line, row.reason, row.excerpt);
      if (typeof plan === 'string') this.#rejectRows(batch, plan);
      else this.#scanBatch(batch, columns, plan);
      this.tellProgress(0);
    }
    return this.scanned();
  }

  #scanBatch(batch: RecordBatch, columns: readonly number[], plan: FieldPlan): void {
    const { scanner } = this.#tools;
    const before = this.#began ? scanner.lineCount() : 0;
    if (!this.#began) {
      this.#began = true;
      scanner.begin(this.#contextOf(plan), (line) => this.#takeRow(line));
    }
    scanner.setContext(this.#contextOf(plan));
    this.#rowLine = (scanned) => batch.lines[scanned - before - 1] ?? 0;
    scanner.push(Buffer.from(textOfRows(batch.rows, columns)));
  }

  /** The line of the file that a line of the text made of it comes from. */
  #rowLine: (scanned: number) => number = () => 0;

  #takeRow(line: Parameters<StrangeLines['take']>[0]): boolean {
    return this.#lines.take({ ...line, number: this.#rowLine(line.number) });
  }

  #rejectRows(batch: RecordBatch, problem: string): void {
    for (const [index, row] of batch.rows.entries()) {
      this.#addUnreadable(batch.lines[index] ?? 0, problem, row.join(' ').slice(0, 200));
    }
  }

  #addUnreadable(line: number, reason: string, excerpt: string): void {
    this.#unreadableRows++;
    this.#lines.add('form', { file: this.#file, line, reason, excerpt });
  }

  /** Tells of bytes of the file read, and of the records since the last time. */
  tellProgress(bytes: number): void {
    const records = this.#began ? this.#tools.scanner.recordCount() : 0;
    this.#tools.progress(bytes, records - this.#told);
    this.#told = records;
  }

  /** Ends the file. */
  scanned(): ReadOutcome {
    return { kind: 'scanned', packing: this.#packing, counts: this.#end() };
  }

  /** Ends a file that can't be read, or not to its end: what was read of it counts. */
  failed(reason: string, isOther = false): ReadOutcome {
    if (this.#began) this.#tools.scanner.breakOff();
    return { kind: 'failed', reason, isOther, packing: this.#packing, counts: this.#end() };
  }

  #end(): FileCounts {
    const { scanner } = this.#tools;
    if (this.#began) scanner.end();
    const lines = this.#began ? scanner.lineCount() : 0;
    const records = (this.#began ? scanner.recordCount() : 0) + this.#unreadableRows;
    const digest = this.#began ? scanner.digest() : 0n;
    const fields = this.#began ? scanner.fieldNames() : '';
    this.tellProgress(0);
    this.#began = false;
    if (records === 0 && lines === 0) return nothingRead;
    return { ...this.#lines.counts(lines, records), digest, fields };
  }
}

/** The scanner's reasons, with their words. */
const reasons: Readonly<Record<number, readonly [UnreadableReason, string]>> = {
  [lineReason.fieldCount]: ['field-count', 'does not have as many values as there are fields'],
  [lineReason.number]: ['number', 'has a value of bytes that is no whole number below 10^18'],
  [lineReason.address]: ['address', 'has an address that is none'],
  [lineReason.name]: ['name', 'has a value that is too long'],
  [lineReason.time]: ['time', 'has a start or an end that is no time'],
  [lineReason.tooLong]: ['too-long', `is longer than ${groupThousands(limit.lineBytes)} bytes`],
  [lineReason.cutOff]: ['cut-off', 'is where the file breaks off'],
};

const samplesKept = 3;
const excerptBytes = 200;
const longestHeader = 8192;
const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder();

/** Keeps account of a file's lines that are no records: headers in the middle, and what can't be read. */
class StrangeLines {
  readonly #file: string;
  readonly #setPlan: (plan: FieldPlan) => void;
  /** The first header; null where lines can't name fields. */
  readonly #header: string | null;
  #headerChanged = false;
  readonly #unreadable = new Map<UnreadableReason, number>();
  readonly #samples: UnreadableLine[] = [];

  /** `text`, for a file of text: its first header, and who is told of headers in the middle. */
  constructor(
    file: string,
    text?: { readonly plan: FieldPlan; readonly setPlan: (plan: FieldPlan) => void },
  ) {
    this.#file = file;
    this.#header = text?.plan.header ?? null;
    this.#setPlan = text?.setPlan ?? (() => {});
  }

  /** Takes a line from the scanner. */
  readonly take: StrangeLine = ({ bytes, number, reason }) => {
    // Where a file breaks off, half a header is no header: the line counts as one that can't be read.
    const isWhole = reason !== lineReason.cutOff;
    const mayBeHeader = isWhole && this.#header !== null && bytes.length <= longestHeader;
    const plan = mayBeHeader ? headerIn(utf8.decode(bytes)) : undefined;
    if (plan !== undefined) {
      if (plan.header !== this.#header) this.#headerChanged = true;
      this.#setPlan(plan);
      return true;
    }
    const [name, words] = reasons[reason] ?? ['form', 'is no record'];
    const excerpt = latin1.decode(bytes.subarray(0, excerptBytes));
    this.add(name, { file: this.#file, line: number, reason: words, excerpt });
    return false;
  };

  /** Takes a row that a reader of another form than text could not read. */
  add(reason: UnreadableReason, line: UnreadableLine): void {
    this.#unreadable.set(reason, (this.#unreadable.get(reason) ?? 0) + 1);
    if (this.#samples.length < samplesKept) this.#samples.push(line);
  }

  /** The account, with the reader's own count of lines and records. */
  counts(lines: number, records: number): Omit<FileCounts, 'digest' | 'fields'> {
    return {
      lines,
      records,
      unreadable: Object.fromEntries(this.#unreadable),
      samples: this.#samples,
      headerChanged: this.#headerChanged,
    };
  }
}

/** The plan of a line that names fields; undefined for any other line. */
function headerIn(line: string): FieldPlan | undefined {
  // A record begins with a digit, or an interface; to ask every broken one for the fields it names would be slow.
  if (!/^[\s"$A-Za-z]/.test(line) || !namesFields(line)) return undefined;
  const plan = planFields(line.trim().split(/\s+/));
  return typeof plan === 'string' ? undefined : plan;
}

/** The columns that are read; of two with one name, the first. */
function columnsRead(fields: readonly string[]): readonly number[] {
  const known = fields.map((name) => {
    const field = flowLogFieldOf(name);
    return field !== undefined && fieldsRead.includes(field) ? field : undefined;
  });
  return known.flatMap((field, index) =>
    field !== undefined && known.indexOf(field) === index ? [index] : [],
  );
}

/** Rows as lines of text, with only these columns. */
function textOfRows(rows: readonly (readonly string[])[], columns: readonly number[]): string {
  let text = '';
  for (const row of rows) text += `${columns.map((column) => oneWord(row[column])).join(' ')}\n`;
  return text;
}

/** A value as it can stand between spaces. */
function oneWord(value: string | undefined): string {
  if (value === undefined || value === '') return '-';
  return /[ \r\n]/.test(value) ? value.replaceAll(/[ \r\n]/g, '_') : value;
}
