import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** One step of inflating: larger ones are no faster, smaller ones cost a hand-over each. */
const inflatedChunk = 1024 * 1024;

/** The inflated bytes of a gzip file, in pieces; members one after another are one text. Told how many bytes of the file are read. */
export async function* inflateFile(
  file: string,
  read: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
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
