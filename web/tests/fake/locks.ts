/** Web Locks of one device, exclusive alone: what the library uses of them. */
interface Waiting {
  readonly name: string;
  readonly run: (granted: boolean) => void;
}

export class FakeLocks {
  readonly #held = new Map<string, (fault: Error) => void>();
  #queue: Waiting[] = [];
  /** How many held a lock at once at most. */
  most = 0;

  request(name: string, ...rest: unknown[]): Promise<unknown> {
    const task = rest.at(-1) as (lock: object | null) => unknown;
    const how = (rest.length > 1 ? rest[0] : {}) as LockOptions;
    return new Promise((resolve, reject) => {
      if (how.steal) {
        this.#held.get(name)?.(new DOMException('robbed', 'AbortError'));
        this.#held.delete(name);
      }
      const run = (granted: boolean) => {
        if (!granted) return resolve(task(null));
        this.#held.set(name, reject);
        this.most = Math.max(this.most, this.#held.size);
        Promise.resolve()
          .then(() => task({ name }))
          .then(resolve, reject)
          .finally(() => this.#free(name, reject));
      };
      if (!this.#held.has(name)) return run(true);
      if (how.ifAvailable) return run(false);
      const waiting = { name, run };
      this.#queue.push(waiting);
      how.signal?.addEventListener('abort', () => {
        this.#queue = this.#queue.filter((other) => other !== waiting);
        reject(new DOMException('aborted', 'AbortError'));
      });
    });
  }

  query(): Promise<{ held: { name: string }[] }> {
    return Promise.resolve({ held: [...this.#held.keys()].map((name) => ({ name })) });
  }

  #free(name: string, holder: (fault: Error) => void): void {
    if (this.#held.get(name) !== holder) return;
    this.#held.delete(name);
    const next = this.#queue.find((waiting) => waiting.name === name);
    this.#queue = this.#queue.filter((waiting) => waiting !== next);
    next?.run(true);
  }
}
