import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../support/run-cli.js';
import { generatedFields } from '../traffic/generated-log.js';
import type { LogFolder } from '../traffic/worlds/check-world.js';
import type { Random } from '../traffic/worlds/random.js';
import { damaged } from './damage.js';
import { flagsOf, settings } from './settings.js';
import { filesOf } from './traffic-case.js';

const exitCodes = [0, 1, 2, 3, 4];
const outputs = ['out.json', 'out.md', 'out.csv', 'out.html', 'out.txt'] as const;

/** A summary CSV, in order or not. */
const summary = (random: Random): string =>
  `account_id,region,vpc_id,az_id,service,path,bytes_out,bytes_in,start,end\n123456789012,${random.pick(['us-east-1', 'mars-1', ''])},vpc-1,,s3,${random.pick(['nat-gateway', 'unknown', 'x'])},${random.pick(['5', '-1', '1e99', '99999999999999999999'])},7,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z\n`;

/** A command line over files, settings and flags: how it ends, what it says and what it leaves behind. */
export async function checkCommand(
  random: Random,
  folder: LogFolder,
  at: string,
): Promise<readonly string[]> {
  const args = argsOf(random, folder, at);
  const isTerminal = random.chance(50);
  const run = await runCli(args, {
    now: new Date('2026-11-23T12:00:00Z'),
    ...(isTerminal && { terminals: { stdout: random.whole(1, 200), stderr: 80 } }),
  });
  const both = run.stdout + run.stderr;
  const left = readdirSync(at, { recursive: true }).filter((name) =>
    name.toString().includes('.tmp'),
  );
  const wrong = [
    exitCodes.includes(run.exitCode ?? -1) ? '' : `exit code ${run.exitCode}`,
    /defect of pathfare|^\s+at \S+ \(|its reader failed/m.test(both) ? `a defect: ${both}` : '',
    isTerminal && hasControls(both) ? `control characters: ${JSON.stringify(both)}` : '',
    left.length > 0 ? `left behind: ${left.join(', ')}` : '',
    run.exitCode === 1 && run.stderr === '' ? 'failed without a word' : '',
  ].filter((text) => text !== '');
  return wrong.map((text) => `${text.slice(0, 2000)}\n    of pathfare ${args.join(' ')}`);
}

function argsOf(random: Random, folder: LogFolder, at: string): readonly string[] {
  const logs = folder.write(
    filesOf(random).map((file) =>
      random.chance(30) ? { ...file, content: damaged(file.content, random) } : file,
    ),
  );
  const table = folder.write([{ path: 'month.csv', content: Buffer.from(summary(random)) }]);
  const inputs = random.chance(60) ? logs : random.chance(50) ? table : [...logs, ...table];
  const command = random.pick(['compare', 'report', 'summarize']);
  const told = random.chance(70) ? ['--fields', generatedFields.join(' ')] : [];
  const output = random.chance(20) ? ['-o', join(at, random.pick(outputs))] : [];
  const online = command === 'summarize' ? [] : ['--offline'];
  return [
    command,
    ...random.shuffle(inputs),
    '--region',
    'us-east-1',
    '--accept-unread',
    'any',
    ...online,
    ...(random.chance(40) ? settingOf(random, folder) : []),
    ...flagsOf(random),
    ...told,
    ...output,
  ];
}

function settingOf(random: Random, folder: LogFolder): readonly string[] {
  const { flag, ending, text } = random.pick(settings);
  const whole = Buffer.from(text(random));
  const content = random.chance(30) ? damaged(whole, random) : whole;
  return [flag, ...folder.write([{ path: `settings/setting.${ending}`, content }])];
}

const colors = new RegExp(`${String.fromCodePoint(0x1b)}\\[[\\d;]*m`, 'g');

/** Whether text for a terminal has controls beside line ends, tabs and colors, or characters that turn the order of others. */
function hasControls(text: string): boolean {
  return /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(
    text.replaceAll(colors, '').replaceAll(/[\n\t]/g, ''),
  );
}
