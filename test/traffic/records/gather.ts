import type { RecordBatch } from '../../../src/traffic/records/record-batch.js';

/** The bytes of a text (or bytes), in chunks of a given size. */
export async function* chunks(
  content: string | Uint8Array,
  size = 65_536,
): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** All records of a reader as objects, with the line of each, and all that could not be read. */
export async function gather(batches: AsyncIterable<RecordBatch>) {
  const records: Record<string, string>[] = [];
  const lines: number[] = [];
  const unreadable: string[] = [];
  for await (const batch of batches) {
    for (const row of batch.rows) {
      if (row.length !== batch.fields.length) throw new Error('a row does not fit its fields');
      records.push(Object.fromEntries(batch.fields.map((field, at) => [field, row[at] ?? ''])));
    }
    lines.push(...batch.lines);
    unreadable.push(...batch.unreadable.map(({ line, reason }) => `${line}: ${reason}`));
  }
  return { records, lines, unreadable };
}
