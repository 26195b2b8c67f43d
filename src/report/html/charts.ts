import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { groupThousands } from '../../base/text.js';
import {
  defaultPath,
  describedPaths,
  freePaths,
  type NetworkPathKind,
  pooledPath,
} from '../../cost/paths/index.js';
import { type ChargeKind, chargeKinds } from '../../cost/price/component.js';
import { kindLabels, monthLabel } from '../budget/labels.js';
import type { ReportModel, ServiceCurve } from '../budget/model.js';
import { terminalText } from '../draw/labels.js';
import { currencySign, formatGb } from '../draw/money.js';
import type { Markup } from './markup.js';

/** Charts are drawn from decimals as floats: a picture rounds to its pixels. The numbers beside it are exact. */
const approximate = (decimal: string): number => Number(decimal);

const width = 560;

type Plotted = NonNullable<Parameters<typeof Plot.plot>[0]>;

/** Draws a plot as SVG text without style of its own: the page's policy allows none, and its style sheet has it. */
function draw(label: string, options: Plotted): Markup {
  const page: unknown = parseHTML('<!doctype html><html><body></body></html>');
  // The window is a proxy that answers for its document, and does not list it.
  const document: unknown = Reflect.get(Object(page), 'document');
  const settings: Plotted = { width, ariaLabel: terminalText(label), ...options };
  const plot: unknown = Plot.plot(Object.assign(settings, { document }));
  const text =
    typeof plot === 'object' && plot !== null && 'outerHTML' in plot ? String(plot.outerHTML) : '';
  const bare = text
    .replaceAll(/<style>[\s\S]*?<\/style>/g, '')
    .replaceAll(/ style="[^"]*"/g, '')
    // Names of a picture's parts mean nothing to who hears the picture's own (ARIA: prohibited on a plain group).
    .replaceAll(/(<g\b[^>]*?) aria-label="[^"]*"/g, '$1')
    .replace(/^<svg /, '<svg role="img" ');
  return { html: bare };
}

/**
 * Numbers the markers, clips and patterns of a page's plots from 1. Plot counts them over all that a process draws, so
 * that the second report of a process would have other bytes than the first.
 */
