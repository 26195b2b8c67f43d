import { PathfareError } from '../../base/errors.js';
import { parseJson } from '../../base/json.js';
import { type IpRanges, parseAwsIpRanges, rangesHint, rangesOrigin } from './ip-ranges.js';

/** Where AWS publishes its address ranges. */
const awsRangesUrl = 'https://ip-ranges.amazonaws.com/ip-ranges.json';

/** How long AWS may take to send the list, in milliseconds. */
const timeLimit = 60_000;

/** The part of `fetch` that a refresh uses. */
export type FetchText = (
  url: string,
  init: { readonly signal: AbortSignal },
) => Promise<{ readonly ok: boolean; readonly status: number; text(): Promise<string> }>;

/**
 * Fetches AWS's current address ranges.
 *
 * @throws PathfareError if AWS can't be reached, refuses, or answers with something else
 */
export async function fetchAwsIpRanges(fetch: FetchText, signal: AbortSignal): Promise<IpRanges> {
  const text = await fetchText(fetch, signal);
  return parseAwsIpRanges(parseJson(text, rangesOrigin(awsRangesUrl)), awsRangesUrl);
}

async function fetchText(fetch: FetchText, signal: AbortSignal): Promise<string> {
  const hint = 'Save the list where there is a network, and give the file with --from FILE.';
  try {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeLimit)]);
    const response = await fetch(awsRangesUrl, { signal: limited });
    if (response.ok) return await response.text();
    throw new PathfareError(`${awsRangesUrl}: answered with status ${response.status}`, { hint });
  } catch (cause) {
    if (cause instanceof PathfareError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PathfareError(`${awsRangesUrl}: can't be fetched: ${why}`, { hint, cause });
  }
}

/**
 * Checks that fresh ranges may replace the present ones: a cut or foreign list would silently turn AWS's
 * traffic into internet traffic.
 *
 * @param accept take a list that is older than the present one
 * @throws PathfareError if the fresh list is implausible, or is older and `accept` is false
 */
export function checkFreshRanges(
  present: IpRanges,
  fresh: IpRanges,
  { file, accept }: { readonly file: string; readonly accept: boolean },
): void {
  const [before, after] = [present.ranges.length, fresh.ranges.length];
  if (after * 2 < before) {
    throw new PathfareError(
      `${file}: has ${after} prefixes, fewer than half of the present ${before}`,
      {
        hint: rangesHint,
      },
    );
  }
  for (const service of ['AMAZON', 'EC2', 'S3', 'DYNAMODB']) {
    if (!fresh.ranges.some((range) => range.service === service)) {
      throw new PathfareError(`${file}: has no prefix of ${service}`, { hint: rangesHint });
    }
  }
  // Both are YYYY-MM-DD-hh-mm-ss in UTC: their order as text is their order in time.
  if (fresh.createDate < present.createDate && !accept) {
    throw new PathfareError(
      `${file}: was published ${fresh.createDate}, before the present list (${present.createDate})`,
      { hint: 'To use the older list all the same, add --accept.' },
    );
  }
}
