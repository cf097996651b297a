/** Puts what came of a log back into its order, and sees what is missing. */

/** A place in a log, as the server gave it; plain, so that JSON can hold it. */
export interface LogPosition {
  readonly epoch: number;
  readonly offset: number;
  readonly check: number;
}

/**
 * One log arrives on two ways: the stream, which is in order, and the answers to Send, which may run
 * ahead of it or lag behind. An item waits here until everything before it came.
 */
export class LogOrder<T> {
  #reached: LogPosition;
  #streamed: number;
  readonly #ahead = new Map<number, { readonly position: LogPosition; readonly item: T }>();

  /** @param reached the last position that was seen */
  constructor(reached: LogPosition) {
    this.#reached = reached;
    this.#streamed = reached.offset;
  }

  /** The position up to which nothing is missing: where to resume. */
  get reached(): LogPosition {
    return this.#reached;
  }

  /** Goes on from another position; what waited is forgotten. */
  restartAt(position: LogPosition): void {
    this.#reached = position;
    this.#streamed = position.offset;
    this.#ahead.clear();
  }

  /** Takes an item from the stream. False if it belongs to another log. */
  streamed(position: LogPosition, item: T): boolean {
    this.#streamed = Math.max(this.#streamed, position.offset);
    return this.answered(position, item);
  }

  /** Takes an item that came beside the stream. One that came before is dropped. */
  answered(position: LogPosition, item: T): boolean {
    if (position.epoch !== this.#reached.epoch) return false;
    if (position.offset > this.#reached.offset && !this.#ahead.has(position.offset)) {
      this.#ahead.set(position.offset, { position, item });
    }
    return true;
  }

  /** Every item whose turn has come, in order. */
  next(): T[] {
    const items: T[] = [];
    for (;;) {
      const offset = this.#reached.offset + 1;
      const held = this.#ahead.get(offset);
      if (held === undefined) return items;
      this.#ahead.delete(offset);
      this.#reached = held.position;
      items.push(held.item);
    }
  }

  /**
   * How many places the stream has passed by: own texts whose answers are still on their way, or a
   * fault.
   */
  get missing(): number {
    let seen = 0;
    for (const offset of this.#ahead.keys()) if (offset <= this.#streamed) seen++;
    return Math.max(0, this.#streamed - this.#reached.offset - seen);
  }
}

/** Without what makes a protobuf message of it. */
export function plain(position: LogPosition | undefined): LogPosition {
  return {
    epoch: position?.epoch ?? 0,
    offset: position?.offset ?? 0,
    check: position?.check ?? 0,
  };
}
