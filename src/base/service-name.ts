import { quoteValue, UsageError } from './errors.js';

/** A service as a profile names it: the endpoint's short name, and the Region where the full name had one. */
export interface ServiceName {
  readonly service: string;
  readonly region: string | null;
}

/** The shape of a Region's code, for a regular expression. */
export const regionShape = '[a-z]{2,4}(?:-[a-z]+)+-\\d+';
const region = new RegExp(`^${regionShape}$`);
/** The `service` of traffic to AWS's addresses whose service the input does not show. */
export const awsOther = 'aws-other';

/** The service of a row that only says that a VPC was logged: nothing was counted. */
export const noService = '';

/** `com.amazonaws.us-east-1.s3`, `cn.com.amazonaws.cn-north-1.ec2`, `com.amazonaws.iam`, `aws.api.us-east-1.freetier`. */
const fullName = new RegExp(
  `^(?:(?:cn\\.)?com\\.amazonaws|aws\\.(?:api|sagemaker))\\.(?:(${regionShape}|global)\\.)?(.+)$`,
);
const longestServiceName = 128;

/** Whether a text has the shape of a Region's code (`us-gov-west-1`); which Regions exist is the price list's to say. */
export function isRegionShaped(text: string): boolean {
  return text.length <= 40 && region.test(text);
}

/**
 * Reads a service in any case, as its short name (`ecr.dkr`) or as its full name
 * (`com.amazonaws.us-east-1.ecr.dkr`). Null where it names no service: empty, longer than 128
 * characters, or with control characters.
 */
export function parseServiceName(text: string): ServiceName | null {
  const name = text.trim().toLowerCase();
  const [, nameRegion, rest] = fullName.exec(name) ?? [];
  const service = rest ?? name;
  if (!isPrintable(service, longestServiceName) || isRegionShaped(service)) return null;
  return { service, region: nameRegion === 'global' ? null : (nameRegion ?? null) };
}

/** Whether a text is 1 to `longest` characters, none of which a terminal or a spreadsheet acts on. */
export function isPrintable(text: string, longest: number): boolean {
  return text !== '' && text.length <= longest && !/[\p{C}\p{Zl}\p{Zp}]/u.test(text);
}

/**
 * Reads the name of a service as `parseServiceName` does.
 *
 * @param where the flag, or the option, that the name was read from
 * @throws UsageError where the text can't be the name of a service
 */
export function requireServiceName(text: string, where: string): ServiceName {
  const name = parseServiceName(text);
  if (name !== null) return name;
  throw new UsageError('invalid-service', `${where}: ${quoteValue(text)} does not name a service`, {
    hint: 'Give a short name such as s3, or a full one such as com.amazonaws.us-east-1.s3.',
  });
}

/** A service's name for people, with its Region where it is another than the VPC's: `s3 (eu-west-1)`. */
export function serviceLabel({
  service,
  serviceRegion,
}: {
  readonly service: string;
  readonly serviceRegion: string | null;
}): string {
  return serviceRegion === null ? service : `${service} (${serviceRegion})`;
}
