import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { placeInS3 } from '../../../src/traffic/sources/place-in-s3.js';
import { boundedMembers } from '../../../src/traffic/unpack/members.js';
import { type ArchiveFile, tarOf, zipOf } from '../../support/archives.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { load } from '../load-options.js';

/** One record of 7,000 bytes in a.log, as programs pack it. */
const made = {
  // zip -q iz.zip a.log
  'info-zip.zip':
    'UEsDBBQAAAAIAPySeF0Qi9LoKQAAADAAAAAFABwAYS5sb2dVVAkAAzvWBWs71gVrdXgLAAEEAAAAAAQAAAAAKy5KTkxJKVJIKS4B00mVJanFXIYGeiBoqGBkYAyiDY31TBXMDQwMuABQSwECHgMUAAAACAD8knhdEIvS6CkAAAAwAAAABQAYAAAAAAABAAAApIEAAAAAYS5sb2dVVAUAAzvWBWt1eAsAAQQAAAAABAAAAABQSwUGAAAAAAEAAQBLAAAAaAAAAAAA',
  // zip -q -fz z64.zip a.log
  'zip64.zip':
    'UEsDBC0AAAAIAPySeF0Qi9Lo//////////8FADAAYS5sb2dVVAkAAzvWBWs71gVrdXgLAAEEAAAAAAQAAAAAAQAQADAAAAAAAAAAKQAAAAAAAAArLkpOTEkpUkgpLgHTSZUlqcVchgZ6IGioYGRgDKINjfVMFcwNDAy4AFBLAQIeAy0AAAAIAPySeF0Qi9LoKQAAAP////8FACQAAAAAAAEAAACkgQAAAABhLmxvZ1VUBQADO9YFa3V4CwABBAAAAAAEAAAAAAEACAAwAAAAAAAAAFBLBgYsAAAAAAAAAB4DLQAAAAAAAAAAAAEAAAAAAAAAAQAAAAAAAABXAAAAAAAAAHwAAAAAAAAAUEsGBwAAAADTAAAAAAAAAAEAAABQSwUGAAAAAAEAAQBXAAAA/////wAA',
  // cat a.log | zip -q stream.zip -
  'streamed.zip':
    'UEsDBC0AAAAIAPySeF0Qi9Lo//////////8BABQALQEAEAAwAAAAAAAAACkAAAAAAAAAKy5KTkxJKVJIKS4B00mVJanFXIYGeiBoqGBkYAyiDY31TBXMDQwMuABQSwECHgMtAAAACAD8knhdEIvS6CkAAAAwAAAAAQAAAAAAAAABAAAAgBEAAAAALVBLBgYsAAAAAAAAAB4DLQAAAAAAAAAAAAEAAAAAAAAAAQAAAAAAAAAvAAAAAAAAAFwAAAAAAAAAUEsGBwAAAACLAAAAAAAAAAEAAABQSwUGAAAAAAEAAQAvAAAAXAAAAAAA',
  // Python: zipfile.ZipFile(…, compression=zipfile.ZIP_BZIP2)
  'bzip2.zip':
    'UEsDBC4AAAAMAAAAQV0Qi9LoTQAAADAAAAAFAAAAYS5sb2dCWmg5MUFZJlNZLYNC6gAAFdmAABBAAXqAPgAcICAAIamaINBoFNMjExMSWe8gjCBEa9FiDhHiqk94sbEguo53JPvfF3JFOFCQLYNC6lBLAQIuAy4AAAAMAAAAQV0Qi9LoTQAAADAAAAAFAAAAAAAAAAAAAACAAQAAAABhLmxvZ1BLBQYAAAAAAQABADMAAABwAAAAAAA=',
  // tar --format=gnu -cf - ddd…/a.log | gzip -9, with a name of 126 bytes
  'gnu.tar.gz':
    'H4sIAAAAAAACA+3TTQ6CMBCG4a45RU9QZijQrQfgEiiGGA0kgAtvb2HhwoWs8Ce+T5N+TTurTsalLt1VfddWp+5stiFRmedLRs8pGsLjvNyrlirGVuYNruNUD9aaoe+nV3Vr7z+q+ZC0dpe+NfiD/q/Nv5RitPCiPm7BG/FeQ2asMP+bG4dD3TSDbeI3zLm/TccxUXHzUpuJn1O9K2yInUqYGAAAAAAAAAAAAAAAgO9yB+U4nc0AKAAA',
  // tar --format=pax -cf - ddd…/a.log | gzip -9
  'pax.tgz':
    'H4sIAAAAAAACA+3T0UoEIRTGca/3KXyC6TjHo3SxD2PrUkHLxMwE9fYp3U20XbVt9P8JHuQoqPDV+vOkSTE6+bCtonF0wVSCtimrE20rc/7VXcDLspa5XcX9T0GTfy7rw77+kpsyPE33OxV/Wh9Px33It2YxJrUhJQ05jZZ6t3zumuUsZr17+Pqswxn1CvIvSTb5jzGPzssl8z9P03pu33f97eP+iGU+lFpnX9s39Hr3th6XXZChj+BH0V6DDuZzexZpAgAAAAAAAAAAAAAAuDLvPTzpuQAoAAA=',
  // tar --format=v7 -cf - a.log | gzip -9
  'v7.tar.gz':
    'H4sIAAAAAAACA+3PMQrDMAyFYc05hU9gpMpxzpPWoUuhEGfp7atkzF5o4P8EeiBNb86v91N+S0Mt5chwzniq2OhqHmvyuNdaiyS5knO5i+jrY25tTa1vR94/29IH07yPpZv6nuZ5TFPUGgQAAAAAAAAAAAAAAAAA8Be+SLJa/AAoAAA=',
};

