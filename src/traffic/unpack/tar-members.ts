import { createTarDecoder, type ParsedTarEntry } from 'modern-tar';
import { type Source, streamSource } from '../sources/source.js';
import { damagedContainer } from './damaged.js';
import { isHidden, type Member, memberName } from './members.js';
import { webStream } from './web-stream.js';

type Body = ParsedTarEntry['body'];

/**
 * The files of a tar archive, in order: each is to be read, if at all, before the next is asked for. Folders and links hold no
 * bytes of their own.
 */
export async function* tarMembers(source: Source): AsyncGenerator<Member> {
  const { stream, failure } = webStream(source);
  const failed = (cause: unknown): unknown =>
    failure() ?? damagedContainer(source.name, 'tar', cause);
  const entries = stream.pipeThrough(createTarDecoder({ strict: true })).getReader();
  try {
    for (let number = 0; ; number++) {
      const { value } = await entries.read().catch((cause: unknown) => {
        throw failed(cause);
      });
      if (value === undefined) return;
      const { header, body } = value;
      if (header.type === 'file' && !isHidden(header.name)) {
        const name = memberName(source.name, header.name);
        yield { number, name, bytes: header.size, ...contentOf(value, name, failed) };
      }
      // What was not read of it is passed over. A failure comes with the next member.
      if (!body.locked) await body.cancel().catch(() => {});
    }
  } finally {
    await entries.cancel().catch(() => {});
  }
}

type Unnamed<Of> = Of extends Member ? Omit<Of, 'number' | 'name' | 'bytes'> : never;

function contentOf(
  { header, body }: ParsedTarEntry,
  name: string,
  failed: (cause: unknown) => unknown,
): Unnamed<Member> {
  const isSparse = Object.keys(header.pax ?? {}).some((key) => key.startsWith('GNU.sparse.'));
  if (isSparse) return { kind: 'unread', reason: 'it is stored with holes, which is not read' };
  return { kind: 'file', source: streamSource(name, () => bytesOf(body, failed)) };
}

async function* bytesOf(
  body: Body,
  failed: (cause: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { value } = await reader.read().catch((cause: unknown) => {
        throw failed(cause);
      });
      if (value === undefined) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
    reader.releaseLock();
  }
}
