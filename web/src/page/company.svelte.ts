/** Talking with an AI peer while a person is looked for, as the screen shows it. */
import {
  Companion,
  type CompanionEvent,
  type CompanionState,
  type ConversationEvent,
  type Door,
  type Identity,
  type Match,
  type Offer,
  type WhyWithdrawn,
} from '../parley';
import { announcer } from './notice.svelte';
import { say } from './words.svelte';

/** Out of line stays said until it is not so any more. */
const SAID_FOR = 12_000;

export interface CompanyEvents {
  /** Something to keep. */
  changed(): void;
  /** A person is there. */
  offered(): void;
  switch(match: Match): void;
}

export class Company {
  /** In line for a person. */
  looking = $state(false);
  changing = $state(false);
  offer = $state.raw<Offer | undefined>();
  /** What became of the last offer or wish, to be said in words. */
  note = $state<WhyWithdrawn | 'notTaken' | undefined>();
  readonly #events: CompanyEvents;
  #noted: ReturnType<typeof setTimeout> | undefined;
  readonly #companion: Companion;

  constructor(door: Door, identity: Identity, kept: CompanionState, events: CompanyEvents) {
    this.#events = events;
    this.looking = kept.looking;
    this.offer = kept.offer;
    this.#companion = Companion.keep(door, identity, kept, (event) => this.#on(event));
  }

  get state(): CompanionState {
    return this.#companion.state;
  }

  hear(event: ConversationEvent): void {
    this.#companion.hear(event);
  }

  /** Gets in line, or out of it. */
  async look(looking: boolean): Promise<void> {
    if (this.changing) return;
    this.changing = true;
    const taken = await this.#companion.look(looking ? 'meanwhile' : 'noMore');
    this.changing = false;
    this.#note(taken ? undefined : 'notTaken');
  }

  answer(answer: 'accept' | 'decline'): void {
    this.#companion.answer(answer);
  }

  wake(): void {
    this.#companion.wake();
  }

  /** Looks for nobody any more. */
  cancel(): void {
    if (this.looking) this.#companion.cancel();
  }

  close(): void {
    clearTimeout(this.#noted);
    this.#companion.close();
  }

  #on(event: CompanionEvent): void {
    switch (event.kind) {
      case 'looking':
        this.looking = event.looking;
        if (event.looking && this.note === 'late') this.#note(undefined);
        break;
      case 'offered':
        this.offer = event.offer;
        this.#note(undefined);
        if (!event.offer.accepted) this.#events.offered();
        break;
      case 'withdrawn':
        this.offer = undefined;
        this.#note(event.why);
        break;
      case 'switch':
        return this.#events.switch(event.match);
    }
    this.#events.changed();
  }

  #note(note: Company['note']): void {
    this.note = note;
    clearTimeout(this.#noted);
    if (note === undefined) return;
    announcer.say(say(`company.${note}`));
    if (note !== 'late') this.#noted = setTimeout(() => (this.note = undefined), SAID_FOR);
  }
}
