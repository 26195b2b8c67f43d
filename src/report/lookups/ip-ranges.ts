import { type DocumentHead, documentHead, formatJson } from '../../base/json.js';
import { csvDocument } from '../draw/csv.js';
import { markdownText } from '../draw/labels.js';
import { type Column, left, markdownTable, right, textTable } from '../draw/tables.js';

/** The list of AWS's address ranges in use. */
export interface ShownRanges {
  readonly source: 'shipped' | 'refreshed';
  readonly file: string;
  /** When AWS published it, as AWS prints it: `2026-08-22-15-17-05`, in UTC. */
  readonly createDate: string;
  readonly syncToken: string;
  /** Prefixes of each of AWS's names, in the order to show. */
  readonly services: readonly { readonly name: string; readonly prefixes: number }[];
}

/** What an address is. */
export interface ShownAddress {
  readonly address: string;
  /** `internet`, `private`, or the service. */
  readonly service: string;
  readonly region: string | null;
}

/** The list of ranges as a document. */
export interface RangesList extends ShownRanges, DocumentHead<'ip-ranges-list@1'> {}

/** What addresses are, as a document. */
export interface AddressList extends DocumentHead<'addresses@1'> {
  readonly addresses: readonly ShownAddress[];
}

const serviceColumns: readonly Column[] = [left("AWS's name"), right('Prefixes')];

const addressColumns: readonly Column[] = [left('Address'), left('Service'), left('Region')];

/** The formats of the list of ranges. */
export const rangesFormats = {
  table: (list: ShownRanges) =>
    `${heading(list)}\n${list.file}\n\n${textTable(serviceColumns, serviceRows(list))}\n`,
  json: (list: ShownRanges) =>
    formatJson({ ...documentHead('ip-ranges-list@1'), ...list } satisfies RangesList),
  csv: (list: ShownRanges) => csvDocument([['aws_name', 'prefixes'], ...serviceRows(list)]),
  markdown: (list: ShownRanges) =>
    `${markdownText(heading(list))}\n\n${markdownTable(serviceColumns, markdownRows(serviceRows(list)))}\n`,
} as const;

/** The formats of what addresses are. */
export const addressFormats = {
  table: (rows: readonly ShownAddress[]) => `${textTable(addressColumns, rows.map(addressRow))}\n`,
  json: (rows: readonly ShownAddress[]) =>
    formatJson({ ...documentHead('addresses@1'), addresses: rows } satisfies AddressList),
  csv: (rows: readonly ShownAddress[]) =>
    csvDocument([
      ['address', 'service', 'region'],
      ...rows.map(({ address, service, region }) => [address, service, region]),
    ]),
  markdown: (rows: readonly ShownAddress[]) =>
    `${markdownTable(addressColumns, markdownRows(rows.map(addressRow)))}\n`,
} as const;

function heading({ createDate, source, services }: ShownRanges): string {
  const prefixes = services.reduce((sum, service) => sum + service.prefixes, 0);
  return `AWS's address ranges of ${createDate} (${source}): ${prefixes} prefixes`;
}

function serviceRows({ services }: ShownRanges): readonly (readonly string[])[] {
  return services.map(({ name, prefixes }) => [name, String(prefixes)]);
}

function addressRow({ address, service, region }: ShownAddress): readonly string[] {
  return [address, service, region ?? '-'];
}

function markdownRows(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return rows.map((row) => row.map(markdownText));
}
