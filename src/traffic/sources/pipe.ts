import { constants, createReadStream, openSync, type Stats } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { type Source, streamSource } from './source.js';

/** A source whose bytes come once: standard input, a pipe, a device. */
export function onceSource(name: string, open: () => AsyncIterable<Uint8Array>): Source {
  let isTaken = false;
  return streamSource(name, () => {
    if (isTaken) throw new Error(`${name} was to be read twice`);
    isTaken = true;
    return open();
  });
}

/** A pipe or a device that is named. It is opened once, when it is read. */
export function pipeSource(
  file: string,
  found: Pick<Stats, 'isFIFO' | 'isSocket'>,
  signal: AbortSignal,
): Source {
  const isPipe = found.isFIFO() || found.isSocket();
  return onceSource(file, () =>
    isPipe ? openPipe(file, signal) : createReadStream(file, { signal }),
  );
}

/**
 * Opens a pipe as Node opens standard input. To open it as a file would hold one of Node's few threads until somebody writes, and
 * the process with it, whatever signal it is sent.
 */
function openPipe(file: string, signal: AbortSignal): Readable {
  const fd = ownDescriptor(file) ?? openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  return new Socket({ fd, readable: true, writable: false, signal });
}

/** The descriptor that the shell handed over for `<(…)`: a socket can't be opened by its name, and a pipe's name leads nowhere. */
function ownDescriptor(file: string): number | undefined {
  const number = /^\/(?:dev|proc\/self)\/fd\/(\d{1,9})$/.exec(file)?.[1];
  return number === undefined ? undefined : Number(number);
}
