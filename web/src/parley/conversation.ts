/** One conversation: entering, talking, coming back after a cut, leaving (session-svc, over Open). */
import {
  Channel,
  ReadReceipts,
  Reset_Reason,
  type Entered,
  type ReceiptNotice,
  type Reset,
  type ServerFrame,
  type TextOutcome,
} from '../gen/parley/session/v1/frames_pb.js';
import { Attendance } from './attendance.js';
import {
  losesWords,
  receiptOf,
  type ConversationEnding,
  type ConversationEvent,
  type ConversationState,
  type WhatNext,
} from './conversation-events.js';
import { Dialogue } from './dialogue.js';
import { base64Url, fromBase64Url, type Door } from './door.js';
import type { Identity } from './identity.js';
import { plain } from './log-order.js';
import { leaveBeside, type Enter, type SessionCalls, type UpFrame } from './member-link.js';
import type { OwnText } from './outbox.js';
import { Receipts } from './receipts.js';
import { Typing } from './typing.js';

/** Called in order, one event at a time; may call the conversation. */
export type ConversationListener = (event: ConversationEvent) => void;

const RECEIPTS = {
  shown: ReadReceipts.SHOWN,
  hidden: ReadReceipts.HIDDEN,
  asBefore: ReadReceipts.UNSPECIFIED,
};

/** `coming`: texts wait, because a reset may be part of what is told on coming in. */
type Phase = 'coming' | 'live' | 'over';

/**
 * It keeps itself: a stream that stops is opened again from the position, with back-off and full
 * jitter, and texts that were not stored are sent again, never twice. `stored`, `message` and
 * `disclosure` come in the order of the log, each place once.
 *
 * Losing a connection, closing this object or the tab is never leaving: `leave` is.
 */
export class Conversation {
  readonly #calls: SessionCalls;
  readonly #listener: ConversationListener;
  readonly #dialogue: Dialogue;
  readonly #attendance: Attendance;
  #credential: ConversationState['credential'];
  #phase: Phase = 'coming';
  #enteredBefore: boolean;
  #attachment: number;
  readonly #readReceipts: ConversationState['readReceipts'];
  #written: number;
  #leaving = false;
  #leaveSent = false;
  #silent = false;
  #member = 0;
  readonly #receipts = new Receipts(() => this.#flush());
  #receiptsAtEntry: readonly ReceiptNotice[] = [];
  readonly #typing = new Typing(() => this.#flush());
  #lateLeave: ReturnType<typeof setTimeout> | undefined;

