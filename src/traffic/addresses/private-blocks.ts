import { type Cidr, parseCidr } from './cidr.js';

/**
 * Blocks that never name a party on the internet: what goes there stays in the VPC or in the networks
 * joined to it. 100.20.0.0/14 is not among them: it is public and AWS's.
 */
export const privateBlocks: readonly Cidr[] = [
  '0.0.0.0/8', // "this" network and the unspecified address
  '10.0.0.0/8', // RFC 1918
  '100.64.0.0/10', // carrier-grade (RFC 6598); a usual block for pods
  '127.0.0.0/8',
  '169.254.0.0/16', // link-local: instance metadata, Amazon DNS, time sync
  '172.16.0.0/12', // RFC 1918
  '192.168.0.0/16', // RFC 1918
  '198.18.0.0/15', // RFC 2544, never routed in public; 198.19.0.0/16 is a usual block for pods
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
  '::/127', // the unspecified address and loopback
  'fc00::/7', // unique local
  'fe80::/10', // link-local
  'ff00::/8', // multicast
].flatMap((text) => {
  const cidr = parseCidr(text);
  return typeof cidr === 'string' ? [] : [cidr];
});
