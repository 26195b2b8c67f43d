import { crc32 } from 'node:zlib';

/** A Zstandard frame of blocks that are stored as they are (RFC 8878), so that no program has to be there to pack it. */
export function zstandardOf(bytes: Uint8Array): Buffer {
  const parts = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58])];
  for (const { chunk, isLast } of chunksOf(bytes, 100_000)) {
    const header = Buffer.alloc(3);
    header.writeUIntLE(chunk.length * 8 + (isLast ? 1 : 0), 0, 3);
    parts.push(header, Buffer.from(chunk));
  }
  return Buffer.concat(parts);
}

/** An XZ stream of one block, whose LZMA2 chunks are stored as they are (xz-file-format.txt, 1.0.4). */
export function xzOf(bytes: Uint8Array): Buffer {
  const flags = Buffer.from([0x00, 0x01]);
  const header = withChecksum(Buffer.from([0x02, 0x00, 0x21, 0x01, 0x10, 0x00, 0x00, 0x00]));
  const chunks = [...chunksOf(bytes, 60_000)].flatMap(({ chunk }) => {
    const size = Buffer.from([0x01, 0, 0]);
    size.writeUInt16BE(chunk.length - 1, 1);
    return [size, Buffer.from(chunk)];
  });
  const data = Buffer.concat([...chunks, Buffer.of(0)]);
  const unpadded = header.length + data.length + 4;
  const index = withChecksum(
    padded(Buffer.from([0x00, 0x01, ...variableOf(unpadded), ...variableOf(bytes.length)])),
  );
  const backward = Buffer.alloc(4);
  backward.writeUInt32LE(index.length / 4 - 1);
  const footer = Buffer.concat([backward, flags]);
  return Buffer.concat([
    Buffer.from('\xfd7zXZ\0', 'latin1'),
    withChecksum(flags),
    header,
    padded(data),
    checksumOf(bytes),
    index,
    checksumOf(footer),
    footer,
    Buffer.from('YZ'),
  ]);
}

function* chunksOf(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size)
    yield { chunk: bytes.subarray(at, at + size), isLast: at + size >= bytes.length };
}

function checksumOf(bytes: Uint8Array): Buffer {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(bytes));
  return checksum;
}

const withChecksum = (bytes: Buffer): Buffer => Buffer.concat([bytes, checksumOf(bytes)]);
const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);

/** A number in bytes of seven bits, the lowest first. */
function variableOf(value: number): readonly number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...variableOf(value >>> 7)];
}
