import type { PathCost, ServiceComparison, VpcComparison } from '../../cost/compare/comparison.js';
import { comparedPaths } from '../../cost/paths/index.js';
import type { Component } from '../../cost/price/component.js';
import { evidenceOf, sumOf } from '../draw/component-sum.js';
import { terminalText } from '../draw/safe-text.js';
import { wrapText } from '../draw/tables.js';
import { serviceName } from '../draw/words.js';

/** Every component of a VPC as a sum with its evidence: what `--explain` adds to the table. */
export function explainVpc(vpc: VpcComparison, currency: string, width: number): string {
  const nat = ['NAT gateways', ...componentLines(vpc.natGateways.components, currency, width)];
  const services = vpc.services.flatMap((service) => serviceLines(service, currency, width));
  return [...nat, ...services].join('\n');
}

function serviceLines(
  service: ServiceComparison,
  currency: string,
  width: number,
): readonly string[] {
  const lines = comparedPaths.flatMap(({ name: path }) => [
    `  ${path}${service.plannedPath === path ? ' *' : ''}`,
    ...pathLines(service.paths[path], currency, width).map((line) => `  ${line}`),
  ]);
  return [terminalText(serviceName(service)), ...lines];
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
