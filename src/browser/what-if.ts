import { amount, toDecimalString } from '../base/decimal.js';
import type { TrafficInputs } from '../cost/demand/traffic-inputs.js';
import { type WhatIf, whatIf } from '../cost/outlook/what-if.js';
import { formatMoney, known } from '../report/draw/money.js';

/** What the page carries for its controls. */
interface Carried {
  readonly inputs: TrafficInputs;
  readonly currency: string;
}

const field = (id: string): HTMLInputElement | HTMLSelectElement | null =>
  document.querySelector<HTMLInputElement | HTMLSelectElement>(`#${id}`);

/** The text of a number field; undefined where it is empty or holds no number that can be used. */
function decimalOf(id: string): string | undefined {
  const text = field(id)?.value.trim() ?? '';
  return /^-?\d{1,15}(\.\d{1,12})?$/.test(text) ? text : undefined;
}

function wholeOf(id: string, least: number): number | undefined {
  const text = decimalOf(id);
  if (text === undefined || !/^\d{1,5}$/.test(text)) return undefined;
  return Number(text) >= least ? Number(text) : undefined;
}

/** What the controls ask for. */
function asked(): WhatIf {
  const azs = wholeOf('wi-azs', 1);
  const natGateways = wholeOf('wi-nat', 0);
  const growth = decimalOf('wi-growth');
  const gb = decimalOf('wi-gb');
  const factor = growth === undefined ? undefined : amount(growth).div(100).plus(1);
  return {
    ...(azs === undefined ? {} : { azs }),
    ...(natGateways === undefined ? {} : { natGateways }),
    ...(factor === undefined || factor.isNegative() ? {} : { factor: toDecimalString(factor) }),
    ...(gb === undefined || gb.startsWith('-')
      ? {}
      : { service: { name: field('wi-service')?.value ?? '', gb } }),
  };
}

const ids = ['wi-azs', 'wi-nat', 'wi-growth', 'wi-service', 'wi-gb'];

/** Whether a field holds something that is not used: it is said, and not passed over. */
function unusable(): boolean {
  const wrong = ids.filter((id) => {
    const input = field(id);
    if (!(input instanceof HTMLInputElement)) return false;
    const bad = !input.checkValidity();
    input.setAttribute('aria-invalid', String(bad));
    return bad;
  });
  return wrong.length > 0;
}

function show(id: string, text: string): void {
  const cell = document.querySelector(`#${id}`);
  if (cell !== null) cell.textContent = text;
}

function start({ inputs, currency }: Carried): void {
  const update = () => {
    const wrong = unusable();
    const answer = whatIf(inputs, asked());
    const money = (value: string) => formatMoney(value, currency, answer);
    show('wi-now', money(answer.currentMonthlyCost));
    show('wi-planned', money(answer.plannedMonthlyCost));
    show(
      'wi-saving',
      answer.savingKnown
        ? formatMoney(answer.monthlySaving, currency, known(answer.assumed))
        : 'not known in full',
    );
    show('wi-note', wrong ? 'A field holds a number that cannot be used; it is left out.' : '');
    document.querySelector('#what-if')?.setAttribute(
      'data-exact',
      JSON.stringify({
        currentMonthlyCost: answer.currentMonthlyCost,
        plannedMonthlyCost: answer.plannedMonthlyCost,
      }),
    );
  };
  for (const id of ids) field(id)?.addEventListener('input', update);
  document.querySelector('#wi-reset')?.addEventListener('click', () => {
    for (const id of ids) {
      const input = field(id);
      if (input instanceof HTMLInputElement) input.value = '';
    }
    update();
  });
  document.querySelector('#what-if')?.removeAttribute('hidden');
  update();
}

/** The report wrote it, so its outline is enough to tell it by. */
function isCarried(value: unknown): value is Carried {
  return typeof value === 'object' && value !== null && 'inputs' in value && 'currency' in value;
}

const carried: unknown = JSON.parse(
  document.querySelector('#report-inputs')?.textContent ?? 'null',
);
if (isCarried(carried)) start(carried);
