import { open } from 'node:fs/promises';
import { PathfareError } from '../../base/errors.js';
import type { RandomAccess } from './parquet-records.js';

/** A file that is open to be read from anywhere; close it when done. */
export interface OpenFile extends RandomAccess {
  close(): Promise<void>;
}

/** Opens a file to be read from anywhere. Reading beyond its end, or after it was cut, is an error. */
export async function openRandomAccess(file: string): Promise<OpenFile> {
  const handle = await open(file);
  const { size } = await handle.stat();
  const slice = async (start: number, end = size): Promise<ArrayBuffer> => {
    if (!(start >= 0 && start <= end && end <= size)) throw outside(file, start, end, size);
    const bytes = new Uint8Array(end - start);
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at);
      if (bytesRead === 0) throw outside(file, start, end, start + at);
      at += bytesRead;
    }
    return bytes.buffer;
  };
  return { byteLength: size, slice, close: () => handle.close() };
}

/** Bytes in memory (standard input, an inflated file) to be read from anywhere. */
export function randomAccessTo(bytes: Uint8Array): RandomAccess {
  const slice = (start: number, end?: number) => Uint8Array.from(bytes.subarray(start, end)).buffer;
  return { byteLength: bytes.length, slice };
}

function outside(file: string, start: number, end: number, size: number): PathfareError {
  return new PathfareError(`${file}: has ${size} bytes, and names bytes ${start} to ${end}`, {
    hint: 'Check that the file is complete; fetch it from S3 again.',
  });
}
