import type { OpenGunzipSteps } from '../inputs/gunzip.js';
import { placeInS3 } from '../inputs/place-in-s3.js';
import type { RecordBatch } from '../records/record-batch.js';
import { type FieldPlan, planFields } from '../scanner/field-plan.js';
import type { FileContext, FileCounts } from '../scanner/packed-sums.js';
import type { Scanner } from '../scanner/scanner.js';
import { StrangeLines } from '../scanner/strange-lines.js';
import { nothingRead, type ReadOutcome, type ScanProgress, type ScanSettings } from './jobs.js';
import { columnsRead, textOfRows } from './rows-as-text.js';

/** What a scan works with. */
export interface ScanTools {
  readonly scanner: Scanner;
  readonly settings: ScanSettings;
  readonly progress: ScanProgress;
  /** How gzip is inflated into the scanner's memory; by default with zlib, where a trial proves it. */
  readonly gunzipSteps?: OpenGunzipSteps;
}

/** The scan of one file: its lines go to the scanner, and what is strange in them is kept account of. */
export class FileScan {
  readonly file: string;
  readonly tools: ScanTools;
  #lines: StrangeLines;
  #began = false;
  #unreadableRows = 0;
  #told = 0;

  constructor(file: string, tools: ScanTools) {
    this.file = file;
    this.tools = tools;
    this.#lines = new StrangeLines(file);
  }

  /** Begins a file of text with these fields. */
  beginText(plan: FieldPlan): void {
    const { scanner } = this.tools;
    const setPlan = (next: FieldPlan) => scanner.setContext(this.#contextOf(next));
    this.#lines = new StrangeLines(this.file, { plan, setPlan });
    this.#began = true;
    scanner.begin(this.#contextOf(plan), this.#lines.take);
  }

  #contextOf(plan: FieldPlan): FileContext {
    return { plan, ...placeInS3(this.file) };
  }

  /** Scans text as it comes. */
  async scanText(source: AsyncIterable<Uint8Array>): Promise<ReadOutcome> {
    for await (const chunk of source) {
      this.tools.scanner.push(chunk);
      this.tellProgress(0);
    }
    return this.scanned();
  }

  /** Scans records of another form: what is read of them is written as text, so that one scanner has the one meaning of a record. */
  async scanRows(batches: AsyncIterable<RecordBatch>): Promise<ReadOutcome> {
    let fields: readonly string[] | undefined;
    let columns: readonly number[] = [];
    let plan: FieldPlan | string = '';
    for await (const batch of batches) {
      if (batch.fields !== fields) {
        fields = batch.fields;
        columns = columnsRead(fields);
        plan = planFields(columns.map((column) => batch.fields[column] ?? ''));
      }
      for (const row of batch.unreadable) this.#addUnreadable(row.line, row.reason, row.excerpt);
      if (typeof plan === 'string') this.#rejectRows(batch, plan);
      else this.#scanBatch(batch, columns, plan);
      this.tellProgress(0);
    }
    return this.scanned();
  }

  #scanBatch(batch: RecordBatch, columns: readonly number[], plan: FieldPlan): void {
    const { scanner } = this.tools;
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
    this.#lines.add('form', { file: this.file, line, reason, excerpt });
  }

  /** Tells of bytes of the file read, and of the records since the last time. */
  tellProgress(bytes: number): void {
    const records = this.#began ? this.tools.scanner.recordCount() : 0;
    this.tools.progress(bytes, records - this.#told);
    this.#told = records;
  }

  /** Ends the file. */
  scanned(): ReadOutcome {
    return { kind: 'scanned', counts: this.#end() };
  }

  /** Ends a file that can't be read, or not to its end: what was read of it counts. */
  failed(reason: string): ReadOutcome {
    if (this.#began) this.tools.scanner.breakOff();
    return { kind: 'failed', reason, counts: this.#end() };
  }

  #end(): FileCounts {
    const { scanner } = this.tools;
    if (this.#began) scanner.end();
    const lines = this.#began ? scanner.lineCount() : 0;
    const records = (this.#began ? scanner.recordCount() : 0) + this.#unreadableRows;
    this.tellProgress(0);
    this.#began = false;
    return records === 0 && lines === 0 ? nothingRead : this.#lines.counts(lines, records);
  }
}
