import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip, gunzipSync } from 'node:zlib';

/** One step of inflating: larger ones are no faster, smaller ones cost a hand-over each. */
const inflatedChunk = 1024 * 1024;
/** A gzip file that inflates to no more than this is inflated in one step. */
const smallFile = 4 * 1024 * 1024;

/** The inflated bytes of a gzip file, in pieces; members one after another are one text. Told how many bytes of the file are read. */
export async function* inflateFile(
  file: string,
  read: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const whole = await inflateSmall(file);
  if (whole !== undefined) {
    read(whole.compressed);
    yield whole.text;
    return;
  }
  const source = createReadStream(file, { highWaterMark: 256 * 1024 });
  source.on('data', (chunk) => read(chunk.length));
  yield* inflate(source);
}

/** Inflates a stream: Node's zlib works in a thread of its own while the last piece is scanned. */
export async function* inflate(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: inflatedChunk });
  // The failure of either reaches the reader through gunzip itself.
  pipeline(source, gunzip, () => {});
  for await (const chunk of gunzip) yield toBytes(chunk);
}

function toBytes(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  throw new Error('zlib gave something else than bytes');
}

/** A small file whole. Undefined where it is large or broken: the stream then gives what there is of it. */
async function inflateSmall(
  file: string,
): Promise<{ readonly text: Uint8Array; readonly compressed: number } | undefined> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    if (size > smallFile || size < 20) return undefined;
    const packed = await handle.readFile();
    // The last four bytes of a member are its length, so that one buffer of that size holds it all.
    const length = packed.length < 4 ? 0 : packed.readUInt32LE(packed.length - 4);
    if (length === 0 || length > smallFile) return undefined;
    const options = { chunkSize: Math.max(1024, length + 1), maxOutputLength: smallFile };
    return { text: gunzipSync(packed, options), compressed: packed.length };
  } catch {
    return undefined;
  } finally {
    await handle.close();
  }
}
