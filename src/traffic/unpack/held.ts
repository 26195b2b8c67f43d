import { PathfareError } from '../../base/errors.js';
import { memorySource, type SeekableSource, type Source } from '../sources/source.js';

const mostBytes = 256 * 1024 * 1024;

/** A source whose contents are listed at its end, as those of Parquet and ZIP: what comes once is held whole. */
export async function held(source: Source, form: string): Promise<SeekableSource> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of source.stream()) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > mostBytes) {
      throw new PathfareError(
        'invalid-flow-log',
        `${source.name}: holds more than ${mostBytes} bytes of ${form}`,
        { hint: `Give ${form} as a file, not through standard input or packed in another file.` },
      );
    }
  }
  return memorySource(source.name, Buffer.concat(pieces));
}
