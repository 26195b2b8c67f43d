import { describedPaths } from '../../cost/paths/index.js';
import type { ChargeKind } from '../../cost/price/component.js';

/** A color on a light and on a dark page. */
interface Color {
  readonly light: string;
  readonly dark: string;
}

const chargeColors: Readonly<Record<ChargeKind, Color>> = {
  'nat-gateway-hours': { light: '#8a4b08', dark: '#b9732a' },
  'public-ipv4-hours': { light: '#d19a3f', dark: '#e6bd6c' },
  'nat-data-processing': { light: '#c8501e', dark: '#ee7f4b' },
  'cross-az-transfer': { light: '#8f8f1f', dark: '#c4c45a' },
  'endpoint-hours': { light: '#1f5fa8', dark: '#4d93e0' },
  'endpoint-data-processing': { light: '#6aaee6', dark: '#9ccbf5' },
  'internet-egress': { light: '#7b7f88', dark: '#989da8' },
};

/** What charts are colored by: a custom property and a class of the legend each. */
const colors: readonly (readonly [name: string, color: Color])[] = [
  ...Object.entries(chargeColors),
  ...describedPaths.map(({ name, color }) => [name, color] as const),
  ['as-it-is', { light: '#c8501e', dark: '#ee7f4b' }],
  ['with-the-plan', { light: '#1f5fa8', dark: '#6aaee6' }],
  ['budget', { light: '#1b1f24', dark: '#e8eaee' }],
];

/** The page's style: light and dark by the reader's setting, a narrow screen, and A4. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ink: #1b1f24; --soft: #4b5563; --paper: #ffffff; --panel: #f5f6f8; --line: #d5d9e0; --link: #0b57a4;
  --good: #11663c; --bad: #a3231f; --warn: #7a4d00;
  ${variables('light')}
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e8eaee; --soft: #b3bac6; --paper: #14171c; --panel: #1e232b; --line: #39414d; --link: #8ec3ff;
    --good: #6fd39b; --bad: #ff9a92; --warn: #f0c069;
    ${variables('dark')}
  }
}
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
main, header, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.5rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
p { margin: .4rem 0; max-width: 46rem; }
a { color: var(--link); }
.soft, .more, figcaption { color: var(--soft); font-size: .92rem; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .25rem .5rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; margin: .75rem 0 0; padding: 0; font-size: .95rem; }
.answer { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1rem; margin: 1.25rem 0; padding: 0; }
.answer div { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1rem; }
.answer dt { color: var(--soft); font-size: .92rem; }
.answer dd { margin: 0; font-size: 1.6rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.answer .year { font-size: .95rem; color: var(--soft); }
.answer .saving dd:first-of-type { color: var(--good); font-weight: 600; }
.scroll { overflow-x: auto; margin: .5rem 0; }
.scroll:focus-visible, a:focus-visible, summary:focus-visible, input:focus-visible, select:focus-visible, button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; font-size: .92rem; min-width: 60%; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.scroll { position: relative; }
th, td { padding: .3rem .7rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 600; } tbody th { font-weight: 400; min-width: 7rem; max-width: 24rem; overflow-wrap: anywhere; }
th.n, td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr.sum th, tr.sum td, strong { font-weight: 600; }
.ok { color: var(--good); } .over { color: var(--bad); font-weight: 600; } .warn, .unknown { color: var(--warn); font-weight: 600; }
figure { margin: 1rem 0 1.25rem; max-width: 46rem; break-inside: avoid; }
figure svg { display: block; width: 100%; height: auto; font-size: 12px; overflow: visible; }
figure svg text { white-space: pre; }
.legend { display: flex; flex-wrap: wrap; gap: .1rem 1rem; list-style: none; margin: .3rem 0; padding: 0; font-size: .88rem; }
.legend li::before { content: ""; display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .4em; background: currentColor; vertical-align: -.05em; }
.legend span { color: var(--ink); }
${legend()}
article { border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1rem; margin: .8rem 0; break-inside: avoid; }
article ul { margin: .4rem 0; padding-left: 1.2rem; font-size: .92rem; }
article li { overflow-wrap: anywhere; }
details { margin: .4rem 0; } summary { cursor: pointer; color: var(--link); width: fit-content; }
pre { overflow-x: auto; background: var(--panel); border: 1px solid var(--line); border-radius: .35rem; padding: .6rem .8rem; font-size: .85rem; }
.tools { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .4rem 1rem 1rem; }
fieldset { border: 0; padding: 0; margin: .5rem 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; }
legend { padding: 0; margin-bottom: .4rem; }
label { display: block; font-size: .92rem; }
label input, label select { margin-top: .15rem; }
fieldset { align-items: end; }
.tools h2 { border-top: 0; margin-top: 0; }
input, select, button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: .3rem; padding: .3rem .5rem; width: 100%; }
button { width: auto; cursor: pointer; }
footer { padding-bottom: 3rem; }
@media (max-width: 40rem) {
  body { font-size: 15px; } .answer dd { font-size: 1.35rem; }
  figure svg { font-size: 15px; }
}
@page { size: A4; margin: 14mm; }
@media print {
  :root { --ink: #000; --soft: #333; --paper: #fff; --panel: #fff; --line: #bbb; --link: #000; color-scheme: light; }
  body { font-size: 10pt; } main, header, footer { max-width: none; padding: 0; }
  nav, .tools, .skip, details { display: none; }
  h2 { break-after: avoid; margin-top: 1.4rem; } h3 { break-after: avoid; }
  .answer { grid-template-columns: repeat(3, 1fr); } .answer dd { font-size: 1.05rem; }
  .legend li::before { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .scroll { overflow: visible; } table { font-size: 8.5pt; min-width: 0; } tr { break-inside: avoid; }
  figure { max-width: 15cm; }
}
`;

function variables(page: keyof Color): string {
  return colors.map(([name, color]) => `--${name}: ${color[page]};`).join(' ');
}

function legend(): string {
  return colors.map(([name]) => `.c-${name} { color: var(--${name}); }`).join('\n');
}
