import { gunzipSync } from 'node:zlib';
import { type RowReader, rowReader } from './columns.js';
import { flowLogFieldOf } from './flow-log-fields.js';
import { asObject, type JsonObject, jsonValues, jsonValuesOf, listPaths } from './json-values.js';
import { isOcsf, ocsfRecord } from './ocsf.js';
import { absent, BatchBuilder, type RecordBatch } from './record-batch.js';
import { RecordTexts, type RecordValues, textNames } from './record-texts.js';

/**
 * Reads records from JSON of any shape in which AWS and shippers of logs write them: what CloudWatch Logs sends a subscriber, what its
 * commands and its console give, Firehose's objects, OCSF events, Athena's results, and records packed in base64. They may stand in one file.
 *
 * @param fields the fields of a record in text form, where the user names them
 */
export async function* readJsonRecords(
  source: AsyncIterable<Uint8Array>,
  fields: readonly string[] | null,
): AsyncGenerator<RecordBatch> {
  const reader = new JsonRecordReader(fields);
  for await (const texts of jsonValues(source)) {
    for (const text of texts) {
      if (text.kind === 'unreadable') yield* reader.reject(text.line, text.reason, text.text);
      else if (text.around === null) yield* reader.document(text.value, { line: text.line });
      else yield* reader.element(text.value, placeIn({ line: text.line }, text.around));
    }
  }
  yield* reader.rest();
}

/** Where a value stands, and in what. */
interface Place {
  readonly line: number;
  /** A document of CloudWatch Logs says of which group and stream its events are. */
  readonly group?: string;
  readonly flowLog?: string;
  /** How many documents it is packed in. */
  readonly depth?: number;
}

const deepest = 4;
/** A message of CloudWatch Logs is 1 MB at most; what is packed in one may not fill the memory. */
const mostUnpacked = 64 * 2 ** 20;

class JsonRecordReader {
  readonly #builder = new BatchBuilder();
  readonly #texts: RecordTexts;
  /** The fields of the objects so far. A new one makes a new list, and so a new batch. */
  #objectFields: readonly string[] = [];
  /** The columns of Athena's rows, which its first row names; and of a query's results, by their names. */
  #tableRow: RowReader | undefined;
  readonly #rowReaders = new Map<string, RowReader | undefined>();

  constructor(fields: readonly string[] | null) {
    this.#texts = new RecordTexts(fields);
  }

  *rest(): Generator<RecordBatch> {
    yield* batchesOf(this.#builder.rest());
  }

  /** A value that stands by itself: a list of records, an object with such a list, or a record. */
  *document(value: unknown, place: Place): Generator<RecordBatch> {
    const object = asObject(value);
    if (object?.['messageType'] === 'CONTROL_MESSAGE') return;
    const found = Array.isArray(value) ? value : listIn(object ?? {});
    if (found === undefined || (place.depth ?? 0) > deepest) {
      if (typeof object?.['messageType'] === 'string')
        yield* this.#rejectValue(place, 'is no message of a CloudWatch Logs subscription', value);
      else yield* this.element(value, place);
      return;
    }
    const inner = object === undefined ? place : placeIn(place, object);
    for (const element of found) yield* this.element(element, inner);
  }

  /** One of a list: a log event, a row, a record. */
  *element(value: unknown, place: Place): Generator<RecordBatch> {
    const object = asObject(value);
    const message = object?.['message'];
    // A log event, as most are: nothing else of it has to be looked at.
    if (
      object !== undefined &&
      typeof message === 'string' &&
      startsAsRecord(message) &&
      'timestamp' in object
    ) {
      const record = this.#texts.read(message);
      const inner = placeIn(place, object);
      if (record === null || typeof record === 'string') yield* this.#add(record, message, inner);
      else {
        const { fields, values } = record;
        const full = this.#builder.add(fields, values, place.line, inner.flowLog);
        if (full !== undefined) yield full;
      }
    } else if (typeof value === 'string') yield* this.#text(value, place);
    else if (Array.isArray(value)) yield* this.#row(value, place);
    else {
      if (object === undefined) yield* this.#rejectValue(place, 'is not a JSON object', value);
      else yield* this.#object(object, placeIn(place, object));
    }
  }

  *#object(value: JsonObject, place: Place): Generator<RecordBatch> {
    const depth = (place.depth ?? 0) + 1;
    const packed = packedIn(value);
    const holder = holders.map((name) => asObject(value[name])).find((held) => held !== undefined);
    const cells: unknown = value['Data'];
    if (depth > deepest) yield* this.#rejectValue(place, 'is packed too deep', value);
    else if (listIn(value) !== undefined) yield* this.document(value, { ...place, depth });
    else if (packed !== undefined) yield* this.#unpack(packed, { ...place, depth });
    else if (isOcsf(value)) yield* this.#add(ocsfRecord(value), value, place);
    else if (Array.isArray(cells)) yield* this.#athenaRow(cells, place);
    else if (holder !== undefined && textIn(value) === undefined && !hasBytes(value))
      yield* this.#object(holder, { ...place, depth });
    else yield* this.#record(value, place);
  }

