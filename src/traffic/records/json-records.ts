import { flowLogFieldOf, splitRecord } from './flow-log-fields.js';
import { asObject, type JsonObjectText, jsonObjects } from './json-objects.js';
import { absent, BatchBuilder, type RecordBatch } from './record-batch.js';

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads records from JSON: a Firehose object for each record (fields as keys, or the record's text as
 * `message`), or what CloudWatch Logs sends a subscriber (records in `logEvents`; its control messages hold
 * none). The two may stand in one file.
 *
 * @param messageFields the fields of a record in text form, which names none itself
 */
export async function* readJsonRecords(
  source: AsyncIterable<Uint8Array>,
  messageFields: readonly string[],
): AsyncGenerator<RecordBatch> {
  const reader = new JsonRecordReader(messageFields);
  for await (const objects of jsonObjects(source)) {
    for (const object of objects) yield* reader.read(object);
  }
  yield* reader.rest();
}

class JsonRecordReader {
  readonly #builder = new BatchBuilder();
  readonly #messageFields: readonly string[];
  /** The fields of the objects so far. A new one makes a new list, and so a new batch. */
  #objectFields: readonly string[] = [];

  constructor(messageFields: readonly string[]) {
    this.#messageFields = messageFields;
  }

  *read(object: JsonObjectText): Generator<RecordBatch> {
    if (object.kind === 'unreadable') yield* this.#reject(object.line, object.reason, object.text);
    else if (typeof object.value['messageType'] === 'string') yield* this.#subscription(object);
    else yield* this.#record(object);
  }

  *rest(): Generator<RecordBatch> {
    yield* batchesOf(this.#builder.rest());
  }

  /** One message of a CloudWatch Logs subscription. */
  *#subscription({ value, line }: { readonly value: JsonObject; readonly line: number }) {
    if (value['messageType'] === 'CONTROL_MESSAGE') return;
    const events: unknown = value['logEvents'];
    if (value['messageType'] !== 'DATA_MESSAGE' || !Array.isArray(events)) {
      yield* this.#reject(
        line,
        'is no message of a CloudWatch Logs subscription',
        JSON.stringify(value),
      );
      return;
    }
    for (const event of events) yield* this.#event(event, line);
  }

  *#event(event: unknown, line: number) {
    const message = asObject(event)?.['message'];
    if (typeof message === 'string') yield* this.#message(message, line);
    else yield* this.#reject(line, 'has a log event without a message', JSON.stringify(event));
  }

  *#message(text: string, line: number) {
    const row = splitRecord(text, this.#messageFields);
    if (typeof row === 'string') yield* this.#reject(line, row, text);
    else yield* batchesOf(this.#builder.add(this.#messageFields, row, line));
  }

  /** One object of a Firehose stream. */
  *#record({ value, line }: { readonly value: JsonObject; readonly line: number }) {
    const cells = new Map<string, string>();
    for (const [key, cell] of Object.entries(value)) {
      const field = flowLogFieldOf(key);
      if (field === undefined || cells.has(field)) continue;
      const text = jsonText(cell);
      if (text === undefined) {
        yield* this.#reject(line, `has no exact value for ${field}`, JSON.stringify(value));
        return;
      }
      cells.set(field, text);
    }
    const message = value['message'];
    if (cells.size > 0) {
      this.#extendFields(cells);
      const row = this.#objectFields.map((field) => cells.get(field) ?? absent);
      yield* batchesOf(this.#builder.add(this.#objectFields, row, line));
    } else if (typeof message === 'string') yield* this.#message(message, line);
    else yield* this.#reject(line, 'has no field of a flow log', JSON.stringify(value));
  }

  #extendFields(cells: ReadonlyMap<string, string>): void {
    const added = [...cells.keys()].filter((field) => !this.#objectFields.includes(field));
    if (added.length > 0) this.#objectFields = [...this.#objectFields, ...added];
  }

  *#reject(line: number, reason: string, text: string) {
    yield* batchesOf(this.#builder.reject(line, reason, text));
  }
}

/** A value as text; undefined where JSON's number has lost digits, or it is a list or an object. */
function jsonText(value: unknown): string | undefined {
  if (value === null || value === '') return absent;
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return undefined;
}

function batchesOf(batch: RecordBatch | undefined): readonly RecordBatch[] {
  return batch === undefined ? [] : [batch];
}