export function numberPlotParts({ html }: Markup): Markup {
  const names = new Map<string, string>();
  return {
    html: html.replaceAll(
      /(?<=id="|url\(#)plot-(marker|clip|pattern)-\d+/g,
      (name, kind: string) => {
        const known = names.get(name) ?? `plot-${kind}-${names.size + 1}`;
        names.set(name, known);
        return known;
      },
    ),
  };
}

function moneyTick(currency: string): (value: number) => string {
  return (value) => `${currencySign(currency)}${groupThousands(value)}`;
}

/** The bill a month, now and with the plan, stacked by what it is charged for. */
export function billChart({ bill, currency }: ReportModel): Markup {
  const rows = bill.flatMap(({ kind, currentMonthlyCost, plannedMonthlyCost }) => [
    { bill: 'Now', kind, cost: approximate(currentMonthlyCost) },
    { bill: 'With the plan', kind, cost: approximate(plannedMonthlyCost) },
  ]);
  return draw('Bill a month, now and with the plan, by what it is charged for', {
    height: 166,
    marginBottom: 46,
    marginLeft: 100,
    x: {
      label: `${currency} a month`,
      labelOffset: 42,
      tickFormat: moneyTick(currency),
      grid: true,
      ticks: 5,
    },
    y: { label: null, domain: ['Now', 'With the plan'] },
    color: { domain: [...chargeKinds], range: chargeKinds.map((kind) => `var(--${kind})`) },
    marks: [
      Plot.barX(rows, {
        x: 'cost',
        y: 'bill',
        fill: 'kind',
        order: [...chargeKinds],
        title: ({ kind }: { readonly kind: ChargeKind }) => kindLabels[kind],
      }),
      Plot.ruleX([0]),
    ],
  });
}

/** Services that the chart of traffic has at most; the others are one bar. */
const shownServices = 12;

/** GB a month by service, the largest first, stacked by the path that they take now. */
export function trafficChart({ traffic }: ReportModel): Markup {
  const totals = new Map<string, number>();
  for (const { service, gb } of traffic) {
    totals.set(service, (totals.get(service) ?? 0) + approximate(gb));
  }
  const ranked = [...totals].toSorted(([, a], [, b]) => b - a).map(([service]) => service);
  const shown = ranked.slice(0, shownServices);
  const others = `${ranked.length - shown.length} others`;
  const rows = traffic.map(({ service, path, gb }) => ({
    service: shortName(shown.includes(service) ? service : others),
    path,
    gb: approximate(gb),
  }));
  const paths = describedPaths.map(({ name }) => name);
  const names = [...shown, ...(ranked.length > shown.length ? [others] : [])].map(shortName);
  return draw('Traffic a month by service and the path that it takes now', {
    height: 76 + 24 * names.length,
    marginBottom: 46,
    marginLeft: 120,
    x: { label: 'GB a month', labelOffset: 42, grid: true, ticks: 5 },
    y: { label: null, domain: names },
    color: { domain: paths, range: paths.map((path) => `var(--${path})`) },
    marks: [
      Plot.barX(
        rows,
        Plot.groupY({ x: 'sum' }, { x: 'gb', y: 'service', fill: 'path', order: paths }),
      ),
      Plot.ruleX([0]),
    ],
  });
}

function shortName(name: string): string {
  const text = terminalText(name);
  return text.length > 18 ? `${text.slice(0, 17)}…` : text;
}

/** A path of a curve, and its cost at a point of it. */
interface CurvePath {
  readonly path: NetworkPathKind;
  readonly costOf: (point: ServiceCurve['points'][number]) => string;
}

/** The paths that a curve is drawn for. */
export function curvePaths({ gatewayEndpoint }: ServiceCurve): readonly CurvePath[] {
  return [
    { path: defaultPath, costOf: ({ natGateway }) => natGateway },
    { path: pooledPath, costOf: ({ interfaceEndpoint }) => interfaceEndpoint },
    ...(gatewayEndpoint ? freePaths.map((path) => ({ path, costOf: () => '0' })) : []),
  ];
}

/** Cost against GB of a service on each path, with its break-even and today's volume marked. */
export function curveChart(curve: ServiceCurve, currency: string): Markup {
  const gb = approximate(curve.gb);
  const breakEven = curve.breakEvenGb === null ? null : approximate(curve.breakEvenGb);
  const points = curve.points.flatMap((point) =>
    curvePaths(curve).map(({ path, costOf }) => ({
      path: path.name,
      gb: approximate(point.gb),
      cost: approximate(costOf(point)),
    })),
  );
  const top = Math.max(...points.map(({ cost }) => cost)) || 1;
  const marked = [
    { gb, text: `today ${formatGb(curve.gb)} GB`, y: top * 1.02 },
    ...(breakEven === null || curve.breakEvenGb === null
      ? []
      : [{ gb: breakEven, text: `break-even ${formatGb(curve.breakEvenGb)} GB`, y: top * 1.16 }]),
  ];
  const reach = Math.max(...points.map((point) => point.gb));
  return draw(`Cost a month of ${curve.services.join(' + ')} against its GB, on each path`, {
    height: 276,
    marginLeft: 64,
    marginBottom: 46,
    x: { label: 'GB a month', labelOffset: 42, grid: true, ticks: 6, domain: [0, reach] },
    y: {
      label: `${currency} a month`,
      tickFormat: moneyTick(currency),
      grid: true,
      ticks: 5,
      domain: [0, top * 1.22],
    },
    marks: [
      Plot.ruleY([0]),
      Plot.ruleX(marked, { x: 'gb', strokeDasharray: '4 3', strokeOpacity: 0.7 }),
      Plot.line(points, {
        x: 'gb',
        y: 'cost',
        z: 'path',
        stroke: ({ path }: { readonly path: string }) => `var(--${path})`,
        strokeWidth: 2.5,
      }),
      ...marked.map(({ gb: x, text, y }) =>
        Plot.text([text], {
          x: [x],
          y: [y],
          textAnchor: x > reach / 2 ? 'end' : 'start',
          dx: x > reach / 2 ? -4 : 4,
        }),
      ),
    ],
  });
}

/** What is not known is a gap in a line. */
const orGap = (decimal: string | null): number | null =>
  decimal === null ? null : approximate(decimal);

/** The bill of the months to come, as it is and with the plan, with its interval and the budget where there are such. */
export function forecastChart({ forecast, currency, budgets }: ReportModel): Markup {
  const rows = forecast.months.map((month, index) => ({
    index,
    now: orGap(month.currentMonthlyCost),
    planned: orGap(month.plannedMonthlyCost),
    low: orGap(month.low),
    high: orGap(month.high),
  }));
  const every = Math.max(1, Math.ceil(rows.length / 6));
  const label = (index: number) => {
    const month = forecast.months[index]?.month ?? '';
    return `${monthLabel(month).slice(0, 3)} ${month.slice(2, 4)}`;
  };
  return draw('Bill of the months to come, as it is and with the plan', {
    height: 260,
    marginLeft: 60,
    x: {
      label: null,
      ticks: rows.map(({ index }) => index).filter((index) => index % every === 0),
      tickFormat: label,
    },
    y: {
      label: `${currency} a month`,
      tickFormat: moneyTick(currency),
      grid: true,
      ticks: 5,
      zero: true,
    },
    marks: forecastMarks(
      rows,
      budgets.filter(({ scope }) => scope === 'total').map(({ monthly }) => approximate(monthly)),
    ),
  });
}

interface PlottedMonth {
  readonly index: number;
  readonly now: number | null;
  readonly planned: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

function forecastMarks(
  rows: readonly PlottedMonth[],
  budgets: readonly number[],
): NonNullable<Plotted['marks']> {
  const banded = rows.filter(({ low }) => low !== null);
  return [
    ...(banded.length > 0
      ? [
          Plot.areaY(banded, {
            x: 'index',
            y1: 'low',
            y2: 'high',
            fill: 'var(--as-it-is)',
            fillOpacity: 0.22,
          }),
        ]
      : []),
    Plot.ruleY(budgets, { stroke: 'var(--budget)', strokeDasharray: '6 4' }),
    Plot.lineY(rows, {
      x: 'index',
      y: 'now',
      stroke: 'var(--as-it-is)',
      strokeWidth: 2.5,
      marker: 'dot',
    }),
    Plot.lineY(rows, {
      x: 'index',
      y: 'planned',
      stroke: 'var(--with-the-plan)',
      strokeWidth: 2.5,
      marker: 'dot',
    }),
    Plot.ruleY([0]),
  ];
}
