/** What a file of flow-log text holds, by splitting it at spaces. */
export interface PlainCount {
  readonly read: number;
  readonly rejected: number;
  readonly bytes: bigint;
}

/** Counts the records of a text with a header. Knows nothing of the scanner. */
export function plainCount(text: string): PlainCount {
  const [header = '', ...lines] = text.split('\n');
  const names = header.split(' ');
  const [bytesAt, actionAt] = [names.indexOf('bytes'), names.indexOf('action')];
  let read = 0;
  let rejected = 0;
  let bytes = 0n;
  for (const line of lines) {
    if (line === '' || line === header) continue;
    const values = line.split(' ');
    const volume = values[bytesAt] ?? '-';
    read++;
    if (values[actionAt] === 'REJECT') rejected++;
    if (volume !== '-') bytes += BigInt(volume);
  }
  return { read, rejected, bytes };
}

/** The counts of several files together. */
export function plainSum(texts: Iterable<string>): PlainCount {
  let sum: PlainCount = { read: 0, rejected: 0, bytes: 0n };
  for (const text of texts) {
    const { read, rejected, bytes } = plainCount(text);
    sum = {
      read: sum.read + read,
      rejected: sum.rejected + rejected,
      bytes: sum.bytes + bytes,
    };
  }
  return sum;
}
