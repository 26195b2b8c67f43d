import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  statSync,
} from 'node:fs';
import { cpus } from 'node:os';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';

/**
 * How long a report of a year of daily profiles of 500 VPCs × 40 services takes, and how much memory: 7.3 million rows
 * of a summary CSV, beside what csv-parse alone takes to read the same rows.
 *
 * Usage: npm run bench:report
 */
const days = 365;
const vpcs = 500;
const services =
  's3 dynamodb internet aws-other logs monitoring sqs sns kms sts ecr.api ecr.dkr ssm ssmmessages ec2messages secretsmanager kinesis-streams events lambda ecs ecs-agent ecs-telemetry ec2 elasticloadbalancing autoscaling cloudformation athena glue states xray rds rds-data redshift-data sagemaker.api bedrock-runtime codebuild execute-api kafka elasticfilesystem transfer'.split(
    ' ',
  );
const regions = ['us-east-1', 'eu-west-1', 'us-west-2', 'ap-southeast-1'];
const corpus = 'bench/corpus';
const file = `${corpus}/year.csv`;
const most = { seconds: 60, megabytes: 500 };

/** The same numbers in every run. */
function randomNumbers(): () => number {
  let state = 42;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const midnight = (day: number) =>
  new Date(Date.UTC(2025, 10, 1 + day)).toISOString().replace('.000', '');

/** Writes the corpus once; a run that is cut short leaves none. */
async function writeCorpus(): Promise<void> {
  if (existsSync(file)) return;
  mkdirSync(corpus, { recursive: true });
  const random = randomNumbers();
  const out = createWriteStream(`${file}.part`);
  out.write('account_id,region,vpc_id,az_id,service,path,bytes_out,bytes_in,start,end\n');
  for (let day = 0; day < days; day += 1) {
    for (let vpc = 0; vpc < vpcs; vpc += 1) {
      const place = `${100_000_000_000 + (vpc % 25)},${regions[vpc % regions.length]},vpc-${String(vpc).padStart(17, '0')},az${vpc % 3}`;
      const rows = services.map((service, rank) => {
        const bytes = (size: number) => Math.floor((random() * size) / (rank + 1));
        return `${place},${service},nat-gateway,${bytes(2e10)},${bytes(4e10)},${midnight(day)},${midnight(day + 1)}\n`;
      });
      if (!out.write(rows.join(''))) await once(out, 'drain');
    }
  }
  out.end();
  await once(out, 'close');
  renameSync(`${file}.part`, file);
}

/** The seconds and the most memory that a report takes, by the operating system's own count. */
function report(): { readonly seconds: number; readonly megabytes: number } {
  const tell = `process.on('exit', () => process.stderr.write('maxrss ' + process.resourceUsage().maxRSS));`;
  const start = performance.now();
  const args = [
    'report',
    file,
    '--date',
    '2026-11-23',
    '--output',
    `${corpus}/report.md`,
    '--output',
    `${corpus}/report.html`,
  ];
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(tell)}`,
      'dist/bin/pathfare.js',
      ...args,
    ],
    { encoding: 'utf8' },
  );
  const seconds = (performance.now() - start) / 1000;
  const kilobytes = /maxrss (\d+)/.exec(stderr)?.[1];
  if (status !== 0 || kilobytes === undefined)
    throw new Error(`report ended with ${status}: ${stderr}`);
  return { seconds, megabytes: Number(kilobytes) / 1024 };
}

/** The seconds that csv-parse takes to read the rows and do nothing with them. */
async function parseAlone(): Promise<number> {
  const start = performance.now();
  const parser = parse({ on_record: () => null });
  parser.resume();
  await pipeline(createReadStream(file), parser);
  return (performance.now() - start) / 1000;
}

await writeCorpus();
const { seconds, megabytes } = report();
const alone = await parseAlone();
console.log(`node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model}`);
console.log(
  `${days * vpcs * services.length} rows, ${(statSync(file).size / 2 ** 20).toFixed(0)} MiB\n`,
);
console.log(
  `pathfare report   ${seconds.toFixed(1)} s (aim ${most.seconds}), ${megabytes.toFixed(0)} MiB at most (aim ${most.megabytes})`,
);
console.log(`csv-parse alone   ${alone.toFixed(1)} s`);
console.log(`ratio             ${(seconds / alone).toFixed(2)}`);
if (megabytes > most.megabytes || seconds > most.seconds) process.exitCode = 1;
