import { pipeline } from 'node:stream';
import { callbackify } from 'node:util';
import { crc32, createInflateRaw } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { PathfareError } from '../../base/errors.js';
import { type SeekableSource, streamSource } from '../sources/source.js';
import { damagedContainer } from './damaged.js';
import { isHidden, type Member, memberName } from './members.js';

/** The files of a ZIP archive, in the order of its directory. Folders and links hold no bytes of their own. */
export async function* zipMembers(source: SeekableSource): AsyncGenerator<Member> {
  try {
    // Names as bytes: a name that would be unsafe to write to is only shown here, and ends no reading.
    const options = { decodeStrings: false, validateEntrySizes: false, autoClose: false };
    const reader = new SourceReader(source);
    const zip = await yauzl.fromRandomAccessReaderPromise(reader, source.bytes, options);
    let packed = 0;
    let number = 0;
    for await (const entry of zip.eachEntry()) {
      packed += entry.compressedSize;
      // Bytes that stand for many members make a small archive one of petabytes.
      if (packed > source.bytes) throw overlapping(source.name);
      const member = memberOf({ source, zip, entry }, number++);
      if (member !== null) yield member;
    }
  } catch (cause) {
    throw failureOf(source.name, cause);
  }
}

/** Reads for yauzl out of a source. */
class SourceReader extends yauzl.RandomAccessReader {
  readonly #source: SeekableSource;

  constructor(source: SeekableSource) {
    super();
    this.#source = source;
  }

  override read(
    room: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const fill = async () => {
      const end = position + length;
      if (end > this.#source.bytes) throw new Error('its directory names bytes behind its end');
      room.set(new Uint8Array(await this.#source.readAt(position, end)), offset);
    };
    callbackify(fill)((error) => callback(error));
  }
}

interface ZipEntry {
  readonly source: SeekableSource;
  readonly zip: ZipFile;
  readonly entry: Entry;
}

/** How members are packed: as they are, deflated, or in a form that is looked at anew (bzip2, Zstandard, XZ). */
const stored = 0;
const deflated = 8;
const packedAsForms: readonly number[] = [12, 20, 93, 95];

const fileTypes = 0o170000;
const link = 0o120000;

function memberOf(of: ZipEntry, number: number): Member | null {
  const { source, entry } = of;
  const own = yauzl.getFileNameLowLevel(
    entry.generalPurposeBitFlag,
    entry.fileNameRaw,
    entry.extraFields,
    false,
  );
  const isLink = ((entry.externalFileAttributes >>> 16) & fileTypes) === link;
  if (own.endsWith('/') || isLink || isHidden(own)) return null;
  const name = memberName(source.name, own);
  const member = { number, name, bytes: entry.uncompressedSize };
  if (entry.isEncrypted()) {
    return { ...member, kind: 'unread', reason: 'it is encrypted; unpack it with its password' };
  }
  const { compressionMethod: method } = entry;
  if (method !== stored && method !== deflated && !packedAsForms.includes(method)) {
    const reason = `it is packed by method ${method} of ZIP, which is not read; unpack it`;
    return { ...member, kind: 'unread', reason };
  }
  return { ...member, kind: 'file', source: streamSource(name, () => unpacked(of, name)) };
}

async function* unpacked(of: ZipEntry, name: string): AsyncGenerator<Uint8Array> {
  const { entry } = of;
  const { compressionMethod: method } = entry;
  try {
    if (packedAsForms.includes(method)) yield* packedBytes(of);
    else yield* checked(entry, method === deflated ? inflated(of) : packedBytes(of));
  } catch (cause) {
    throw cause instanceof PathfareError ? cause : damagedContainer(name, 'ZIP', cause);
  }
}

/** How much is read at once. */
const pieceBytes = 128 * 1024;

async function* packedBytes({ source, zip, entry }: ZipEntry): AsyncGenerator<Uint8Array> {
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const end = fileDataStart + entry.compressedSize;
  for (let at = fileDataStart; at < end; at += pieceBytes) {
    yield new Uint8Array(await source.readAt(at, Math.min(end, at + pieceBytes)));
  }
}

async function* inflated(of: ZipEntry): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize: pieceBytes });
  // The failure of either reaches the reader through `inflate` itself.
  pipeline(packedBytes(of), inflate, () => {});
  for await (const piece of inflate) {
    if (!(piece instanceof Uint8Array)) throw new Error('zlib gave something else than bytes');
    yield piece;
  }
}

/** Bytes as many as the directory says, and with its checksum. */
async function* checked(
  { uncompressedSize, crc32: checksum }: Entry,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let count = 0;
  let found = 0;
  for await (const piece of bytes) {
    count += piece.length;
    if (count > uncompressedSize) throw new Error('it is longer than its directory says');
    found = crc32(piece, found);
    yield piece;
  }
  if (count !== uncompressedSize || found !== checksum) throw new Error('its checksum differs');
}

function overlapping(archive: string): PathfareError {
  return new PathfareError('invalid-flow-log', `${archive}: its files share the same bytes`, {
    hint: 'An archive made to fill a disk does this. Make it anew.',
  });
}

/** yauzl's failures, in our words. */
function failureOf(archive: string, cause: unknown): unknown {
  if (cause instanceof PathfareError) return cause;
  const text = cause instanceof Error ? cause.message : '';
  const named = (problem: string, hint: string) =>
    new PathfareError('invalid-flow-log', `${archive}: ${problem}`, { hint, cause });
  if (text.includes('encryption'))
    return named('the ZIP archive is encrypted', 'Unpack it with its password.');
  if (text.includes('multi-disk'))
    return named(
      'this is one part of a ZIP archive in several',
      'Join the parts, and unpack them.',
    );
  return damagedContainer(archive, 'ZIP', cause);
}
