/** A server, a guest and a clock that stands still: new for each test of the file that makes one. */
import { afterEach, beforeEach, vi } from 'vitest';
import { Identity } from '../../src/parley/identity.js';
import { memoryPlace } from '../../src/parley/storage.js';
import { FakeServer } from './server.js';

interface Happening {
  readonly kind: string;
}

/** `E`: what the thing under test tells. */
export class Stage<E extends Happening> {
  server!: FakeServer;
  identity!: Identity;
  heard: E[] = [];
  #open: { close(): void }[] = [];

  constructor() {
    beforeEach(async () => {
      vi.useFakeTimers();
      this.server = new FakeServer();
      this.heard = [];
      const wish = { birthYear: 1990, gender: 0, acceptedTerms: '', acceptTerms: () => true };
      const place = memoryPlace<{ refreshToken: string; guest: string }>();
      this.identity = await Identity.open(this.server.door, { ...wish, device: undefined }, place);
    });
    afterEach(() => {
      this.#open.splice(0).forEach((each) => each.close());
      this.identity.close();
      vi.useRealTimers();
    });
  }

  /** Closed when the test is over. Everything that is ready runs first; no time passes. */
  async opened<O extends { close(): void }>(each: O): Promise<O> {
    this.#open.push(each);
    await settle();
    return each;
  }

  readonly hear = (event: E): void => {
    this.heard.push(event);
  };

  kinds(): string[] {
    return this.heard.map((event) => event.kind);
  }

  last<K extends E['kind']>(kind: K): Extract<E, { kind: K }> {
    return this.heard.findLast((event) => event.kind === kind) as Extract<E, { kind: K }>;
  }
}

/** Everything that is ready runs; no time passes. */
export const settle = () => vi.advanceTimersByTimeAsync(0);
