import type { Component } from '../../cost/price/component.js';
import { evidenceOf, sumOf } from '../draw/component-sum.js';
import { cut, mostShown } from '../draw/cut.js';
import { markdownText } from '../draw/labels.js';
import { formatGb, known } from '../draw/money.js';
import type { ReportChange } from './changes.js';
import { changeTitle, moneyOf, restsOnAssumed } from './labels.js';
import type { ReportModel } from './model.js';
import { type Names, vpcLabel } from './names.js';

/** The changes of the plan as Markdown, the biggest saving first, each with its sum, its catch and its next steps. */
export function changesBlock(model: ReportModel, names: Names): string {
  const { changes, sharedTierSaving } = model;
  const { shown, more } = cut(changes, mostShown.changes);
  const shared =
    sharedTierSaving === '0'
      ? []
      : [
          `Tiers that endpoints share save ${moneyOf(sharedTierSaving, model)} a month beyond these.`,
        ];
  const blocks = shown.map((change, index) => changeBlock(change, index + 1, model, names));
  return [
    '## What to change',
    ...(blocks.length > 0 ? blocks : ['Nothing: every service is on its cheapest path.']),
    ...(more > 0 ? [`${more} more changes in the JSON.`] : []),
    ...shared,
  ].join('\n\n');
}

function changeBlock(change: ReportChange, rank: number, model: ReportModel, names: Names): string {
  const place = `${change.region}, ${vpcLabel(change, names)}`;
  const edge = change.nearEdge ? ' **Near its edge:** check the volume first.' : '';
  const sure = known(restsOnAssumed([...change.paid, ...change.wouldPay]));
  const flip =
    change.breakEvenGb === null ? '' : ` Break-even: ${formatGb(change.breakEvenGb)} GB a month.`;
  return [
    `### ${rank}. ${markdownText(changeTitle(change))}`,
    `Saves **${moneyOf(change.monthlySaving, model, sure)}** a month, ${moneyOf(change.annualSaving, model, sure)} a year. ${markdownText(place)}.${flip}${edge}`,
    [
      ...sumLines('Paid now', change.paid, model),
      ...sumLines('Would cost', change.wouldPay, model),
      ...change.catches.map((text) => `- Before you change this: ${markdownText(text)}`),
    ].join('\n'),
    ...(change.steps === null ? [] : [stepsBlock(change.steps)]),
  ].join('\n\n');
}

function sumLines(
  label: string,
  components: readonly Component[],
  { currency }: ReportModel,
): readonly string[] {
  if (components.length === 0) return [`- ${label}: no charge`];
  return components.map(
    (component) =>
      `- ${label}: ${component.name}: ${sumOf(component, currency)} (${evidenceOf(component)})`,
  );
}

function stepsBlock({ awsCli, terraform }: NonNullable<ReportChange['steps']>): string {
  return [
    '<details><summary>How: AWS CLI and Terraform</summary>',
    fenced('sh', awsCli),
    fenced('hcl', terraform),
    '</details>',
  ].join('\n\n');
}

/** A code block whose fence is longer than any run of backticks in it. */
function fenced(language: string, text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}${language}\n${text}\n${fence}`;
}
