import { reportHtml } from '../../library/html.js';
import { reportFormats } from '../../report/budget/formats.js';
import type { ReportModel } from '../../report/budget/model.js';

/** A format that `report` writes. */
interface WrittenFormat {
  readonly draw: (model: ReportModel) => string | Promise<string>;
  readonly endings: readonly string[];
}

const { markdown, ...others } = reportFormats;

/** The formats that `report` writes, in the order in which they are listed; the first is the default. */
export const writtenFormats = {
  markdown,
  html: {
    draw: reportHtml,
    endings: ['.html', '.htm'],
  },
  ...others,
} as const satisfies Readonly<Record<string, WrittenFormat>>;

/** The name of a format that `report` writes. */
export type WrittenFormatName = keyof typeof writtenFormats;

const isName = (name: string): name is WrittenFormatName => Object.hasOwn(writtenFormats, name);

/** The names of the formats, in their order. */
export const writtenFormatNames = Object.keys(writtenFormats).filter(isName);

/** An ending of a file name, and the format that it means; the longest first, since `.focus.csv` ends in `.csv`. */
const endings = writtenFormatNames
  .flatMap((name) => writtenFormats[name].endings.map((ending) => ({ ending, name })))
  .toSorted((a, b) => b.ending.length - a.ending.length);

/** The endings to offer, one a format. */
export const offeredEndings = writtenFormatNames.map((name) => writtenFormats[name].endings[0]);

/** The format that the ending of a file name means; undefined for none. */
export function formatOfFile(file: string): WrittenFormatName | undefined {
  return endings.find(({ ending }) => file.toLowerCase().endsWith(ending))?.name;
}
