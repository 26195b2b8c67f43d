import { PathfareError } from '../../base/errors.js';
import { groupThousands } from '../../base/text.js';
import type { Source } from '../sources/source.js';

/** A file in an archive. */
export type Member = {
  /** Its place in the archive, from 0. */
  readonly number: number;
  /** The archive's name, and its own. */
  readonly name: string;
  /** How many bytes the archive says that it has, unpacked. */
  readonly bytes: number;
} & (
  | { readonly kind: 'file'; readonly source: Source }
  /** It can't be read, and why. */
  | { readonly kind: 'unread'; readonly reason: string }
);

/** The name of a member as messages show it. `placeInS3` knows it again. */
export function memberName(archive: string, member: string): string {
  return `${archive}: ${member.replace(/^(?:\.\/+)+/, '')}`;
}

/** What is passed over in an archive as in a folder: hidden files, and what macOS adds to them. */
export function isHidden(member: string): boolean {
  return /(?:^|[/\\])(?:\.[^./\\]|\.\.[^/\\]|__MACOSX[/\\])/.test(member);
}

const mostMembers = 100_000;
const mostBytes = 2 ** 40;

/** The members of an archive, as far as there are not more of them, or larger ones, than a month's logs are. */
export async function* boundedMembers(
  archive: string,
  members: AsyncIterable<Member>,
): AsyncGenerator<Member> {
  let count = 0;
  let bytes = 0;
  for await (const member of members) {
    count++;
    bytes += member.bytes;
    if (count > mostMembers)
      throw tooMuch(archive, `more than ${groupThousands(mostMembers)} files`);
    if (bytes > mostBytes)
      throw tooMuch(archive, `more than ${groupThousands(mostBytes)} bytes, unpacked`);
    yield member;
  }
}

function tooMuch(archive: string, what: string): PathfareError {
  return new PathfareError(
    'invalid-flow-log',
    `${archive}: holds ${what}; what follows is not read`,
    { hint: 'Unpack it, and give the folder.' },
  );
}
