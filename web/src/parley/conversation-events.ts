/** What happens in a conversation, and what a client keeps of it. */
import type { MemberKind } from '../gen/parley/domain/v1/domain_pb.js';
import type { Matched, ProposalOffered } from '../gen/parley/match/v1/match_service_pb.js';
import {
  EndReason,
  type Entered,
  type Member,
  type ReceiptNotice,
  Reset_Reason,
} from '../gen/parley/session/v1/frames_pb.js';
import { base64Url } from './door.js';
import type { LogPosition } from './log-order.js';
import type { OwnText } from './outbox.js';
import type { Match } from './search-events.js';

/** Times are the server's, in ms since 1970; waits are in ms. */
export type ConversationEvent =
  /** In, for the first time. */
  | { readonly kind: 'entered'; readonly facts: Entered }
  /** In again after a break; what was missed follows. */
  | { readonly kind: 'resumed'; readonly facts: Entered }
  /** Everything up to entering was told. */
  | { readonly kind: 'live' }
  /** A text of this member is stored. Position and time are absent if only the fact is known. */
  | {
      readonly kind: 'stored';
      readonly text: OwnText;
      readonly position?: LogPosition;
      readonly at?: number;
    }
  /**
   * A text of this member will not be read, and is never sent again by itself. Only after a reset a
   * `stored` may still follow, for a text that arrived after all.
   */
  | { readonly kind: 'notSent'; readonly text: OwnText; readonly reason: NotSentReason }
  /** A message; of this member itself if it was written before this client came. */
  | {
      readonly kind: 'message';
      readonly position: LogPosition;
      readonly memberId: number;
      readonly memberKind: MemberKind;
      readonly at: number;
      readonly text: string;
    }
  /** Words of the server, for example who the AI peer is. */
  | {
      readonly kind: 'disclosure';
      readonly position: LogPosition;
      readonly at: number;
      readonly text: string;
    }
  /** Texts come faster than the server takes them; they wait, none is lost. */
  | { readonly kind: 'slowed'; readonly pause: number }
  | { readonly kind: 'peerTyping'; readonly memberId: number; readonly lives: number }
  /** What a member has received and read, as offsets. Only ever grows, but by a reset: `losesWords`. */
  | {
      readonly kind: 'receipt';
      readonly memberId: number;
      readonly delivered: number;
      readonly read: number;
    }
  /** A member came, went away, came back, or left. */
  | { readonly kind: 'member'; readonly member: Member }
  /** A person is there for somebody who talks with an AI peer. `Companion` acts on it. */
  | { readonly kind: 'proposal'; readonly proposal: ProposalOffered }
  /** It came to nothing. Not looking any more if it was not answered in time. */
  | {
      readonly kind: 'proposalWithdrawn';
      readonly proposalId: string;
      readonly stillLooking: boolean;
    }
  /** All accepted: the way to the person. */
  | { readonly kind: 'matched'; readonly matched: Matched }
  /** The server is there: a good moment for a sign of life elsewhere, timers of hidden tabs are slow. */
  | { readonly kind: 'heartbeat' }
  /** The peer of the match never came; the ticket has its old place again. */
  | { readonly kind: 'peerNeverCame'; readonly ticketId: string }
  /** The connection is gone; the next try comes after the pause. Texts are kept meanwhile. */
  | { readonly kind: 'reconnecting'; readonly tries: number; readonly pause: number }
  /** Something is lost and cannot be told. Texts that were not stored are told as `notSent`. */
  | {
      readonly kind: 'reset';
      readonly reason: Reset_Reason;
      /** What comes after this is told; what came before it and was not told may be in the history. */
      readonly resumeAt: LogPosition;
    }
  /** The last event of all. */
  | { readonly kind: 'ended'; readonly ending: ConversationEnding; readonly next: WhatNext };

export type WhatNext = 'stop' | 'startOver';

export type NotSentReason =
  /** The conversation is over. */
  | 'closed'
  /** The server lost track of what was on its way. */
  | 'reset'
  | 'tooLong'
  /** Control or direction-override characters, or nothing but space. */
  | 'notPlainText'
  /** Its place in the order belongs to another text: two clients wrote with one state. */
  | 'contentDiffers'
  /** For a reason that this client does not know. */
  | 'refused';

/** How a conversation ends for this member. */
export type ConversationEnding =
  /** The peer left. */
  | 'left'
  /** The peer did not come back. */
  | 'lost'
  | 'timeUp'
  | 'closedByOperator'
  /** Too late to enter, or the peer never entered. */
  | 'noShow'
  | 'youLeft'
  /** It is open elsewhere now, for example in another tab. */
  | 'takenOver'
  /** This guest was revoked, or became another guest. */
  | 'revoked'
  /** A person was found in place of an AI peer. */
  | 'humanFound'
  /** The server does not let this member in: too late, not a member, or a client too old. */
  | 'refused'
  /** The server gave a reason that this client does not know. */
  | 'other';

/**
 * What a client keeps to come back after a reload. Belongs to one tab: two clients with one state
 * take the conversation from each other.
 */
export interface ConversationState {
  readonly sessionId: string;
  readonly credential: {
    /** The grant for the first time, the pass for coming back. */
    readonly kind: 'grant' | 'pass';
    /** In base64url, so that JSON can hold it. */
    readonly bytes: string;
  };
  /** Undefined before anything was seen. */
  readonly position?: LogPosition;
  readonly inboxPosition?: LogPosition;
  /** The attachment of the last stream, for operators; 0 before the first. */
  readonly attachment: number;
  /** Of the first text in `unsent`, or of the next text. */
  readonly nextSequence: number;
  /** Not known to be stored; sent again unless the server has them. */
  readonly unsent: readonly OwnText[];
  /** How many texts were written so far. */
  readonly written: number;
  readonly correlationId: string;
  /** Whether this member tells what it has read, and is told; as at the last entry if absent. */
  readonly readReceipts?: 'shown' | 'hidden';
}

export function receiptOf({
  memberId,
  deliveredOffset,
  readOffset,
}: ReceiptNotice): Extract<ConversationEvent, { kind: 'receipt' }> {
  return { kind: 'receipt', memberId, delivered: deliveredOffset, read: readOffset };
}

/** What a match gives to enter by. */
export function stateOfMatch(match: Match): ConversationState {
  return {
    sessionId: match.matched.sessionId,
    credential: { kind: 'grant', bytes: base64Url(match.matched.grant) },
    attachment: 0,
    nextSequence: 1,
    unsent: [],
    written: 0,
    correlationId: match.correlationId,
  };
}

export function endingOf(reason: EndReason): ConversationEnding {
  switch (reason) {
    case EndReason.LEFT:
      return 'left';
    case EndReason.LOST:
      return 'lost';
    case EndReason.TIME_UP:
      return 'timeUp';
    case EndReason.CLOSED_BY_OPERATOR:
      return 'closedByOperator';
    case EndReason.NO_SHOW:
      return 'noShow';
    case EndReason.YOU_LEFT:
      return 'youLeft';
    case EndReason.TAKEN_OVER:
      return 'takenOver';
    case EndReason.REVOKED:
      return 'revoked';
    case EndReason.HUMAN_FOUND:
      return 'humanFound';
    default:
      return 'other';
  }
}

/** Whether after such a reset nobody has any more what came after `resumeAt`: offsets begin anew there. */
export function losesWords(reason: Reset_Reason): boolean {
  return reason === Reset_Reason.LOG_LOST || reason === Reset_Reason.LOG_DIVERGED;
}
