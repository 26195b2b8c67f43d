import { serviceLabel } from '../../base/service-name.js';
import { plural } from '../../base/text.js';
import type {
  Comparison,
  PathCost,
  RegionComparison,
  ServiceComparison,
  VpcComparison,
} from '../../cost/compare/comparison.js';
import { comparedPaths } from '../../cost/paths/index.js';
import type { Component } from '../../cost/price/component.js';
import { evidenceOf, sumOf } from '../draw/component-sum.js';
import { columnHead, markdownText, vpcName } from '../draw/labels.js';
import { type Certainty, formatGb, formatMoney, formatMoneyOf, known } from '../draw/money.js';
import { left, markdownTable, right } from '../draw/tables.js';
import { type DrawOptions, explainedPathsOf, savingAssumed, textsOf, vpcSaving } from './parts.js';

/** The comparison as GitHub Markdown: the same order as the table on a terminal. */
export function comparisonMarkdown(comparison: Comparison, { explain }: DrawOptions): string {
  const { totals, currency, complete } = comparison;
  const sure = { complete, assumed: totals.assumed };
  const { notes, regions, assumptions } = textsOf(comparison, true);
  const money = (value: string) => formatMoney(value, currency, sure);
  const saved = (value: string) => formatMoney(value, currency, known(totals.assumed));
  const blocks = [
    '# VPC egress costs',
    markdownTable(
      [left(''), right('a month')],
      [
        ['You pay', money(totals.currentMonthlyCost)],
        ['With the plan', money(totals.plannedMonthlyCost)],
        [
          '**Potential saving**',
          totals.savingKnown ? `**${saved(totals.monthlySaving)}**` : 'not known in full',
        ],
      ],
    ),
    totals.savingKnown ? `That is **${saved(totals.annualSaving)}** a year.` : '',
    notes.join('\n\n'),
    ...comparison.regions.flatMap((region) =>
      region.vpcs.map((vpc) => vpcBlock(vpc, region, currency, explain)),
    ),
    ...regions.flatMap(({ region, plan }) => [`## Plan for ${region.region}`, bullets(plan)]),
    '## Assumptions',
    bullets(assumptions),
    '## Findings',
    bullets(comparison.findings.map(({ severity, message }) => `${severity}: ${message}`)),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const bullets = (lines: readonly string[]): string =>
  lines.length === 0 ? 'None.' : lines.map((line) => `- ${markdownText(line)}`).join('\n');

function vpcBlock(
  vpc: VpcComparison,
  { region }: RegionComparison,
  currency: string,
  explain: boolean,
): string {
  const { count, monthlyCost } = vpc.natGateways;
  const title = `## ${region}, ${markdownText(vpcName(vpc))}`;
  const shape = `${plural(vpc.azs, 'zone')}, ${plural(count, 'NAT gateway')}: ${formatMoneyOf('a month', monthlyCost, currency, vpc.natGateways)} for hours and addresses, before any traffic. The plan's path is bold.`;
  const table = markdownTable(
    [
      left('Service'),
      right('GB a month'),
      left('Now'),
      ...comparedPaths.map(({ label }) => right(columnHead(label))),
      right('Saves a month'),
    ],
    [
      ...vpc.services.map((service) => serviceCells(service, currency)),
      ...totalCells(vpc, currency),
    ],
  );
  return [title, shape, table, ...(explain ? [sums(vpc, currency)] : [])].join('\n\n');
}

function serviceCells(service: ServiceComparison, currency: string): readonly string[] {
  const prices = comparedPaths.map(({ name }) => {
    const cell = priceCell(service.paths[name], currency);
    return service.plannedPath === name ? `**${cell}**` : cell;
  });
  return [
    markdownText(serviceLabel(service)),
    formatGb(service.gb),
    service.currentPath,
    ...prices,
    service.monthlySaving === null
      ? '?'
      : formatMoney(service.monthlySaving, currency, known(savingAssumed(service))),
  ];
}

/** The rows beside the services: what the gateways that go save, and the sum of the column. */
function totalCells(vpc: VpcComparison, currency: string): readonly (readonly string[])[] {
  const row = (name: string, saving: string | null, assumed: Certainty['assumed']) => [
    name,
    '',
    '',
    ...comparedPaths.map(() => ''),
    saving === null ? '?' : formatMoney(saving, currency, known(assumed)),
  ];
  const { monthlySaving: gone, count, assumed: rests } = vpc.natGateways;
  const { saving, assumed } = vpcSaving(vpc);
  const removed = gone === null ? [] : [row(plural(count, 'NAT gateway'), gone, rests)];
  return [...removed, row('**Total**', saving, assumed)];
}

function priceCell(path: PathCost, currency: string): string {
  return path.available ? formatMoney(path.monthlyCost, currency, path) : '–';
}

function sums(vpc: VpcComparison, currency: string): string {
  const lines = [
    ...vpc.natGateways.components.map((component) => sumLine('NAT gateways', component, currency)),
    ...vpc.services.flatMap((service) =>
      explainedPathsOf(service).flatMap(({ path, cost }) => {
        const name = `${markdownText(serviceLabel(service))}, ${path}`;
        return cost.available
          ? cost.components.map((component) => sumLine(name, component, currency))
          : [`- ${name}: not available: ${markdownText(cost.reason)}`];
      }),
    ),
  ];
  return lines.join('\n');
}

function sumLine(name: string, component: Component, currency: string): string {
  return `- ${name}: ${component.name}: ${sumOf(component, currency)} (${evidenceOf(component)})`;
}
