import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GunzipSteps } from '../../../src/traffic/forms/form.js';
import { gunzipSteps, proven } from '../../../src/traffic/forms/gzip.js';
import { openInput } from '../../../src/traffic/forms/index.js';
import { fileSource } from '../../../src/traffic/sources/file.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** Inflates by steps: pieces of the packed bytes into a room of some size. */
function inflated(packed: Uint8Array, pieceBytes: number, roomBytes: number): Buffer {
  const steps = gunzipSteps();
  if (steps === undefined) throw new Error('this Node gives no way to inflate by steps');
  const room = new Uint8Array(roomBytes);
  const parts: Buffer[] = [];
  try {
    for (let at = 0; at < packed.length; at += pieceBytes) {
      steps.give(packed.subarray(at, at + pieceBytes));
      for (let count = roomBytes; count === roomBytes; ) {
        count = steps.into(room);
        parts.push(Buffer.from(room.subarray(0, count)));
      }
    }
    parts.push(Buffer.from(room.subarray(0, steps.finish(room))));
  } finally {
    steps.close();
  }
  return Buffer.concat(parts);
}

describe('gzip by steps', () => {
  it('gives what was packed, whatever the pieces and the room, members one after another', () => {
    const text = fc.uint8Array({ maxLength: 3000 });
    fc.assert(
      fc.property(text, text, fc.nat(400), fc.nat(400), (first, second, piece, room) => {
        const packed = Buffer.concat([gzipSync(first), gzipSync(second)]);
        const whole = Buffer.concat([first, second]);
        expect(inflated(packed, piece + 1, room + 1).equals(whole)).toBe(true);
      }),
    );
  });

  it('passes over zeros behind the last member', () => {
    const packed = Buffer.concat([gzipSync('a log'), Buffer.alloc(512)]);
    expect(inflated(packed, 64, 64).toString()).toBe('a log');
  });

  it('fails as zlib does where the data is cut off or damaged', () => {
    const packed = gzipSync('x'.repeat(5000) + Math.PI);
    expect(() => inflated(packed.subarray(0, -9), 16, 64)).toThrow(
      expect.objectContaining({ code: 'Z_BUF_ERROR', message: 'unexpected end of file' }),
    );
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, 12, 20);
    expect(() => inflated(damaged, 16, 64)).toThrow(
      expect.objectContaining({ code: 'Z_DATA_ERROR' }),
    );
  });
});

describe('gzip sources', () => {
  it('are read beside one another, and one after another', async () => {
    await using folder = await temporaryFolder();
    const texts = ['a', 'b'].map((letter) =>
      Array.from({ length: 60_000 }, (_, line) => `${letter} ${(line * 7919) % 60_013}\n`).join(''),
    );
    const open = async (text: string, index: number) => {
      const file = join(folder.path, `${index}.gz`);
      const packed = gzipSync(text);
      await writeFile(file, packed);
      const { source } = await openInput(fileSource(file, packed.length), { fields: ['bytes'] });
      const memory = new Uint8Array(50_000);
      return source.stream({ room: () => memory })[Symbol.asyncIterator]();
    };
    for (let round = 0; round < 2; round++) {
      const readers = await Promise.all(texts.map(open));
      const read = ['', ''];
      for (let left = true; left; ) {
        left = false;
        for (const [index, reader] of readers.entries()) {
          const next = await reader.next();
          if (next.done === true) continue;
          read[index] += Buffer.from(next.value).toString();
          left = true;
        }
      }
      expect(read[0] === texts[0] && read[1] === texts[1]).toBe(true);
    }
  });
});

describe('the trial of zlib by steps', () => {
  /** This Node's steps, with one of them replaced. */
  const changed = (change: (steps: GunzipSteps) => Partial<GunzipSteps>) => () => {
    const steps = gunzipSteps();
    return steps && { ...steps, ...change(steps) };
  };
  const opens = (open: () => GunzipSteps | undefined) => {
    const steps = proven(open)();
    steps?.close();
    return steps !== undefined;
  };

  it('passes in this Node', () => {
    expect(opens(gunzipSteps)).toBe(true);
    expect(opens(changed(() => ({})))).toBe(true);
  });

  it.each<[string, (steps: GunzipSteps) => Partial<GunzipSteps>]>([
    ['throws', () => ({ into: () => notAFunction() })],
    [
      'writes other bytes',
      (steps) => ({ into: (room) => Math.min(steps.into(room), room.fill(65).length) }),
    ],
    ['writes nothing', () => ({ into: () => 0, finish: () => 0 })],
    ['always says that the room is full', () => ({ into: (room) => room.length })],
    [
      'tells a byte less than it wrote',
      (steps) => ({ into: (room) => Math.max(0, steps.into(room) - 1) }),
    ],
    ['ends without a failure where data is cut off', (steps) => ({ finish: quiet(steps) })],
  ])('fails where a step %s', (_, change) => {
    expect(opens(changed(change))).toBe(false);
  });

  it('fails where zlib has no steps', () => {
    expect(opens(() => undefined)).toBe(false);
  });

  it('is made once', () => {
    let opened = 0;
    const open = proven(() => {
      opened++;
      return gunzipSteps();
    });
    open()?.close();
    const once = opened;
    open()?.close();
    expect(opened).toBe(once + 1);
  });
});

function notAFunction(): never {
  throw new TypeError('handle.writeSync is not a function');
}

/** A last step whose failures nobody hears of. */
function quiet(steps: GunzipSteps): GunzipSteps['finish'] {
  return (room) => {
    try {
      return steps.finish(room);
    } catch {
      return 0;
    }
  };
}
