import { csvNames } from './csv-records.js';
import type { InputForm } from './form.js';

const volumes = ['bytes_out', 'bytes_in', 'gb_out', 'gb_in'];

/** The summary CSV of pathfare's own. */
export const summaryCsv: InputForm = {
  kind: 'summary-csv',
  detect({ line }) {
    const names = csvNames(line.toLowerCase());
    return names.includes('service') && volumes.some((volume) => names.includes(volume));
  },
  read: { kind: 'summary' },
};
