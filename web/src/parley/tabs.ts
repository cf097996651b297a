/**
 * One long stream a device: the tab that searches or talks holds a Web Lock; the others say "open in
 * another tab". A tab that takes over asks the holder for what it keeps, and gets the talk without a
 * lost word. A holder that does not answer (frozen) is robbed of the lock.
 */
const LOCK = 'parley.here';
const CHANNEL = 'parley.tabs';
const ANSWER_WITHIN = 1_500;
const FREE_WITHIN = 500;

type Said =
  | { readonly say: 'take'; readonly from: string }
  | { readonly say: 'handed'; readonly to: string; readonly kept: unknown }
  | { readonly say: 'busy' };

/** What the page is asked and told. `K` is what one tab hands to another: JSON can hold it. */
export interface TabListener<K> {
  /** Another tab takes over: let go of all streams now; what is returned goes there. */
  handOver(): K;
  /** Another tab holds the talk now, or no tab does any more. Not told to the tab that holds it. */
  elsewhere(is: 'held' | 'free'): void;
}

/** Where the browser has no Web Locks, every tab may talk; the server ends the older stream. */
export class Tabs<K> {
  readonly #id: string;
  readonly #listener: TabListener<K>;
  readonly #channel: BroadcastChannel | undefined;
  readonly #locks: LockManager | undefined = globalThis.navigator?.locks;
  #release: (() => void) | undefined;
  #waiting: AbortController | undefined;
  #handed: ((kept: K) => void) | undefined;

  constructor(id: string, listener: TabListener<K>) {
    this.#id = id;
    this.#listener = listener;
    this.#channel =
      this.#locks === undefined || globalThis.BroadcastChannel === undefined
        ? undefined
        : new BroadcastChannel(CHANNEL);
    if (this.#channel !== undefined) {
      this.#channel.onmessage = ({ data }: MessageEvent<Said>) => this.#heard(data);
    }
  }

  /** True if another tab holds the talk; `elsewhere('free')` is told when it ends. */
  async look(): Promise<boolean> {
    if (this.#locks === undefined || this.#release !== undefined) return false;
    const { held } = await this.#locks.query();
    const elsewhere = held?.some((lock) => lock.name === LOCK) ?? false;
    if (elsewhere) this.#awaitFree();
    return elsewhere;
  }

  /** Becomes the tab that talks. False if another one is. */
  async hold(): Promise<boolean> {
    if (this.#locks === undefined || this.#release !== undefined) return true;
    this.#waiting?.abort();
    // A tab that only saw that nobody talks holds the lock for a moment.
    for (const until = performance.now() + FREE_WITHIN; ;) {
      if (await this.#request({ ifAvailable: true })) return true;
      if (performance.now() > until) {
        this.#awaitFree();
        return false;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Becomes the tab that talks, whoever is. What the other tab kept, if it could say. */
  async take(): Promise<K | undefined> {
    if (this.#locks === undefined || this.#release !== undefined) return undefined;
    this.#waiting?.abort();
    const handed = new Promise<K | undefined>((resolve) => {
      this.#handed = resolve;
      setTimeout(() => resolve(undefined), ANSWER_WITHIN);
    });
    this.#say({ say: 'take', from: this.#id });
    const kept = await handed;
    this.#handed = undefined;
    if (!(await this.#request({ ifAvailable: true }))) await this.#request({ steal: true });
    return kept;
  }

  /** The talk is over: any tab may begin one. */
  letGo(): void {
    this.#release?.();
    this.#release = undefined;
  }

  /** True once the lock is held. It is let go by `letGo`, by the end of the tab, or by a robber. */
  #request(how: LockOptions): Promise<boolean> {
    return new Promise((resolve) => {
      const held = this.#locks!.request(LOCK, how, (lock) => {
        if (lock === null) return resolve(false);
        this.#say({ say: 'busy' });
        resolve(true);
        return new Promise<void>((release) => (this.#release = release));
      });
      held.catch(() => this.#robbed());
    });
  }

  #robbed(): void {
    if (this.#release === undefined) return;
    this.#release = undefined;
    this.#listener.handOver();
    this.#listener.elsewhere('held');
    this.#awaitFree();
  }

  #heard(said: Said): void {
    if (said.say === 'take' && this.#release !== undefined) {
      const kept = this.#listener.handOver();
      this.letGo();
      this.#say({ say: 'handed', to: said.from, kept });
      this.#listener.elsewhere('held');
    } else if (said.say === 'handed' && said.to === this.#id) {
      this.#handed?.(said.kept as K);
    } else if (said.say === 'busy' && this.#release === undefined) {
      this.#listener.elsewhere('held');
      this.#awaitFree();
    }
  }

  #awaitFree(): void {
    this.#waiting?.abort();
    const waiting = new AbortController();
    this.#waiting = waiting;
    this.#locks!.request(LOCK, { signal: waiting.signal }, () => {
      if (!waiting.signal.aborted) this.#listener.elsewhere('free');
    }).catch(() => {
      // No longer waited for.
    });
  }

  #say(said: Said): void {
    this.#channel?.postMessage(said);
  }
}
