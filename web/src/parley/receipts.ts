/** What this member has received and read of the others, and when to say so. */
const AT_MOST_EVERY = 1_000;

/** As offsets; both only ever grow, but for a log that lost what they count. Told when they have grown, at most once a second. */
export class Receipts {
  readonly #later: () => void;
  #delivered = 0;
  #read = 0;
  #told = { delivered: 0, read: 0, at: -AT_MOST_EVERY };
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param later called when it was too early to tell, and is due now */
  constructor(later: () => void) {
    this.#later = later;
  }

  delivered(offset: number): void {
    this.#delivered = Math.max(this.#delivered, offset);
  }

  read(offset: number): void {
    this.#read = Math.max(this.#read, offset);
  }

  /** Nobody has what came after this offset of the log any more: it counts anew. */
  restart(upTo: number): void {
    this.#delivered = Math.min(this.#delivered, upTo);
    this.#read = Math.min(this.#read, upTo);
    const { delivered, read, at } = this.#told;
    this.#told = { delivered: Math.min(delivered, upTo), read: Math.min(read, upTo), at };
  }

  areDue(): boolean {
    const told = this.#told;
    if (this.#delivered <= told.delivered && this.#read <= told.read) return false;
    const quiet = performance.now() - told.at;
    if (quiet >= AT_MOST_EVERY) return true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#later, AT_MOST_EVERY - quiet);
    return false;
  }

  /** What to tell; counts as told. */
  now(): { deliveredOffset: number; readOffset: number } {
    this.#told = { delivered: this.#delivered, read: this.#read, at: performance.now() };
    return { deliveredOffset: this.#delivered, readOffset: this.#read };
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
