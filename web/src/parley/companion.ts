/** A place in line while its person talks with an AI peer: signs of life, proposals, the switch. */
import { durationMs } from '@bufbuild/protobuf/wkt';
import { AiWelcome, type ProposalOffered } from '../gen/parley/match/v1/match_service_pb.js';
import type { ConversationEvent } from './conversation-events.js';
import type { Door } from './door.js';
import type { Identity } from './identity.js';
import type { Match } from './search-events.js';
import { TicketCalls } from './ticket-calls.js';

/** A person is there: switch? Plain, so that JSON can hold it. */
export interface Offer {
  readonly proposalId: string;
  /** By this device's clock, ms since 1970. */
  readonly until: number;
  readonly accepted: boolean;
  readonly sharedTags: readonly string[];
  /** A language both gave; empty if none. */
  readonly language: string;
}

/** What a client keeps of it, in this tab's storage. */
export interface CompanionState {
  readonly ticketId: string;
  readonly correlationId: string;
  /** Milliseconds. */
  readonly keepWaitingEvery: number;
  /** False: the ticket is out of line until the person wishes otherwise. */
  readonly looking: boolean;
  readonly offer?: Offer;
  /** A switch may still come: an offer was accepted, and nobody took it back. */
  readonly switching: boolean;
}

export type CompanionEvent =
  /** In line, or not any more. */
  | { readonly kind: 'looking'; readonly looking: boolean }
  /** A person is there: `answer` it. Told again when it is accepted. */
  | { readonly kind: 'offered'; readonly offer: Offer }
  | { readonly kind: 'withdrawn'; readonly why: WhyWithdrawn }
  /** Enter there, by `stateOfMatch`: that closes the conversation with the AI peer. */
  | { readonly kind: 'switch'; readonly match: Match };

export type WhyWithdrawn =
  /** This person said no. */
  | 'declined'
  /** This person did not answer in time; the ticket is out of line. */
  | 'late'
  /** The other left or said no; the ticket is in line as before. */
  | 'gone';

const USUAL_EVERY = 15_000;
const USUAL_ANSWER = 8_000;
/** So long after its time an offer counts as withdrawn, should the server's word be lost. */
const WORD_WITHIN = 5_000;

/**
 * For every conversation with an AI peer, also where the ticket is not in line: the person may change
 * that. Tell it what the conversation tells (`hear`), and close it with the conversation.
 */
