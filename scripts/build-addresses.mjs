// Writes the table of addresses that ships, from the ranges that ship ("npm run build:addresses" bundles the library's code for it).
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildShippedTable } from '../.tmp/addresses/load.js';

const file = join(import.meta.dirname, '../pricing-cache/address-table.bin');
writeFileSync(file, await buildShippedTable());