  /** Records in base64, which may be gzip, which may be JSON. */
  *#unpack(base64: string, place: Place): Generator<RecordBatch> {
    const text = unpacked(base64);
    if (text === undefined) {
      yield* this.reject(place.line, 'has data that can not be unpacked', base64);
    } else if (/^\s*[[{]/.test(text)) yield* this.#json(text, place);
    else {
      for (const line of text.split('\n')) {
        if (line.trim() !== '') yield* this.#text(line, place);
      }
    }
  }

  *#json(text: string, place: Place): Generator<RecordBatch> {
    for (const found of jsonValuesOf(text)) {
      if (found.kind === 'unreadable') yield* this.reject(place.line, found.reason, found.text);
      else if (found.around === null) yield* this.document(found.value, place);
      else yield* this.element(found.value, placeIn(place, found.around));
    }
  }

  *#text(text: string, place: Place): Generator<RecordBatch> {
    const depth = (place.depth ?? 0) + 1;
    if (/^\s*[[{]/.test(text) && depth <= deepest) yield* this.#json(text, { ...place, depth });
    else if (!text.startsWith('CWL CONTROL MESSAGE'))
      yield* this.#add(this.#texts.read(text), text, place);
  }

  /** A row of a query's result (`field` and `value`), or what `--query` made of an event: its message, and other values. */
  *#row(row: readonly unknown[], place: Place): Generator<RecordBatch> {
    const cells = row.map((cell) => asObject(cell));
    if (row.length > 0 && cells.every((cell) => typeof cell?.['field'] === 'string')) {
      const names = cells.map((cell) => String(cell?.['field']));
      const values = cells.map((cell) => jsonText(cell?.['value']) ?? '');
      yield* this.#queryRow(names, values, row, place);
      return;
    }
    const text = row.find((cell) => typeof cell === 'string' && /\S\s+\S/.test(cell));
    if (typeof text === 'string') yield* this.#text(text, place);
    else if (cells.some((cell) => cell !== undefined)) {
      for (const cell of row) yield* this.element(cell, place);
    } else yield* this.#rejectValue(place, 'has no text of a record', row);
  }

  *#queryRow(
    names: readonly string[],
    values: readonly string[],
    row: readonly unknown[],
    place: Place,
  ): Generator<RecordBatch> {
    const key = names.join(' ');
    if (!this.#rowReaders.has(key)) this.#rowReaders.set(key, rowReader(names, this.#texts));
    const read = this.#rowReaders.get(key);
    const at = (name: string) => values[names.indexOf(name)];
    const inner = placeIn(place, { '@log': at('@log'), '@logStream': at('@logStream') });
    yield* this.#add(read?.(values) ?? noField, row, inner);
  }

  /** A row of Athena's `get-query-results`; the first names the columns. */
  *#athenaRow(data: readonly unknown[], place: Place): Generator<RecordBatch> {
    const cells = data.map((cell) => jsonText(asObject(cell)?.['VarCharValue']) ?? '');
    const asHeader = cells.some((cell) => /[a-z]/i.test(cell))
      ? rowReader(cells, new RecordTexts(null))
      : undefined;
    const isHeader = asHeader !== undefined && !cells.some((cell) => /^\d+$/.test(cell));
    if (isHeader) this.#tableRow = rowReader(cells, this.#texts);
    else if (this.#tableRow === undefined)
      yield* this.#rejectValue(
        place,
        'stands in a result whose first row names no field of a flow log',
        data,
      );
    else yield* this.#add(this.#tableRow(cells), data, place);
  }

  /** An object of its own: fields as keys, or the record's text. */
  *#record(value: JsonObject, place: Place): Generator<RecordBatch> {
    const text = textIn(value);
    if (text !== undefined && !hasBytes(value)) yield* this.#text(text, place);
    else {
      const found = this.#fieldsOf(value);
      const reason = 'message' in value ? 'has a log event without a message' : noField;
      yield* this.#add(found ?? reason, value, place);
    }
  }

  /** The record in an object's keys; undefined where none is a field. */
  #fieldsOf(value: JsonObject): RecordValues | string | undefined {
    const cells = new Map<string, string>();
    for (const [key, cell] of Object.entries(value)) {
      const field = flowLogFieldOf(key);
      if (field === undefined || cells.has(field)) continue;
      const text = jsonText(cell);
      if (text === undefined) return `has no exact value for ${field}`;
      cells.set(field, text);
    }
    if (cells.size === 0) return undefined;
    const added = [...cells.keys()].filter((field) => !this.#objectFields.includes(field));
    if (added.length > 0) this.#objectFields = [...this.#objectFields, ...added];
    const fields = this.#objectFields;
    return { fields, values: fields.map((field) => cells.get(field) ?? absent) };
  }

  /** Adds a record; a reason in its place rejects the value, and null stands for a line that only names fields. */
  *#add(
    record: RecordValues | string | null,
    value: unknown,
    place: Place,
  ): Generator<RecordBatch> {
    if (record === null) return;
    if (typeof record === 'string') yield* this.#rejectValue(place, record, value);
    else {
      const { fields, values } = record;
      yield* batchesOf(this.#builder.add(fields, values, place.line, place.flowLog));
    }
  }

  *#rejectValue({ line }: Place, reason: string, value: unknown): Generator<RecordBatch> {
    yield* this.reject(line, reason, typeof value === 'string' ? value : JSON.stringify(value));
  }

  /** What can't be read. */
  *reject(line: number, reason: string, text: string): Generator<RecordBatch> {
    yield* batchesOf(this.#builder.reject(line, reason, text));
  }
}

