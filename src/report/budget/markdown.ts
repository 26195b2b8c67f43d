import { explainedPaths, kindOf, pathTraits } from '../../cost/paths/index.js';
import { cut, mostShown } from '../draw/cut.js';
import { headlineNotes } from '../draw/headline.js';
import { markdownText } from '../draw/labels.js';
import { formatGb, formatMoney, known } from '../draw/money.js';
import { left, markdownTable, right } from '../draw/tables.js';
import {
  aheadSentences,
  budgetAheadText,
  budgetLabel,
  costAhead,
  edgeNumbers,
  endsAhead,
  kindLabels,
  moneyOf,
  monthLabel,
  monthsNote,
  namesOf,
  pastText,
  percentText,
  savingText,
  stateText,
  volumeCases,
} from './labels.js';
import { changesBlock } from './markdown-changes.js';
import type { ReportModel } from './model.js';
import { groupLabel, type Names, vpcLabel } from './names.js';

/** The report as GitHub Markdown, in the order in which people ask. */
export function reportMarkdown(model: ReportModel): string {
  const names = namesOf(model);
  const blocks = [
    '# VPC egress cost report',
    `Estimate of ${model.date}, in ${model.currency}.`,
    answerTable(model),
    headlineNotes({ ...model, totals: { ...model.comparison, ...model.totals } }).join('\n\n'),
    budgetBlock(model, names),
    billBlock(model),
    changesBlock(model, names),
    groupsBlock(model, names),
    trafficBlock(model),
    forecastBlock(model, names),
    sensitivityBlock(model, names),
    baselineBlock(model),
    traitsBlock(),
    '## What was assumed',
    bullets(model.assumptions),
    '## Notes and warnings',
    bullets(model.findings.map(({ severity, message }) => `${severity}: ${message}`)),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const bullets = (lines: readonly string[]): string =>
  lines.length === 0 ? 'Nothing.' : lines.map((line) => `- ${markdownText(line)}`).join('\n');

/** A table of the first rows, and how many more there are. */
function cutTable(
  columns: Parameters<typeof markdownTable>[0],
  rows: readonly (readonly string[])[],
): string {
  const { shown, more } = cut(rows, mostShown.tableRows);
  const table = markdownTable(columns, shown);
  return more > 0 ? `${table}\n\n${more} more in the CSV and the JSON.` : table;
}

function answerTable(model: ReportModel): string {
  const { totals } = model;
  const money = (value: string) => moneyOf(value, model, totals);
  const saving = totals.savingKnown
    ? [
        `**${moneyOf(totals.monthlySaving, model, known(totals.assumed))}**`,
        `**${moneyOf(totals.annualSaving, model, known(totals.assumed))}**`,
      ]
    : ['not known in full', 'not known in full'];
  return markdownTable(
    [left(''), right('a month'), right('a year')],
    [
      ['You pay', money(totals.currentMonthlyCost), money(totals.currentAnnualCost)],
      ['With the plan', money(totals.plannedMonthlyCost), money(totals.plannedAnnualCost)],
      ['**Potential saving**', ...saving],
    ],
  );
}

function budgetBlock(model: ReportModel, names: Names): string {
  if (model.budgets.length === 0) return '';
  const isAhead = model.forecast.months.length > 0;
  const rows = model.budgets.map((status, index) => [
    markdownText(budgetLabel(status, names)),
    formatMoney(status.monthly, model.currency),
    formatMoney(status.cost, model.currency, status),
    status.used === null ? '–' : percentText(status.used),
    status.state === 'over' ? `**${stateText(status.state)}**` : stateText(status.state),
    stateText(status.plannedState),
    ...(isAhead ? [budgetAheadText(status, model.forecast.budgets[index], model)] : []),
  ]);
  const columns = [
    left('Budget'),
    right('a month'),
    right('Bill'),
    right('Used'),
    left('Now'),
    left('With the plan'),
    ...(isAhead ? [left('Over it in')] : []),
  ];
  return `## Budget\n\n${cutTable(columns, rows)}`;
}

function billBlock(model: ReportModel): string {
  const rows = model.bill
    .filter(
      ({ currentMonthlyCost, plannedMonthlyCost, complete }) =>
        !complete || currentMonthlyCost !== '0' || plannedMonthlyCost !== '0',
    )
    .map((line) => [
      kindLabels[line.kind],
      moneyOf(line.currentMonthlyCost, model, line),
      moneyOf(line.plannedMonthlyCost, model, line),
      savingText(line, model),
    ]);
  const columns = [left('A month'), right('Now'), right('With the plan'), right('Saves')];
  return `## The bill\n\n${markdownTable(columns, rows)}`;
}

function groupsBlock(model: ReportModel, names: Names): string {
  const rows = model.groups.map((group) => [
    markdownText(groupLabel(model.groupBy, group.id, names)),
    moneyOf(group.currentMonthlyCost, model, group),
    moneyOf(group.plannedMonthlyCost, model, group),
    savingText(group, model),
  ]);
  const heads = { region: 'Region', account: 'Account', vpc: 'VPC', team: 'Team' };
  const columns = [
    left(heads[model.groupBy]),
    right('Now'),
    right('With the plan'),
    right('Saves'),
  ];
  return `## By ${model.groupBy === 'vpc' ? 'VPC' : model.groupBy === 'region' ? 'Region' : model.groupBy}\n\n${cutTable(columns, rows)}`;
}

function trafficBlock({ traffic }: ReportModel): string {
  const rows = traffic.map(({ service, path, gb, gbOut, gbIn }) => [
    markdownText(service),
    kindOf(path).label,
    formatGb(gb),
    formatGb(gbOut),
    formatGb(gbIn),
  ]);
  const columns = [
    left('Service'),
    left('Path now'),
    right('GB a month'),
    right('out'),
    right('in'),
  ];
  return `## Where the bytes go\n\n${cutTable(columns, rows)}`;
}

function forecastBlock(model: ReportModel, names: Names): string {
  const { months, method } = model.forecast;
  if (months.length === 0) return '';
  const banded = months.some(({ low }) => low !== null);
  const rows = months.map((each) => [
    monthLabel(each.month),
    costAhead(each.currentMonthlyCost, model),
    ...(banded ? [endsAhead(each, model).join(' – ')] : []),
    costAhead(each.plannedMonthlyCost, model),
  ]);
  const columns = [
    left('Month'),
    right('As it is'),
    ...(banded ? [right('80 % interval')] : []),
    right('With the plan'),
  ];
  const { shown, more } = cut(aheadSentences(model, names), mostShown.sentences);
  return [
    `## The next ${months.length === 1 ? 'month' : `${months.length} months`}`,
    `Method: ${markdownText(method.text)}. ${monthsNote} ${pastText(model)}`.trim(),
    markdownTable(columns, rows),
    ...(shown.length > 0 ? [bullets(shown)] : []),
    ...(more > 0 ? [`${more} more in the JSON.`] : []),
  ].join('\n\n');
}

function sensitivityBlock(model: ReportModel, names: Names): string {
  const { choices, spread } = model.sensitivity;
  const edges = choices
    .filter(({ multiple }) => multiple !== null)
    .map((choice) => [
      markdownText(`${choice.services.join(' + ')} in ${vpcLabel(choice, names)}`),
      ...edgeNumbers(choice, model),
      kindOf(choice.plannedPath).label,
      choice.nearEdge ? '**near its edge**' : '',
    ]);
  return [
    '## How sure the choices are',
    `With ${percentText(spread)} less and more traffic on the planned paths:`,
    markdownTable(
      [left('Case'), right('Traffic'), right('As it is'), right('With the plan'), right('Saves')],
      volumeCases(model),
    ),
    'An interface endpoint pays above its break-even; at 100 % both ways cost the same. A gateway endpoint pays at any volume. Low, expected and high: what the endpoint saves a month against NAT in each case.',
    cutTable(
      [
        left('Choice'),
        right('GB a month'),
        right('Break-even'),
        right('% of break-even'),
        right('Low'),
        right('Expected'),
        right('High'),
        left('Plan'),
        left(''),
      ],
      edges,
    ),
  ].join('\n\n');
}

function baselineBlock(model: ReportModel): string {
  const since = model.sinceBaseline;
  if (since === null) return '';
  const money = (value: string) => moneyOf(value, model, since);
  const rows = [
    [`Bill of ${since.date}`, money(since.before)],
    ['Other traffic', money(since.causes.traffic)],
    ['Other rates', money(since.causes.rates)],
    ['Other paths and assumptions', money(since.causes.choices)],
    ['**Bill now**', `**${money(since.after)}**`],
  ];
  return `## What changed since ${since.date}\n\n${markdownTable([left(''), right('a month')], rows)}`;
}

function traitsBlock(): string {
  const rows = pathTraits.map(({ name, values }) => [
    name,
    ...explainedPaths.map((path) => values[path.name]),
  ]);
  const table = markdownTable([left(''), ...explainedPaths.map(({ label }) => left(label))], rows);
  return `## The three paths side by side\n\n${table}`;
}