  private constructor(
    door: Door,
    identity: Identity,
    from: ConversationState,
    listener: ConversationListener,
  ) {
    const { sessionId, correlationId } = from;
    this.#calls = { door, identity, sessionId, correlationId };
    this.#listener = listener;
    this.#credential = from.credential;
    this.#enteredBefore = from.credential.kind === 'pass';
    this.#attachment = from.attachment;
    this.#readReceipts = from.readReceipts;
    this.#written = from.written;
    this.#dialogue = new Dialogue(
      from,
      (event) => this.#tell(event),
      (pause) => setTimeout(() => (this.#dialogue.goOn(), this.#flush()), pause),
    );
    this.#attendance = new Attendance(this.#calls, {
      enter: () => this.#enter(),
      frame: (frame) => this.#frame(frame),
      answers: (outcomes) => this.#answers(outcomes),
      receipt: () => this.#receipts.now(),
      away: (tries, pause) => this.#away(tries, pause),
      over: (ending, next) => this.#finish(ending, next),
    });
  }

  /**
   * Enters, or comes back.
   *
   * @param from `stateOfMatch`, or what `state` gave before a reload
   * @param listener hears everything, from `entered` or `resumed` to `ended`
   */
  static open(
    door: Door,
    identity: Identity,
    from: ConversationState,
    listener: ConversationListener,
  ): Conversation {
    const conversation = new Conversation(door, identity, from, listener);
    conversation.#attendance.begin();
    return conversation;
  }

  /** What to keep in this tab's storage, as of the last event. */
  get state(): ConversationState {
    const { position, inboxPosition, outbox } = this.#dialogue;
    return {
      sessionId: this.#calls.sessionId,
      credential: this.#credential,
      ...(position === undefined ? {} : { position }),
      ...(inboxPosition === undefined ? {} : { inboxPosition }),
      attachment: this.#attachment,
      nextSequence: outbox.nextSequence,
      unsent: outbox.unsent,
      written: this.#written,
      correlationId: this.#calls.correlationId,
      ...(this.#readReceipts === undefined ? {} : { readReceipts: this.#readReceipts }),
    };
  }

  /** True after `ended` or `close`. */
  get isOver(): boolean {
    return this.#phase === 'over';
  }

  /** Writes a text. It is told `stored` or `notSent` later, also when there is no connection now. */
  send(text: string): OwnText {
    const own = { number: ++this.#written, text };
    if (this.#phase === 'over' || this.#leaving) {
      this.#tell({ kind: 'notSent', text: own, reason: 'closed' });
      return own;
    }
    this.#typing.forget();
    this.#dialogue.outbox.add(own);
    this.#flush();
    return own;
  }

  /** Says that this member is writing. At most every two seconds; more often is harmless. */
  typing(): void {
    if (this.#attendance.hasLink) this.#typing.typed();
    this.#flush();
  }

  /** Says that everything up to this offset was seen by the person. */
  read(offset: number): void {
    this.#receipts.read(Math.min(offset, this.#dialogue.position?.offset ?? 0));
    this.#flush();
  }

  /** Leaves for good once what was written is stored, or soon. `ended(youLeft)` follows. */
  leave(): void {
    if (this.#phase === 'over' || this.#leaving) return;
    this.#leaving = true;
    this.#lateLeave = setTimeout(
      () => void this.#leaveAnyway(),
      this.#calls.door.times.leaveWithin,
    );
    this.#flush();
  }

  /**
   * The tab is seen again, or the network is back: what waits for its next try tries now. After the
   * network was gone an old link is taken for dead, and so is one that was silent for too long.
   */
  wake(what: 'tab' | 'network'): void {
    if (this.#phase !== 'over') this.#attendance.wake(what);
  }

  /** Goes away without leaving, as a closed tab does. No event follows. */
  close(): void {
    this.#silent = true;
    this.#phase = 'over';
    this.#attendance.close();
    this.#hush();
  }

  #enter(): Enter {
    const { position, inboxPosition } = this.#dialogue;
    const value = fromBase64Url(this.#credential.bytes);
    return {
      sessionId: this.#calls.sessionId,
      credential: { case: this.#credential.kind, value },
      ...(position === undefined ? {} : { position }),
      ...(inboxPosition === undefined ? {} : { inboxPosition }),
      readReceipts: RECEIPTS[this.#readReceipts ?? 'asBefore'],
    };
  }

  #frame(frame: ServerFrame): boolean {
    const { event } = frame;
    if (event.case === 'entered') this.#entered(event.value);
    if (event.case === 'reset' && isOfSession(frame)) this.#reset(event.value);
    if (!this.#dialogue.read(frame)) return false;
    if (event.case === 'caughtUp') {
      if (!this.#dialogue.caughtUp(plain(event.value.position))) return false;
      if (this.#phase === 'coming') this.#phase = 'live';
      this.#attendance.caughtUp();
      this.#tell({ kind: 'live' });
    }
    if (event.case === 'heartbeat') this.#tell({ kind: 'heartbeat' });
    if (event.case !== 'end') this.#goOn();
    return true;
  }

  #answers(outcomes: readonly TextOutcome[]): boolean {
    if (!this.#dialogue.readAnswers(outcomes)) return false;
    this.#goOn();
    return true;
  }

  #entered(facts: Entered): void {
    this.#credential = { kind: 'pass', bytes: base64Url(facts.pass) };
    this.#attachment = facts.attachment;
    this.#member = facts.memberId;
    this.#leaveSent = false;
    this.#dialogue.entered(facts);
    this.#tell({ kind: this.#enteredBefore ? 'resumed' : 'entered', facts });
    this.#receiptsAtEntry = facts.receipts;
    for (const receipt of facts.receipts) this.#tell(receiptOf(receipt));
    this.#enteredBefore = true;
  }

  /** What was received and read of a log that is lost says nothing of the new one. */
  #reset(reset: Reset): void {
    if (losesWords(reset.reason)) this.#receipts.restart(plain(reset.resumeAt).offset);
    this.#dialogue.reset(reset);
    if (reset.reason !== Reset_Reason.LOG_LOST) return;
    for (const receipt of this.#receiptsAtEntry) this.#tell(receiptOf(receipt));
  }

  #away(tries: number, pause: number): void {
    this.#phase = 'coming';
    this.#hush();
    this.#tell({ kind: 'reconnecting', tries, pause });
  }

  #flush(): void {
    if (this.#phase !== 'live') return;
    const frames: UpFrame[] = this.#dialogue
      .toSend()
      .map((value) => ({ frame: { case: 'text', value } }));
    if (this.#typing.isDue()) {
      frames.push({ frame: { case: 'typing', value: {} } });
    }
    if (this.#receipts.areDue()) {
      frames.push({ frame: { case: 'receipt', value: this.#receipts.now() } });
    }
    if (this.#leaving && !this.#leaveSent && this.#dialogue.outbox.isEmpty) {
      this.#leaveSent = true;
      frames.push({ frame: { case: 'leave', value: {} } });
    }
    if (frames.length > 0) this.#attendance.send(frames);
  }

  /** Acts by what the answers asked for, else sends what may be sent. */
  #goOn(): void {
    if (this.#phase === 'over') return;
    const asked = this.#dialogue.asked;
    if (asked === 'resume') this.#attendance.again();
    else if (asked === 'startOver') this.#finish('other', 'startOver');
    else this.#flush();
  }

  /** What was written and not stored by now is given up; the server is told beside the stream. */
  async #leaveAnyway(): Promise<void> {
    if (this.#phase === 'over') return;
    const credential = this.#credential;
    this.#finish('youLeft', 'stop');
    if (credential.kind === 'pass') await leaveBeside(this.#calls, credential.bytes);
  }

  #finish(ending: ConversationEnding, next: WhatNext): void {
    this.#phase = 'over';
    this.#attendance.close();
    this.#hush();
    clearTimeout(this.#lateLeave);
    this.#dialogue.over();
    this.#tell({ kind: 'ended', ending, next });
  }

  #hush(): void {
    this.#receipts.stop();
    this.#typing.forget();
  }

  #tell(event: ConversationEvent): void {
    if (event.kind === 'message' && event.memberId !== this.#member) {
      this.#receipts.delivered(event.position.offset);
    }
    if (!this.#silent) this.#listener(event);
  }
}

function isOfSession(frame: ServerFrame): boolean {
  return frame.channel === Channel.UNSPECIFIED || frame.channel === Channel.SESSION;
}
