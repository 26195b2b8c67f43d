import { exitCodes, quoteValue, UsageError } from '../../base/errors.js';
import {
  addressFormats,
  rangesFormats,
  type ShownAddress,
} from '../../report/lookups/ip-ranges.js';
import { parseIpAddress } from '../../traffic/addresses/cidr.js';
import { loadAddressTable } from '../../traffic/addresses/load.js';
import { loadIpRanges } from '../../traffic/addresses/ranges-file.js';
import { type AddressTable, labelOf } from '../../traffic/addresses/table.js';
import { rangesFlags, shownRanges, warnOfRanges } from '../flags/ip-ranges-flags.js';
import { cacheFolder } from '../flags/refresh-flags.js';
import { readFormat } from '../flags/result-flags.js';
import { writeResult } from '../kit/output.js';
import { defineCommand } from '../kit/yargs.js';

/** `pathfare ip-ranges show`: the address ranges in use, or what some addresses are. */
export const command = defineCommand({
  options: {
    address: { type: 'string', array: true, describe: 'IPv4 or IPv6 addresses to look up' },
    ...rangesFlags,
  },
  examples: [
    ['$0 ip-ranges show', 'The list in use, and when AWS published it'],
    ['$0 ip-ranges show 52.216.0.1 10.0.0.1', 'What each address is'],
  ],
  run: async (options, effects) => {
    const format = readFormat(options.format, rangesFormats);
    const addresses = options.address ?? [];
    await writeResult(options.output, effects, async () => {
      const folder = cacheFolder(options['cache-dir'], effects.env);
      if (addresses.length === 0) {
        const ranges = await loadIpRanges(folder);
        warnOfRanges(ranges, effects);
        return rangesFormats[format](shownRanges(ranges));
      }
      const table = await loadAddressTable({ cacheFolder: folder });
      warnOfRanges(table, effects);
      return addressFormats[format](lookUp(addresses, table));
    });
    return exitCodes.done;
  },
});

function lookUp(addresses: readonly string[], table: AddressTable): readonly ShownAddress[] {
  return addresses.map((text) => {
    const address = parseIpAddress(text);
    if (address === undefined) {
      throw new UsageError(
        'usage',
        `ip-ranges show: ${quoteValue(text)} is not an IPv4 or IPv6 address`,
        {
          hint: 'Give addresses such as 52.216.0.1 or 2600:1fa0:4000::1.',
        },
      );
    }
    const label = labelOf(table, address);
    return label.kind === 'service'
      ? { address: text, service: label.service, region: label.region }
      : { address: text, service: label.kind, region: null };
  });
}
