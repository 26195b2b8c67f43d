import { type Source, streamSource } from '../sources/source.js';
import type { Member } from '../unpack/members.js';
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
import { tar } from './tar.js';
import { binary, empty, otherFiles, otherLogs, ownOutputs, utf16 } from './unread.js';
import { xz } from './xz.js';
import { zip } from './zip.js';
import { zstandard } from './zstandard.js';

/** The forms in which inputs come, in the order in which they are looked for. A source is of the first that is found. */
const forms: readonly InputForm[] = [
  // Its first bytes are a name, which may be that of any other form.
  tar,
  gzip,
  zstandard,
  xz,
  bzip2,
  zip,
  parquet,
  utf16,
  ...otherFiles,
  binary,
  empty,
  ...ownOutputs,
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

/** A member of an archive that is there to be read again. */
export function memberSource(
  archive: Source,
  { name, number }: Pick<Member, 'name' | 'number'>,
  how: Omit<HowRead, 'head'>,
): Source {
  return streamSource(name, () => memberBytes(archive, number, how));
}

async function* memberBytes(
  archive: Source,
  number: number,
  how: Omit<HowRead, 'head'>,
): AsyncGenerator<Uint8Array> {
  const { source, content } = await openInput(archive, how);
  try {
    if (content.kind !== 'members') throw new Error(`${archive.name} was an archive before`);
    for await (const member of content.members) {
      if (member.number !== number) continue;
      if (member.kind === 'file') yield* member.source.stream();
      return;
    }
  } finally {
    await source.close?.();
  }
}
