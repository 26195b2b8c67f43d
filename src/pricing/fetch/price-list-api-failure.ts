import { PathfareError } from '../../base/errors.js';
import { networkCause } from './network-failure.js';

const kept = 'The rates you had are kept.';
const keyless = "or read the public list, which needs none: `source: 'offer-file'`";

interface Remedy {
  readonly cause: string;
  readonly hint: string;
}

const noCredentials: Remedy = {
  cause: 'no AWS credentials were found',
  hint: `Sign in ("aws configure", "aws sso login", AWS_PROFILE or \`profile\`), ${keyless}. ${kept}`,
};
const expired: Remedy = {
  cause: 'the AWS credentials have expired',
  hint: `Sign in again ("aws sso login" or new session credentials), ${keyless}. ${kept}`,
};
const invalid: Remedy = {
  cause: 'AWS does not accept the credentials',
  hint: `Check the access key of the profile in use, ${keyless}. ${kept}`,
};
const denied: Remedy = {
  cause: 'the credentials may not read the price list',
  hint: `Allow the action pricing:GetProducts on resource "*", ${keyless}. ${kept}`,
};
const throttled: Remedy = {
  cause: 'AWS asked to slow down, after several attempts',
  hint: `Wait a minute and try again, with fewer Regions, a larger AWS_MAX_ATTEMPTS or a longer \`timeout: SECONDS\`. ${kept}`,
};
const unavailable: Remedy = {
  cause: 'AWS had an error of its own, after several attempts',
  hint: `Try again later, or \`source: 'offer-file'\`. ${kept}`,
};
const unreachable: Remedy = {
  cause: 'the Price List API cannot be reached',
  hint: `Check the network, the proxy and AWS_ENDPOINT_URL_PRICING. Estimates need no network. ${kept}`,
};
const garbled: Remedy = {
  cause: 'the answer was cut off or is not JSON',
  hint: `Try again; if it persists, a proxy may change the answer. ${kept}`,
};

const remedies: ReadonlyMap<string, Remedy> = new Map(
  Object.entries({
    CredentialsProviderError: noCredentials,
    TokenProviderError: expired,
    ExpiredTokenException: expired,
    ExpiredToken: expired,
    RequestExpired: expired,
    UnrecognizedClientException: invalid,
    InvalidClientTokenId: invalid,
    InvalidSignatureException: invalid,
    SignatureDoesNotMatch: invalid,
    MissingAuthenticationTokenException: invalid,
    IncompleteSignature: invalid,
    AccessDeniedException: denied,
    AccessDenied: denied,
    ThrottlingException: throttled,
    TooManyRequestsException: throttled,
    InternalErrorException: unavailable,
    ServiceUnavailableException: unavailable,
    InternalFailure: unavailable,
    ECONNREFUSED: unreachable,
    ENOTFOUND: unreachable,
    EAI_AGAIN: unreachable,
    EHOSTUNREACH: unreachable,
    ENETUNREACH: unreachable,
    ETIMEDOUT: unreachable,
    ECONNRESET: garbled,
    SyntaxError: garbled,
  }),
);

/**
 * The failure of a `GetProducts` request, in our own words: the SDK's message is left out, since AWS puts
 * the caller's account id and ARN into it.
 *
 * @param timeLimit the limit in milliseconds, where the request ran into it
 */
export function apiFailure(
  error: unknown,
  serviceCode: string,
  timeLimit: number | undefined,
): PathfareError {
  const where = `Price List API, ${serviceCode}`;
  if (timeLimit !== undefined) return outOfTime(where, timeLimit);
  const name = textOf(error, 'name');
  const remedy =
    remedyBySession(error) ??
    remedyByNetwork(error) ??
    remedies.get(name) ??
    remedies.get(textOf(error, 'code')) ??
    remedyByStatus(statusOf(error));
  const code = /^[A-Za-z]{1,60}$/.test(name) ? ` (${name})` : '';
  return new PathfareError('price-list-unreachable', `${where}: ${remedy.cause}${code}`, {
    hint: remedy.hint,
  });
}

function remedyByNetwork(error: unknown): Remedy | undefined {
  const known = networkCause(error);
  return known === undefined ? undefined : { cause: known.cause, hint: `${known.remedy} ${kept}` };
}

function outOfTime(where: string, timeLimit: number): PathfareError {
  return new PathfareError(
    'price-list-unreachable',
    `${where}: no whole answer within ${timeLimit / 1000} seconds`,
    {
      hint: `Try again, or allow more time with \`timeout: SECONDS\`. ${kept}`,
    },
  );
}

function remedyByStatus(status: number): Remedy {
  if (status === 429) return throttled;
  if (status >= 500) return unavailable;
  if (status === 403) return denied;
  return status >= 400
    ? { cause: `AWS refused the request (HTTP ${status})`, hint: `Update pathfare. ${kept}` }
    : garbled;
}

/** An expired SSO session reaches us as credentials that are not there; only its message shows it. */
function remedyBySession(error: unknown): Remedy | undefined {
  const isCredentials = textOf(error, 'name') === 'CredentialsProviderError';
  return isCredentials && /expired/i.test(textOf(error, 'message')) ? expired : undefined;
}

function statusOf(error: unknown): number {
  const status = member(member(error, '$metadata'), 'httpStatusCode');
  return typeof status === 'number' ? status : 0;
}

function textOf(error: unknown, field: string): string {
  const value = member(error, field);
  return typeof value === 'string' ? value : '';
}

function member(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;
}
