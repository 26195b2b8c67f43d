import { awsOther } from '../../base/service-name.js';
import { type AddressFamily, type Cidr, parseCidr } from './cidr.js';
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

/**
 * What an address is. `region` is the Region of AWS's range, `GLOBAL` where AWS serves the address from
 * many (S3 Transfer Acceleration, CloudFront), and null for a service of the user's own map.
 */
export type AddressLabel =
  | { readonly kind: 'internet' }
  | { readonly kind: 'private' }
  | { readonly kind: 'service'; readonly service: string; readonly region: string | null };

/** The label index of an address that no block holds. */
export const internetLabel = 0;
/** The label index of a private address. */
export const privateLabel = 1;
/** The labels that every list of labels begins with. */
export const fixedLabels = [
  { kind: 'internet' },
  { kind: 'private' },
] as const satisfies readonly AddressLabel[];

/** Labels without repetition, each with its index: first those of `known`, then others in the order of first use. */
function labelList(known: readonly AddressLabel[] = fixedLabels): {
  readonly all: readonly AddressLabel[];
  readonly indexOf: (label: AddressLabel) => number;
} {
  const all = [...known];
  const indexes = new Map(all.map((label, index) => [keyOf(label), index]));
  const indexOf = (label: AddressLabel): number => {
    const key = keyOf(label);
    const index = indexes.get(key) ?? all.push(label) - 1;
    indexes.set(key, index);
    return index;
  };
  return { all, indexOf };
}

function keyOf(label: AddressLabel): string {
  return label.kind === 'service' ? `${label.region} ${label.service}` : label.kind;
}

/**
 * AWS's names of address ranges (also the values of `pkt-src-aws-service` and `pkt-dst-aws-service`)
 * whose service is not simply the name in lower case. A range may take an endpoint's short name only
 * where its addresses answer that endpoint's API; else a plan would advise an endpoint that could not
 * carry the traffic.
 */
const services: ReadonlyMap<string, string> = new Map(
  Object.entries({
    // AMAZON holds every address of AWS's; most of EC2 is customers' own machines. Neither proves a service.
    AMAZON: awsOther,
    EC2: awsOther,
    // Mount targets are private addresses of the VPC: what EFS has in public is its API (elasticfilesystem.<region>).
    EFS: 'elasticfilesystem',
    // EBS has one public API, the direct APIs (ebs.<region>): its range keeps the endpoint's name.
    EBS: 'ebs',
    // "API_GATEWAY is only an outbound IP address; for inbound addresses use AMAZON or EC2" (AWS re:Post
    // knowledge center, api-gateway-manage-ip-changes). So it never stands for execute-api.
    API_GATEWAY: 'api-gateway-outbound',
    // Where build machines call out from; nothing says that the API behind the `codebuild` endpoint answers there.
    CODEBUILD: 'codebuild-outbound',
    // Route 53's public name servers, not its API behind the global `route53` endpoint.
    ROUTE53: 'route53-dns',
  }),
);

/**
 * pathfare's service for AWS's name of an address range: `S3` is `s3`, `CLOUDFRONT` is `cloudfront`,
 * `EC2` and `AMAZON` are `aws-other`. A name that AWS adds later keeps its own form in lower case.
 */
export function serviceFromAwsName(name: string): string {
  const known = services.get(name);
  if (known !== undefined) return known;
  // A log is hostile text: no name may begin with what a spreadsheet takes for a formula.
  const hyphenated = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return hyphenated.replaceAll(/^-|-$/g, '') || awsOther;
}

/**
 * How much a range's name tells: a named service 2, EC2 1, AMAZON 0. AWS lists most prefixes of a named
 * service under EC2 or AMAZON as well.
 */
export function awsNameRank(name: string): 0 | 1 | 2 {
  if (name === 'AMAZON') return 0;
  return name === 'EC2' ? 1 : 2;
}

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
