import { namesOf } from '../budget/labels.js';
import type { ReportModel } from '../budget/model.js';
import { numberPlotParts } from './charts.js';
import { billFigure, curveFigures, forecastFigure, trafficFigure } from './figures.js';
import { html, type Markup, nothing } from './markup.js';
import {
  answerSection,
  baselineSection,
  budgetSection,
  changesSection,
  forecastParts,
  groupsSection,
  notesSections,
  sensitivitySection,
} from './sections.js';
import { pageStyle } from './style.js';
import { scriptJson, whatIfSection } from './what-if-form.js';

/** What the page needs from outside the room. */
export interface PageParts {
  /** The what-if controls' script: the cost model, bundled for a browser. */
  readonly script: string;
  /** SHA-256 of a text in base64, for the page's content-security policy. */
  readonly sha256: (text: string) => string;
}

/**
 * The report as one HTML file that needs no network: its policy forbids every request, and every script and style but
 * its own two, named by their hashes.
 */
export function htmlPage(model: ReportModel, { script, sha256 }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${sha256(script)}'`,
    `style-src 'sha256-${sha256(pageStyle)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const title = `VPC egress cost report, ${model.date}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${raw(pageStyle)}</style>
</head>
<body>
<a class="skip" href="#main">To the report</a>
${pageHeader(model)}
${numberPlotParts(pageMain(model))}
<footer><p class="soft">An estimate by pathfare from traffic and published rates, not a bill. Amounts are rounded to cents for show; the CSV and the JSON hold them exactly.</p></footer>
<script type="application/json" id="report-inputs">${scriptJson({ inputs: model.inputs, currency: model.currency })}</script>
<script>${raw(script)}</script>
</body>
</html>
`;
  return page.html;
}

const raw = (text: string): Markup => ({ html: text });

function pageHeader(model: ReportModel): Markup {
  const links = [
    ...(model.budgets.length > 0 ? [['budget', 'Budget']] : []),
    ['bill', 'Bill'],
    ['changes', 'Changes'],
    ['groups', 'Groups'],
    ['traffic', 'Traffic'],
    ...(model.forecast.months.length > 0 ? [['forecast', 'Forecast']] : []),
    ['sensitivity', 'Sensitivity'],
    ['what-if', 'What if'],
    ['findings', 'Not known'],
  ].map(([id = '', label = '']) => html`<li><a href="#${id}">${label}</a></li>`);
  return html`<header><h1>VPC egress cost report</h1>
<p class="soft">Estimate of ${model.date}, in ${model.currency}.</p>
<nav aria-label="Parts of the report"><ul>${links}</ul></nav></header>`;
}

function pageMain(model: ReportModel): Markup {
  const names = namesOf(model);
  const forecast =
    model.forecast.months.length === 0
      ? nothing
      : html`<section id="forecast"><h2>The months to come</h2>${forecastParts(model, names, forecastFigure(model))}</section>`;
  return html`<main id="main">
${answerSection(model)}
${budgetSection(model, names)}
<section id="bill"><h2>The bill</h2>${billFigure(model)}</section>
${changesSection(model, names)}
${groupsSection(model, names)}
<section id="traffic"><h2>Where the bytes go</h2>${trafficFigure(model)}</section>
${forecast}
${sensitivitySection(model, names, curveFigures(model, names))}
${whatIfSection(model)}
${baselineSection(model)}
${notesSections(model)}
</main>`;
}
