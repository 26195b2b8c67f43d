import { type AddressFamily, type Cidr, parseCidr } from './cidr.js';
import {
  type AddressLabel,
  awsNameRank,
  internetLabel,
  labelList,
  privateLabel,
  serviceFromAwsName,
} from './labels.js';
import type { IpRanges } from './ranges.js';
import {
  flattenBlocks,
  layOver,
  type PackedSegments,
  packSegments,
  type RankedBlock,
  unpackSegments,
} from './segments.js';
import type { ServiceBlock } from './service-map.js';

/** What every address is, as segments of each family: what the table of addresses is made from. */
export interface LabelledSegments {
  /** Indexed by the labels of the segments. */
  readonly labels: readonly AddressLabel[];
  readonly segments4: PackedSegments;
  readonly segments6: PackedSegments;
}

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

/** A bit for each upper half of an IPv4 address: whether it is private. Each private block of IPv4 is of whole halves. */
export function privateHalves(): Uint8Array {
  const bits = new Uint8Array(8192);
  for (const { family, start, length } of privateBlocks) {
    const first = Number(start >> 16n);
    for (let half = first; family === 4 && half < first + 2 ** (16 - length); half++) {
      bits[half >> 3] = (bits[half >> 3] ?? 0) | (1 << (half & 7));
    }
  }
  return bits;
}

// Precedence is by class first, and by the longest prefix inside a class: a named service's block stays the
// service's where AWS lists a longer EC2 block inside it. In AWS's list of 2026-08-22 a longest prefix over all
// classes would call 25,600 IPv4 addresses aws-other (1,024 of S3, 14,336 of CloudFront's origin-facing, 10,240
// of Chime's) and change no other answer; in IPv6 it differs in the same way for CloudFront and Chime.
const ranks = { private: 3, aws: 0 } as const;

/**
 * Labels every address by AWS's ranges and the private blocks: private blocks win over AWS's named services, these over
 * EC2, EC2 over AMAZON; inside a class the longest prefix wins.
 */
export function labelSegments({ ranges }: IpRanges): LabelledSegments {
  const labels = labelList();
  const blocks: RankedBlock[] = [
    ...ranges.map(({ cidr, service, region }) => ({
      cidr,
      rank: ranks.aws + awsNameRank(service),
      label: labels.indexOf({ kind: 'service', service: serviceFromAwsName(service), region }),
    })),
    ...privateBlocks.map((cidr) => ({ cidr, rank: ranks.private, label: privateLabel })),
  ];
  const packed = (family: AddressFamily) =>
    packSegments(family, flattenBlocks(ofFamily(blocks, family), internetLabel));
  return { labels: labels.all, segments4: packed(4), segments6: packed(6) };
}

/** Lays the user's own names over segments: they win over everything, and among them the longest prefix. */
export function layServiceMap(
  under: LabelledSegments,
  serviceMap: readonly ServiceBlock[],
): LabelledSegments {
  if (serviceMap.length === 0) return under;
  const labels = labelList(under.labels);
  const blocks = serviceMap.map(({ cidr, service }) => ({
    cidr,
    rank: 0,
    label: labels.indexOf(mapLabel(service)),
  }));
  const clear = -1;
  const laid = (family: AddressFamily, segments: PackedSegments) => {
    const own = ofFamily(blocks, family);
    if (own.length === 0) return segments;
    const over = flattenBlocks(own, clear);
    return packSegments(family, layOver(unpackSegments(family, segments), over, clear));
  };
  return {
    labels: labels.all,
    segments4: laid(4, under.segments4),
    segments6: laid(6, under.segments6),
  };
}

/** A user may map a block to `internet` or `aws-other` as well, as the words of the summary CSV. */
function mapLabel(service: string): AddressLabel {
  return service === 'internet' ? { kind: 'internet' } : { kind: 'service', service, region: null };
}

function ofFamily(blocks: readonly RankedBlock[], family: AddressFamily): readonly RankedBlock[] {
  return blocks.filter((block) => block.cidr.family === family);
}
