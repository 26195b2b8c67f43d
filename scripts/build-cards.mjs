// Makes the rate cards that ship from the tables of scripts/rates: a row a price, with its SKU, source and date. Usage:
// npm run build:cards, or npm run build:cards -- FOLDER to take the cards into the tables first that
// `prices refresh --cache-dir FOLDER` fetched.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

const tables = 'scripts/rates';
const columns =
  'region,rate,of,begin,end,price,unit,sku,rate_code,source,published,verified_in,verified'.split(
    ',',
  );
/** The rates that an estimate may use, in the order of a card; all others ship in a file of their own. */
const estimateRates = [
  'natGatewayHour',
  'natGatewayGb',
  'regionalNatGatewayHour',
  'regionalNatGatewayGb',
  'interfaceEndpointHour',
  'interfaceEndpointGb',
  'publicIpv4Hour',
  'transitGatewayAttachmentHour',
  'transitGatewayGb',
  'regionalTransferGb',
  'internetEgressGb',
];
const families = ['interRegionGb', 'instanceHour'];
/** What AWS leaves free over all Regions of its commercial partition; no price list carries it. */
const freeEgressGb = '100';
const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const isCommercial = (region) => !/^(cn|us-gov|eusc)-/.test(region);

const read = (name) => parse(readFileSync(join(tables, `${name}.csv`), 'utf8'), { columns: true });
const names = readdirSync(tables)
  .filter((file) => file.endsWith('.csv'))
  .map((file) => file.slice(0, -'.csv'.length))
  .filter((name) => name !== 'sources' && name !== 'instance-bandwidth');
const sources = new Map(read('sources').map(({ source, reference }) => [source, reference]));
const locations = new Map(
  [
    ...readFileSync('src/pricing/card/regions.ts', 'utf8').matchAll(
      /^ +'([a-z0-9-]+)': '(.+)',$/gm,
    ),
  ].map(([, region, location]) => [region, location]),
);

const [folder] = process.argv.slice(2);
if (folder !== undefined) takeRefreshed(folder);
const rows = names.flatMap(read);
const regions = [
  ...new Set(rows.filter(({ rate }) => rate === 'natGatewayHour').map(({ region }) => region)),
].sort(byText);
for (const region of regions)
  writeCard(
    region,
    rows.filter((row) => row.region === region),
  );
writeFileSync('pricing-cache/instance-bandwidth.json', lines(bandwidths()));
process.stdout.write(`${regions.length} rate cards ship now, from ${rows.length} rows.\n`);

function writeCard(region, own) {
  const rates = ratesOf(own.filter(({ of }) => of === ''));
  assumeRegional(region, rates);
  const used = estimateRates.filter((name) => rates[name] !== undefined);
  const rest = Object.keys(rates).filter((name) => !estimateRates.includes(name));
  const publishedAt = used.map((name) => rates[name].publishedAt).sort(byText)[0];
  const head = {
    $schema: 'urn:pathfare:rate-card@1',
    schema: 'pathfare/rate-card@1',
    region,
    location: locations.get(region),
    currency: 'USD',
    publishedAt,
    fetchedAt: null,
    source: 'shipped',
  };
  const pick = (list) => Object.fromEntries(list.map((name) => [name, rates[name]]));
  const found = families.flatMap((name) => {
    const members = own.filter(({ rate }) => rate === name);
    if (members.length === 0) return [];
    const all = [...new Set(members.map(({ of }) => of))].sort(byText);
    const one = (of) => ratesOf(members.filter((row) => row.of === of))[name];
    return [[name, Object.fromEntries(all.map((of) => [of, one(of)]))]];
  });
  const card = { ...head, rates: pick(used) };
  writeFileSync(`pricing-cache/rates/${region}.json`, `${JSON.stringify(card, null, 2)}\n`);
  const further = { ...head, rates: pick(rest), families: Object.fromEntries(found) };
  mkdirSync('pricing-cache/further-rates', { recursive: true });
  writeFileSync(`pricing-cache/further-rates/${region}.json`, lines(further));
}

/** The rates of rows, by name; rows of one name are its tiers. */
function ratesOf(own) {
  const rates = {};
  for (const name of new Set(own.map(({ rate }) => rate))) {
    const tiers = own.filter(({ rate }) => rate === name).sort((a, b) => a.begin - b.begin);
    const [first] = tiers;
    const latest = tiers.toSorted((a, b) => (a.verified < b.verified ? 1 : -1))[0];
    rates[name] = {
      unit: first.unit,
      sku: first.sku || null,
      publishedAt: first.published,
      reference: sources.get(first.source),
      verifiedAt: latest.verified,
      ...(latest.verified_in === first.source
        ? {}
        : { verifiedIn: sources.get(latest.verified_in) }),
      ...(name === 'internetEgressGb' && isCommercial(first.region)
        ? { freeGb: freeEgressGb }
        : {}),
      tiers: tiers.map((row) => ({
        beginRange: row.begin,
        endRange: row.end,
        price: row.price,
        rateCode: row.rate_code || null,
        ...(row.verified === latest.verified ? {} : { verifiedAt: row.verified }),
      })),
    };
  }
  return rates;
}

