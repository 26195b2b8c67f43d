import { isSeekable, type SeekableSource } from '../sources/source.js';
import { held } from '../unpack/held.js';
import { boundedMembers, type Member } from '../unpack/members.js';
import type { Head, InputForm } from './form.js';

/** A ZIP archive: its members are files, each of its own form. */
export const zip: InputForm = {
  kind: 'zip',
  detect: beginsWithFile,
  async read(source) {
    if (!isSeekable(source)) return { kind: 'packed', source: await held(source, 'ZIP') };
    return { kind: 'members', members: boundedMembers(source.name, membersOf(source)) };
  },
};

/** `PK`, and the mark of a file or, where there is none, of the end of the directory. */
function beginsWithFile({ bytes }: Head): boolean {
  const begin = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  return begin === '504b0304' || begin === '504b0506';
}

async function* membersOf(source: SeekableSource): AsyncGenerator<Member> {
  // Loaded where there is such a source.
  const { zipMembers } = await import('../unpack/zip-members.js');
  yield* zipMembers(source);
}
