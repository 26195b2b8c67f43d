/** How many jobs may be ended beyond one that is not: what they found waits for it. */
const mostAhead = 64;

/**
 * Hands on what the jobs of several threads found in the order of the jobs. What is kept meanwhile is bounded: a thread that is
 * far ahead of another one's job waits for it.
 */
export class InOrder<Found> {
  readonly #handOn: (found: Found) => void;
  readonly #found = new Map<number, Found>();
  readonly #ended = new Set<number>();
  /** The first job that has not ended. */
  #first = 0;
  #waiting: { readonly job: number; readonly go: () => void }[] = [];

  constructor(handOn: (found: Found) => void) {
    this.#handOn = handOn;
  }

  /** Takes what a job found, before it ends. */
  put(job: number, found: Found): void {
    this.#found.set(job, found);
  }

  /** A job has ended. */
  end(job: number): void {
    this.#ended.add(job);
    for (; this.#ended.delete(this.#first); this.#first++) {
      const found = this.#found.get(this.#first);
      this.#found.delete(this.#first);
      if (found !== undefined) this.#handOn(found);
    }
    const isNear = ({ job: ended }: { readonly job: number }) => ended < this.#first + mostAhead;
    const near = this.#waiting.filter(isNear);
    this.#waiting = this.#waiting.filter((other) => !isNear(other));
    for (const { go } of near) go();
  }

  /** Goes on after a job that has ended, once it is not too far ahead of the others. */
  whenNear(job: number, go: () => void): void {
    if (job < this.#first + mostAhead) go();
    else this.#waiting.push({ job, go });
  }
}
