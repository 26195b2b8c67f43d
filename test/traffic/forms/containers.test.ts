import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { load } from '../load-options.js';

/** Two records, 7,000 bytes out and 90 back, as other tools pack them. */
const packed = {
  // zstd -19 -c
  'log.zst':
    'KLUv/STuLQQAEkcXGHCtDqBViLAKdCHp0pZyRNqD3IURVv33cEWinFmQ4zC+wxbE+u4SF4K22rKvYNdZRQnf2DoDatTcVT0Tasd/Er7pK+yp6fpO32NHK3TsUNgy/kXVMprO8eWMlUIpDwBQOPFigyQ4IIUvXTgAgFoJnQsQAAcAFgclhAC5UFbOA9Z0AnOKsB8=',
  // xz -9e --check=crc32 -c
  'log.xz':
    '/Td6WFoAAAFpIt42AgAhARwAAAAQz1jM4ADtAIhdADsZSqwL0r5YaYh780W2WooJRw6hANXgcSlU9Kopd3PA6VAhG/uH+DwSBXWAyEIiBe+cLnt/EWF0jYWlX0fYjihGqxsS5am/702IEwY05zueDiCpks51B9UdSQoysS/4nef/zl8pb/g0rB3aXZczYDKU0b1cOHnrQUoj3Rfq6XLAT7ztDosyjAAAzVU6zwABoAHuAQAAv7BL0D4wDYsCAAAAAAFZWg==',
  // bzip2 -9 -c
  'log.bz2':
    'QlpoOTFBWSZTWf+smuMAAHdfgGgQQAN7oCoIxAA/pZ8gMACs2EqnqaZTT9SeUwmEZMNAGplG1GhoAA00BoCqgp6mjQAD0hkaAU8iihGwvg0UcTeGowvNcYm8BkyP2G6bKFQhFGC6rWqhkgXUOKiiqRFJJImqkkblrOypE1iqyhG0i6uxemvYME8Y8sYg9niMnagw4IslSQKX1gnCPQ1h6oNgQoaGIKZDark9MfPInSq+GfXYu5IpwoSH/WTXGA==',
  // The header and a record, and the other record, each by bzip2 -c
  'two-streams.bz2':
    'QlpoOTFBWSZTWRrXbYYAAFBfgGgQQAN7oCoIxAA/pZ8gIACJETUzUNqMg0NADIaDVT9pU9pMptQ0B6BqZNPUxrMwi56llO2Z/e0Q8alQsgXUDC4QEUPa9CUBnoDiKZCEkLMkXRgxCvm9wiDhiM1zpRdU86oDj8HFMsARkGcgfVLP0OQajFwoKyqgtkIMObzKLJasrOCSM2N5l+LuSKcKEgNa7bDAQlpoOTFBWSZTWVxIkuwAABhfAGgQQAN7oCoIxAAiISAAVEQ0AABkBqntNUG1GjENBEogW2fRXyN5euIYMwtXOuCAQ1SoQxJD0JEYPaoBddYOyCdbAhIzH3vi7kinChILiRJdgA==',
  // The header and a record, and the other record, each by zstd -19 -c
  'two-streams.zst':
    'KLUv/SQwgQEAc3JjYWRkciBkc3RhZGRyIGJ5dGVzCjEwLjAuMC4xIDIwMy4wLjExMy41IDcwMDAK9cjDJCi1L/0kGMEAADIwMy4wLjExMy41IDEwLjAuMC4xIDkwClt0rho=',
  // The same, each by xz -9e --check=crc32 -c
  'two-streams.xz':
    '/Td6WFoAAAFpIt42AgAhARwAAAAQz1jM4AAvACtdADmciImJXseuuTnOYS57/ZjHYVuS72IVCeISmgD2Cp+/UluEgFOz1FiNAAAAABCL0ugAAUMwQZkL3ZBCmQ0BAAAAAAFZWv03elhaAAABaSLeNgIAIQEcAAAAEM9YzAEAFzIwMy4wLjExMy41IDEwLjAuMC4xIDkwCgAtAqpmAAEsGNNG2wqQQpkNAQAAAAABWVo=',
  // pyarrow.parquet.write_table(table, file, compression='zstd')
  'zstd.parquet':
    'UEFSMRUAFUIVVCwVBBUAFQYVBhwAAAAotS/9ICEJAQACAAAABAEIAAAAMTAuMC4wLjELAAAAMjAzLjAuMTEzLjUVABVCFVQsFQQVABUGFQYcAAAAKLUv/SAhCQEAAgAAAAQBCwAAADIwMy4wLjExMy41CAAAADEwLjAuMC4xFQAVLBU+LBUEFQAVBhUGHAAAACi1L/0gFrEAAAIAAAAEAVgbAAAAAAAAWgAAAAAAAAAVBBlMNQAYBnNjaGVtYRUGABUMJQIYB3NyY2FkZHIlAEwcAAAAFQwlAhgHZHN0YWRkciUATBwAAAAVBCUCGAVieXRlcwAWBBkcGTwmABwVDBklBgAZGAdzcmNhZGRyFQwWBBZoFnomCEkcFQAVABUCADwWJhkGGSYABAAAACYAHBUMGSUGABkYB2RzdGFkZHIVDBYEFmgWeiaCAUkcFQAVABUCADwWJhkGGSYABAAAACYAHBUEGSUGABkYBWJ5dGVzFQwWBBZSFmQm/AFJHBUAFQAVAgA8KQYZJgAEAAAAFqICFgQmCBbYAgAoIHBhcnF1ZXQtY3BwLWFycm93IHZlcnNpb24gMjYuMC4xGTwcAAAcAAAcAAAAGAEAAFBBUjE=',
  // pyarrow.parquet.write_table(table, file, compression='lz4')
  'lz4.parquet':
    'UEFSMRUAFUIVRCwVBBUAFQYVBhwAAADQAgAAAAQBCAAAADEwLgIA8AExCwAAADIwMy4wLjExMy41FQAVQhVGLBUEFQAVBhUGHAAAAPASAgAAAAQBCwAAADIwMy4wLjExMy41CAAAADEwLjAuMC4xFQAVLBUqLBUEFQAVBhUGHAAAAJECAAAABAFYGwABAIBaAAAAAAAAABUEGUw1ABgGc2NoZW1hFQYAFQwlAhgHc3JjYWRkciUATBwAAAAVDCUCGAdkc3RhZGRyJQBMHAAAABUEJQIYBWJ5dGVzABYEGRwZPCYAHBUMGSUGABkYB3NyY2FkZHIVDhYEFmgWaiYISRwVABUAFQIAPBYmGQYZJgAEAAAAJgAcFQwZJQYAGRgHZHN0YWRkchUOFgQWaBZsJnJJHBUAFQAVAgA8FiYZBhkmAAQAAAAmABwVBBklBgAZGAVieXRlcxUOFgQWUhZQJt4BSRwVABUAFQIAPCkGGSYABAAAABaiAhYEJggWpgIAKCBwYXJxdWV0LWNwcC1hcnJvdyB2ZXJzaW9uIDI2LjAuMRk8HAAAHAAAHAAAABcBAABQQVIx',
};

