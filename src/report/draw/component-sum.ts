import type { Component } from '../../cost/price/component.js';
import { formatMoney, formatQuantity, formatRate, known } from './money.js';

/** A component as a sum a person can check: `1,048,576 GB × $0.01 = $10,485.76`. */
export function sumOf(component: Component, currency: string): string {
  const quantity = `${formatQuantity(component.quantity)} ${component.unit}`;
  if (component.rate !== null && component.costAtMost) {
    const [least, most] = ['0', component.costAtMost].map((cost) => formatMoney(cost, currency));
    return `${quantity} × ${formatRate('0', currency)} to ${formatRate(component.rate, currency)} = ${least} to ${most}`;
  }
  if (component.rate === null || component.cost === null) {
    return `${quantity} × (no ${component.rateName} rate) = not priced`;
  }
  const low =
    component.costAtOneEnd === undefined
      ? ''
      : ` (at one end ${formatMoney(component.costAtOneEnd, currency)})`;
  return `${quantity} × ${formatRate(component.rate, currency)} = ${formatMoney(component.cost, currency, known(component.assumed))}${low}`;
}

/**
 * Where a component's rate stands: its SKU and rate code, or that the published source carries none, or that it is the
 * user's own.
 */
export function evidenceOf({ rate, sku, rateCode, evidence, assumed }: Component): string {
  if (rate === null) return 'no rate';
  if (evidence === 'yours') return 'your own rate';
  const discount = /^yours: (\S+ off) /.exec(evidence ?? '')?.[1];
  const yours = discount === undefined ? '' : `, your ${discount}`;
  if (assumed !== undefined) return `an assumed rate${yours}`;
  return sku === null
    ? `no SKU published${yours}`
    : `SKU ${sku}, rate code ${rateCode ?? 'none'}${yours}`;
}
