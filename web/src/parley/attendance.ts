/** A member's being there: entering, and coming back after every cut. */
import { durationMs } from '@bufbuild/protobuf/wkt';
import {
  Next,
  type End,
  type Entered,
  type ServerFrame,
  type TextOutcome,
} from '../gen/parley/session/v1/frames_pb.js';
import { adviceFor } from './advice.js';
import type { Backoff } from './backoff.js';
import { endingOf, type ConversationEnding, type WhatNext } from './conversation-events.js';
import { backoffOf, CallRefused } from './door.js';
import { Entrance } from './entrance.js';
import type { AccessToken } from './identity.js';
import {
  MemberLink,
  type Enter,
  type LinkEvents,
  type Receipt,
  type SessionCalls,
  type UpFrame,
} from './member-link.js';

/** What comes of it. Nothing comes after `over`, or after `close`. */
export interface AttendanceEvents {
  /** With what to enter now. */
  enter(): Enter;
  /** A frame, from `entered` on. False if something that must have come is missing: enters again. */
  frame(frame: ServerFrame): boolean;
  /** Answers that came beside the stream. False as with `frame`. */
  answers(outcomes: readonly TextOutcome[]): boolean;
  /** What this member has received and read, for a sign of life. */
  receipt(): Receipt;
  /** There is no link; the next try comes after the pause (ms). */
  away(tries: number, pause: number): void;
  /** Nobody comes back from this. */
  over(ending: ConversationEnding, next: WhatNext): void;
}

const SILENT_HEARTBEATS = 3;

/**
 * One link after another. A link that stops, or on which nothing comes for three heartbeats, is
 * replaced by the next, with back-off and full jitter. A token that is refused is replaced once.
 */
export class Attendance {
  readonly #calls: SessionCalls;
  readonly #events: AttendanceEvents;
  readonly #linkEvents: LinkEvents;
  readonly #backoff: Backoff;
  readonly #entrance: Entrance;
  /** `away`: no link, one is due. */
  #state: 'away' | 'entering' | 'in' | 'over' = 'away';
  #link: MemberLink | undefined;
  /** Names the attempt that counts: one that waited for a token too long is dropped. */
  #attempt = 0;
  #heardAt = 0;
  #silence = 0;
  #watch: ReturnType<typeof setTimeout> | undefined;

