import { explainedPaths, kindOf, pathTraits } from '../../cost/paths/index.js';
import type { ReportChange } from '../budget/changes.js';
import {
  aheadSentences,
  budgetAheadText,
  budgetLabel,
  changeTitle,
  edgeNumbers,
  moneyOf,
  monthsNote,
  pastText,
  percentText,
  restsOnAssumed,
  savingText,
  stateText,
  volumeCases,
} from '../budget/labels.js';
import type { ReportModel } from '../budget/model.js';
import { groupLabel, type Names, vpcLabel } from '../budget/names.js';
import { evidenceOf, sumOf } from '../draw/component-sum.js';
import { cut, mostShown } from '../draw/cut.js';
import { headlineNotes } from '../draw/headline.js';
import { formatGb, formatMoney, formatMoneyOf, known } from '../draw/money.js';
import { left, right } from '../draw/tables.js';
import { html, list, type Markup, nothing, table } from './markup.js';

/** What is paid, would be paid and is saved. */
export function answerSection(model: ReportModel): Markup {
  const { totals } = model;
  const money = (period: 'a month' | 'a year', value: string) =>
    formatMoneyOf(period, value, model.currency, totals);
  const saving = (value: string) =>
    totals.savingKnown ? moneyOf(value, model, known(totals.assumed)) : 'not known in full';
  return html`<dl class="answer">
<div><dt>You pay</dt><dd>${money('a month', totals.currentMonthlyCost)}</dd><dd class="year">${money('a year', totals.currentAnnualCost)}</dd></div>
<div><dt>With the plan</dt><dd>${money('a month', totals.plannedMonthlyCost)}</dd><dd class="year">${money('a year', totals.plannedAnnualCost)}</dd></div>
<div class="saving"><dt>Potential saving</dt><dd>${saving(totals.monthlySaving)}${totals.savingKnown ? ' a month' : ''}</dd><dd class="year">${saving(totals.annualSaving)}${totals.savingKnown ? ' a year' : ''}</dd></div>
</dl>${headlineNotes({ ...model, totals: { ...model.comparison, ...model.totals } }).map(
    (note) => html`
<p class="soft">${note}</p>`,
  )}`;
}

/** How the bill stands to its budgets. */
export function budgetSection(model: ReportModel, names: Names): Markup {
  if (model.budgets.length === 0) return nothing;
  const isAhead = model.forecast.months.length > 0;
  const rows = model.budgets.map((status, index) => [
    budgetLabel(status, names),
    formatMoney(status.monthly, model.currency),
    formatMoney(status.cost, model.currency, status),
    status.used === null ? '–' : percentText(status.used),
    html`<span class="${status.state}">${stateText(status.state)}</span>`,
    html`<span class="${status.plannedState}">${stateText(status.plannedState)}</span>`,
    ...(isAhead ? [budgetAheadText(status, model.forecast.budgets[index], model)] : []),
  ]);
  const columns = [
    left('Budget'),
    right('A month'),
    right('Bill'),
    right('Used'),
    left('Now'),
    left('With the plan'),
    ...(isAhead ? [left('Over it in')] : []),
  ];
  return html`<section id="budget"><h2>Budget</h2>${table('Budgets and the bill', columns, rows)}</section>`;
}

/** What to change, the biggest saving first. */
export function changesSection(model: ReportModel, names: Names): Markup {
  const { changes, sharedTierSaving } = model;
  const { shown, more } = cut(changes, mostShown.changes);
  const shared =
    sharedTierSaving === '0'
      ? nothing
      : html`<p>Tiers that endpoints share save ${moneyOf(sharedTierSaving, model)} a month beyond these.</p>`;
  return html`<section id="changes"><h2>What to change</h2>
${changes.length === 0 ? html`<p>Nothing: every service is on its cheapest path.</p>` : nothing}
${shown.map((change, index) => changeArticle(change, index + 1, model, names))}
${more > 0 ? html`<p class="more">${more} more changes in the JSON.</p>` : nothing}
${shared}</section>`;
}

function changeArticle(
  change: ReportChange,
  rank: number,
  model: ReportModel,
  names: Names,
): Markup {
  const { currency } = model;
  const sums = (label: string, components: ReportChange['paid']) =>
    components.length === 0
      ? [html`<li>${label}: no charge</li>`]
      : components.map(
          (component) =>
            html`<li>${label}: ${component.name}: ${sumOf(component, currency)} <span class="soft">(${evidenceOf(component)})</span></li>`,
        );
  const sure = known(restsOnAssumed([...change.paid, ...change.wouldPay]));
  const flip =
    change.breakEvenGb === null ? '' : ` Break-even: ${formatGb(change.breakEvenGb)} GB a month.`;
  const edge = change.nearEdge
    ? html` <span class="warn">Near its edge: check the volume first.</span>`
    : nothing;
  return html`<article><h3>${rank}. ${changeTitle(change)}</h3>
<p>Saves <strong>${moneyOf(change.monthlySaving, model, sure)}</strong> a month, ${moneyOf(change.annualSaving, model, sure)} a year. ${change.region}, ${vpcLabel(change, names)}.${flip}${edge}</p>
<ul>${sums('Paid now', change.paid)}
${sums('Would cost', change.wouldPay)}
${change.catches.map((text) => html`<li>Before you change this: ${text}</li>`)}</ul>
${
  change.steps === null
    ? nothing
    : html`<details><summary>How to make change ${rank}</summary>
<p>AWS CLI</p><pre tabindex="0">${change.steps.awsCli}</pre>
<p>Terraform</p><pre tabindex="0">${change.steps.terraform}</pre></details>`
}</article>`;
}

