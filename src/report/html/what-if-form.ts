import { moneyOf } from '../budget/labels.js';
import type { ReportModel } from '../budget/model.js';
import { known } from '../draw/money.js';
import { html, type Markup } from './markup.js';

/** The controls that price the traffic anew in the browser; without a script they stay hidden. */
export function whatIfSection(model: ReportModel): Markup {
  const services = [...new Set(model.traffic.map(({ service }) => service))];
  const { totals } = model;
  const money = (value: string) => moneyOf(value, model, totals);
  return html`<section id="what-if" class="tools" hidden><h2>What if</h2>
<p>Change a number: the bill is worked out anew in this page, by the cost model that made the report. An empty field keeps what the report has.</p>
<fieldset><legend>Inputs</legend>
<label>Availability Zones of each VPC<input id="wi-azs" type="number" min="1" max="32" step="1" inputmode="numeric"></label>
<label>NAT gateways of each VPC<input id="wi-nat" type="number" min="0" max="10000" step="1" inputmode="numeric"></label>
<label>More traffic, in %<input id="wi-growth" type="number" min="-100" max="100000" step="any" inputmode="decimal"></label>
<label>Service<select id="wi-service">${services.map((service) => html`<option value="${service}">${service}</option>`)}</select></label>
<label>GB per month<input id="wi-gb" type="number" min="0" step="any" inputmode="decimal"></label>
</fieldset>
<p><button id="wi-reset" type="button">Reset</button> <span id="wi-note" class="soft" role="status"></span></p>
<div class="scroll" role="region" aria-label="What the change would cost" tabindex="0"><table>
<caption>What the change would cost</caption>
<thead><tr><th scope="col" class="t">A month</th><th scope="col" class="n">Now</th><th scope="col" class="n">With the plan</th><th scope="col" class="n">Saves</th></tr></thead>
<tbody><tr><th scope="row" class="t">In the report</th><td class="n">${money(totals.currentMonthlyCost)}</td><td class="n">${money(totals.plannedMonthlyCost)}</td><td class="n">${totals.savingKnown ? moneyOf(totals.monthlySaving, model, known(totals.assumed)) : 'not known in full'}</td></tr>
<tr class="sum"><th scope="row" class="t">With the change</th><td class="n" id="wi-now"></td><td class="n" id="wi-planned"></td><td class="n" id="wi-saving"></td></tr></tbody>
</table></div></section>`;
}

/** JSON that can stand in a script element: no character of it opens or closes markup. */
export function scriptJson(value: unknown): Markup {
  const text = JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return { html: text };
}
