import type { RecordBatch } from '../records/record-batch.js';
import type { FieldPlan } from '../scanner/field-plan.js';
import type { Source } from '../sources/source.js';
import type { Member } from '../unpack/members.js';

/** A form in which inputs come. */
export interface InputForm {
  readonly kind: string;
  /** The bytes that it begins with, or a look at the head. It is asked only where no form before it in the list was found. */
  readonly detect: readonly number[] | ((head: Head) => boolean);
  /** Its lines stand by themselves: it can be read from the middle on. */
  readonly isSplittable?: true;
  /** What it holds; a function where that needs a look. */
  readonly read: Content | ((source: Source, how: HowRead) => Content | Promise<Content>);
}

/** The beginning of a source, looked at once. */
export interface Head {
  readonly bytes: Uint8Array;
  /** As text; bytes that are no UTF-8 are U+FFFD. */
  readonly text: string;
  /** The first line that is not blank, which may be cut; empty where there is none. */
  readonly line: string;
}

/** What the reading of a source goes by. */
export interface HowRead {
  readonly head: Head;
  /** The fields of lines without a header, by AWS's names; null: version 2's. */
  readonly fields: readonly string[] | null;
  /** Opens zlib by steps; absent: this Node's own. */
  readonly gunzipSteps?: OpenGunzipSteps;
}

/** What is in a source. */
export type Content =
  /** A container: look at what is in it. */
  | { readonly kind: 'packed'; readonly source: Source }
  /** An archive: each member is looked at by itself, in order. They are read once. */
  | { readonly kind: 'members'; readonly members: AsyncIterable<Member> }
  /** Lines of a flow log, which the scanner reads as they stand. */
  | { readonly kind: 'text'; readonly plan: FieldPlan }
  /** Records of any other form. */
  | { readonly kind: 'records'; readonly batches: AsyncIterable<RecordBatch> }
  /** Rows of pathfare's own summary CSV. */
  | { readonly kind: 'summary' }
  | { readonly kind: 'nothing' }
  /** What is not read, and why. `isOther`: it is no flow log of a VPC for sure, so that no record of one is missing. */
  | { readonly kind: 'unread'; readonly reason: string; readonly isOther?: true };

/** Inflates gzip step by step into memory that the caller gives, in the caller's own thread. */
export interface GunzipSteps {
  /** Gives the next packed bytes; those given before are used up. */
  give(packed: Uint8Array): void;
  /** Inflates into `room`: how many bytes were written. A room that is filled means that more may come of what was given. */
  into(room: Uint8Array): number;
  /** Tells that nothing more will be given. Fails with zlib's error where the data is cut off. */
  finish(room: Uint8Array): number;
  close(): void;
}

/** Begins to inflate by steps; undefined where that can't be done, and the caller is to inflate a stream. */
export type OpenGunzipSteps = () => GunzipSteps | undefined;
