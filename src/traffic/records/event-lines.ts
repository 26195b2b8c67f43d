import { BatchBuilder, type RecordBatch } from './record-batch.js';
import { RecordTexts } from './record-texts.js';
import { textLines } from './text-lines.js';

/** A message among values that are split by tabs: the one that has spaces in it. */
function messagesIn(line: string): readonly string[] {
  return line.split('\t').filter((value) => /\S \S/.test(value));
}

/** What the commands of CloudWatch Logs write beside events: tokens, and the streams that were searched. */
const beside = /^(SEARCHEDLOGSTREAMS\t|NEXTTOKEN\t|[bf]\/\d+|None(\t|$))/;

/**
 * Reads records from the tab-separated text of the AWS CLI (`--output text`): a line for each log event, or messages one behind the
 * other, as `--query` makes them.
 */
export async function* readEventLines(
  source: AsyncIterable<Uint8Array>,
  fields: readonly string[] | null,
): AsyncGenerator<RecordBatch> {
  const texts = new RecordTexts(fields);
  const builder = new BatchBuilder();
  for await (const lines of textLines(source)) {
    for (const { text, number, cut } of lines) {
      if (cut) yield* given(builder.reject(number, 'is too long a line', text));
      else for (const batch of batchesOf(text, number)) yield batch;
    }
  }
  yield* given(builder.rest());

  function* batchesOf(line: string, number: number): Generator<RecordBatch> {
    const messages = messagesIn(line);
    const isNone = messages.length === 0 && line.trim() !== '' && !beside.test(line);
    if (isNone) yield* given(builder.reject(number, 'has no text of a record', line));
    for (const message of messages) {
      const record = texts.read(message);
      if (record === null) continue;
      if (typeof record === 'string') yield* given(builder.reject(number, record, message));
      else yield* given(builder.add(record.fields, record.values, number));
    }
  }
}

function given(batch: RecordBatch | undefined): readonly RecordBatch[] {
  return batch === undefined ? [] : [batch];
}
