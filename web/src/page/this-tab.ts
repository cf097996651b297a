/** What this tab keeps to come back after a reload, and hands to another tab. */
import { tabPlace, Tabs, type LogPosition } from '../parley';
import type { KeptTalk } from './talk.svelte';

export interface KeptTab {
  readonly ticketId?: string;
  readonly talk?: KeptTalk;
  readonly inbox?: LogPosition;
}

export interface TabEvents {
  /** What is worth keeping now; undefined if nothing is. */
  keep(): KeptTab | undefined;
  /** Another tab takes over: lets go of all streams. */
  yield(): void;
  elsewhere(is: 'held' | 'free'): void;
}

const SAVE_AFTER = 150;

export class ThisTab {
  readonly #events: TabEvents;
  readonly #tabs: Tabs<KeptTab>;
  readonly #place = tabPlace<KeptTab>('tab');
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(id: string, events: TabEvents) {
    this.#events = events;
    this.#tabs = new Tabs(id, {
      handOver: () => this.#handOver(),
      elsewhere: (is) => events.elsewhere(is),
    });
    addEventListener('pagehide', () => this.saveNow());
  }

  get kept(): KeptTab | undefined {
    return this.#place.read();
  }

  /** True if another tab searches or talks. */
  look(): Promise<boolean> {
    return this.#tabs.look();
  }

  /** Becomes the tab that does. False if another one is. */
  hold(): Promise<boolean> {
    return this.#tabs.hold();
  }

  /** Becomes the tab that does, whoever is; with what that one kept. */
  take(): Promise<KeptTab | undefined> {
    return this.#tabs.take();
  }

  /** It is over: nothing is kept, and any tab may begin. */
  letGo(): void {
    this.#tabs.letGo();
    this.#place.clear();
  }

  /** Soon. */
  save(): void {
    this.#saving ??= setTimeout(() => this.saveNow(), SAVE_AFTER);
  }

  saveNow(): void {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    const kept = this.#events.keep();
    if (kept !== undefined) this.#place.write(kept);
  }

  #handOver(): KeptTab {
    const kept = this.#events.keep() ?? {};
    this.#events.yield();
    this.#place.clear();
    return kept;
  }
}
