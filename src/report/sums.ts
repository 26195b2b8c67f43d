import type { Component } from '../cost/component.js';
import { formatMoney, formatQuantity, formatRate } from './money.js';

/** A component as a sum a person can check: `1,048,576 GB × $0.01 = $10,485.76`. */
export function sumOf(component: Component, currency: string): string {
  const quantity = `${formatQuantity(component.quantity)} ${component.unit}`;
  if (component.rate === null || component.cost === null) {
    return `${quantity} × (no ${component.rateName} rate) = not priced`;
  }
  return `${quantity} × ${formatRate(component.rate, currency)} = ${formatMoney(component.cost, currency)}`;
}

/** Where a component's rate stands: its SKU and rate code, or that the published source carries none. */
export function evidenceOf(component: Component): string {
  if (component.rate === null) return 'no rate';
  if (component.sku === null) return 'no SKU published';
  return `SKU ${component.sku}, rate code ${component.rateCode ?? 'none'}`;
}
