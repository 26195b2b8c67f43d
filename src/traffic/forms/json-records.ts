import { flowLogFieldOf } from '../records/flow-log-fields.js';
import { isTextName } from '../records/record-texts.js';
import type { Head, InputForm } from './form.js';

/** Records in JSON: of CloudWatch Logs, its commands and its console, of Firehose, of Security Lake, of Athena, of shippers of logs. */
export const jsonRecords: InputForm = {
  kind: 'json-records',
  detect: hasRecords,
  async read(source, { fields }) {
    const { readJsonRecords } = await import('../records/json-records.js');
    return { kind: 'records', batches: readJsonRecords(source.stream(), fields) };
  },
};

/** Keys of what records come in, beside the names of fields and of a record's text. */
const wrapperKeys = new Set([
  'messageType',
  'logEvents',
  'awslogs',
  'kinesis',
  'SequenceNumber',
  'VarCharValue',
  'class_uid',
]);

/** By keys, as the head may cut a value. */
function hasRecords({ line, text }: Head): boolean {
  if (!line.startsWith('{') && !/^\s*\[\s*[[{"\]]/.test(text)) return false;
  const keys = Array.from(text.matchAll(/"([^"\\]{1,64})"\s*:/g), ([, key = '']) => key);
  return keys.some((key) => isRecordKey(key)) || holdsTexts.test(text) || noRecords.test(text);
}

function isRecordKey(key: string): boolean {
  return wrapperKeys.has(key) || isTextName(key) || flowLogFieldOf(key) !== undefined;
}

/** A list of texts, or of lists with a text, as `--query` makes it; or a query's result of field and value. */
const holdsTexts = /^\s*\[\s*(\[[^{"]*)?("[^"\s]*",\s*)*"[^"\s]+\s[^"]*"|"field"\s*:\s*"@?\w+"/;

/** CloudWatch found no event. */
const noRecords = /^\s*(\[\s*\]|\{\s*"(events|results)"\s*:\s*\[\s*\])/;
