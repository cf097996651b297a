/** The texts of this member that are not known to be stored. */

/** A text that this member wrote here. */
export interface OwnText {
  /**
   * 1 for the first text given to a conversation on this device, then one more each; how events name
   * it. Not the sequence on the wire, which may change until the text is stored.
   */
  readonly number: number;
  readonly text: string;
}

/** A text with the sequence it takes on the wire. */
export interface Sequenced {
  readonly sequence: number;
  readonly text: string;
}

/**
 * In order, numbered without gaps: the first has `nextSequence`, each other one more. Sending one
 * again is harmless because the server knows it by its sequence; a text that was refused gives its
 * sequence to the next.
 *
 * Answers come in the order of sending. What was sent after a text that was turned away is answered
 * too, but no longer means anything: `#stale` counts those answers.
 */
export class Outbox {
  readonly #texts: OwnText[];
  readonly #acknowledged = new Map<number, OwnText>();
  readonly #givenUp = new Map<number, OwnText>();
  #nextSequence: number;
  #sent = 0;
  #unanswered = 0;
  #stale = 0;

  constructor(nextSequence: number, unsent: readonly OwnText[]) {
    this.#nextSequence = nextSequence;
    this.#texts = [...unsent];
  }

  add(text: OwnText): void {
    this.#texts.push(text);
  }

  get isEmpty(): boolean {
    return this.#texts.length === 0;
  }

  get unsent(): readonly OwnText[] {
    return [...this.#texts];
  }

  get nextSequence(): number {
    return this.#nextSequence;
  }

  /** Texts that were handed on and not answered. */
  get unanswered(): number {
    return this.#unanswered;
  }

  /** What may be sent now, so that no more than `window` are on their way. */
  take(window: number): Sequenced[] {
    const until = Math.min(window, this.#texts.length);
    const taken: Sequenced[] = [];
    for (; this.#sent < until; this.#sent++) {
      const text = this.#texts[this.#sent]!.text;
      taken.push({ sequence: this.#nextSequence + this.#sent, text });
    }
    this.#unanswered += taken.length;
    return taken;
  }

  /** A new stream: nothing is on its way any more, and the server says what it has. */
  entered(expected: number): void {
    this.#givenUp.clear();
    this.#unanswered = 0;
    this.expect(expected);
  }

  /** Notes one more answer. False if it answers something that has been sent again since. */
  countAnswer(): boolean {
    this.#unanswered = Math.max(0, this.#unanswered - 1);
    if (this.#stale === 0) return true;
    this.#stale--;
    return false;
  }

  /** The server has this text, and so all before it. */
  stored(sequence: number): void {
    if (this.#isPending(sequence)) this.#acknowledge(sequence - this.#nextSequence + 1);
  }

  /** The server wants to hear on from here: it has what is before, and not what is after. */
  expect(expected: number): void {
    const known = expected - this.#nextSequence;
    if (known > 0) this.#acknowledge(Math.min(known, this.#texts.length));
    this.#nextSequence = expected;
    this.sendAgain();
  }

  /** Everything that is left is sent again when its time comes. */
  sendAgain(): void {
    this.#sent = 0;
    this.#stale = this.#unanswered;
  }

  /** The server will never take this text; the next one gets its sequence. */
  refused(sequence: number): OwnText | undefined {
    if (!this.#isPending(sequence)) return undefined;
    this.#acknowledge(sequence - this.#nextSequence);
    const text = this.#texts.shift();
    this.sendAgain();
    return text;
  }

  /** The server has another text under this sequence. */
  differs(sequence: number): OwnText | undefined {
    if (!this.#isPending(sequence)) return undefined;
    this.#acknowledge(sequence - this.#nextSequence);
    this.#nextSequence++;
    this.#sent = Math.max(0, this.#sent - 1);
    return this.#texts.shift();
  }

  /** Takes the text that the log has under this sequence, if it was written here. */
  own(sequence: number): OwnText | undefined {
    this.stored(sequence);
    const text = this.#acknowledged.get(sequence) ?? this.#givenUp.get(sequence);
    if (!this.#acknowledged.delete(sequence)) this.#givenUp.delete(sequence);
    return text;
  }

  /** Takes the texts that the server has, but whose place in the log is not known. */
  takeAcknowledged(): OwnText[] {
    const taken = [...this.#acknowledged].sort(([a], [b]) => a - b).map(([, text]) => text);
    this.#acknowledged.clear();
    return taken;
  }

  /**
   * Gives up everything that is not stored. An answer to one of them may still come: their sequences
   * are not used again unless the server asks for it.
   */
  giveUp(): OwnText[] {
    const given = this.#texts.splice(0);
    for (const text of given) this.#givenUp.set(this.#nextSequence++, text);
    this.#sent = 0;
    return given;
  }

  #isPending(sequence: number): boolean {
    return sequence >= this.#nextSequence && sequence < this.#nextSequence + this.#texts.length;
  }

  #acknowledge(count: number): void {
    for (const text of this.#texts.splice(0, count)) {
      this.#acknowledged.set(this.#nextSequence++, text);
    }
    this.#sent = Math.max(0, this.#sent - count);
  }
}
