import type { Head, InputForm } from './form.js';

/** Nothing, or nothing but blank lines. */
export const empty: InputForm = {
  kind: 'empty',
  detect: ({ line }) => line === '',
  read: { kind: 'nothing' },
};

export const utf16: InputForm = {
  kind: 'utf-16',
  detect: isUtf16,
  read: { kind: 'unread', reason: 'this file is UTF-16; save it as UTF-8' },
};

/** A byte order mark, or Latin text with a zero in every other byte. */
function isUtf16({ bytes }: Head): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true;
  return (a === 0 && c === 0 && b !== 0 && d !== 0) || (a !== 0 && c !== 0 && b === 0 && d === 0);
}

/** Archives that may hold a flow log, packed in a way that is not read. */
const archives = [
  ['a ZIP archive', [0x50, 0x4b, 0x03, 0x04]],
  ['bzip2-compressed', [0x42, 0x5a, 0x68]],
  ['an ORC file', [0x4f, 0x72, 0x63]],
  ['an Avro file', [0x4f, 0x62, 0x6a, 0x01]],
] as const;

/** Documents and pictures, which hold no flow log. */
const documents = [
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
] as const;

/** Files that are known by their first bytes, and are no flow log of a form that is read. */
export const otherFiles: readonly InputForm[] = [
  ...archives.map(
    ([name, detect]): InputForm => ({
      kind: 'archive',
      detect,
      read: { kind: 'unread', reason: `this is ${name}, and no flow log of a form that is read` },
    }),
  ),
  ...documents.map(
    ([name, detect]): InputForm => ({
      kind: 'document',
      detect,
      read: { kind: 'unread', reason: `this is ${name}, and no flow log`, isOther: true },
    }),
  ),
];

/** Any other file that is no text. It may be a flow log that is damaged or encrypted. */
export const binary: InputForm = {
  kind: 'binary',
  detect: ({ bytes }) => bytes.includes(0),
  read: {
    kind: 'unread',
    reason: 'this is a binary file, and no flow log of a form that is read',
  },
};