const header = 'interface-id vpc-id srcaddr dstaddr bytes start end\n';

/** A log of one record: an interface sends so many bytes to the internet. */
const logOf = (bytes: number, client = 1) =>
  `${header}eni-0${client} vpc-0a 10.0.0.${client} 203.0.113.5 ${bytes} 1790812800 1790812860\n`;

type Archiver = (files: readonly ArchiveFile[]) => Buffer;
const archivers: readonly (readonly [string, Archiver])[] = [
  ['a.tar', tarOf],
  ['a.tgz', (files) => gzipSync(tarOf(files))],
  ['a.zip', zipOf],
];

async function loadBytes(name: string, bytes: Uint8Array, others: Record<string, string> = {}) {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'in'));
  await writeFile(join(folder.path, 'in', name), bytes);
  for (const [other, text] of Object.entries(others)) {
    await writeFile(join(folder.path, 'in', other), text);
  }
  const result = await load([join(folder.path, 'in')]);
  const messages = result.findings.map(({ code, message }) => `${code}: ${message}`);
  const told = messages.map((each) => each.replaceAll(join(folder.path, 'in', '/'), ''));
  return { ...result, told, sent: result.counts?.counted.bytes };
}

describe('archives as programs make them', () => {
  it.each(Object.entries(made))('%s is read', async (name, text) => {
    const { sent, counts, unread } = await loadBytes(name, Buffer.from(text, 'base64'));
    expect(sent).toBe(7000n);
    expect(counts?.read).toBe(1);
    expect(unread?.share).toBe('0');
  });

  it.each(Object.entries(made))('%s through standard input is read', async (_, text) => {
    const stdin = (async function* () {
      for (const byte of Buffer.from(text, 'base64')) yield Uint8Array.of(byte);
    })();
    const { counts } = await load(['-'], {}, { stdin });
    expect(counts?.counted.bytes).toBe(7000n);
  });

  it.each(Object.entries(made))(
    '%s that is cut off or has a wrong byte is a failure or has a finding, never a defect',
    async (name, text) => {
      await using folder = await temporaryFolder();
      const bytes = Buffer.from(text, 'base64');
      for (let at = 4; at < bytes.length; at += 13) {
        const wrong = Buffer.from(bytes);
        wrong[at] = (wrong[at] ?? 0) ^ 0x5a;
        for (const damaged of [bytes.subarray(0, at), wrong]) {
          await writeFile(join(folder.path, name), damaged);
          const result = await load([join(folder.path, name)]).catch((error: unknown) => error);
          if (result instanceof Error) expect(result).toMatchObject({ exitCode: 1 });
          else expect(result).toHaveProperty('counts');
        }
      }
    },
  );

  it('says of an encrypted file, and of one packed in a way that is not read, what it is', async () => {
    // zip -q -P secret enc.zip a.log
    const encrypted = Buffer.from(
      'UEsDBBQACQAIAPySeF0Qi9LoNQAAADAAAAAFABwAYS5sb2dVVAkAAzvWBWs71gVrdXgLAAEEAAAAAAQAAAAAgR326RnM3IRkBND/nWK4fCDDYrqNfo3u6W79QY6Qdlpapbp+PQhv8pcKVnn1TQUy9KQ3UEJQSwcIEIvS6DUAAAAwAAAAUEsBAh4DFAAJAAgA/JJ4XRCL0ug1AAAAMAAAAAUAGAAAAAAAAQAAAKSBAAAAAGEubG9nVVQFAAM71gVrdXgLAAEEAAAAAAQAAAAAUEsFBgAAAAABAAEASwAAAIQAAAAAAA==',
      'base64',
    );
    await expect(loadBytes('enc.zip', encrypted)).rejects.toThrow(
      'enc.zip: a.log: it is encrypted; unpack it with its password',
    );
    // Python: zipfile.ZipFile(…, compression=zipfile.ZIP_LZMA)
    const lzma = Buffer.from(
      'UEsDBD8AAgAOAAAAQV0Qi9LoOgAAADAAAAAFAAAAYS5sb2cJBAUAXQAAgAAAOZyIiYlex665Oc5hLnv9mMdhW5LvYhUJ4hKaAPYKn79SW4SAU7PUesFb///t/kAAUEsBAj8DPwACAA4AAABBXRCL0ug6AAAAMAAAAAUAAAAAAAAAAAAAAIABAAAAAGEubG9nUEsFBgAAAAABAAEAMwAAAF0AAAAAAA==',
      'base64',
    );
    await expect(loadBytes('lzma.zip', lzma)).rejects.toThrow(
      'lzma.zip: a.log: it is packed by method 14 of ZIP, which is not read; unpack it',
    );
  });
});

