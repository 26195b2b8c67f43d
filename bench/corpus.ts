import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';

/** The 29 fields of version 5, in the order of the VPC user guide. */
export const fields =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id sublocation-type sublocation-id pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path';

/** Where the corpus lies and what it is made of. */
export interface Corpus {
  readonly folder: string;
  readonly gzipFiles: readonly string[];
  readonly plainFiles: readonly string[];
  readonly singleFile: string;
  readonly records: number;
}

interface Remote {
  readonly base: number;
  readonly size: number;
  readonly service: string;
}

interface Client {
  readonly address: string;
  readonly identity: string;
  readonly instance: string;
  readonly az: string;
  readonly nat: number;
}

interface Conversation {
  readonly client: Client;
  readonly server: string;
  readonly service: string;
  readonly gateway: boolean;
  readonly port: number;
}

/** A small, fast, seeded generator (mulberry32): the corpus must be the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const dotted = (address: number) =>
  `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;

function remote(cidr: string, service: string): Remote {
  const [base = '', bits = '32'] = cidr.split('/');
  const octets = base.split('.').map(Number);
  const value = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return { base: value, size: 2 ** (32 - Number(bits)), service };
}

/** Prefixes that AWS publishes, and some of the rest of the internet (`-`). */
const remotes: readonly Remote[] = [
  remote('52.216.0.0/15', 'S3'),
  remote('54.231.0.0/16', 'S3'),
  remote('16.15.192.0/18', 'S3'),
  remote('3.5.64.0/21', 'S3'),
  remote('52.94.0.0/22', 'DYNAMODB'),
  remote('3.218.180.0/22', 'DYNAMODB'),
  remote('52.119.224.0/21', 'DYNAMODB'),
  remote('52.4.0.0/14', 'EC2'),
  remote('50.16.0.0/15', 'EC2'),
  remote('52.46.128.0/19', 'AMAZON'),
  remote('72.21.192.0/19', 'AMAZON'),
  remote('18.160.0.0/15', 'CLOUDFRONT'),
  remote('54.192.0.0/16', 'CLOUDFRONT'),
  remote('140.82.112.0/20', '-'),
  remote('151.101.0.0/16', '-'),
  remote('104.16.0.0/13', '-'),
  remote('185.199.108.0/22', '-'),
  remote('34.64.0.0/10', '-'),
];

const zones = ['use1-az1', 'use1-az2', 'use1-az4'] as const;
const natAddresses = ['10.0.0.220', '10.0.64.220', '10.0.128.220'] as const;
const hex = (value: number) => value.toString(16).padStart(8, '0');
const zoneOf = (index: number) => zones[index % zones.length] ?? zones[0];

function clientsOf(random: () => number, count: number): readonly Client[] {
  return Array.from({ length: count }, (_, index) => {
    const nat = index % 3;
    const address = dotted(
      (10 * 2 ** 24 + nat * 64 * 256 + 256 + Math.floor(random() * 15000)) >>> 0,
    );
    return {
      address,
      identity: `eni-0${hex((index * 2654435761) % 2 ** 32)}c1ab34d`,
      instance: `i-0${hex(index * 40503 + 77)}aa77f01`,
      az: zoneOf(nat),
      nat: random() < 0.85 ? nat : (nat + 1) % 3,
    };
  });
}

/** Skewed choice: index i has a weight that falls like 1 / i, as in real traffic. */
const skewed = (random: () => number, count: number) =>
  Math.min(count - 1, Math.floor(count ** random()) - 1 + Math.floor(random() * 2));

function conversationsOf(random: () => number, clients: readonly Client[], count: number) {
  return Array.from({ length: count }, (): Conversation => {
    const client = clients[skewed(random, clients.length)] ?? clients[0];
    const range = remotes[skewed(random, remotes.length)] ?? remotes[0];
    if (client === undefined || range === undefined) throw new Error('empty corpus');
    const host = Math.floor(range.size * random() ** 3);
    return {
      client,
      server: dotted((range.base + host) >>> 0),
      service: range.service,
      gateway: range.service === 'DYNAMODB' && random() < 0.5,
      port: 1024 + Math.floor(random() * 64000),
    };
  });
}

interface Row {
  readonly identity: string;
  readonly instance: string;
  readonly az: string;
  readonly src: string;
  readonly dst: string;
  readonly pktSrc: string;
  readonly pktDst: string;
  readonly srcService: string;
  readonly dstService: string;
  readonly sent: boolean;
  readonly direction: 'ingress' | 'egress';
  readonly trafficPath: string;
}

/** The rows of a conversation: two at the client's interface, and four at the NAT gateway's unless it has an endpoint. */
function rowsOf(conversation: Conversation): readonly Row[] {
  const { client, server, service, gateway } = conversation;
  const own = { identity: client.identity, instance: client.instance, az: client.az };
  const out = { srcService: '-', dstService: service, sent: true };
  const back = { srcService: service, dstService: '-', sent: false };
  const direct = { src: client.address, dst: server, pktSrc: client.address, pktDst: server };
  const reply = { src: server, dst: client.address, pktSrc: server, pktDst: client.address };
  const atClient: Row[] = [
    { ...own, ...direct, ...out, direction: 'egress', trafficPath: gateway ? '7' : '1' },
    { ...own, ...reply, ...back, direction: 'ingress', trafficPath: '-' },
  ];
  if (gateway) return atClient;
  const nat = natAddresses[client.nat] ?? natAddresses[0];
  const at = {
    identity: `eni-0aaaa${client.nat}bbbbccccddd`,
    instance: '-',
    az: zoneOf(client.nat),
  };
  return [
    ...atClient,
    { ...at, ...direct, dst: nat, ...out, direction: 'ingress', trafficPath: '-' },
    { ...at, ...direct, src: nat, pktSrc: nat, ...out, direction: 'egress', trafficPath: '8' },
    { ...at, ...reply, dst: nat, pktDst: nat, ...back, direction: 'ingress', trafficPath: '-' },
    { ...at, ...reply, src: nat, ...back, direction: 'egress', trafficPath: '1' },
  ];
}

