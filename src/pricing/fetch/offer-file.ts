import * as v from 'valibot';
import { PathfareError, quoteValue, UsageError } from '../../base/errors.js';
import type { RateCard } from '../card/rate-card.js';
import type { Partition, Region } from '../card/regions.js';
import { type ServiceCode, serviceCodes } from '../rate-kind.js';
import { rateKinds, rateNames } from '../rates.js';
import { counted, type DownloadOptions, download, offerFileFailure } from './offer-download.js';
import { readOfferFile } from './offer-file-reader.js';
import type { PriceListProduct } from './price-list.js';

/** How to reach AWS's public offer files, or a mirror of them. No credentials are used. */
export interface OfferFileOptions extends DownloadOptions {
  /** Where "/offers/v1.0/…" is found, in place of AWS's own host. */
  readonly offerBaseUrl?: string | undefined;
  /** The card before, whose SKUs name the products that nothing else tells. */
  readonly replaced: RateCard | undefined;
  /** Told how many bytes of a service's file have come, every few megabytes. */
  readonly onDownload?: (region: string, serviceCode: ServiceCode, bytes: number) => void;
}

// https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-the-aws-price-list-bulk-api-fetching-price-list-files-manually.html
// and its counterpart at docs.amazonaws.cn. Where the Sovereign Cloud keeps its files is not known.
const publicFiles: Readonly<Record<Partition, { host: string | undefined; folder: string }>> = {
  aws: { host: 'https://pricing.us-east-1.amazonaws.com', folder: 'aws' },
  'aws-us-gov': { host: 'https://pricing.us-east-1.amazonaws.com', folder: 'aws' },
  'aws-cn': { host: 'https://pricing.cn-north-1.amazonaws.com.cn', folder: 'cn' },
  'aws-eusc': { host: undefined, folder: 'aws' },
};

const indexSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    regions: v.record(
      v.string(),
      v.object({ currentVersionUrl: v.pipe(v.string(), v.regex(/^\/offers\/[\w./-]+$/)) }),
    ),
  }),
);

/**
 * Reads the products that a rate card needs from the Region's offer files.
 *
 * @throws PathfareError naming the file, what is wrong with it and the remedy
 */
export async function readFromOfferFiles(
  region: Region,
  options: OfferFileOptions,
): Promise<readonly PriceListProduct[]> {
  const lists: (readonly PriceListProduct[])[] = [];
  for (const serviceCode of serviceCodes) {
    lists.push(await readService(serviceCode, region, options));
  }
  return lists.flat();
}

async function readService(
  serviceCode: ServiceCode,
  region: Region,
  options: OfferFileOptions,
): Promise<readonly PriceListProduct[]> {
  const base = baseUrl(region, options);
  const { folder } = publicFiles[region.partition];
  const index = `${base}/offers/v1.0/${folder}/${serviceCode}/current/region_index.json`;
  const path = await regionPath(index, region, options, isNeeded(serviceCode));
  if (path === undefined) return [];
  const url = `${base}${path}`;
  const told = (bytes: number) => options.onDownload?.(region.name, serviceCode, bytes);
  return download(url, options, (body, from) =>
    readOfferFile({
      serviceCode,
      region: region.name,
      replaced: options.replaced,
      url: from,
      body: counted(body, told),
    }),
  );
}

function baseUrl(region: Region, options: OfferFileOptions): string {
  const base = options.offerBaseUrl ?? publicFiles[region.partition].host;
  if (base === undefined) {
    throw new PathfareError(
      'price-list-unreachable',
      `No public offer files are known for ${region.name}`,
      {
        hint: "Name where they are with `offerBaseUrl`, or use `source: 'api'`.",
      },
    );
  }
  if (!URL.canParse(base) || !/^https?:$/.test(new URL(base).protocol)) {
    throw new UsageError(
      'invalid-mirror',
      `\`offerBaseUrl\`: ${quoteValue(base)} is not an http or https URL`,
      {
        hint: 'Give the address that "/offers/v1.0/…" is found under, such as https://mirror.example.',
      },
    );
  }
  const { username, password, search, hash } = new URL(base);
  if (username + password + search + hash !== '') {
    throw new UsageError(
      'invalid-mirror',
      '`offerBaseUrl`: the URL has a user, a password, a query or a fragment',
      {
        hint: 'Give the bare address that "/offers/v1.0/…" is found under, such as https://mirror.example.',
      },
    );
  }
  return base.replace(/\/+$/, '');
}

/** Whether a card can't be without the service's list. Not every Region has every service. */
function isNeeded(serviceCode: ServiceCode): boolean {
  return rateNames.some((name) => {
    const { required, product } = rateKinds[name];
    return required !== 'nowhere' && product?.serviceCode === serviceCode;
  });
}

/** The path of the Region's file, as the service's index of Regions gives it; undefined where there is none and none is needed. */
async function regionPath(
  url: string,
  region: Region,
  options: OfferFileOptions,
  needed: boolean,
): Promise<string | undefined> {
  const text = await download(url, options, readText, needed ? undefined : '');
  if (text === '') return undefined;
  const index = v.safeParse(indexSchema, text);
  if (!index.success) throw offerFileFailure(url, 'it is not an index of Regions');
  const path = Object.hasOwn(index.output.regions, region.name)
    ? index.output.regions[region.name]?.currentVersionUrl
    : undefined;
  if (path === undefined && needed) {
    throw offerFileFailure(url, `it has no price list of ${region.name}`);
  }
  return path;
}

const longestIndex = 2 ** 22;

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    // An index of Regions is some 20 kB: what goes on and on is something else, and is not read to its end.
    if (text.length > longestIndex) break;
  }
  return text;
}
