import { defaultFlowLogFields, flowLogFieldOf } from '../records/flow-log-fields.js';
import type { Head, InputForm } from './form.js';

/** A CloudWatch Logs subscription or a Firehose stream: JSON objects. */
export const jsonRecords: InputForm = {
  kind: 'json-records',
  detect: hasRecordKeys,
  async read(source, { fields }) {
    const { readJsonRecords } = await import('../records/json-records.js');
    const batches = readJsonRecords(source.stream(), fields ?? defaultFlowLogFields);
    return { kind: 'records', batches };
  },
};

const wrapperKeys = new Set(['messageType', 'logEvents', 'message']);

/** By keys, as the head may cut an object. */
function hasRecordKeys({ line, text }: Head): boolean {
  if (!line.startsWith('{')) return false;
  const keys = Array.from(text.matchAll(/"([^"\\]{1,64})"\s*:/g), ([, key = '']) => key);
  return keys.some((key) => wrapperKeys.has(key) || flowLogFieldOf(key) !== undefined);
}