describe('what other tools pack', () => {
  it.each(Object.entries(packed))('%s is read', async (name, text) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, name);
    await writeFile(file, Buffer.from(text, 'base64'));
    const { profiles, counts } = await load([file]);
    expect(profiles.map(({ sent, received }) => [sent, received])).toEqual([
      [{ bytes: 7000n }, { bytes: 90n }],
    ]);
    expect(counts?.read).toBe(2);
  });

  it.each(Object.entries(packed))('%s through standard input is read', async (_, text) => {
    const stdin = (async function* () {
      for (const byte of Buffer.from(text, 'base64')) yield Uint8Array.of(byte);
    })();
    const { counts } = await load(['-'], {}, { stdin });
    expect(counts?.counted.bytes).toBe(7090n);
  });

  it.each(Object.entries(packed))(
    '%s that is cut off is a failure that names the file, never a defect',
    async (name, text) => {
      await using folder = await temporaryFolder();
      const bytes = Buffer.from(text, 'base64');
      // No cut falls between two streams: what is left there is whole, and nothing tells that another one followed.
      for (let length = 12; length < bytes.length; length += 13) {
        const file = join(folder.path, name);
        await writeFile(file, bytes.subarray(0, length));
        const result = await load([file]).catch((error: unknown) => error);
        if (result instanceof Error) expect(result.message).toContain(name);
        else
          expect(result).toMatchObject({
            findings: expect.arrayContaining([expect.objectContaining({ code: 'file-not-read' })]),
          });
      }
    },
  );

  it.each([
    'log.zst',
    'log.xz',
    'log.bz2',
    'two-streams.zst',
    'two-streams.xz',
    'two-streams.bz2',
  ] as const)(
    '%s with a wrong byte is a failure or the same records, never a defect',
    async (name) => {
      await using folder = await temporaryFolder();
      const bytes = Buffer.from(packed[name], 'base64');
      for (let at = 6; at < bytes.length; at += 5) {
        const damaged = Buffer.from(bytes);
        damaged[at] = (damaged[at] ?? 0) ^ 0x5a;
        const file = join(folder.path, name);
        await writeFile(file, damaged);
        const result = await load([file]).catch((error: unknown) => error);
        if (result instanceof Error) expect(result).toMatchObject({ exitCode: 1 });
        else expect(result).toHaveProperty('counts');
      }
    },
  );
});
