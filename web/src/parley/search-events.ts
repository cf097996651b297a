/** What happens to a search. */
import type {
  Matched,
  ProposalOffered,
  TicketAccepted,
  WaitingUpdate,
} from '../gen/parley/match/v1/match_service_pb.js';
import type { GuestDenied } from './identity.js';

/** Somebody to talk to, and the permission to enter. */
export interface Match {
  readonly matched: Matched;
  /** The ticket that found them; if they never come, it goes on by this id. */
  readonly ticketId: string;
  /** Follows this match through the logs of all services. */
  readonly correlationId: string;
  /** A ticket that stays in line wants a sign of life so often (ms): `Companion`. */
  readonly keepWaitingEvery: number;
}

/** How a search ends that finds nobody. */
export type SearchEnding =
  | { readonly why: 'cancelled' }
  /** The longest wait is over. */
  | { readonly why: 'expired' }
  /** Another stream, perhaps another tab, has this ticket now. */
  | { readonly why: 'moved' }
  /** This guest is in a conversation already. */
  | { readonly why: 'alreadyInSession'; readonly sessionId: string }
  /** This guest has another ticket, which did not give way: it found somebody, or was made anew. */
  | { readonly why: 'anotherTicketLive'; readonly ticketId: string }
  /** Too many proposals were declined. Milliseconds. */
  | { readonly why: 'paused'; readonly retryAfter: number }
  /** The server makes no guest of this person. */
  | { readonly why: 'denied'; readonly denial: GuestDenied }
  /** The server does not take this search. The sentence is for an operator. */
  | { readonly why: 'refused'; readonly sentence: string };

/** What happens to a search, in order. `found` or `over` is the last. */
export type SearchEvent =
  /** In line, for the first time or again. */
  | { readonly kind: 'accepted'; readonly ticket: TicketAccepted }
  /** How it stands. At most every two seconds. */
  | { readonly kind: 'waiting'; readonly update: WaitingUpdate }
  /** A pair that waits for both to accept: `answer` it. */
  | { readonly kind: 'proposal'; readonly proposal: ProposalOffered }
  /**
   * Almost there: somebody talks with an AI peer just now and is asked first, for so long at most
   * (ms). `found` follows, or `waiting` as before.
   */
  | { readonly kind: 'peerAsked'; readonly within: number }
  /** The connection is gone; the next try comes after the pause (ms). The place in line is kept. */
  | { readonly kind: 'reconnecting'; readonly tries: number; readonly pause: number }
  /** Somebody is there: enter within the match's time. */
  | { readonly kind: 'found'; readonly match: Match }
  | { readonly kind: 'over'; readonly ending: SearchEnding };

export type SearchListener = (event: SearchEvent) => void;
