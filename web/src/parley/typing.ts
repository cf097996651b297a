/** When to say that this member is writing. */
/** The server drops what comes within two seconds by its own clock; the rest is for the way. */
const AT_MOST_EVERY = 2_500;

/** At once, then not too often while it goes on; never after the text was sent. */
export class Typing {
  readonly #later: () => void;
  #wanted = false;
  #toldAt = -AT_MOST_EVERY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param later called when it was too early to tell, and is due now */
  constructor(later: () => void) {
    this.#later = later;
  }

  typed(): void {
    this.#wanted = true;
  }

  /** True counts as told. */
  isDue(): boolean {
    if (!this.#wanted) return false;
    clearTimeout(this.#timer);
    const quiet = performance.now() - this.#toldAt;
    if (quiet < AT_MOST_EVERY) {
      this.#timer = setTimeout(this.#later, AT_MOST_EVERY - quiet);
      return false;
    }
    this.#wanted = false;
    this.#toldAt = performance.now();
    return true;
  }

  /** What was written is sent, or nobody is there to be told. */
  forget(): void {
    this.#wanted = false;
    clearTimeout(this.#timer);
  }
}