describe.each(archivers)('the files of %s', (archive, archiveOf) => {
  it('count as files in a folder do: packed ones, other logs, summaries, copies, hidden ones', async () => {
    const summary = 'vpc_id,service,bytes_out,start,end\nvpc-0a,s3,500,2026-10-01,2026-10-02\n';
    const bytes = archiveOf([
      { name: './logs/one.log', data: logOf(1000, 1) },
      { name: 'logs/two.log.gz', data: gzipSync(logOf(20, 2)) },
      { name: 'logs/copy of one.log', data: logOf(1000, 1) },
      { name: 'trail.json', data: '{"eventSource":"s3","eventName":"x","awsRegion":"y"}' },
      { name: '.hidden/junk', data: 'junk' },
      { name: '__MACOSX/logs/._one.log', data: 'junk' },
      { name: 'month.csv', data: summary },
    ]);
    const { told, sent, profiles } = await loadBytes(archive, bytes, {
      'other.log': logOf(300, 3),
    });
    // 1,000 once, 20 and 300 of the other file; the summary's 500 are none of the logs' records.
    expect(sent).toBe(1320n);
    const s3 = profiles.filter(({ service }) => service === 's3');
    expect(s3.map((profile) => profile.sent)).toEqual([{ bytes: 500n }]);
    expect(told.filter((each) => /^files?-/.test(each))).toEqual([
      `file-not-read: ${archive}: trail.json: not read: this is AWS CloudTrail, which logs API calls, and no flow log of a VPC`,
      `files-with-same-records: Files that hold the same records as another one are counted once: "${archive}: logs/one.log" is a copy of "${archive}: logs/copy of one.log".`,
    ]);
  });

  it('lose none of the others where one can not be read', async () => {
    const bytes = archiveOf([
      { name: 'bad.log.gz', data: gzipSync(logOf(1, 1)).subarray(0, 30) },
      { name: 'good.log', data: logOf(1000, 2) },
      { name: 'garbage', data: Buffer.from([0, 1, 2, 3]) },
      { name: 'last.log', data: logOf(20, 3) },
    ]);
    const { told, sent, unread } = await loadBytes(archive, bytes);
    expect(sent).toBe(1020n);
    expect(told.filter((each) => each.startsWith('file-not-read')).length).toBe(2);
    expect(unread?.isAccepted).toBe(false);
  });

  it('say where they stand in S3: each is of the account and Region that its name has', async () => {
    const place = (account: string, region: string, flowLog: string) =>
      `AWSLogs/${account}/vpcflowlogs/${region}/2026/10/01/${account}_vpcflowlogs_${region}_${flowLog}_20261001T0000Z_0a.log`;
    const bytes = archiveOf([
      { name: place('111122223333', 'eu-west-1', 'fl-01'), data: logOf(1000, 1) },
      { name: place('444455556666', 'us-west-2', 'fl-02'), data: logOf(20, 1) },
    ]);
    const { profiles } = await loadBytes(archive, bytes);
    const sums = profiles.map(({ accountId, region, sent }) => [accountId, region, sent]);
    expect(sums).toEqual([
      ['111122223333', 'eu-west-1', { bytes: 1000n }],
      ['444455556666', 'us-west-2', { bytes: 20n }],
    ]);
  });

  it('come to the same with a copy of the archive beside it, and as a folder', async () => {
    await using folder = await temporaryFolder();
    const files = [
      { name: 'one.log', data: logOf(1000, 1) },
      { name: 'two.log', data: logOf(20, 2) },
    ];
    for (const { name, data } of files) await writeFile(join(folder.path, name), data);
    await writeFile(join(folder.path, archive), archiveOf(files));
    await writeFile(join(folder.path, `copy-${archive}`), archiveOf(files.toReversed()));
    const all = await load([folder.path]);
    expect(all.counts?.counted.bytes).toBe(1020n);
    expect(all.counts?.read).toBe(2);
    const inOne = await load([join(folder.path, archive)]);
    expect(inOne.profiles).toEqual(all.profiles);
  });

  it('are read on from standard input, where no second look is needed', async () => {
    const bytes = archiveOf([{ name: 'one.log', data: logOf(1000, 1) }]);
    const stdin = (async function* () {
      yield bytes;
    })();
    const { counts } = await load(['-'], {}, { stdin });
    expect(counts?.counted.bytes).toBe(1000n);
  });

  it('that are archives are not read, and said', async () => {
    const inner = archiveOf([{ name: 'one.log', data: logOf(1000, 1) }]);
    const bytes = archiveOf([
      { name: 'inner', data: inner },
      { name: 'two.log', data: logOf(20, 2) },
    ]);
    const { told, sent } = await loadBytes(archive, bytes);
    expect(sent).toBe(20n);
    expect(told).toContain(
      `file-not-read: ${archive}: inner: not read: this is an archive within an archive; unpack it`,
    );
  });

  it('are none: an archive without any is no log', async () => {
    await expect(
      loadBytes(archive, archiveOf([{ name: 'folder/', data: '', type: '5' }])),
    ).rejects.toMatchObject({ exitCode: 1 });
  });
});