const noField = 'has no field of a flow log';

/** Keys under which shippers and their stores put the object that they were given. */
const holders = ['_source', 'result', 'event', 'record'];

const listKeys = listPaths.filter((path) => path !== '').map((path) => path.split('.'));

/** The list of records in a document; undefined where it has none. */
function listIn(object: JsonObject): readonly unknown[] | undefined {
  return listKeys.map((keys) => at(object, keys)).find((list) => Array.isArray(list));
}

/** What a Lambda function is handed of CloudWatch Logs or of Kinesis, and what `get-records` gives. */
function packedIn(object: JsonObject): string | undefined {
  const found = packedKeys.map((keys) => at(object, keys));
  return found.find((data): data is string => typeof data === 'string' && base64.test(data));
}

const packedKeys = [['awslogs', 'data'], ['kinesis', 'data'], ['Data'], ['data']];
const base64 = /^[A-Za-z0-9+/]{16,}={0,2}$/;

function unpacked(data: string): string | undefined {
  const bytes = Buffer.from(data, 'base64');
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes, { maxOutputLength: mostUnpacked }).toString('utf8');
  } catch {
    return undefined;
  }
}

const textKeys = textNames.map((name) => ({ name, keys: name.split('.') }));

/** The text of a record, by the names under which it stands. */
function textIn(object: JsonObject): string | undefined {
  return textKeys
    .map(({ name, keys }) => object[name] ?? at(object, keys))
    .find((text) => typeof text === 'string');
}

function at(object: JsonObject, keys: readonly string[]): unknown {
  let value: unknown = object;
  for (const name of keys) value = asObject(value)?.[name];
  return value;
}

function hasBytes(object: JsonObject): boolean {
  return Object.keys(object).some((key) => flowLogFieldOf(key) === 'bytes');
}

/** The place of what an object holds: of which log group and stream, where it says so. */
function placeIn(place: Place, object: JsonObject): Place {
  const group = object['logGroup'] ?? object['logGroupName'] ?? object['@log'];
  const stream = object['logStream'] ?? object['logStreamName'] ?? object['@logStream'];
  if (typeof group !== 'string' && typeof stream !== 'string') return place;
  const known = typeof group === 'string' ? group : place.group;
  const traffic = typeof stream === 'string' ? trafficIn(stream) : '';
  const flowLog = [known, traffic].filter((part) => part !== undefined && part !== '').join(' ');
  return {
    ...place,
    ...(known === undefined ? {} : { group: known }),
    ...(flowLog === '' ? {} : { flowLog }),
  };
}

/** A flow log writes to one log group, into a stream for each interface: `eni-…-all`, `-accept` or `-reject`. */
function trafficIn(stream: string): string {
  return /-(all|accept|reject)$/.exec(stream)?.[1] ?? '';
}

/** Neither JSON in a text nor what CloudWatch Logs sends to test a subscription. */
function startsAsRecord(message: string): boolean {
  return /^\d/.test(message);
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