/** The bill by Region, account, VPC or team. */
export function groupsSection(model: ReportModel, names: Names): Markup {
  const head = { region: 'Region', account: 'Account', vpc: 'VPC', team: 'Team' }[model.groupBy];
  const rows = model.groups.map((group) => [
    groupLabel(model.groupBy, group.id, names),
    moneyOf(group.currentMonthlyCost, model, group),
    moneyOf(group.plannedMonthlyCost, model, group),
    savingText(group, model),
  ]);
  const columns = [left(head), right('Now'), right('With the plan'), right('Saves')];
  const title = `The bill by ${head === 'VPC' || head === 'Region' ? head : head.toLowerCase()}`;
  return html`<section id="groups"><h2>${title}</h2>${table(title, columns, rows)}</section>`;
}

/** How the forecast is made, its chart, and what is passed on the way, in sentences. */
export function forecastParts(model: ReportModel, names: Names, chart: Markup): Markup {
  const { method } = model.forecast;
  const { shown, more } = cut(aheadSentences(model, names), mostShown.sentences);
  return html`<p class="soft">Method: ${method.text}. ${monthsNote} ${pastText(model)}</p>
${chart}
${shown.length > 0 ? list(shown) : nothing}
${more > 0 ? html`<p class="more">${more} more in the JSON.</p>` : nothing}`;
}

/** How the answer depends on the volume, and how far each choice is from its edge. */
export function sensitivitySection(model: ReportModel, names: Names, curves: Markup): Markup {
  const { choices, spread } = model.sensitivity;
  const edges = choices
    .filter(({ multiple }) => multiple !== null)
    .map((choice) => [
      `${choice.services.join(' + ')} in ${vpcLabel(choice, names)}`,
      ...edgeNumbers(choice, model),
      kindOf(choice.plannedPath).label,
      choice.nearEdge ? html`<span class="warn">near its edge</span>` : '',
    ]);
  return html`<section id="sensitivity"><h2>How sure the choices are</h2>
<p>With ${percentText(spread)} less and more traffic on the planned paths:</p>
${table('Low, expected and high case', [left('Case'), right('Traffic'), right('As it is'), right('With the plan'), right('Saves')], volumeCases(model))}
<p>An interface endpoint pays above its break-even; at 100 % both ways cost the same. A gateway endpoint pays at any volume. Low, expected and high: what the endpoint saves a month against NAT in each case.</p>
${table('Choices by their distance from the break-even', [left('Choice'), right('GB a month'), right('Break-even'), right('% of break-even'), right('Low'), right('Expected'), right('High'), left('Plan'), left('Edge')], edges)}
${curves}</section>`;
}

/** What changed since an earlier report, and why. */
export function baselineSection(model: ReportModel): Markup {
  const since = model.sinceBaseline;
  if (since === null) return nothing;
  const money = (value: string) => moneyOf(value, model, since);
  const rows = [
    [`Bill of ${since.date}`, money(since.before)],
    ['Other traffic', money(since.causes.traffic)],
    ['Other rates', money(since.causes.rates)],
    ['Other paths and assumptions', money(since.causes.choices)],
    ['Bill now', html`<strong>${money(since.after)}</strong>`],
  ];
  const title = `What changed since ${since.date}`;
  return html`<section id="since"><h2>${title}</h2>${table(title, [left('Cause'), right('A month')], rows)}</section>`;
}

/** Assumptions, findings, and the three kinds of path side by side. */
export function notesSections(model: ReportModel): Markup {
  const traits = pathTraits.map(({ name, values }) => [
    name,
    ...explainedPaths.map((path) => values[path.name]),
  ]);
  const findings = model.findings.map(({ severity, message }) =>
    severity === 'warning'
      ? html`<li><span class="warn">Warning:</span> ${message}</li>`
      : html`<li>${message}</li>`,
  );
  return html`<section id="assumed"><h2>What was assumed</h2>${list(model.assumptions)}</section>
<section id="findings"><h2>Notes and warnings</h2>${findings.length === 0 ? html`<p>Nothing.</p>` : html`<ul>${findings}</ul>`}</section>
<section id="paths"><h2>The three paths side by side</h2>${table('The three paths side by side', [left('What'), ...explainedPaths.map(({ label }) => left(label))], traits)}</section>`;
}
