import { crc32, deflateRawSync } from 'node:zlib';

/** A file for an archive, and what is to be wrong or odd with it. */
export interface ArchiveFile {
  readonly name: string;
  readonly data: string | Uint8Array;
  /** Said of it in place of its own size. */
  readonly size?: number;
  /** The type of a tar's member: '0', a file. */
  readonly type?: string;
  /** Of ZIP: how it is packed; 8: deflated. */
  readonly method?: number;
  /** Of ZIP: the general purpose flags. */
  readonly flags?: number;
  readonly checksum?: number;
  /** Of ZIP: where it is said to stand, in place of its own place. */
  readonly at?: number;
  readonly mode?: number;
}

/** A tar archive (POSIX ustar), as `tar` writes it; `ended`: with the two blocks of its end. */
export function tarOf(files: readonly ArchiveFile[], ended = true): Buffer {
  const parts = files.flatMap(({ name, data, size, type = '0' }) => {
    const bytes = Buffer.from(data);
    const padding = Buffer.alloc(-bytes.length & 511);
    return [tarHeader(name, size ?? bytes.length, type), bytes, padding];
  });
  return Buffer.concat([...parts, Buffer.alloc(ended ? 1024 : 0)]);
}

function tarHeader(name: string, size: number, type: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  header.write(size.toString(8).padStart(11, '0'), 124);
  header.write('00000000000', 136);
  header.write(`        ${type}`, 148);
  header.write('ustar\0' + '00', 257);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** A ZIP archive, as its specification has it. */
export function zipOf(files: readonly ArchiveFile[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const { entry, packed } = zipEntry(file);
    const name = Buffer.from(file.name);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), entry, name, packed]);
    const central = Buffer.alloc(14);
    central.writeUInt32LE((file.mode ?? 0o100644) * 2 ** 16, 6);
    central.writeUInt32LE(file.at ?? at, 10);
    directory.push(Buffer.from('PK\x01\x02\x3f\x03', 'latin1'), entry, central, name);
    bodies.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, listed, end]);
}

/** What stands of a file before its bytes and in the directory. */
function zipEntry({ name, data, size, method = 8, flags = 0, checksum }: ArchiveFile) {
  const bytes = Buffer.from(data);
  const packed = method === 8 ? deflateRawSync(bytes) : bytes;
  const entry = Buffer.alloc(26);
  entry.writeUInt16LE(20, 0);
  entry.writeUInt16LE(0x800 | flags, 2);
  entry.writeUInt16LE(method, 4);
  entry.writeUInt32LE(checksum ?? crc32(bytes), 10);
  entry.writeUInt32LE(packed.length, 14);
  entry.writeUInt32LE(size ?? bytes.length, 18);
  entry.writeUInt16LE(Buffer.byteLength(name), 22);
  return { entry, packed };
}
