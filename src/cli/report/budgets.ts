import { isMap, isScalar, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { PathfareError, quoteValue, UsageError } from '../../base/errors.js';
import { readText } from '../../base/node/files.js';
import { readSmallCsv } from '../../base/small-csv.js';
import type { Budget, BudgetScope } from '../../cost/outlook/budget.js';
import { hundredth } from '../kit/flag-values.js';
import { requirePrintable } from './printable.js';

const scopes = ['total', 'team', 'vpc', 'account', 'region'] as const;
const plurals: ReadonlyMap<string, BudgetScope> = new Map(
  Object.entries({
    teams: 'team',
    vpcs: 'vpc',
    accounts: 'account',
    regions: 'region',
  }),
);
const defaultWarn = '0.8';
const defaultFail = '1';

/**
 * Reads `--budget`: an amount a month for the whole bill, or a YAML or CSV file of budgets.
 *
 * @throws UsageError and PathfareError naming flag, file, line and value
 */
export async function readBudgets(texts: readonly string[] = []): Promise<readonly Budget[]> {
  const budgets = await Promise.all(texts.map(readBudget));
  return budgets.flat();
}

async function readBudget(text: string): Promise<readonly Budget[]> {
  if (/^[\d.]+$/.test(text)) {
    const monthly = money(
      text,
      () =>
        new UsageError('usage', `--budget: ${quoteValue(text)} is not an amount`, {
          hint: 'Write only digits and a point, such as --budget 1200.',
        }),
    );
    return [{ scope: 'total', id: '', monthly, warnAt: defaultWarn, failAt: defaultFail }];
  }
  const content = await readText(text, {
    name: `--budget ${text}`,
    hint: 'Give an amount a month, such as 1200, or a YAML or CSV file of budgets.',
  });
  return /\.csv$/i.test(text) ? csvBudgets(content, text) : yamlBudgets(content, text);
}

function money(text: string, failure: () => Error): string {
  if (/^\d{1,15}(\.\d{1,12})?$/.test(text)) return text;
  throw failure();
}

const mistake = (where: string, problem: string, hint: string) =>
  new PathfareError('invalid-budgets', `${where}: ${problem}`, { hint });

function amountAt(where: string, text: string): string {
  return money(text, () =>
    mistake(
      where,
      `${quoteValue(text)} is not an amount`,
      'Write only digits and a point: 1200.50, not 1,200.50 or $1200.',
    ),
  );
}

function thresholdAt(where: string, text: string): string {
  const [, whole, fraction = ''] = /^(\d{1,4})(?:\.(\d{1,4}))?%$/.exec(text) ?? [];
  if (whole !== undefined) return hundredth(whole, fraction);
  if (/^\d{1,2}(\.\d{1,6})?$/.test(text)) return text;
  throw mistake(
    where,
    `${quoteValue(text)} is not a threshold`,
    'Write a percentage of the budget, such as 80%.',
  );
}

function csvBudgets(content: string, file: string): readonly Budget[] {
  const rows = readSmallCsv(
    content,
    file,
    ['scope', 'id', 'monthly'],
    'scope,id,monthly,warn,fail',
  );
  return rows.map(({ where, cell }) => {
    const scope = scopes.find((name) => name === cell('scope').toLowerCase());
    if (scope === undefined) {
      const named = quoteValue(cell('scope'));
      throw mistake(where, `scope ${named} is none`, `Write ${scopes.join(', ')}.`);
    }
    const threshold = (column: string, otherwise: string) =>
      cell(column) === '' ? otherwise : thresholdAt(where, cell(column));
    return {
      scope,
      id: scope === 'total' ? '' : requireId(where, cell('id')),
      monthly: amountAt(where, cell('monthly')),
      warnAt: threshold('warn', defaultWarn),
      failAt: threshold('fail', defaultFail),
    };
  });
}

function requireId(where: string, id: string): string {
  if (id !== '') return requirePrintable(where, id, 'invalid-budgets');
  throw mistake(
    where,
    'this budget has no id',
    'Write the name of the team, or the id of the VPC or account.',
  );
}

/** The YAML of a budget file, with the line of each node for messages. */
interface BudgetYaml {
  readonly file: string;
  readonly line: (node: unknown) => number;
}

function yamlBudgets(content: string, file: string): readonly Budget[] {
  const lines = new LineCounter();
  // The failsafe schema leaves every value text: an amount never becomes a float.
  requireShallow(content, file);
  const document = parseDocument(content, {
    schema: 'failsafe',
    lineCounter: lines,
    // Its own search for keys that stand twice takes time with the square of them.
    uniqueKeys: false,
  });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0].line ?? 1;
    throw mistake(
      `${file}:${line}`,
      `not YAML: ${error.message.split('\n')[0] ?? ''}`,
      'See docs/report.md for a budget file.',
    );
  }
  const yaml: BudgetYaml = {
    file,
    line: (node) => {
      const at = isMap(node) || isScalar(node) ? node.range?.[0] : undefined;
      return at === undefined ? 1 : lines.linePos(at).line;
    },
  };
  const root = document.contents;
  if (!isMap(root))
    throw mistake(`${file}:1`, 'holds no budgets', 'See docs/report.md for a budget file.');
  return rootBudgets(root, yaml);
}

