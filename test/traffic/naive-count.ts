import { parseIpAddress } from '../../src/traffic/addresses/cidr.js';
import type { AddressLabel } from '../../src/traffic/addresses/labels.js';
import { labelOf } from '../../src/traffic/addresses/table.js';
import { testAddresses } from './flow-log-text.js';

/**
 * An independent count of what is billed at NAT gateways, by splitting strings: bytes out and back by service, on the
 * private side. Knows nothing of the scanner.
 */
export function naiveNatCount(
  lines: readonly string[],
  fields: readonly string[],
): ReadonlyMap<string, readonly [bigint, bigint]> {
  const sums = new Map<string, readonly [bigint, bigint]>();
  const isPrivate = (text: string) => kindOf(text)?.kind === 'private';
  for (const line of lines) {
    const values = line.trim().split(' ');
    if (values.length !== fields.length) continue;
    const get = (field: string) => values[fields.indexOf(field)] ?? '-';
    if (get('action') !== 'ACCEPT' || get('log-status') !== 'OK') continue;
    const [src, dst, pktSrc, pktDst] = [
      get('srcaddr'),
      get('dstaddr'),
      get('pkt-srcaddr'),
      get('pkt-dstaddr'),
    ];
    const isOut = dst !== pktDst && isPrivate(dst) && isPrivate(pktSrc) && !isPrivate(pktDst);
    const isBack = src !== pktSrc && isPrivate(src) && isPrivate(pktDst) && !isPrivate(pktSrc);
    if (!isOut && !isBack) continue;
    const label = kindOf(isOut ? pktDst : pktSrc);
    const service = label?.kind === 'service' ? label.service : 'internet';
    const [out, back] = sums.get(service) ?? [0n, 0n];
    const bytes = BigInt(get('bytes'));
    sums.set(service, isOut ? [out + bytes, back] : [out, back + bytes]);
  }
  return sums;
}

function kindOf(text: string): AddressLabel | undefined {
  const address = parseIpAddress(text);
  return address === undefined ? undefined : labelOf(testAddresses, address);
}