describe('a tar archive', () => {
  it('on standard input can not be read again for the summary CSV in it, and says so', async () => {
    const stdin = (async function* () {
      yield tarOf([{ name: 'month.csv', data: 'service,bytes_out\ns3,500\n' }]);
    })();
    await expect(load(['-'], {}, { stdin })).rejects.toThrow('comes once');
  });

  const files = [
    { name: 'one.log', data: logOf(1000, 1) },
    { name: 'two.log', data: `${logOf(20, 2)}${'\n'.repeat(2000)}` },
  ];

  it('that is cut off counts what it holds, and the answer is incomplete', async () => {
    const whole = tarOf(files);
    for (const length of [1024 + 700, 1024 + 512 + 10, whole.length - 1024, whole.length - 100]) {
      const { told, sent, unread } = await loadBytes('a.tar', whole.subarray(0, length));
      expect(sent).toBe(length < 1024 + 600 ? 1000n : 1020n);
      expect(told.join('\n')).toContain(
        'file-not-read: a.tar: not read: the tar data is damaged or cut off. Fetch the file again.',
      );
      expect(unread).toMatchObject({ known: false, isAccepted: false });
    }
  });

  it('that another one follows, or that names more than a terabyte, is said', async () => {
    const two = Buffer.concat([tarOf(files.slice(0, 1)), tarOf(files.slice(1))]);
    const { told, sent } = await loadBytes('a.tar', two);
    expect(sent).toBe(1000n);
    expect(told.join('\n')).toContain('the tar data is damaged or cut off');
    const large = await loadBytes(
      'a.tar',
      tarOf(
        [
          { name: 'a.log', data: logOf(7) },
          { name: 'b.log', data: '', size: 8 ** 11 - 1 },
        ],
        false,
      ),
    );
    expect(large.sent).toBe(7n);
    expect(large.told.join('\n')).toContain('the tar data is damaged or cut off');
  });

  it('has the bytes of a link once', async () => {
    const { sent } = await loadBytes(
      'a.tar',
      tarOf([
        { name: 'one.log', data: logOf(1000, 1) },
        { name: 'hard', data: '', type: '1' },
        { name: 'symbolic', data: '', type: '2' },
      ]),
    );
    expect(sent).toBe(1000n);
  });
});