const mostIndented = 200;
const mostOpen = 100;

/** The parser calls itself for each level, and makes a pattern as wide as the indent: a file of a few kilobytes can end the process. */
function requireShallow(content: string, file: string): void {
  let open = 0;
  for (const [index, line] of content.split('\n').entries()) {
    const [indent = ''] = /^[\s?:-]*/.exec(line) ?? [];
    for (const character of line) {
      if (character === '[' || character === '{') open += 1;
      if (character === ']' || character === '}') open -= 1;
      if (open > mostOpen) break;
    }
    if (indent.length <= mostIndented && open <= mostOpen) continue;
    const hint = 'See docs/report.md for a budget file.';
    throw mistake(`${file}:${index + 1}`, 'is nested too deeply', hint);
  }
}

function rootBudgets(root: YAMLMap, yaml: BudgetYaml): readonly Budget[] {
  const defaults = { warnAt: defaultWarn, failAt: defaultFail };
  const own = thresholds(root, yaml, defaults);
  const budgets: Budget[] = [];
  for (const { key, value, where } of entriesOf(root, yaml)) {
    const scope = plurals.get(key);
    if (key === 'monthly') {
      budgets.push({
        scope: 'total',
        id: '',
        monthly: amountAt(where, textOf(value, where)),
        ...own,
      });
    } else if (scope !== undefined) {
      if (!isMap(value))
        throw mistake(where, `${key} holds no budgets`, 'Write an id and its amount a line.');
      for (const each of entriesOf(value, yaml)) {
        budgets.push(scopedBudget(scope, each, yaml, own));
      }
    } else if (key !== 'warn' && key !== 'fail') {
      const known = ['monthly', 'warn', 'fail', ...plurals.keys()];
      throw mistake(where, `${quoteValue(key)} is not known`, `Write ${known.join(', ')}.`);
    }
  }
  return budgets;
}

interface YamlEntry {
  readonly key: string;
  readonly value: unknown;
  readonly where: string;
}

function entriesOf(map: YAMLMap, { file, line }: BudgetYaml): readonly YamlEntry[] {
  const known = new Set<string>();
  return map.items.map(({ key: node, value }) => {
    const key = isScalar(node) ? String(node.value) : '';
    const where = `${file}:${line(node)}`;
    if (known.has(key)) {
      throw mistake(where, `${quoteValue(key)} stands twice`, 'Keep one of the two.');
    }
    known.add(key);
    return { key, value, where };
  });
}

function textOf(value: unknown, where: string): string {
  if (isScalar(value)) return String(value.value);
  throw mistake(where, 'is not one value', 'Write an amount, such as 1200.');
}

type Thresholds = Pick<Budget, 'warnAt' | 'failAt'>;

function thresholds(map: YAMLMap, yaml: BudgetYaml, defaults: Thresholds): Thresholds {
  const at = (name: string) => entriesOf(map, yaml).find(({ key }) => key === name);
  const read = (entry: YamlEntry | undefined, otherwise: string) =>
    entry === undefined ? otherwise : thresholdAt(entry.where, textOf(entry.value, entry.where));
  return {
    warnAt: read(at('warn'), defaults.warnAt),
    failAt: read(at('fail'), defaults.failAt),
  };
}

function scopedBudget(
  scope: BudgetScope,
  { key, value, where }: YamlEntry,
  yaml: BudgetYaml,
  defaults: Thresholds,
): Budget {
  const id = requireId(where, key);
  if (!isMap(value))
    return { scope, id, monthly: amountAt(where, textOf(value, where)), ...defaults };
  const monthly = entriesOf(value, yaml).find((entry) => entry.key === 'monthly');
  if (monthly === undefined)
    throw mistake(
      where,
      `${quoteValue(id)} has no monthly amount`,
      'Write monthly: 1200 under it.',
    );
  return {
    scope,
    id,
    monthly: amountAt(monthly.where, textOf(monthly.value, monthly.where)),
    ...thresholds(value, yaml, defaults),
  };
}
