import { textFlag } from '../kit/command.js';
import { oneOf } from '../kit/flag-values.js';

/** The flags of every command that shows a result: how, and where it goes. */
export const resultFlags = {
  format: textFlag('table, json, csv or markdown', { defaultDescription: 'table' }),
  output: textFlag('Write the result to a file instead', { alias: 'o' }),
} as const;

const formats = ['table', 'json', 'csv', 'markdown'] as const;

/** A format that results are shown in. */
export type ResultFormat = (typeof formats)[number];

/** The format that `--format` names; `table` where it is not given. */
export function readFormat(text: string | undefined): ResultFormat {
  return oneOf('--format', text ?? 'table', formats);
}
