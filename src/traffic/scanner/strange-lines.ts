import type { UnreadableLine, UnreadableReason } from '../findings/unreadable.js';
import { namesFields } from '../records/record-text.js';
import { type FieldPlan, planFields } from './field-plan.js';
import { lineReason } from './layout.js';
import type { FileCounts } from './packed-sums.js';
import type { StrangeLine } from './scanner.js';

/** The scanner's reasons, with their words. */
const reasons: Readonly<Record<number, readonly [UnreadableReason, string]>> = {
  [lineReason.fieldCount]: ['field-count', 'does not have as many values as there are fields'],
  [lineReason.number]: ['number', 'has a value of bytes that is no whole number below 10^18'],
  [lineReason.address]: ['address', 'has an address that is none'],
  [lineReason.name]: ['name', 'has a value that is too long'],
  [lineReason.time]: ['time', 'has a start or an end that is no time'],
  [lineReason.tooLong]: ['too-long', 'is longer than 65,536 bytes'],
  [lineReason.cutOff]: ['cut-off', 'is where the file breaks off'],
};

const samplesKept = 3;
const excerptBytes = 200;
const longestHeader = 8192;
const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder();

/** Keeps account of a file's lines that are no records: headers in the middle, and what can't be read. */
export class StrangeLines {
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
    const mayBeHeader = this.#header !== null && bytes.length <= longestHeader;
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
  counts(lines: number, records: number): FileCounts {
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
