import { printedBy } from './run-cli.js';

/** A command of a `console` block and the lines that stand under it. */
interface Step {
  readonly command: string;
  readonly shown: readonly string[];
}

/** Stands in a block for lines that are left out. */
const leftOut = '[...]';

/**
 * A document whose `console` blocks hold what their commands print today. A block that leaves lines out stays as it is
 * while the lines it shows are printed in their order.
 */
export async function withRealOutput(text: string): Promise<string> {
  const blocks = [...text.matchAll(block)].map(([, body = '']) => blockOf(stepsOf(body)));
  const real = (await Promise.all(blocks)).values();
  return text.replace(block, (old) => real.next().value ?? old);
}

const block = /^```console\n([^]*?)^```$/gm;

async function blockOf(steps: readonly Step[]): Promise<string> {
  const lines = ['```console'];
  for (const { command, shown } of steps) {
    const real = await run(command);
    lines.push(`$ ${command}`, ...(agrees(shown, real) ? shown : cutLike(shown, real)));
  }
  return [...lines, '```'].join('\n');
}

/** The commands that a document shows with their output. */
export function commandsIn(text: string): readonly string[] {
  return [...text.matchAll(block)].flatMap(([, body = '']) =>
    stepsOf(body).map(({ command }) => command),
  );
}

function stepsOf(body: string): readonly Step[] {
  return body
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...shown] = part.replace(/\n$/, '').split('\n');
      return { command, shown };
    });
}

/** Whether a block shows what is printed, but for what it says it leaves out. */
function agrees(shown: readonly string[], real: readonly string[]): boolean {
  const parts = shown.join('\n').split(`${leftOut}\n`);
  const [start = '', ...others] = shown.at(-1) === leftOut ? [...endLess(parts), ''] : parts;
  let rest = real.join('\n');
  if (others.length === 0) return start === rest;
  if (!rest.startsWith(start)) return false;
  rest = rest.slice(start.length);
  for (const [index, part] of others.entries()) {
    const at =
      index === others.length - 1 && part !== '' ? rest.lastIndexOf(part) : rest.indexOf(part);
    if (at === -1) return false;
    rest = rest.slice(at + part.length);
  }
  return others.at(-1) === '' || rest === '';
}

const endLess = (parts: readonly string[]): readonly string[] =>
  parts.map((part, index) => (index === parts.length - 1 ? part.replace(/\[\.\.\.\]$/, '') : part));

/** What is printed, less the lines whose words a block left out before. */
function cutLike(shown: readonly string[], real: readonly string[]): readonly string[] {
  if (!shown.includes(leftOut)) return real;
  const kept = new Set(shown.map(wordsOf));
  const lines: string[] = [];
  for (const line of real) {
    const keep = line === '' ? lines.at(-1) !== leftOut : kept.has(wordsOf(line));
    if (keep) lines.push(line);
    else if (lines.at(-1) !== leftOut) lines.push(leftOut);
  }
  return lines;
}

/** The first words of a line, by which it is known again when its numbers change. */
const wordsOf = (line: string): string =>
  line
    .replaceAll(/[^a-z]+/gi, ' ')
    .trim()
    .split(' ')
    .slice(0, 3)
    .join(' ');

/** The lines that a terminal shows for a command, stderr among them. */
async function run(command: string): Promise<readonly string[]> {
  const [name, ...args] = wordsOfCommand(command);
  if (name !== 'pathfare') throw new Error(`"${command}" does not begin with pathfare`);
  return (await printedBy(args)).replace(/\n$/, '').split('\n');
}

/** The words of a command line, as a shell would hand them over; what only a shell could do is refused. */
function wordsOfCommand(command: string): readonly string[] {
  const words = command.match(/'[^']*'|[^\s'"]+/g) ?? [];
  if (words.join(' ') !== command || /[|&;<>()$`\\]/.test(command.replaceAll(/'[^']*'/g, ''))) {
    throw new Error(`"${command}" needs a shell: a document shows one command without one`);
  }
  return words.map((word) => word.replaceAll("'", ''));
}
