import type { InputForm } from '../inputs/detect-form.js';
import { defaultFlowLogFields } from '../records/flow-log-fields.js';
import { type FieldPlan, planFields } from '../scanner/field-plan.js';

/** The forms that are flow-log text. */
export type TextForm = Extract<
  InputForm,
  {
    readonly kind:
      | 'text-with-header'
      | 'text-without-header'
      | 'cloudwatch-export'
      | 'unknown-text';
  }
>;

/** The form, if it is one of flow-log text. */
export function textFormOf(form: InputForm): TextForm | undefined {
  switch (form.kind) {
    case 'text-with-header':
    case 'text-without-header':
    case 'cloudwatch-export':
    case 'unknown-text':
      return form;
    case 'binary':
    case 'csv-records':
    case 'empty':
    case 'gzip':
    case 'json-records':
    case 'parquet':
    case 'resolver-query-log':
    case 'summary-csv':
    case 'utf-16':
      return undefined;
    default:
      return form satisfies never;
  }
}

/**
 * The plan for a file of text by its first bytes: its header, else the fields that the user names, else version 2's. Gives
 * the reason instead where it can't be read so.
 */
export function planText(
  form: TextForm,
  head: Uint8Array,
  fields: readonly string[] | null,
): FieldPlan | string {
  switch (form.kind) {
    case 'text-with-header':
      return planNamed(firstLine(head).split(/\s+/), 'its header');
    case 'text-without-header':
      return planUnnamed(form.values, fields, []);
    case 'cloudwatch-export':
      return planUnnamed(form.values, fields, ['time-of-export']);
    case 'unknown-text':
      if (fields !== null) return planNamed(fields, '--fields');
      return 'its first line is neither a flow-log record nor names fields; name them with --fields';
    default:
      return form satisfies never;
  }
}

function firstLine(head: Uint8Array): string {
  const [line = ''] = new TextDecoder()
    .decode(head)
    .trimStart()
    .split(/[\r\n]/, 1);
  return line.trimEnd();
}

function planNamed(names: readonly string[], what: string): FieldPlan | string {
  const plan = planFields(names);
  return typeof plan === 'string' ? `${what} ${plan}` : plan;
}

function planUnnamed(
  values: number,
  given: readonly string[] | null,
  before: readonly string[],
): FieldPlan | string {
  const fields = given ?? defaultFlowLogFields;
  if (values === fields.length) return planNamed([...before, ...fields], '--fields');
  return given === null
    ? `its lines hold ${values} values and name no fields; name them with --fields, as in the flow log's format`
    : `its lines hold ${values} values, and --fields names ${fields.length}`;
}
