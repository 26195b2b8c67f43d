import type { Source } from '../sources/source.js';
import type { Member } from '../unpack/members.js';
import { readBy, reasonOf } from './failures.js';
import {
  type FileOutcome,
  type MemberOutcome,
  nothingRead,
  type ReadOutcome,
  type ScanOutcome,
  type ScanProgress,
} from './jobs.js';

interface MembersScan {
  readonly archive: Source;
  /** The numbers of members that are not to be read. */
  readonly skip: readonly number[];
  readonly scan: (member: Source) => Promise<FileOutcome>;
  readonly progress: ScanProgress;
}

/** Scans the members of an archive, each as a file of its own. One that can't be read is told, and the others count. */
export async function scanMembers(
  members: AsyncIterable<Member>,
  { archive, skip, scan, progress }: MembersScan,
): Promise<ScanOutcome> {
  const skipped = new Set(skip);
  const outcomes: MemberOutcome[] = [];
  try {
    for await (const member of readBy(members)) {
      if (skipped.has(member.number)) continue;
      const { number, name, bytes } = member;
      outcomes.push({ number, name, bytes, outcome: await outcomeOf(member, scan) });
      // An interruption ends all members, and not the one that it falls on only.
      progress(0, 0);
    }
  } catch (error) {
    return { kind: 'members', members: outcomes, rest: failed(reasonOf(error, archive.name)) };
  }
  return { kind: 'members', members: outcomes, rest: null };
}

async function outcomeOf(member: Member, scan: MembersScan['scan']): Promise<FileOutcome> {
  return member.kind === 'unread' ? failed(member.reason) : scan(member.source);
}

function failed(reason: string): ReadOutcome {
  return { kind: 'failed', reason, isOther: false, packing: null, counts: nothingRead };
}
