import { awsOther } from '../../base/service-name.js';
import { type AddressLabel, serviceFromAwsName } from '../addresses/labels.js';
import type { RecordGroup } from './record-groups.js';

/** The service at the remote end of a group of records, and the Region of its address where AWS tells one. */
export interface RemoteService {
  readonly service: string;
  readonly region: string | null;
}

/**
 * The service of the remote end. The user's own map wins; then the name that AWS wrote into the record; then the address.
 * AWS's name for any address of its own (`AMAZON`, `EC2`) gives way to a service that the address tells.
 */
export function remoteServiceOf(
  { circumstance }: Pick<RecordGroup, 'circumstance'>,
  label: AddressLabel | undefined,
  isOut: boolean,
): RemoteService {
  const byAddress = serviceOfLabel(label);
  const isUsersOwn = label?.kind === 'service' && label.region === null;
  const name = isOut ? circumstance.dstService : circumstance.srcService;
  if (name === null || isUsersOwn) return byAddress;
  const service = serviceOfName(name);
  if (service === awsOther && byAddress.service !== 'internet') return byAddress;
  return { service, region: byAddress.region };
}

/** AWS names some thirty services in records; a log of thousands of groups repeats them. */
const servicesByName = new Map<string, string>();

function serviceOfName(name: string): string {
  const known = servicesByName.get(name);
  if (known !== undefined) return known;
  const service = serviceFromAwsName(name);
  if (servicesByName.size < 1000) servicesByName.set(name, service);
  return service;
}

function serviceOfLabel(label: AddressLabel | undefined): RemoteService {
  if (label?.kind !== 'service') return { service: 'internet', region: null };
  // AWS serves a GLOBAL address from many Regions: it tells none.
  return { service: label.service, region: label.region === 'GLOBAL' ? null : label.region };
}
