import { serviceLabel } from '../../base/service-name.js';
import { plural } from '../../base/text.js';
import type {
  Comparison,
  PathCost,
  RegionComparison,
  ServiceComparison,
  VpcComparison,
} from '../../cost/compare/comparison.js';
import { comparedPaths, kindOf } from '../../cost/paths/index.js';
import type { Component } from '../../cost/price/component.js';
import { evidenceOf, sumOf } from '../draw/component-sum.js';
import { unknownSaving } from '../draw/headline.js';
import { columnHead, terminalText, vpcName } from '../draw/labels.js';
import {
  type Certainty,
  formatGb,
  formatMoney,
  formatMoneyOf,
  formatWholeMoney,
  known,
} from '../draw/money.js';
import { cutText, displayWidth, left, right, textTable, wrapText } from '../draw/tables.js';
import { type DrawOptions, explainedPathsOf, savingAssumed, textsOf, vpcSaving } from './parts.js';

/** The comparison for a terminal: the answer first, a row a service, then assumptions and findings. */
export function comparisonTable(comparison: Comparison, options: DrawOptions): string {
  const { notes, regions, assumptions } = textsOf(comparison, false);
  const sections = [
    answer(comparison, notes, options),
    ...regions.flatMap(({ region, plan }) => [
      ...region.vpcs.map((vpc) => vpcSection(vpc, region, comparison, options)),
      section(`Plan for ${region.region} (marked *)`, plan.map(terminalText), options),
    ]),
    section('Assumptions', assumptions, options),
    section(
      'Findings',
      comparison.findings.map(
        ({ severity, message }) => `${severity === 'warning' ? '! ' : ''}${terminalText(message)}`,
      ),
      options,
    ),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function answer(
  comparison: Comparison,
  notes: readonly string[],
  { color, width }: DrawOptions,
): string {
  const { totals, currency, complete } = comparison;
  const sure = { complete, assumed: totals.assumed };
  const saving = totals.savingKnown
    ? `${formatMoney(totals.monthlySaving, currency, known(totals.assumed))} a month, ${formatMoney(totals.annualSaving, currency, known(totals.assumed))} a year`
    : unknownSaving(comparison);
  return [
    `You pay           ${formatMoneyOf('a month', totals.currentMonthlyCost, currency, sure)}`,
    `With the plan     ${formatMoneyOf('a month', totals.plannedMonthlyCost, currency, sure)}`,
    bold(`Potential saving  ${saving}`, color),
    ...notes.map((note) => wrapText(note, width, '  ')),
  ].join('\n');
}

const escape = '\u001b';
const bold = (text: string, color: boolean): string =>
  color ? `${escape}[1m${text}${escape}[22m` : text;
const green = (text: string, color: boolean): string =>
  color ? `${escape}[32m${text}${escape}[39m` : text;

function vpcSection(
  vpc: VpcComparison,
  { region }: RegionComparison,
  { currency }: Comparison,
  options: DrawOptions,
): string {
  const gateways = natLine(vpc, currency);
  const title = `${region}  ${terminalText(vpcName(vpc))}  ${plural(vpc.azs, 'zone')}`;
  const sums = options.explain ? `\n\n${explainVpc(vpc, currency, options.width)}` : '';
  return (
    [
      bold(cutText(title, options.width), options.color),
      wrapText(gateways, options.width, '  '),
      serviceTable(vpc, currency, options),
    ].join('\n') + sums
  );
}

/** A row a service; of a table wider than the screen the amounts lose their cents, then the services their ends. */
function serviceTable(vpc: VpcComparison, currency: string, { width, color }: DrawOptions): string {
  const draw = (format: typeof formatMoney, nameWidth: number, colored: boolean) => {
    const money: Money = (value, certainty) => format(value, currency, certainty);
    const rows = [
      ...vpc.services.map((service) => serviceRow(service, money, nameWidth, colored)),
      ...totalRows(vpc, money),
    ];
    const prices = comparedPaths.map(({ short }) => right(columnHead(short)));
    return textTable(
      [left('Service'), right('GB/month'), left('Now'), ...prices, right('Saves')],
      rows,
    );
  };
  if (widest(draw(formatMoney, serviceWidth, false)) <= width) {
    return draw(formatMoney, serviceWidth, color);
  }
  const excess = Math.max(0, widest(draw(formatWholeMoney, serviceWidth, false)) - width);
  return draw(formatWholeMoney, Math.max(shortestService, serviceWidth - excess), color);
}

/** The rows beside the services: what the gateways that go save, and the sum of the column, which is the VPC's part of the saving. */
function totalRows(vpc: VpcComparison, money: Money): readonly (readonly string[])[] {
  const row = (name: string, saving: string | null, assumed: Certainty['assumed']) => [
    name,
    '',
    '',
    ...comparedPaths.map(() => ''),
    saving === null ? '?' : money(saving, known(assumed)),
  ];
  const { monthlySaving: gone, count, assumed: rests } = vpc.natGateways;
  const { saving, assumed } = vpcSaving(vpc);
  const removed = gone === null ? [] : [row(plural(count, 'NAT gateway'), gone, rests)];
  return [...removed, row('Total', saving, assumed)];
}

const widest = (text: string): number => Math.max(...text.split('\n').map(displayWidth));

function natLine({ natGateways }: VpcComparison, currency: string): string {
  const { count, monthlyCost } = natGateways;
  if (count === 0) return 'No NAT gateway counted.';
  return `${plural(count, 'NAT gateway')}: ${formatMoneyOf('a month', monthlyCost, currency, natGateways)} for hours and addresses, before any traffic.`;
}

const serviceWidth = 19;
const shortestService = 8;

type Money = (value: string, certainty?: Certainty) => string;

function serviceRow(
  service: ServiceComparison,
  money: Money,
  nameWidth: number,
  color: boolean,
): readonly string[] {
  const cells = comparedPaths.map(({ name }) => {
    const cell = priceCell(service.paths[name], money);
    if (service.plannedPath !== name) return `${cell} `;
    return green(`${cell}*`, color);
  });
  const saving =
    service.monthlySaving === null
      ? '?'
      : money(service.monthlySaving, known(savingAssumed(service)));
  return [
    cutText(terminalText(serviceLabel(service)), nameWidth),
    formatGb(service.gb),
    kindOf(service.currentPath).short,
    ...cells,
    saving,
  ];
}

function priceCell(path: PathCost, money: Money): string {
  return path.available ? money(path.monthlyCost, path) : '-';
}

/** A list under its title; nothing where it is empty. */
function section(
  title: string,
  lines: readonly string[],
  { width }: Pick<DrawOptions, 'width'>,
): string {
  if (lines.length === 0) return '';
  return [title, ...lines.map((line) => wrapText(`- ${line}`, width, '  '))].join('\n');
}

/** Every component of a VPC as a sum with its evidence: what `--explain` adds to the table. */
function explainVpc(vpc: VpcComparison, currency: string, width: number): string {
  const nat = ['NAT gateways', ...componentLines(vpc.natGateways.components, currency, width)];
  const services = vpc.services.flatMap((service) => serviceLines(service, currency, width));
  return [...nat, ...services].join('\n');
}

function serviceLines(
  service: ServiceComparison,
  currency: string,
  width: number,
): readonly string[] {
  const lines = explainedPathsOf(service).flatMap(({ path, cost }) => [
    `  ${path}${service.plannedPath === path ? ' *' : ''}`,
    ...pathLines(cost, currency, width).map((line) => `  ${line}`),
  ]);
  return [terminalText(serviceLabel(service)), ...lines];
}

function pathLines(path: PathCost, currency: string, width: number): readonly string[] {
  if (!path.available)
    return [wrapText(`  not available: ${terminalText(path.reason)}`, width - 4, '    ')];
  if (path.components.length === 0) return ['  no charge'];
  return componentLines(path.components, currency, width - 2);
}

function componentLines(
  components: readonly Component[],
  currency: string,
  width: number,
): readonly string[] {
  return components.flatMap((component) => {
    const detail = component.detail === undefined ? '' : ` (${terminalText(component.detail)})`;
    return [
      ...wrapText(`  ${component.name}: ${sumOf(component, currency)}`, width, '    ').split('\n'),
      ...wrapText(`    ${evidenceOf(component)}${detail}`, width, '      ').split('\n'),
    ];
  });
}
