import { isIP } from 'node:net';
import { defaultFlowLogFields, namesFields } from '../records/flow-log-fields.js';
import { certainFields } from '../records/record-texts.js';
import { type FieldPlan, planFields } from '../scanner/field-plan.js';
import { placeInS3 } from '../sources/place-in-s3.js';
import { streamSource } from '../sources/source.js';
import type { Content, Head, InputForm } from './form.js';

/** A flow log in text whose first line names the fields. */
export const textWithHeader: InputForm = {
  kind: 'text-with-header',
  isSplittable: true,
  // A CSV whose commas have spaces behind them names fields as well.
  detect: ({ line }) => !line.includes(',') && namesFields(line),
  read: (_, { head }) => planNamed(valuesOf(head), 'its header'),
};

/** A flow log that a tool wrote with tabs, or with several spaces, between values. It is looked at anew with one space between them. */
export const spacedText: InputForm = {
  kind: 'spaced-text',
  detect(head) {
    const isSpaced = head.text.split('\n', linesLookedAt).some((line) => oddSpaces.test(line));
    return isSpaced && !eventLinesIn(head) && isFlowLogText(head);
  },
  async read(source) {
    const { singleSpaced } = await import('../records/spaced-lines.js');
    const spaced = () => singleSpaced(source.stream());
    return { kind: 'packed', source: streamSource(source.name, spaced) };
  },
};

const oddSpaces = /\t|^ +\S|\S {2,}\S|\S +\r?$/;

function isFlowLogText({ line }: Head): boolean {
  const values = line.split(/\s+/);
  const isTimed = isoTime.test(values[0] ?? '');
  return (
    !line.includes(',') && (namesFields(line) || looksLikeRecord(values.slice(isTimed ? 1 : 0)))
  );
}

/** The AWS CLI's text of log events (`--output text`): values between tabs, one of which is a record. */
export const eventLines: InputForm = {
  kind: 'event-lines',
  detect: eventLinesIn,
  async read(source, { fields }) {
    const { readEventLines } = await import('../records/event-lines.js');
    return { kind: 'records', batches: readEventLines(source.stream(), fields) };
  },
};

/** Before the first event stand tokens, or nothing that is a record. */
const linesLookedAt = 3;

function eventLinesIn({ text }: Head): boolean {
  return text
    .split('\n', linesLookedAt)
    .some((line) => line.includes('\t') && line.split('\t').some(isRecordAmongTabs));
}

function isRecordAmongTabs(value: string): boolean {
  return value.includes(' ') && looksLikeRecord(value.trim().split(/ +/));
}

/** A CloudWatch Logs export, or what `aws logs tail` prints: before each record stand a time in ISO 8601 and, of `tail`, the stream. */
export const cloudwatchExport: InputForm = {
  kind: 'cloudwatch-export',
  isSplittable: true,
  detect(head) {
    const [time = '', ...values] = valuesOf(head);
    return isoTime.test(time) && looksLikeRecord(values);
  },
  read(_, { head, fields }) {
    const [, ...values] = valuesOf(head);
    const isTail = fields === null ? isTailed(values) : values.length === fields.length + 1;
    return isTail
      ? planUnnamed(values.slice(1), fields, ['time-of-event', 'log-stream'])
      : planUnnamed(values, fields, ['time-of-event']);
  },
};

/** Whether the first value is the stream's name, and not the record's. */
function isTailed(values: readonly string[]): boolean {
  return certainFields(values) === null && certainFields(values.slice(1)) !== null;
}

/** A flow log in text without field names. */
export const textWithoutHeader: InputForm = {
  kind: 'text-without-header',
  isSplittable: true,
  detect(head) {
    const values = valuesOf(head);
    return !isoTime.test(values[0] ?? '') && looksLikeRecord(values);
  },
  read: (_, { head, fields }) => planUnnamed(valuesOf(head), fields, []),
};

/** Text of no form that is known. It is read where the user names its fields. */
export const unknownText: InputForm = {
  kind: 'unknown-text',
  isSplittable: true,
  detect: () => true,
  read({ name }, { fields, head }) {
    if (fields !== null) return planNamed(fields, '--fields');
    const isOther = !holdsFlows.test(head.text) && placeInS3(name).flowLog === null;
    return { kind: 'unread', reason: unknownReason(head), ...(isOther ? { isOther } : {}) };
  },
};

/** What is wrong with text of no known form: fields are advised only where its values can be told from one another. */
function unknownReason({ line }: Head): string {
  const plain = 'its first line is no flow-log record and names no fields';
  if (/^[{[]/.test(line)) return 'this is JSON without a flow-log record at its beginning';
  if (/^<(!doctype|html|\?xml|[a-z]+[ >])/i.test(line)) {
    return 'this is HTML or XML, as a download that failed leaves it';
  }
  const separator = [',', ';', '|'].find((each) => {
    const values = line.split(each).map((value) => value.trim());
    return looksLikeRecord(values) || namesFields(values.join(' '));
  });
  if (separator === ',')
    return 'its values stand between commas, and its first line names no columns';
  if (separator !== undefined) {
    return `its values stand between "${separator}"; give a CSV with commas, or text with spaces`;
  }
  const values = line.split(/\s+/);
  const isRecord = values.length > 2 && values.some((value) => isIP(value) !== 0);
  return isRecord ? `${plain}; name them with --fields, as in the flow log's format` : plain;
}

/** What stands in records of any format: without it, and without a flow log's name in S3, a text is none. */
const holdsFlows = /\beni-[0-9a-f]{8}|\b(ACCEPT|REJECT|NODATA|SKIPDATA)\b/;

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/;

function valuesOf({ line }: Head): readonly string[] {
  return line.split(/\s+/);
}

/** A default record begins with its version; a custom one is known by the interface, addresses or status in it. */
function looksLikeRecord(values: readonly string[]): boolean {
  const isDefault =
    values.length === defaultFlowLogFields.length && /^\d{1,2}$/.test(values[0] ?? '');
  const signs = values.filter((value) => isIP(value) !== 0 || signOfRecord.test(value));
  if (values.length < 2 || values.includes('|')) return false;
  return isDefault ? signs.length > 0 : signs.length > 1;
}

const signOfRecord =
  /^((eni|vpc|subnet)-[0-9a-f]+|ACCEPT|REJECT|OK|NODATA|SKIPDATA|ingress|egress)$/;

function planNamed(names: readonly string[], what: string): Content {
  const plan: FieldPlan | string = planFields(names);
  return typeof plan === 'string' ? unread(`${what} ${plan}`) : { kind: 'text', plan };
}

/** The plan by the fields that the user names, else those that are certain. */
function planUnnamed(
  values: readonly string[],
  given: readonly string[] | null,
  before: readonly string[],
): Content {
  const fields = given ?? certainFields(values);
  if (fields?.length === values.length) return planNamed([...before, ...fields], '--fields');
  return unread(
    given === null
      ? `its lines hold ${values.length} values and name no fields; name them with --fields, as in the flow log's format`
      : `its lines hold ${values.length} values, and --fields names ${given.length}`,
  );
}

function unread(reason: string): Content {
  return { kind: 'unread', reason };
}
