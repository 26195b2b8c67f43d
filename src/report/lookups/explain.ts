import { type DocumentHead, documentHead, formatJson } from '../../base/json.js';
import type { ServiceFacts } from '../../cost/facts/services.js';
import { explainedPaths, type PathTrait, pathTraits } from '../../cost/paths/index.js';
import { csvDocument } from '../draw/csv.js';
import { markdownText, terminalText } from '../draw/labels.js';
import { left, markdownTable, wrapText } from '../draw/tables.js';

/** What `explain` shows: the three kinds of path, and a service if one is asked for. */
export interface Explanation {
  readonly service: ServiceFacts | null;
}

/** An explanation as a document. */
export interface ExplainDocument extends Explanation, DocumentHead<'explain@1'> {
  readonly paths: readonly PathTrait[];
}

const order = explainedPaths.map(({ name }) => name);

/** The formats of an explanation by the name that `--format` takes. */
export const explainFormats = {
  table: explainText,
  json: ({ service }: Explanation) =>
    formatJson({
      ...documentHead('explain@1'),
      service,
      paths: pathTraits,
    } satisfies ExplainDocument),
  csv: () =>
    csvDocument([
      ['trait', ...order],
      ...pathTraits.map(({ name, values }) => [name, ...order.map((path) => values[path])]),
    ]),
  markdown: explainMarkdown,
} as const;

function explainText({ service }: Explanation, width: number): string {
  const label = 11;
  const traits = pathTraits.map(({ name, values }) =>
    [
      name,
      ...order.map((path) => {
        const kind = (path.split('-')[0] ?? path).padEnd(label);
        return wrapText(`  ${kind}${values[path]}`, width, ' '.repeat(label + 2));
      }),
    ].join('\n'),
  );
  const facts = service === null ? [] : [serviceSection(service, width)];
  return `${[...facts, ...traits].join('\n\n')}\n`;
}

function serviceSection(service: ServiceFacts, width: number): string {
  const lines = factLines(service).map((line) => wrapText(`  ${line}`, width, '    '));
  return [terminalText(service.service), ...lines].join('\n');
}

function factLines(service: ServiceFacts): readonly string[] {
  const { endpoints, gatewayEndpoint, crossRegion, known } = service;
  if (!known) {
    const near =
      service.nearest.length === 0 ? '' : ` The nearest names are ${service.nearest.join(', ')}.`;
    return [`Not a name of a service of AWS with an endpoint: it stays on the NAT gateway.${near}`];
  }
  const names = endpoints.map((endpoint) => `com.amazonaws.<region>.${endpoint}`);
  return [
    gatewayEndpoint
      ? 'A gateway endpoint serves it, at no charge.'
      : 'No gateway endpoint serves it.',
    endpoints.length === 0
      ? 'No interface endpoint serves it.'
      : `Interface endpoints it needs, each charged: ${names.join(', ')}.`,
    ...(endpoints.length === 0
      ? []
      : [
          crossRegion
            ? 'An interface endpoint can reach it in another Region.'
            : 'Its interface endpoints serve only their own Region.',
        ]),
    ...service.notes,
  ];
}

function explainMarkdown({ service }: Explanation): string {
  const table = markdownTable(
    [left(''), ...order.map((path) => left(path))],
    pathTraits.map(({ name, values }) => [name, ...order.map((path) => values[path])]),
  );
  const facts =
    service === null
      ? []
      : [
          `## ${markdownText(service.service)}`,
          factLines(service)
            .map((line) => `- ${markdownText(line)}`)
            .join('\n'),
        ];
  return `${[...facts, table].join('\n\n')}\n`;
}
