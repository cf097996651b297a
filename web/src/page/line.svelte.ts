/** Waiting in line, as the screen shows it: one search, from the button to somebody. */
import {
  Level,
  type AiWelcome,
  type Criteria,
  type WaitingUpdate,
} from '../gen/parley/match/v1/match_service_pb';
import {
  PeerSearch,
  type Door,
  type Identity,
  type Match,
  type SearchEnding,
  type SearchEvent,
} from '../parley';
import { announcer } from './notice.svelte';
import { say } from './words.svelte';

/** Why this person waits again. */
export type Again = 'noShow' | 'aiLost' | 'aiLeft' | undefined;

/** So long after the last moment it counts as decided, should nothing be told. */
const NEWS_WITHIN = 2_000;

export interface LineEvents {
  /** There is a ticket to keep. */
  accepted(): void;
  found(match: Match): void;
  over(ending: SearchEnding): void;
}

export class Line {
  readonly since = Date.now();
  readonly again: Again;
  update = $state.raw<WaitingUpdate | undefined>();
  updatedAt = $state(0);
  /** Somebody is asked first, until then at most (ms since 1970). */
  askedUntil = $state(0);
  state = $state<'connecting' | 'inLine' | 'reconnecting'>('connecting');
  readonly #events: LineEvents;
  readonly #search: PeerSearch;
  #asked: ReturnType<typeof setTimeout> | undefined;

  /** @param ticketId a ticket made before; empty for a new one */
  constructor(
    door: Door,
    identity: Identity,
    criteria: Criteria,
    events: LineEvents,
    ticketId: string,
    again: Again,
  ) {
    this.again = again;
    this.#events = events;
    const on = (event: SearchEvent) => this.#on(event);
    this.#search = PeerSearch.start(door, identity, criteria, on, ticketId);
  }

  get ticketId(): string {
    return this.#search.ticketId;
  }

  relaxNow(): Promise<boolean> {
    return this.#search.relaxNow();
  }

  welcomeAi(ai: AiWelcome): Promise<boolean> {
    return this.#search.welcomeAi(ai);
  }

  cancel(): void {
    this.#search.cancel();
  }

  wake(what: 'tab' | 'network'): void {
    this.#search.wake(what);
  }

  close(): void {
    clearTimeout(this.#asked);
    this.#search.close();
  }

  /** Who was asked stayed where they are. */
  #notCome(): void {
    clearTimeout(this.#asked);
    if (this.askedUntil > 0) announcer.say(say('waiting.asked.stayed'));
    this.askedUntil = 0;
  }

  #on(event: SearchEvent): void {
    switch (event.kind) {
      case 'accepted':
        this.state = 'inLine';
        return this.#events.accepted();
      case 'waiting':
        if (event.update.level !== this.update?.level) announceLevel(event.update.level);
        this.state = 'inLine';
        this.update = event.update;
        this.updatedAt = Date.now();
        this.#notCome();
        return;
      case 'peerAsked':
        this.askedUntil = Date.now() + event.within;
        announcer.say(say('waiting.asked'));
        clearTimeout(this.#asked);
        this.#asked = setTimeout(() => this.#notCome(), event.within + NEWS_WITHIN);
        return;
      case 'reconnecting':
        this.state = 'reconnecting';
        return;
      case 'proposal':
        // In line nobody is left alone for it: yes.
        void this.#search.answer(event.proposal.proposalId, 'accept');
        return;
      case 'found':
        clearTimeout(this.#asked);
        return this.#events.found(event.match);
      case 'over':
        clearTimeout(this.#asked);
        return this.#events.over(event.ending);
    }
  }
}

function announceLevel(level: Level): void {
  if (level === Level.SAME_TAGS) announcer.say(say('waiting.level.1'));
  if (level === Level.SAME_LANGUAGE) announcer.say(say('waiting.level.2'));
  if (level === Level.ANYONE) announcer.say(say('waiting.level.3'));
}