/**
 * AWS publishes a rate for a regional NAT gateway in some Regions only, and each is that of a zonal one. Elsewhere it is
 * assumed to be, and to lie between the least and the most that it costs where it is known. GovCloud and China have none.
 */
function assumeRegional(region, rates) {
  if (!isCommercial(region)) return;
  for (const [name, model] of [
    ['regionalNatGatewayHour', 'natGatewayHour'],
    ['regionalNatGatewayGb', 'natGatewayGb'],
  ]) {
    if (rates[name] !== undefined) continue;
    const known = rows.filter(({ rate }) => rate === name);
    const [{ price }] = rates[model].tiers;
    const prices = [...known.map((row) => row.price), price].sort((a, b) => a - b);
    const { sku: _, tiers: __, ...evidence } = rates[model];
    rates[name] = {
      ...evidence,
      sku: null,
      assumed: {
        reason: `AWS publishes no rate for a regional NAT gateway in this Region; in all ${known.length} where it does, it is that of a zonal one.`,
        low: prices[0],
        high: prices.at(-1),
      },
      tiers: [{ beginRange: '0', endRange: 'Inf', price, rateCode: null }],
    };
  }
}

/** Takes refreshed cards into the tables: a rate's rows make way for the fetched ones, and what was not fetched stays. */
function takeRefreshed(from) {
  const cards = readdirSync(join(from, 'rates'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(from, 'rates', file), 'utf8')));
  const fresh = cards.flatMap((card) =>
    [
      ...Object.entries(card.rates).map(([rate, value]) => [rate, '', value]),
      ...Object.entries(card.families ?? {}).flatMap(([rate, members]) =>
        Object.entries(members).map(([of, value]) => [rate, of, value]),
      ),
    ]
      .filter(([, , value]) => value.assumed === undefined && value.verifiedAt === card.fetchedAt)
      .flatMap(([rate, of, value]) => rowsOfRate(card, rate, of, value)),
  );
  const place = new Map(names.flatMap((name) => read(name).map(({ rate }) => [rate, name])));
  const gone = new Set(fresh.map(({ region, rate, of }) => `${region} ${rate} ${of}`));
  for (const name of names) {
    const kept = read(name).filter(({ region, rate, of }) => !gone.has(`${region} ${rate} ${of}`));
    const added = fresh.filter(({ rate }) => (place.get(rate) ?? 'others') === name);
    writeTable(name, [...kept, ...added]);
  }
  const others = fresh.filter(({ rate }) => !place.has(rate));
  if (others.length > 0) {
    if (!names.includes('others')) names.push('others');
    writeTable('others', others);
  }
  writeFileSync(
    join(tables, 'sources.csv'),
    stringify(
      [...sources].sort(([a], [b]) => byText(a, b)),
      { header: true, columns: ['source', 'reference'] },
    ),
  );
}

function rowsOfRate({ region, fetchedAt }, rate, of, value) {
  sources.set(value.reference, value.reference);
  return value.tiers.map((tier) => ({
    region,
    rate,
    of,
    begin: tier.beginRange,
    end: tier.endRange,
    price: tier.price,
    unit: value.unit,
    sku: value.sku,
    rate_code: tier.rateCode,
    source: value.reference,
    published: value.publishedAt,
    verified_in: value.reference,
    verified: fetchedAt,
  }));
}

function writeTable(name, list) {
  const sorted = list.sort((a, b) => {
    const [x, y] = [a, b].map(({ rate, region, of }) => `${rate}\n${region}\n${of}`);
    return x < y ? -1 : x > y ? 1 : a.begin - b.begin;
  });
  writeFileSync(join(tables, `${name}.csv`), stringify(sorted, { header: true, columns }));
}

function bandwidths() {
  return Object.fromEntries(
    read('instance-bandwidth').map((row) => [
      row.type,
      { baselineGbps: row.baseline_gbps, burstGbps: row.burst_gbps || null },
    ]),
  );
}

/** JSON with a rate a line: small, and a change of one price is a change of one line. */
function lines(value, indent = '') {
  const isLeaf = (each) => typeof each !== 'object' || each === null || Array.isArray(each);
  const entries = Object.entries(value).map(([key, each]) => {
    const flat = isLeaf(each) || Object.values(each).every((part) => isLeaf(part));
    const text = flat ? JSON.stringify(each) : lines(each, `${indent} `).trimEnd();
    return `${indent} ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${entries.join(',\n')}\n${indent}}\n`;
}