  constructor(calls: SessionCalls, events: AttendanceEvents) {
    this.#calls = calls;
    this.#events = events;
    this.#backoff = backoffOf(calls.door);
    this.#entrance = new Entrance(calls.identity);
    this.#linkEvents = {
      frame: (link, frame) => this.#frame(link, frame),
      answers: (link, outcomes) => this.#answers(link, outcomes),
      stopped: (link, fault) => this.#stopped(link, fault),
      receipt: () => events.receipt(),
    };
  }

  /** Enters, unless it is there or on its way. */
  begin(): void {
    void this.#attach();
  }

  /** True while there is a link, entered or not. */
  get hasLink(): boolean {
    return this.#link !== undefined;
  }

  /** Frames go up in this order; without a link they are dropped. */
  send(frames: readonly UpFrame[]): void {
    this.#link?.send(frames);
  }

  /** Everything up to entering was told: the ladder begins anew with the next cut. */
  caughtUp(): void {
    this.#backoff.reset();
  }

  /** Gives the link up and enters again, after a while. */
  again(): void {
    this.#reconnect(this.#backoff.next());
  }

  /**
   * What waits for its next try tries now. After the network was gone an old link is taken for dead,
   * and so is one that was silent for too long.
   */
  wake(what: 'tab' | 'network'): void {
    const quiet = performance.now() - this.#heardAt;
    if (this.#link === undefined) {
      if (this.#state === 'away') void this.#attach();
    } else if (what === 'network' || (this.#silence > 0 && quiet > this.#silence)) {
      this.#reconnect(0);
    } else {
      this.#link.acknowledgeIfDue();
    }
  }

  /** Goes away without leaving. */
  close(): void {
    this.#state = 'over';
    this.#letGo();
  }

  async #attach(): Promise<void> {
    if (this.#state !== 'away') return;
    clearTimeout(this.#watch);
    this.#state = 'entering';
    const attempt = ++this.#attempt;
    let token: AccessToken | undefined;
    try {
      token = await this.#entrance.token();
    } catch (refused) {
      if (attempt === this.#attempt && this.#isEntering) this.#noToken(refused);
      return;
    }
    if (attempt !== this.#attempt || !this.#isEntering) return;
    if (token === undefined) return this.#over('revoked', 'startOver');
    this.#link = MemberLink.open(this.#calls, token, this.#events.enter(), this.#linkEvents);
    this.#heardAt = performance.now();
    this.#watchSilence(this.#calls.door.times.enteredWithin);
  }

  get #isEntering(): boolean {
    return this.#state === 'entering';
  }

  #frame(from: MemberLink, frame: ServerFrame): void {
    if (from !== this.#link) return;
    this.#heardAt = performance.now();
    const { event } = frame;
    if (event.case === 'entered') this.#entered(from, event.value);
    const whole = this.#state === 'in' && this.#events.frame(frame);
    if (from !== this.#link) return;
    if (event.case === 'end') this.#ended(event.value);
    else if (!whole) this.again();
    else if (event.case === 'heartbeat') void from.acknowledge();
    else from.acknowledgeIfDue();
  }

  #answers(from: MemberLink, outcomes: readonly TextOutcome[]): void {
    if (from !== this.#link) return;
    if (!this.#events.answers(outcomes) && from === this.#link) this.again();
  }

  #stopped(from: MemberLink, fault: unknown): void {
    if (from !== this.#link) return;
    if (this.#isEntering) this.#notLetIn(fault);
    else this.again();
  }

  #entered(from: MemberLink, facts: Entered): void {
    this.#state = 'in';
    this.#entrance.entered();
    from.entered(facts);
    clearTimeout(this.#watch);
    const heartbeat = facts.limits?.heartbeatEvery;
    this.#silence = (heartbeat === undefined ? 0 : durationMs(heartbeat)) * SILENT_HEARTBEATS;
    if (this.#silence > 0) this.#watchSilence(this.#silence);
  }

  #ended(end: End): void {
    if (end.next === Next.STOP || end.next === Next.START_OVER) {
      return this.#over(endingOf(end.reason), end.next === Next.STOP ? 'stop' : 'startOver');
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
        return this.#over('revoked', 'startOver');
      case 'wait':
        return this.#reconnect(advice.pause + this.#backoff.next());
      case 'retry':
        return this.again();
      case 'stop':
        return this.#over('refused', 'stop');
    }
  }

  /** The token was refused: fetches another, once. */
  async #anotherToken(): Promise<void> {
    this.#letGo();
    this.#state = 'away';
    const attempt = ++this.#attempt;
    try {
      const renewed = await this.#entrance.renew();
      if (attempt !== this.#attempt || this.#state !== 'away') return;
      if (renewed) await this.#attach();
      else this.#over('refused', 'startOver');
    } catch (refused) {
      if (attempt === this.#attempt && this.#state === 'away') this.#noToken(refused);
    }
  }

  #noToken(refused: unknown): void {
    const passing = refused instanceof CallRefused && ['retry', 'wait'].includes(refused.advice.do);
    if (passing) this.again();
    else this.#over('refused', 'startOver');
  }

  #reconnect(pause: number): void {
    this.#letGo();
    this.#state = 'away';
    this.#entrance.stopped();
    this.#watch = setTimeout(() => void this.#attach(), pause);
    this.#events.away(this.#backoff.tries, pause);
  }

  /** A link on which nothing comes at all is as good as cut. */
  #watchSilence(silence: number): void {
    const left = silence - (performance.now() - this.#heardAt);
    this.#watch = setTimeout(() => {
      if (performance.now() - this.#heardAt >= silence) this.again();
      else this.#watchSilence(silence);
    }, left);
  }

  #over(ending: ConversationEnding, next: WhatNext): void {
    this.close();
    this.#events.over(ending, next);
  }

  #letGo(): void {
    clearTimeout(this.#watch);
    const link = this.#link;
    this.#link = undefined;
    link?.cut();
  }
}
