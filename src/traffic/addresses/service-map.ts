import { PathfareError, quoteValue } from '../../base/errors.js';
import { readText } from '../../base/node/files.js';
import { readSmallCsv } from '../../base/small-csv.js';
import { type Cidr, parseCidr } from './cidr.js';

/** A block of addresses that the user names as a service. */
export interface ServiceBlock {
  readonly cidr: Cidr;
  readonly service: string;
}

const hint =
  'A service map is CSV with the header "cidr,service" and a row such as "10.20.0.0/16,billing-db".';

/** A short name as it stands in the summary CSV: what could be mistaken for a formula or markup is refused. */
const serviceName = /^[a-z0-9][a-z0-9._-]{0,99}$/;

/**
 * Reads a service map from its file.
 *
 * @param name what a failure to read it calls the file
 * @throws PathfareError naming what can't be read
 */
export async function readServiceMap(file: string, name = file): Promise<readonly ServiceBlock[]> {
  const text = await readText(file, {
    name,
    hint: 'Name a CSV with the columns cidr and service.',
  });
  return parseServiceMap(text, file);
}

/**
 * Reads the text of a service map: CSV with the columns `cidr` (IPv4 or IPv6) and `service`, in any order,
 * other columns passed over.
 *
 * @throws PathfareError naming the file, the line and the value that can't be read
 */
export function parseServiceMap(text: string, file: string): readonly ServiceBlock[] {
  return readSmallCsv(text, file, ['cidr', 'service'], 'cidr,service').map(({ where, cell }) =>
    readBlock(cell('cidr'), cell('service'), where),
  );
}

function readBlock(cidrText: string, service: string, where: string): ServiceBlock {
  const cidr = parseCidr(cidrText);
  if (typeof cidr === 'string') {
    throw new PathfareError(
      'invalid-service-map',
      `${where}: cidr ${quoteValue(cidrText)} ${cidr}`,
      { hint },
    );
  }
  const name = service.toLowerCase();
  if (!serviceName.test(name)) {
    throw new PathfareError(
      'invalid-service-map',
      `${where}: service ${quoteValue(service)} is not a name of letters, digits, ".", "_" and "-"`,
      { hint },
    );
  }
  return { cidr, service: name };
}