export class Companion {
  readonly #calls: TicketCalls;
  readonly #listener: (event: CompanionEvent) => void;
  #state: CompanionState;
  #keptAt = performance.now();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  private constructor(
    door: Door,
    identity: Identity,
    from: CompanionState,
    listener: (event: CompanionEvent) => void,
  ) {
    this.#calls = new TicketCalls(door, identity, from.correlationId);
    this.#state = from;
    this.#listener = listener;
    this.#keepLater();
    this.#watchOffer();
  }

  /** @param from `companionOf`, or what `state` gave before a reload */
  static keep(
    door: Door,
    identity: Identity,
    from: CompanionState,
    listener: (event: CompanionEvent) => void,
  ): Companion {
    return new Companion(door, identity, from, listener);
  }

  /** What to keep in this tab's storage, as of the last event. */
  get state(): CompanionState {
    return this.#state;
  }

  /**
   * What the conversation told. Also drives the signs of life, because timers of hidden tabs are
   * slow.
   */
  hear(event: ConversationEvent): void {
    if (this.#closed) return;
    if (event.kind === 'proposal') this.#offered(event.proposal);
    if (event.kind === 'proposalWithdrawn') this.#withdrawn(event.proposalId, event.stillLooking);
    if (event.kind === 'matched') this.#matched(event.matched);
    this.#keepIfDue();
  }

  /** Gets in line, or out of it. False if the server did not take it. */
  async look(forPerson: 'meanwhile' | 'noMore'): Promise<boolean> {
    const aiWelcome = forPerson === 'meanwhile' ? AiWelcome.MEANWHILE : AiWelcome.INSTEAD;
    try {
      const kept = await this.#calls.keepWaiting(this.#state.ticketId, { aiWelcome });
      if (kept === 'notInLine' && forPerson === 'meanwhile') return false;
      this.#keptAt = performance.now();
      this.#looking(forPerson === 'meanwhile');
      return true;
    } catch (refused) {
      console.info('not changed:', refused);
      return false;
    }
  }

  /** Answers the offer. What follows is told: `switch` or `withdrawn`. */
  answer(answer: 'accept' | 'decline'): void {
    const { offer } = this.#state;
    if (offer === undefined || offer.accepted) return;
    if (answer === 'decline') {
      this.#endOffer('declined');
    } else {
      const accepted = { ...offer, accepted: true };
      this.#state = { ...this.#state, offer: accepted, switching: true };
      this.#listener({ kind: 'offered', offer: accepted });
    }
    this.#calls
      .answer(offer.proposalId, answer)
      .catch((lost: unknown) => console.info('not answered:', lost));
  }

  /** The tab is seen again. */
  wake(): void {
    this.#keepIfDue();
  }

  /** The person looks for nobody any more: the ticket ends. */
  cancel(): void {
    this.close();
    this.#calls
      .cancel(this.#state.ticketId)
      .catch((lost: unknown) => console.info('not cancelled:', lost));
  }

  /** Lets go; the server keeps the place for a while. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#deadline);
  }

  #offered(proposal: ProposalOffered): void {
    const { proposalId, answerWithin, receipt } = proposal;
    const within = answerWithin === undefined ? USUAL_ANSWER : durationMs(answerWithin);
    const offer = {
      ...{ proposalId, until: Date.now() + within, accepted: false },
      ...{ sharedTags: receipt?.sharedTags ?? [], language: receipt?.language ?? '' },
    };
    this.#state = { ...this.#state, offer, switching: false };
    this.#watchOffer();
    this.#listener({ kind: 'offered', offer });
  }

  /** Also of an offer that was answered, or never seen here. */
  #withdrawn(proposalId: string, stillLooking: boolean): void {
    const wasLooking = this.#state.looking;
    const isOpen = this.#state.offer?.proposalId === proposalId;
    if (isOpen) this.#state = { ...this.#state, switching: false };
    if (isOpen || (wasLooking && !stillLooking)) this.#endOffer(stillLooking ? 'gone' : 'late');
    this.#looking(stillLooking);
  }

  /** One that this person did not ask for is of another time: an inbox outlives a conversation. */
  #matched(matched: Match['matched']): void {
    if (!this.#state.switching) return;
    const { ticketId, correlationId, keepWaitingEvery } = this.#state;
    this.close();
    const match = { matched, ticketId, correlationId, keepWaitingEvery };
    this.#listener({ kind: 'switch', match });
  }

  #endOffer(why: WhyWithdrawn): void {
    clearTimeout(this.#deadline);
    const { offer: _, ...without } = this.#state;
    this.#state = without;
    this.#listener({ kind: 'withdrawn', why });
  }

  /** After a lost word a switch may still come; the question is closed all the same. */
  #watchOffer(): void {
    clearTimeout(this.#deadline);
    const { offer } = this.#state;
    if (offer === undefined) return;
    const left = offer.until - Date.now() + WORD_WITHIN;
    this.#deadline = setTimeout(
      () => this.#endOffer(this.#state.offer?.accepted ? 'gone' : 'late'),
      Math.max(0, left),
    );
  }

  #looking(looking: boolean): void {
    if (this.#closed || looking === this.#state.looking) return;
    this.#state = { ...this.#state, looking };
    this.#keepLater();
    this.#listener({ kind: 'looking', looking });
  }

  get #every(): number {
    return this.#state.keepWaitingEvery || USUAL_EVERY;
  }

  #keepLater(): void {
    clearTimeout(this.#timer);
    if (this.#state.looking && !this.#closed) {
      this.#timer = setTimeout(() => this.#keepIfDue(), this.#every);
    }
  }

  #keepIfDue(): void {
    if (!this.#state.looking || this.#closed) return;
    if (performance.now() - this.#keptAt < this.#every) return;
    this.#keptAt = performance.now();
    this.#keepLater();
    // Says nothing of AI peers: a wish repeated here would undo what the server did meanwhile.
    this.#calls
      .keepWaiting(this.#state.ticketId)
      .then((kept) => kept === 'notInLine' && this.#looking(false))
      .catch((lost: unknown) => console.info('a sign of life was lost:', lost));
  }
}

/** What a match with an AI peer gives to keep its ticket by. */
export function companionOf(match: Match): CompanionState {
  const { matched, ticketId, correlationId, keepWaitingEvery } = match;
  return {
    ...{ ticketId, correlationId, keepWaitingEvery },
    looking: matched.keepsLooking,
    switching: false,
  };
}
