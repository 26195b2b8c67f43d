import { plural } from '../../base/text.js';
import {
  defaultFlowLogFields,
  type FlowLogField,
  flowLogFields,
  namesFields,
} from './flow-log-fields.js';

/** Where the text of a record stands in what holds it: a log event, a row of a query, a shipper's object. The first that is there counts. */
export const textNames = [
  '@message',
  'message',
  '_raw',
  'line',
  'log',
  'event.original',
  '_source.message',
] as const;

/** Whether the text of a record may stand under this name. */
export function isTextName(name: string): boolean {
  return textNames.some((known) => known === name);
}

/** The values of one record, and what they are. */
export interface RecordValues {
  readonly fields: readonly string[];
  readonly values: readonly string[];
}

/** Reads records that stand as text within something else, each by itself. */
export class RecordTexts {
  /** Null: not known yet; a text that names fields, or the first whose fields are certain, settles it. */
  #fields: readonly string[] | null;
  readonly #areGiven: boolean;

  /** @param given the fields that the user names */
  constructor(given: readonly string[] | null) {
    this.#fields = given;
    this.#areGiven = given !== null;
  }

  /** The record in a text, or why there is none; null for a line that names the fields of those behind it. */
  read(text: string): RecordValues | string | null {
    const values = text.trim().split(/\s+/);
    if (/^[$"A-Za-z]/.test(text) && namesFields(text)) {
      if (!this.#areGiven) this.#fields = values;
      return null;
    }
    if (this.#fields?.length === values.length) return { fields: this.#fields, values };
    const fields = this.#areGiven ? null : certainFields(values);
    if (fields !== null) {
      this.#fields = fields;
      return { fields, values };
    }
    const count = plural(values.length, 'value');
    return this.#areGiven
      ? `has ${count} for ${plural(this.#fields?.length ?? 0, 'field')}: name the fields with --fields`
      : `has ${count} and names no fields: name them with --fields, as in the flow log's format`;
  }
}

/** A number of 1 to 14 digits: ports, protocols, counts and times. */
const number = /^\d{1,14}$/;
const address = /^(\d{1,3}(\.\d{1,3}){3}|[\da-f:.]*:[\da-f:.]*)$/i;
const service = /^[A-Z][A-Z0-9_]*$/;

/** What the values of a field look like, for every field up to version 5. */
const shapes: Readonly<Partial<Record<FlowLogField, RegExp>>> = {
  version: /^\d{1,2}$/,
  'account-id': /^(\d{12}|unknown)$/,
  'interface-id': /^eni-/,
  srcaddr: address,
  dstaddr: address,
  srcport: number,
  dstport: number,
  protocol: number,
  packets: number,
  bytes: number,
  start: number,
  end: number,
  action: /^(ACCEPT|REJECT)$/,
  'log-status': /^(OK|NODATA|SKIPDATA)$/,
  'vpc-id': /^vpc-/,
  'subnet-id': /^subnet-/,
  'instance-id': /^i-/,
  'tcp-flags': number,
  type: /^(IPv4|IPv6|EFA)$/,
  'pkt-srcaddr': address,
  'pkt-dstaddr': address,
  region: /^[a-z]{2,}(-[a-z]+)+-\d+$/,
  'az-id': /^[a-z]+\d-az\d+$/,
  'sublocation-type': /^[a-z]+$/,
  'sublocation-id': /./,
  'pkt-src-aws-service': service,
  'pkt-dst-aws-service': service,
  'flow-direction': /^(ingress|egress)$/,
  'traffic-path': /^\d$/,
};

/** All fields up to version 3, 4 and 5, in the order of AWS's table (VPC user guide, flow-log-records). */
const formats = [21, 25, 29].map((count) => flowLogFields.slice(0, count));

/** A record has these in every interval, with data or without. */
const always: readonly FlowLogField[] = ['version', 'account-id', 'log-status'];

/**
 * The fields of a record that names none, where they are certain: version 2's by their number, and those of an order of AWS's in which every
 * value looks like its field's. A custom format of as many fields can't be told from another one: null.
 */
export function certainFields(values: readonly string[]): readonly string[] | null {
  const isDefault =
    values.length === defaultFlowLogFields.length && /^\d{1,2}$/.test(values[0] ?? '');
  if (isDefault) return defaultFlowLogFields;
  const format = formats.find(({ length }) => length === values.length);
  const fits = format?.every((field, at) => {
    const value = values[at] ?? '';
    return value === '-' ? !always.includes(field) : shapes[field]?.test(value) === true;
  });
  return fits === true ? (format ?? null) : null;
}