describe('a ZIP archive', () => {
  it('whose files share their bytes, as a bomb does, is refused', async () => {
    const data = logOf(1000).repeat(20);
    const files = Array.from({ length: 60 }, (_, index) => ({
      name: `${index}`,
      data,
      method: 0,
      at: 0,
    }));
    const all = zipOf(files);
    const one = zipOf(files.slice(0, 1));
    const begin = one.subarray(0, one.readUInt32LE(one.length - 6));
    const directory = Buffer.from(all.subarray(all.readUInt32LE(all.length - 6)));
    directory.writeUInt32LE(begin.length, directory.length - 6);
    const { told } = await loadBytes('a.zip', Buffer.concat([begin, directory]));
    expect(told).toContain(
      'file-not-read: a.zip: not read: its files share the same bytes. An archive made to fill a disk does this. Make it anew.',
    );
  });

  it('of more than a terabyte is read to there', async () => {
    const data = logOf(1000);
    const files = Array.from({ length: 300 }, (_, index) => ({
      name: `${index}`,
      data: '',
      size: 2 ** 32 - 2,
    }));
    const { told, sent } = await loadBytes('a.zip', zipOf([{ name: 'one.log', data }, ...files]));
    expect(sent).toBe(1000n);
    // 2^40 bytes are 256 times 2^32: the last of 257 such files is beyond. They fail, and the archive; ten are shown.
    expect(told).toContain('files-not-read: 247 more files could not be read.');
  });

  it('has files as long, and with the checksum, as its directory says', async () => {
    const good = { name: 'good.log', data: logOf(1000, 1) };
    for (const bad of [
      { size: 10 },
      { size: 4000 },
      { checksum: 1 },
      { at: 5 },
      { at: 0xfffffff },
    ]) {
      const { told } = await loadBytes(
        'a.zip',
        zipOf([{ name: 'bad', data: logOf(20, 2), ...bad }, good]),
      );
      expect(told.join('\n')).toContain(
        'file-not-read: a.zip: bad: not read: the ZIP data is damaged',
      );
    }
  });

  it('may have names that would be unsafe to write to, and says them', async () => {
    const names = ['../../up.log', '/etc/log', 'c:\\logs\\a.log', '\u202egol.log', 'a: b.log', ''];
    const files = names.map((name, index) => ({ name, data: logOf(10 ** index, index + 1) }));
    const { sent } = await loadBytes('a.zip', zipOf(files));
    expect(sent).toBe(111_111n);
  });

  it('passes over symbolic links, which hold a name and no log', async () => {
    const { told } = await loadBytes(
      'a.zip',
      zipOf([
        { name: 'one.log', data: logOf(1000, 1) },
        { name: 'l', data: 'one.log', mode: 0o120777 },
      ]),
    );
    expect(told.join('\n')).not.toContain('file-not-read');
  });
});

describe('the limits of an archive', () => {
  async function endOf(members: number, bytes: number) {
    const reason = 'not needed';
    async function* given() {
      for (let number = 0; number < members; number++) {
        yield { kind: 'unread', number, name: '', bytes, reason } as const;
      }
    }
    let count = 0;
    const read = async () => {
      for await (const { number } of boundedMembers('a.tar', given())) count = number + 1;
    };
    const failure = await read().catch((error: unknown) => String(error));
    return { count, failure };
  }

  it('are 100,000 files and a terabyte', async () => {
    expect(await endOf(100_000, 1)).toEqual({ count: 100_000, failure: undefined });
    const { count, failure } = await endOf(100_002, 1);
    expect(count).toBe(100_000);
    expect(failure).toContain('a.tar: holds more than 100,000 files; what follows is not read');
    expect(await endOf(4, 2 ** 38)).toEqual({ count: 4, failure: undefined });
    expect((await endOf(5, 2 ** 38)).failure).toContain('more than 1,099,511,627,776 bytes');
  });
});

describe('the place of a file in an archive', () => {
  const own = 'AWSLogs/111122223333/vpcflowlogs/eu-west-1/2026/10/01/a.log';

  it('is told by its own name first, then by the archive', () => {
    const flowLog = '444455556666_vpcflowlogs_us-west-2_fl-02_0a.zip';
    expect(placeInS3(`x/logs.zip: ${own}`)).toEqual({
      flowLog: null,
      accountId: '111122223333',
      region: 'eu-west-1',
    });
    expect(placeInS3(`${flowLog}: a.log`)).toEqual({
      flowLog: 'fl-02',
      accountId: '444455556666',
      region: 'us-west-2',
    });
    expect(placeInS3(`AWSLogs/444455556666/vpcflowlogs/us-west-2/a.zip: ${own}`).accountId).toBe(
      '111122223333',
    );
    expect(placeInS3(': '.repeat(100_000)).accountId).toBeNull();
  });
});
