import { describe, expect, it } from 'vitest';
import {
  type FileRead,
  parseAcceptedShare,
  unreadTraffic,
} from '../../../src/traffic/profile/unread.js';

describe('the share that may be unread', () => {
  it.each([
    ['0.1%', '0.001'],
    ['0.1 %', '0.001'],
    [' 12.5% ', '0.125'],
    ['0', '0'],
    ['0%', '0'],
    ['0.0', '0'],
    ['100%', '1'],
    ['any', null],
    ['ANY', null],
  ])('%j is %s', (text, share) => {
    expect(parseAcceptedShare(text)).toBe(share);
  });

  it('asks for the sign of a number that has none', () => {
    for (const text of ['5', '0.1', '100']) {
      expect(() => parseAcceptedShare(text)).toThrow(
        expect.objectContaining({ exitCode: 2, hint: expect.stringContaining(` ${text}%. `) }),
      );
    }
  });

  it.each(['', '%', '-1%', '101%', '1e1%', '.5%', '1,5%', 'all', '0.1%%', '1/1000', '100.000001%'])(
    'refuses %j',
    (text) => {
      expect(() => parseAcceptedShare(text)).toThrow(`\`acceptUnread\`: "${text}" is not a share`);
    },
  );
});

const file = (parts: Partial<FileRead>): FileRead => ({
  file: 'a',
  bytes: 1000,
  packing: 'gzip',
  records: 100,
  unreadable: 0,
  outcome: 'whole',
  ...parts,
});

const reading = (files: readonly FileRead[], lost = 0, accepted: string | null = '0.001') =>
  unreadTraffic({
    files,
    lost,
    accepted,
    records: files.reduce((sum, { records }) => sum + records, 0),
  });

describe('how much was not read', () => {
  it('is nothing of files that were read whole, and null where there is none', () => {
    expect(reading([file({}), file({})])).toMatchObject({
      records: 200,
      share: '0',
      known: true,
      isAccepted: true,
    });
    expect(reading([])).toBeNull();
    // A log of no records, and a file that is no flow log.
    expect(reading([file({ records: 0 }), file({ records: 0, outcome: 'other' })])).toBeNull();
  });

  it('counts unreadable records and intervals of SKIPDATA', () => {
    // (3 + 2) of 5,000: 0.1 %, which is what is accepted, and no more.
    const whole = file({ records: 5000, unreadable: 3 });
    expect(reading([whole], 2)).toMatchObject({
      unreadable: 3,
      lost: 2,
      share: '0.001',
      isAccepted: true,
    });
    expect(reading([whole], 3)).toMatchObject({ share: '0.0012', isAccepted: false });
  });

  it('rounds up, so that no share looks accepted that is not', () => {
    // 1,001 of 1,000,000.9…: 0.1001 %; 10,001 of 10,000,000 is 0.00010001 %, rounded up to six decimals.
    expect(reading([file({ records: 10_000_000, unreadable: 10_001 })])).toMatchObject({
      share: '0.001001',
      isAccepted: false,
    });
    expect(reading([file({ records: 10_000_000, unreadable: 1 })])).toMatchObject({
      share: '0.000001',
      isAccepted: true,
    });
  });

  it('takes a file that was not read by its bytes, as files of its packing have them', () => {
    // gzip: 100 records in 1,000 bytes; text: 100 in 10,000. 5,000 bytes of gzip: 500 records, of text: 50.
    const read = [file({}), file({ packing: 'text', bytes: 10_000 })];
    const unread = file({ outcome: 'broken', records: 0, bytes: 5000 });
    expect(reading([...read, unread])).toMatchObject({ inFiles: 500, records: 700 });
    expect(reading([...read, { ...unread, packing: 'text' }])).toMatchObject({ inFiles: 50 });
    // Nothing tells of Parquet: as many as in the densest of the others. The same where the file can't be looked at.
    expect(reading([...read, { ...unread, packing: 'parquet' }])).toMatchObject({ inFiles: 500 });
    expect(reading([...read, { ...unread, packing: null }])).toMatchObject({ inFiles: 500 });
    // 500 of 700, rounded up.
    expect(reading([...read, unread])).toMatchObject({ share: '0.714286', known: true });
  });

  it('takes a file that broke off to hold as many as the others', () => {
    // Two files of 100 and 300 records: 200 each. Cut to 50 bytes, which hold 5 of them.
    const read = [file({}), file({ bytes: 3000, records: 300 })];
    const cut = file({ outcome: 'broken', bytes: 50, records: 6, unreadable: 1 });
    expect(reading([...read, cut])).toMatchObject({ records: 600, inFiles: 194, unreadable: 1 });
    // A long one that is damaged in its middle, by its bytes: 10,000 bytes hold 1,000.
    const damaged = { ...cut, bytes: 10_000, records: 400 };
    expect(reading([...read, damaged])).toMatchObject({ inFiles: 600, known: true });
    // One that holds more than the others, and all that its bytes show.
    expect(reading([...read, { ...cut, bytes: 100, records: 300 }])).toMatchObject({ inFiles: 0 });
  });

  it('is not known where nothing tells of a file', () => {
    const unread = file({ outcome: 'broken', records: 0 });
    for (const files of [[unread], [file({}), { ...unread, bytes: null }]]) {
      expect(reading(files)).toMatchObject({ known: false, isAccepted: false });
      expect(reading(files, 0, '1')).toMatchObject({ isAccepted: false });
      expect(reading(files, 0, null)).toMatchObject({ isAccepted: true });
    }
  });

  it('does not count files of other kinds', () => {
    const other = file({ outcome: 'other', records: 0, bytes: 10 ** 9 });
    expect(reading([file({}), other])).toMatchObject({ records: 100, share: '0', known: true });
  });
});
