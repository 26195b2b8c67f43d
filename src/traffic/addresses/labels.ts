import { awsOther } from '../../base/service-name.js';

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
export function labelList(known: readonly AddressLabel[] = fixedLabels): {
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
const services: Readonly<Record<string, string>> = {
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
};

/**
 * pathfare's service for AWS's name of an address range: `S3` is `s3`, `CLOUDFRONT` is `cloudfront`,
 * `EC2` and `AMAZON` are `aws-other`. A name that AWS adds later keeps its own form in lower case.
 */
export function serviceFromAwsName(name: string): string {
  const known = Object.hasOwn(services, name) ? services[name] : undefined;
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
