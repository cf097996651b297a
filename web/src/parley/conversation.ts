/** One conversation: entering, talking, coming back after a cut, leaving (session-svc, over Open). */
import { durationMs } from '@bufbuild/protobuf/wkt';
import {
  Channel,
  Next,
  type End,
  type Entered,
  type ServerFrame,
  type TextOutcome,
} from '../gen/parley/session/v1/frames_pb.js';
import { adviceFor } from './advice.js';
import type { Backoff } from './backoff.js';
import {
  endingOf,
  receiptOf,
  type ConversationEnding,
  type ConversationEvent,
  type ConversationState,
  type WhatNext,
} from './conversation-events.js';
import { Dialogue } from './dialogue.js';
import { backoffOf, base64Url, CallRefused, fromBase64Url, type Door } from './door.js';
import { Entrance } from './entrance.js';
import type { AccessToken, Identity } from './identity.js';
import { plain } from './log-order.js';
import {
  leaveBeside,
  MemberLink,
  type Enter,
  type LinkEvents,
  type SessionCalls,
  type UpFrame,
} from './member-link.js';
import type { OwnText } from './outbox.js';
import { Receipts } from './receipts.js';
import { Typing } from './typing.js';

/** Called in order, one event at a time; may call the conversation. */
export type ConversationListener = (event: ConversationEvent) => void;

/** `away`: no link, one is due. `replaying`: texts wait, because a reset may be part of it. */
type Phase = 'away' | 'entering' | 'replaying' | 'live' | 'over';

