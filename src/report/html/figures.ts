import { describedPaths, kindOf } from '../../cost/paths/index.js';
import {
  costAhead,
  endsAhead,
  kindLabels,
  moneyOf,
  monthLabel,
  savingText,
} from '../budget/labels.js';
import type { ReportModel, ServiceCurve } from '../budget/model.js';
import { type Names, vpcLabel } from '../budget/names.js';
import { formatGb } from '../draw/money.js';
import { left, right } from '../draw/tables.js';
import { billChart, curveChart, curvePaths, forecastChart, trafficChart } from './charts.js';
import { html, type Markup, nothing, table } from './markup.js';

/** A chart with what its colors mean and, behind it, its numbers as a table. */
function figure(
  caption: string,
  chart: Markup,
  legend: readonly (readonly [color: string, label: string])[],
  numbers: Markup,
): Markup {
  const keys = legend.map(
    ([color, label]) => html`<li class="c-${color}"><span>${label}</span></li>`,
  );
  return html`<figure>
<figcaption>${caption}</figcaption>
<ul class="legend">${keys}</ul>
${chart}
<details><summary>${caption}: the numbers</summary>${numbers}</details>
</figure>`;
}

/** The bill now and planned, with its parts. */
export function billFigure(model: ReportModel): Markup {
  const used = model.bill.filter(
    (line) => !line.complete || line.currentMonthlyCost !== '0' || line.plannedMonthlyCost !== '0',
  );
  const rows = used.map((line) => [
    kindLabels[line.kind],
    moneyOf(line.currentMonthlyCost, model, line),
    moneyOf(line.plannedMonthlyCost, model, line),
    savingText(line, model),
  ]);
  const legend = used.map(({ kind }) => [kind, kindLabels[kind]] as const);
  const columns = [left('A month'), right('Now'), right('With the plan'), right('Saves')];
  return figure(
    'Bill a month by what it is charged for',
    billChart(model),
    legend,
    table('Bill a month by what it is charged for', columns, rows),
  );
}

/** Where the bytes go. */
export function trafficFigure(model: ReportModel): Markup {
  const rows = model.traffic.map(({ service, path, gb, gbOut, gbIn }) => [
    service,
    kindOf(path).label,
    formatGb(gb),
    formatGb(gbOut),
    formatGb(gbIn),
  ]);
  const used = describedPaths
    .filter(({ name }) => model.traffic.some(({ path }) => path === name))
    .map(({ name, label }) => [name, label] as const);
  const columns = [
    left('Service'),
    left('Path now'),
    right('GB a month'),
    right('Out'),
    right('In'),
  ];
  return figure(
    'GB a month by service and the path that it takes now',
    trafficChart(model),
    used,
    table('GB a month by service and path', columns, rows),
  );
}

/** Cost against GB for the choices nearest to their break-even. */
export function curveFigures(model: ReportModel, names: Names): Markup {
  if (model.curves.length === 0) return nothing;
  return html`${model.curves.map((curve) => curveFigure(curve, model, names))}`;
}

function curveFigure(curve: ServiceCurve, model: ReportModel, names: Names): Markup {
  const place = `${curve.services.join(' + ')} in ${vpcLabel(curve, names)}`;
  const paths = curvePaths(curve);
  const rows = curve.points
    .filter((_, index) => index % 4 === 0)
    .map((point) => [
      formatGb(point.gb),
      ...paths.map(({ costOf }) => moneyOf(costOf(point), model)),
    ]);
  const legend = paths.map(({ path: { name, label } }) => [name, label] as const);
  const columns = [right('GB a month'), ...legend.map(([, label]) => right(label))];
  const caption = `Cost against GB: ${place}, ${curve.region}`;
  return figure(caption, curveChart(curve, model.currency), legend, table(caption, columns, rows));
}

/** The months to come. */
export function forecastFigure(model: ReportModel): Markup {
  const { months } = model.forecast;
  if (months.length === 0) return nothing;
  const banded = months.some(({ low }) => low !== null);
  const rows = months.map((each) => [
    monthLabel(each.month),
    costAhead(each.currentMonthlyCost, model),
    ...(banded ? endsAhead(each, model) : []),
    costAhead(each.plannedMonthlyCost, model),
  ]);
  const interval = banded ? [right('80 % from'), right('80 % to')] : [];
  const columns = [left('Month'), right('As it is'), ...interval, right('With the plan')];
  const legend = [
    ['as-it-is', banded ? 'as it is, with its 80 % interval' : 'as it is'],
    ['with-the-plan', 'with the plan'],
    ...(model.budgets.some(({ scope }) => scope === 'total')
      ? ([['budget', 'budget of the whole bill']] as const)
      : []),
  ] as const;
  return figure(
    'Bill of the months to come',
    forecastChart(model),
    legend,
    table('Bill of the months to come', columns, rows),
  );
}
