import { ReadableStream } from 'node:stream/web';
import type { Source } from '../sources/source.js';

/** A source as a stream of the web's kind. */
export interface WebStream {
  readonly stream: ReadableStream<Uint8Array>;
  /** What the source itself failed with: a library's own error stands for it in the stream. */
  readonly failure: () => unknown;
}

/** Streams a source to a library that keeps what it is given: the memory of a source is used again. */
export function webStream(source: Source): WebStream {
  let failure: unknown;
  async function* copies(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of source.stream()) yield piece.slice();
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  return { stream: ReadableStream.from(copies()), failure: () => failure };
}