function lineOf(
  row: Row,
  port: number,
  packets: number,
  bytes: number,
  start: number,
  action: string,
) {
  const ports = row.sent ? `${port} 443` : `443 ${port}`;
  return `5 123456789012 ${row.identity} ${row.src} ${row.dst} ${ports} 6 ${packets} ${bytes} ${start} ${start + 59} ${action} OK vpc-0123456789abcdef0 subnet-0${row.az.slice(-1)}aabbccddeeff00 ${row.instance} ${packets > 9 ? 3 : 0} IPv4 ${row.pktSrc} ${row.pktDst} us-east-1 ${row.az} - - ${row.srcService} ${row.dstService} ${row.direction} ${row.trafficPath}\n`;
}

const noise = (random: () => number, start: number, identity: string) =>
  random() < 0.5
    ? `5 123456789012 ${identity} - - - - - - - ${start} ${start + 59} - NODATA vpc-0123456789abcdef0 subnet-01aabbccddeeff00 - - - - - us-east-1 use1-az1 - - - - - -\n`
    : `5 123456789012 ${identity} ${dotted(Math.floor(random() * 2 ** 32))} 10.0.1.77 ${1024 + Math.floor(random() * 60000)} 22 6 1 40 ${start} ${start + 59} REJECT OK vpc-0123456789abcdef0 subnet-01aabbccddeeff00 i-0bb 2 IPv4 ${dotted(Math.floor(random() * 2 ** 32))} 10.0.1.77 us-east-1 use1-az1 - - - - ingress -\n`;

/** The text of one file in pieces of about 1 MB, header first. */
function* textOf(file: number, records: number): Generator<Buffer> {
  const random = randomFrom(0x5eed + file);
  const clients = clientsOf(randomFrom(99), 600);
  const conversations = conversationsOf(randomFrom(4242), clients, 40_000);
  const lines: string[] = [];
  yield Buffer.from(`${fields}\n`, 'latin1');
  let written = 0;
  while (written < records) {
    const start = 1_790_000_000 + file * 3600 + Math.floor((written / records) * 3540);
    const conversation = conversations[skewed(random, conversations.length)];
    if (conversation === undefined) throw new Error('empty corpus');
    if (random() < 0.05) {
      lines.push(noise(random, start, conversation.client.identity));
      written += 1;
    }
    const packets = 1 + Math.floor(200 * random() ** 4);
    const share = 0.5 + random();
    for (const row of rowsOf(conversation)) {
      if (written >= records) break;
      const bytes = Math.floor(packets * (row.sent ? 80 : 900) * share);
      lines.push(lineOf(row, conversation.port, packets, bytes, start, 'ACCEPT'));
      written += 1;
    }
    if (lines.length > 4000) yield shuffled(random, lines.splice(0));
  }
  yield shuffled(random, lines.splice(0));
}

/** AWS writes the records of a window interface by interface: the two ends of a conversation lie far apart. */
function shuffled(random: () => number, lines: string[]): Buffer {
  for (let index = lines.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const line = lines[index] ?? '';
    lines[index] = lines[other] ?? '';
    lines[other] = line;
  }
  return Buffer.from(lines.join(''), 'latin1');
}

async function writeCorpus(corpus: Corpus): Promise<void> {
  const perFile = corpus.records / corpus.gzipFiles.length;
  const single = createWriteStream(corpus.singleFile);
  for (const [index, gzipFile] of corpus.gzipFiles.entries()) {
    const plainFile = corpus.plainFiles[index] ?? '';
    await pipeline(Readable.from(textOf(index, perFile)), createWriteStream(plainFile));
    const text = readFileSync(plainFile);
    await pipeline(Readable.from([text]), createGzip({ level: 6 }), createWriteStream(gzipFile));
    // DuckDB does not take a header in the middle of a file.
    const body = index === 0 ? text : text.subarray(text.indexOf(10) + 1);
    await new Promise((resolve) => single.write(body, resolve));
  }
  await new Promise((resolve) => single.end(resolve));
}

/** The corpus of so many records in 16 gzip files, the same text plain, and as one file; written once. */
export async function corpusOf(records: number, files = 16): Promise<Corpus> {
  const folder = fileURLToPath(new URL(`../../corpus/${records}`, import.meta.url));
  const names = Array.from({ length: files }, (_, index) => String(index).padStart(2, '0'));
  const corpus: Corpus = {
    folder,
    gzipFiles: names.map((name) => `${folder}/gzip/${name}.log.gz`),
    plainFiles: names.map((name) => `${folder}/plain/${name}.log`),
    singleFile: `${folder}/single.log`,
    records,
  };
  if (!existsSync(`${folder}/complete`)) {
    mkdirSync(`${folder}/gzip`, { recursive: true });
    mkdirSync(`${folder}/plain`, { recursive: true });
    await writeCorpus(corpus);
    writeFileSync(`${folder}/complete`, '');
  }
  return corpus;
}
