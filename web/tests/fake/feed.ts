/** A stream that a test writes, one reader. */
export class Feed<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  #end: { fault?: unknown } | undefined;
  #wake: () => void = () => {};
  /** True once the client has let go of it. */
  aborted = false;

  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => {
      this.aborted = true;
      this.end();
    });
  }

  push(item: T): void {
    this.#items.push(item);
    this.#wake();
  }

  end(): void {
    this.#end ??= {};
    this.#wake();
  }

  cut(fault: unknown): void {
    this.#end ??= { fault };
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    for (;;) {
      const item = this.#items.shift();
      if (item !== undefined) {
        yield item;
      } else if (this.#end !== undefined) {
        if (this.#end.fault !== undefined) throw this.#end.fault;
        return;
      } else {
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    }
  }
}