const SILENT_HEARTBEATS = 3;

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
  readonly #backoff: Backoff;
  readonly #events: LinkEvents;
  #credential: ConversationState['credential'];
  #phase: Phase = 'away';
  #enteredBefore: boolean;
  #link: MemberLink | undefined;
  #attachment: number;
  /** Names the attempt that counts: one that waited for a token too long is dropped. */
  #attempt = 0;
  readonly #entrance: Entrance;
  #written: number;
  #leaving = false;
  #leaveSent = false;
  #silent = false;
  #heardAt = 0;
  #silence = 0;
  #member = 0;
  readonly #receipts = new Receipts(() => this.#flush());
  readonly #typing = new Typing(() => this.#flush());
  #watch: ReturnType<typeof setTimeout> | undefined;
  #lateLeave: ReturnType<typeof setTimeout> | undefined;

  private constructor(
    door: Door,
    identity: Identity,
    from: ConversationState,
    listener: ConversationListener,
  ) {
    const { sessionId, correlationId } = from;
    this.#calls = { door, identity, sessionId, correlationId };
    this.#entrance = new Entrance(identity);
    this.#listener = listener;
    this.#credential = from.credential;
    this.#enteredBefore = from.credential.kind === 'pass';
    this.#attachment = from.attachment;
    this.#written = from.written;
    this.#backoff = backoffOf(door);
    this.#dialogue = new Dialogue(
      from,
      (event) => this.#tell(event),
      (pause) => setTimeout(() => (this.#dialogue.goOn(), this.#flush()), pause),
    );
    this.#events = {
      frame: (link, frame) => this.#frame(link, frame),
      answers: (link, outcomes) => this.#answers(link, outcomes),
      stopped: (link, fault) => this.#stopped(link, fault),
      receipt: () => this.#receipts.now(),
    };
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
    void conversation.#attach();
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
    if (this.#phase !== 'away') this.#typing.typed();
    this.#flush();
  }

  /** Says that everything up to this offset was seen by the person. */
  read(offset: number): void {
    this.#receipts.read(offset);
    this.#flush();
  }

  /** Answers a proposal that came here. */
  reply(proposalId: string, answer: 'accept' | 'decline'): void {
    const value = { proposalId, accept: answer === 'accept' };
    if (this.#phase === 'live') this.#link?.send([{ frame: { case: 'proposalReply', value } }]);
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
    if (this.#phase === 'over') return;
    const quiet = performance.now() - this.#heardAt;
    if (this.#link === undefined) {
      if (this.#phase === 'away') void this.#attach();
    } else if (what === 'network' || (this.#silence > 0 && quiet > this.#silence)) {
      this.#reconnect(0);
    } else {
      this.#link.acknowledgeIfDue();
    }
  }

  /** Goes away without leaving, as a closed tab does. No event follows. */
  close(): void {
    this.#silent = true;
    this.#phase = 'over';
    this.#letGo();
  }

  async #attach(): Promise<void> {
    if (this.#phase !== 'away') return;
    clearTimeout(this.#watch);
    this.#phase = 'entering';
    const attempt = ++this.#attempt;
    let token: AccessToken | undefined;
    try {
      token = await this.#entrance.token();
    } catch (refused) {
      if (attempt === this.#attempt && this.#phase === 'entering') this.#noToken(refused);
      return;
    }
    if (attempt !== this.#attempt || this.#phase !== 'entering') return;
    if (token === undefined) return this.#finish('revoked', 'startOver');
    this.#link = MemberLink.open(this.#calls, token, this.#enter(), this.#events);
    this.#heardAt = performance.now();
    this.#watchSilence(this.#calls.door.times.enteredWithin);
  }

  #enter(): Enter {
    const { position, inboxPosition } = this.#dialogue;
    const value = fromBase64Url(this.#credential.bytes);
    return {
      sessionId: this.#calls.sessionId,
      credential: { case: this.#credential.kind, value },
      ...(position === undefined ? {} : { position }),
      ...(inboxPosition === undefined ? {} : { inboxPosition }),
    };
  }

  #frame(from: MemberLink, frame: ServerFrame): void {
    if (from !== this.#link) return;
    this.#heardAt = performance.now();
    const { event } = frame;
    if (event.case === 'entered') this.#entered(from, event.value);
    if (event.case === 'reset' && this.#phase !== 'entering' && isOfSession(frame)) {
      this.#dialogue.reset(event.value);
    }
    const whole = this.#phase !== 'entering' && this.#dialogue.read(frame);
    if (event.case === 'end') this.#ended(event.value);
    else if (!whole) this.#reconnect(this.#backoff.next());
    else this.#afterwards(from, frame);
  }

  #answers(from: MemberLink, outcomes: readonly TextOutcome[]): void {
    if (from !== this.#link) return;
    if (this.#dialogue.readAnswers(outcomes)) this.#goOn();
    else this.#reconnect(this.#backoff.next());
  }

  #stopped(from: MemberLink, fault: unknown): void {
    if (from !== this.#link) return;
    if (this.#phase === 'entering') this.#notLetIn(fault);
    else this.#reconnect(this.#backoff.next());
  }

  #entered(from: MemberLink, facts: Entered): void {
    this.#credential = { kind: 'pass', bytes: base64Url(facts.pass) };
    this.#attachment = facts.attachment;
    this.#member = facts.memberId;
    this.#entrance.entered();
    this.#phase = 'replaying';
    this.#leaveSent = false;
    from.entered(facts);
    this.#dialogue.entered(facts);
    this.#tell({ kind: this.#enteredBefore ? 'resumed' : 'entered', facts });
    for (const receipt of facts.receipts) this.#tell(receiptOf(receipt));
    this.#enteredBefore = true;
    clearTimeout(this.#watch);
    const heartbeat = facts.limits?.heartbeatEvery;
    this.#silence = (heartbeat === undefined ? 0 : durationMs(heartbeat)) * SILENT_HEARTBEATS;
    if (this.#silence > 0) this.#watchSilence(this.#silence);
  }

  #afterwards(from: MemberLink, { event }: ServerFrame): void {
    if (event.case === 'heartbeat') void from.acknowledge();
    else from.acknowledgeIfDue();
    if (event.case === 'caughtUp') {
      if (!this.#dialogue.caughtUp(plain(event.value.position))) {
        return this.#reconnect(this.#backoff.next());
      }
      this.#phase = 'live';
      this.#backoff.reset();
      this.#tell({ kind: 'live' });
    }
    if (from === this.#link) this.#goOn();
  }

  #flush(): void {
    if (this.#phase !== 'live' || this.#link === undefined) return;
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
    if (frames.length > 0) this.#link.send(frames);
  }

  /** Acts by what the answers asked for, else sends what may be sent. */
  #goOn(): void {
    const asked = this.#dialogue.asked;
    if (asked === 'resume') this.#reconnect(this.#backoff.next());
    else if (asked === 'startOver') this.#finish('other', 'startOver');
    else this.#flush();
  }

  #ended(end: End): void {
    if (end.next === Next.STOP || end.next === Next.START_OVER) {
      this.#finish(endingOf(end.reason), end.next === Next.STOP ? 'stop' : 'startOver');
      return;
    }
    const drawn = this.#backoff.next();
    if (end.retryAfter !== undefined) {
      const told = durationMs(end.retryAfter);
      this.#reconnect(told + this.#backoff.jitter(told));
    } else {
      this.#reconnect(this.#backoff.tries === 1 ? 0 : drawn);
    }
  }

  /** The link stopped before it was in. */
  #notLetIn(fault: unknown): void {
    const advice = adviceFor(fault);
    switch (advice.do) {
      case 'refresh':
        return void this.#anotherToken();
      case 'newGuest':
        return this.#finish('revoked', 'startOver');
      case 'wait':
        return this.#reconnect(advice.pause + this.#backoff.next());
      case 'retry':
        return this.#reconnect(this.#backoff.next());
      case 'stop':
        return this.#finish('refused', 'stop');
    }
  }

  /** The token was refused: fetches another, once. */
  async #anotherToken(): Promise<void> {
    this.#letGo();
    this.#phase = 'away';
    const attempt = ++this.#attempt;
    try {
      const renewed = await this.#entrance.renew();
      if (attempt !== this.#attempt) return;
      if (renewed) await this.#attach();
      else this.#finish('refused', 'startOver');
    } catch (refused) {
      if (attempt === this.#attempt) this.#noToken(refused);
    }
  }

  #noToken(refused: unknown): void {
    const passing = refused instanceof CallRefused && ['retry', 'wait'].includes(refused.advice.do);
    if (passing) this.#reconnect(this.#backoff.next());
    else this.#finish('refused', 'startOver');
  }

  #reconnect(pause: number): void {
    this.#letGo();
    this.#phase = 'away';
    this.#entrance.stopped();
    this.#watch = setTimeout(() => void this.#attach(), pause);
    this.#tell({ kind: 'reconnecting', tries: this.#backoff.tries, pause });
  }

  /** A link on which nothing comes at all is as good as cut. */
  #watchSilence(silence: number): void {
    const left = silence - (performance.now() - this.#heardAt);
    this.#watch = setTimeout(() => {
      if (performance.now() - this.#heardAt >= silence) this.#reconnect(this.#backoff.next());
      else this.#watchSilence(silence);
    }, left);
  }

  /** What was written and not stored by now is given up; the server is told beside the stream. */
  async #leaveAnyway(): Promise<void> {
    if (this.#phase === 'over') return;
    const credential = this.#credential;
    this.#finish('youLeft', 'stop');
    if (credential.kind === 'pass') await leaveBeside(this.#calls, credential.bytes);
  }

  #finish(ending: ConversationEnding, next: WhatNext): void {
    this.#letGo();
    this.#phase = 'over';
    clearTimeout(this.#lateLeave);
    this.#dialogue.over();
    this.#tell({ kind: 'ended', ending, next });
  }

  #letGo(): void {
    clearTimeout(this.#watch);
    this.#receipts.stop();
    this.#typing.forget();
    const link = this.#link;
    this.#link = undefined;
    link?.cut();
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
