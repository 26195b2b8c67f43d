import type { Source } from '../sources/source.js';
import { bzip2 } from './bzip2.js';
import { csvRecords } from './csv-records.js';
import {
  cloudwatchExport,
  eventLines,
  spacedText,
  textWithHeader,
  textWithoutHeader,
  unknownText,
} from './flow-log-text.js';
import type { Content, Head, HowRead, InputForm } from './form.js';
import { gzip } from './gzip.js';
import { jsonRecords } from './json-records.js';
import { parquet } from './parquet.js';
import { summaryCsv } from './summary-csv.js';
import { binary, empty, otherFiles, otherLogs, utf16 } from './unread.js';
import { xz } from './xz.js';
import { zstandard } from './zstandard.js';

/** The forms in which inputs come, in the order in which they are looked for. A source is of the first that is found. */
const forms: readonly InputForm[] = [
  gzip,
  zstandard,
  xz,
  bzip2,
  parquet,
  utf16,
  ...otherFiles,
  binary,
  empty,
  ...otherLogs,
  spacedText,
  textWithHeader,
  jsonRecords,
  summaryCsv,
  csvRecords,
  eventLines,
  cloudwatchExport,
  textWithoutHeader,
];

/** What the head of a source shows it to be. */
export interface Detected {
  readonly form: InputForm;
  readonly head: Head;
}

/** A source remembers its head, and here is remembered what it was found to be. */
const known = new WeakMap<Uint8Array, Detected>();

/** Tells the form of a source by its first bytes, never by its name. */
export async function formOf(source: Source): Promise<Detected> {
  const bytes = await source.head();
  const detected = known.get(bytes) ?? detectForm(bytes);
  known.set(bytes, detected);
  return detected;
}

/** Tells the form of a source that begins with these bytes. */
export function detectForm(bytes: Uint8Array): Detected {
  const head = headOf(bytes);
  const found = forms.find(({ detect }) =>
    typeof detect === 'function' ? detect(head) : detect.every((byte, at) => bytes[at] === byte),
  );
  return { form: found ?? unknownText, head };
}

function headOf(bytes: Uint8Array): Head {
  let text: string | undefined;
  return {
    bytes,
    get text() {
      text ??= new TextDecoder().decode(bytes);
      return text;
    },
    get line() {
      return /\S[^\r\n]*/.exec(this.text)?.[0].trimEnd() ?? '';
    },
  };
}

/** How often a source may be packed. */
const mostContainers = 2;

/** What a source holds, and the source of these bytes: another one where it was packed. */
export interface Opened {
  readonly source: Source;
  readonly content: Exclude<Content, { readonly kind: 'packed' }>;
}

/** Finds out what a source holds, and unpacks it. */
export async function openInput(source: Source, how: Omit<HowRead, 'head'>): Promise<Opened> {
  const packed: string[] = [];
  let inner = source;
  for (;;) {
    const { form, head } = await formOf(inner);
    const { read } = form;
    const content = typeof read === 'function' ? await read(inner, { ...how, head }) : read;
    if (content.kind !== 'packed') return { source: inner, content };
    packed.push(form.kind);
    if (packed.length > mostContainers) {
      const reason = `this is ${packed.join(' within ')}; unpack it`;
      return { source: inner, content: { kind: 'unread', reason } };
    }
    inner = content.source;
  }
}
