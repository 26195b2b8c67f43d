import { isIP } from 'node:net';
import { defaultFlowLogFields, flowLogFieldOf } from '../records/flow-log-fields.js';
import { namesFields } from '../records/record-text.js';

/** What the beginning of a file shows it to be. */
export type InputForm =
  | { readonly kind: 'empty' }
  /** Inflate it and look again. */
  | { readonly kind: 'gzip' }
  | { readonly kind: 'parquet' }
  /** A flow log in text whose first line names the fields. */
  | { readonly kind: 'text-with-header' }
  /** A flow log in text without field names; `values` stand in its first line. */
  | { readonly kind: 'text-without-header'; readonly values: number }
  /** A CloudWatch Logs export: a time in ISO 8601 before each record. */
  | { readonly kind: 'cloudwatch-export'; readonly values: number }
  /** A CloudWatch Logs subscription or a Firehose stream: JSON objects. */
  | { readonly kind: 'json-records' }
  /** Route 53 Resolver's query log: JSON objects too, and no traffic. */
  | { readonly kind: 'resolver-query-log' }
  /** Saved from Athena or CloudWatch Logs Insights. */
  | { readonly kind: 'csv-records' }
  /** The summary CSV of pathfare's own. */
  | { readonly kind: 'summary-csv' }
  | { readonly kind: 'utf-16' }
  /** An archive or another file that is no text. `name` says which, where it is known. */
  | { readonly kind: 'binary'; readonly name: string | null }
  /** Text that is none of these; `line` is its first line, which may be cut. */
  | { readonly kind: 'unknown-text'; readonly line: string };

/** How many bytes of a file are enough to tell its form. */
export const detectionBytes = 64 * 1024;

const magicNumbers = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], name: 'a ZIP archive' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], name: 'Zstandard-compressed' },
  { bytes: [0x42, 0x5a, 0x68], name: 'bzip2-compressed' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], name: 'xz-compressed' },
  { bytes: [0x4f, 0x72, 0x63], name: 'an ORC file' },
  { bytes: [0x4f, 0x62, 0x6a, 0x01], name: 'an Avro file' },
  { bytes: [0x25, 0x50, 0x44, 0x46], name: 'a PDF' },
] as const;

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * Tells the form of a file from its first bytes (after inflating, for a gzip file), never from its name.
 * `detectionBytes` are enough; a file that is shorter is given whole.
 */
export function detectForm(head: Uint8Array): InputForm {
  if (head.length === 0) return { kind: 'empty' };
  if (startsWith(head, [0x1f, 0x8b])) return { kind: 'gzip' };
  if (startsWith(head, [0x50, 0x41, 0x52, 0x31])) return { kind: 'parquet' };
  if (isUtf16(head)) return { kind: 'utf-16' };
  const archive = magicNumbers.find(({ bytes }) => startsWith(head, bytes));
  if (archive !== undefined) return { kind: 'binary', name: archive.name };
  if (head.includes(0)) return { kind: 'binary', name: null };
  return detectText(new TextDecoder().decode(head));
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}

/** A byte order mark, or Latin text with a zero in every other byte. */
function isUtf16(head: Uint8Array): boolean {
  if (startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff])) return true;
  const [a = 0, b = 0, c = 0, d = 0] = head;
  return (a === 0 && c === 0 && b !== 0 && d !== 0) || (a !== 0 && c !== 0 && b === 0 && d === 0);
}

function detectText(text: string): InputForm {
  const line = /\S[^\r\n]*/.exec(text)?.[0]?.trimEnd();
  if (line === undefined) return { kind: 'empty' };
  if (line.startsWith('{')) return detectJson(text);
  return detectCsv(line) ?? detectRecord(line) ?? { kind: 'unknown-text', line };
}

/** By keys, as the head may cut an object: those of a query log are found in none of the others. */
function detectJson(text: string): InputForm {
  if (text.includes('"query_name"') && text.includes('"query_type"')) {
    return { kind: 'resolver-query-log' };
  }
  const keys = Array.from(text.matchAll(/"([^"\\]{1,64})"\s*:/g), ([, key = '']) => key);
  const known = new Set(['messageType', 'logEvents', 'message']);
  return keys.some((key) => known.has(key) || flowLogFieldOf(key) !== undefined)
    ? { kind: 'json-records' }
    : { kind: 'unknown-text', line: text.slice(0, 200) };
}

function detectCsv(line: string): InputForm | undefined {
  const names = line.split(',').map((name) => name.trim().replaceAll('"', ''));
  const lower = new Set(names.map((name) => name.toLowerCase()));
  const volumes = ['bytes_out', 'bytes_in', 'gb_out', 'gb_in'];
  if (lower.has('service') && volumes.some((name) => lower.has(name))) {
    return { kind: 'summary-csv' };
  }
  const known = names.filter((name) => flowLogFieldOf(name) !== undefined);
  const isHeader = names.length > 1 && (known.length >= 2 || lower.has('@message'));
  return isHeader || lower.has('@message') ? { kind: 'csv-records' } : undefined;
}

function detectRecord(line: string): InputForm | undefined {
  if (namesFields(line)) return { kind: 'text-with-header' };
  const [first = '', ...rest] = line.split(/\s+/);
  if (isoTime.test(first) && rest.length > 1) return exportForm(rest, line);
  return looksLikeRecord([first, ...rest])
    ? { kind: 'text-without-header', values: rest.length + 1 }
    : undefined;
}

function exportForm(values: readonly string[], line: string): InputForm {
  if (looksLikeRecord(values)) return { kind: 'cloudwatch-export', values: values.length };
  return { kind: 'unknown-text', line };
}

/** A default record begins with its version; a custom one is known by the interface, addresses or status in it. */
function looksLikeRecord(values: readonly string[]): boolean {
  const isDefault =
    values.length === defaultFlowLogFields.length && /^\d{1,2}$/.test(values[0] ?? '');
  const signs = values.filter((value) => isIP(value) !== 0 || signOfRecord.test(value));
  return values.length > 1 && (isDefault ? signs.length > 0 : signs.length > 1);
}

const signOfRecord =
  /^((eni|vpc|subnet)-[0-9a-f]+|ACCEPT|REJECT|OK|NODATA|SKIPDATA|ingress|egress)$/;
