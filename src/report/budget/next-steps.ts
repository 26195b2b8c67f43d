import type { PathKind } from '../../cost/paths/path.js';
import type { Command, StepQuestion, Terraform } from '../../cost/paths/steps.js';
import { terminalText } from '../draw/labels.js';

/** A change as text to read, adapt and run; pathfare never runs it. Upper-case words stand for what a log does not know. */
export interface NextSteps {
  readonly awsCli: string;
  readonly terraform: string;
}

/** The AWS CLI commands and the Terraform blocks that move traffic to a path. */
export function nextSteps(to: PathKind, question: StepQuestion): NextSteps {
  const { commands, terraform } = to.steps(question);
  return {
    awsCli: commands.map((each) => commandText(each, question.region)).join('\n\n'),
    terraform: terraform.map(terraformText).join('\n\n'),
  };
}

function commandText({ name, flags }: Command, region: string): string {
  const lines = flags.map(([flag, value]) => `  ${[flag, ...shellWords(value)].join(' ')}`);
  return [`aws ec2 ${name} --region ${shell(region)}`, ...lines].join(' \\\n');
}

function shellWords(value: Command['flags'][number][1]): readonly string[] {
  if (value === null) return [];
  return typeof value === 'string' ? [shell(value)] : value.map(shell);
}

/** A word for a POSIX shell: as it is where that is safe, else in single quotes. */
export function shell(word: string): string {
  const text = terminalText(word);
  return /^[\w.,:/-]+$/.test(text) && !text.startsWith('-')
    ? text
    : `'${text.replaceAll("'", `'\\''`)}'`;
}

function terraformText(terraform: Terraform): string {
  if (terraform.kind === 'comments') {
    return terraform.lines.map((line) => `# ${terminalText(line)}`).join('\n');
  }
  const { type, label, settings } = terraform;
  const width = Math.max(...settings.map(([name]) => name.length));
  const lines = settings.map(([name, value]) => `  ${name.padEnd(width)} = ${hclValue(value)}`);
  return [`resource "${type}" "${hclLabel(label)}" {`, ...lines, '}'].join('\n');
}

function hclValue(value: string | boolean | readonly string[]): string {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? hcl(value) : `[${value.map(hcl).join(', ')}]`;
}

/** A string of HCL: quotes, backslashes and the openings of templates stand escaped. */
export function hcl(text: string): string {
  const escaped = terminalText(text)
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('${', () => '$${')
    .replaceAll('%{', '%%{');
  return `"${escaped}"`;
}

/** A name of a Terraform block: letters, digits and underscores only. */
function hclLabel(words: readonly string[]): string {
  const label = words.join('_').replace(/[^A-Za-z0-9_]+/g, '_');
  return /^[A-Za-z_]/.test(label) ? label : `_${label}`;
}
