/** One attachment of a member: Open down, Send and Acknowledge up (session-svc, the web face). */
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { durationMs } from '@bufbuild/protobuf/wkt';
import { createClient, type CallOptions, type Client } from '@connectrpc/connect';
import {
  EndReason,
  Next,
  ServerFrameSchema,
  type ClientFrameSchema,
  type Entered,
  type EnterSchema,
  type ReceiptUpdateSchema,
  type ServerFrame,
  type TextOutcome,
} from '../gen/parley/session/v1/frames_pb.js';
import { SessionService } from '../gen/parley/session/v1/session_service_pb.js';
import { sentence } from './advice.js';
import { callUnary, fromBase64Url, headersOf, type Door } from './door.js';
import type { AccessToken, Identity } from './identity.js';

export type Enter = MessageInitShape<typeof EnterSchema>;
export type UpFrame = MessageInitShape<typeof ClientFrameSchema>;
export type Receipt = MessageInitShape<typeof ReceiptUpdateSchema>;

/** What every call of one conversation shares. */
export interface SessionCalls {
  readonly door: Door;
  readonly identity: Identity;
  readonly sessionId: string;
  readonly correlationId: string;
}

/** What comes of a link. */
export interface LinkEvents {
  frame(from: MemberLink, frame: ServerFrame): void;
  /** Answers that came beside the stream. */
  answers(from: MemberLink, outcomes: readonly TextOutcome[]): void;
  /** The last event of a link that was not cut. */
  stopped(from: MemberLink, fault: unknown): void;
  /** What this member has received and read, for a sign of life. */
  receipt(): Receipt;
}

/** Says beside any stream that this member leaves for good. One try, as unary calls are tried. */
export async function leaveBeside(calls: SessionCalls, pass: string): Promise<void> {
  const { door, identity, sessionId, correlationId } = calls;
  const client = createClient(SessionService, door.transport);
  const request = { sessionId, pass: fromBase64Url(pass) };
  try {
    await identity.call((token) =>
      callUnary(door, (options) => {
        const headers = headersOf({ token: token.text, sessionId, correlationId });
        return client.leaveSession(request, { ...options, headers });
      }),
    );
  } catch (notTold) {
    console.info('the server was not told of leaving:', notTold);
  }
}

const FRAMES_A_SEND = 16;

/** One Send in flight, so that frames arrive in order; Acknowledge as a sign of life. */
export class MemberLink {
  readonly #calls: SessionCalls;
  readonly #events: LinkEvents;
  readonly #client: Client<typeof SessionService>;
  readonly #abort = new AbortController();
  readonly #waiting: UpFrame[] = [];
  #pass = new Uint8Array();
  #attachment = 0;
  #sending = false;
  #acknowledging = false;
  #acknowledgeEvery = 0;
  #acknowledgedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  private constructor(calls: SessionCalls, events: LinkEvents) {
    this.#calls = calls;
    this.#events = events;
    this.#client = createClient(SessionService, calls.door.transport);
  }

  static open(
    calls: SessionCalls,
    token: AccessToken,
    enter: Enter,
    events: LinkEvents,
  ): MemberLink {
    const link = new MemberLink(calls, events);
    void link.#follow(token, enter);
    return link;
  }

  /** After the first frame: the server's names and times for this attachment. */
  entered(facts: Entered): void {
    this.#pass = new Uint8Array(facts.pass);
    this.#attachment = facts.attachment;
    const every = facts.limits?.acknowledgeEvery;
    this.#acknowledgeEvery = every === undefined ? 0 : durationMs(every);
    this.#acknowledgedAt = performance.now();
    this.#acknowledgeLater();
  }

  /** Frames go up in this order. */
  send(frames: readonly UpFrame[]): void {
    this.#waiting.push(...frames);
    void this.#sendNext();
  }

  /** Timers of hidden tabs are slow: whatever comes from the server drives the signs of life too. */
  acknowledgeIfDue(): void {
    const quiet = performance.now() - this.#acknowledgedAt;
    if (this.#acknowledgeEvery > 0 && quiet >= this.#acknowledgeEvery) void this.acknowledge();
  }

  /** The server hears that this client lives, and what it has received and read. */
  async acknowledge(): Promise<void> {
    if (this.#acknowledging || this.#attachment === 0) return;
    this.#acknowledging = true;
    this.#acknowledgedAt = performance.now();
    const request = { ...this.#named(), receipt: this.#events.receipt() };
    try {
      const { outcome } = await this.#call((options) => this.#client.acknowledge(request, options));
      if (this.#abort.signal.aborted) return;
      if (outcome.case === 'staleAttachment') this.#events.frame(this, TAKEN_OVER);
      if (outcome.case === 'notOpen') this.#events.stopped(this, new Error('not open any more'));
    } catch (lost) {
      if (!this.#abort.signal.aborted) console.info('a sign of life was lost:', sentence(lost));
    } finally {
      this.#acknowledging = false;
      this.#acknowledgeLater();
    }
  }

  /** Lets go without leaving. No event of this link follows. */
  cut(): void {
    clearTimeout(this.#timer);
    this.#waiting.length = 0;
    this.#abort.abort();
  }

  async #follow(token: AccessToken, enter: Enter): Promise<void> {
    const options = { headers: this.#headers(token), signal: this.#abort.signal };
    let fault: unknown = new Error('stopped without an end');
    try {
      for await (const frame of this.#client.open({ enter }, options)) {
        if (this.#abort.signal.aborted) return;
        this.#events.frame(this, frame);
      }
    } catch (cut) {
      fault = cut;
    }
    if (!this.#abort.signal.aborted) this.#events.stopped(this, fault);
  }

  async #sendNext(): Promise<void> {
    while (!this.#sending && !this.#abort.signal.aborted && this.#waiting.length > 0) {
      this.#sending = true;
      const request = { ...this.#named(), frames: this.#waiting.splice(0, FRAMES_A_SEND) };
      try {
        const answer = await this.#call((options) => this.#client.send(request, options));
        this.#sending = false;
        if (!this.#abort.signal.aborted) this.#events.answers(this, answer.outcomes);
      } catch (failed) {
        // Whether the server has the texts is not known; entering again tells.
        if (!this.#abort.signal.aborted) this.#events.stopped(this, failed);
        return;
      }
    }
  }

  #acknowledgeLater(): void {
    clearTimeout(this.#timer);
    if (this.#acknowledgeEvery > 0 && !this.#abort.signal.aborted) {
      this.#timer = setTimeout(() => void this.acknowledge(), this.#acknowledgeEvery);
    }
  }

  #named() {
    return { sessionId: this.#calls.sessionId, pass: this.#pass, attachment: this.#attachment };
  }

  #call<R>(call: (options: CallOptions) => Promise<R>): Promise<R> {
    return this.#calls.identity.call((token) =>
      callUnary(
        this.#calls.door,
        (options) => call({ ...options, headers: this.#headers(token) }),
        this.#abort.signal,
      ),
    );
  }

  #headers(token: AccessToken): Record<string, string> {
    const { sessionId, correlationId } = this.#calls;
    return headersOf({ token: token.text, sessionId, correlationId });
  }
}

/** What the stream would have said, had it not been lost. */
const TAKEN_OVER = create(ServerFrameSchema, {
  event: { case: 'end', value: { reason: EndReason.TAKEN_OVER, next: Next.STOP } },
});
