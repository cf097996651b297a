/**
 * Waits between tries, in milliseconds: full jitter, drawn evenly between nothing and a ceiling that
 * doubles from `first` to `longest`, so that clients cut at the same moment do not come back at the
 * same moment. After M. Brooker, "Exponential Backoff and Jitter".
 */
export class Backoff {
  readonly #first: number;
  readonly #longest: number;
  readonly #random: () => number;
  #ceiling: number;
  #tries = 0;

  constructor(first: number, longest: number, random: () => number) {
    this.#first = first;
    this.#longest = longest;
    this.#random = random;
    this.#ceiling = first;
  }

  /** The next wait. */
  next(): number {
    const wait = this.jitter(this.#ceiling);
    this.#tries++;
    this.#ceiling = Math.min(this.#ceiling * 2, this.#longest);
    return wait;
  }

  /** A part of `most`, drawn evenly. */
  jitter(most: number): number {
    return this.#random() * most;
  }

  /** How many waits were drawn since the start or the last `reset`. */
  get tries(): number {
    return this.#tries;
  }

  reset(): void {
    this.#ceiling = this.#first;
    this.#tries = 0;
  }
}
