import type { Source } from '../sources/source.js';
import { boundedMembers, type Member } from '../unpack/members.js';
import type { Head, InputForm } from './form.js';

/** A tar archive: its members are files, each of its own form. */
export const tar: InputForm = {
  kind: 'tar',
  detect: beginsWithHeader,
  read: (source) => ({
    kind: 'members',
    members: boundedMembers(source.name, membersOf(source)),
  }),
};

/** A member's header has 512 bytes, and the sum of them in octal digits; in it these count as spaces. */
function beginsWithHeader({ bytes }: Head): boolean {
  if (bytes.length < 512) return false;
  const told = Buffer.from(bytes.subarray(148, 156)).toString('latin1');
  const [, digits] = /^ *([0-7]{1,7})[\0 ]*$/.exec(told) ?? [];
  if (digits === undefined) return false;
  const sum = bytes.subarray(0, 512).reduce((all, byte) => all + byte, 0);
  const own = bytes.subarray(148, 156).reduce((all, byte) => all + byte, 0);
  return sum - own + 8 * 0x20 === Number.parseInt(digits, 8);
}

async function* membersOf(source: Source): AsyncGenerator<Member> {
  // Loaded where there is such a source.
  const { tarMembers } = await import('../unpack/tar-members.js');
  yield* tarMembers(source);
}
