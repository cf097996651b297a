/** Looking for somebody to talk to: one ticket, over FindPeer (match-svc). */
import { create } from '@bufbuild/protobuf';
import { durationMs, type Duration } from '@bufbuild/protobuf/wkt';
import { createClient, type Client } from '@connectrpc/connect';
import {
  CriteriaSchema,
  MatchService,
  type AiWelcome,
  type Criteria,
  type FindPeerResponse,
  type TicketAccepted,
} from '../gen/parley/match/v1/match_service_pb.js';
import { adviceFor, sentence } from './advice.js';
import type { Backoff } from './backoff.js';
import { backoffOf, CallRefused, headersOf, type Door } from './door.js';
import { GuestDenied, type AccessToken, type Identity } from './identity.js';
import type { SearchEnding, SearchListener } from './search-events.js';
import { TicketCalls, type KeptWaiting } from './ticket-calls.js';

/**
 * One press of the button: a ticket, kept alive until it finds a peer or is over.
 *
 * A stream that breaks is opened again by the ticket's id, with back-off and full jitter; the server
 * keeps the place in line meanwhile. A ticket that the server no longer knows after a break is
 * replaced by a new one.
 */
export class PeerSearch {
  readonly correlationId: string;
  readonly #door: Door;
  readonly #identity: Identity;
  readonly #calls: TicketCalls;
  #criteria: Criteria;
  /** What was wished while there was no ticket to say it of. */
  #unsaid: { readonly relaxNow: boolean } | undefined;
  readonly #listener: SearchListener;
  readonly #client: Client<typeof MatchService>;
  readonly #backoff: Backoff;
  #requestId: string;
  #ticketId: string;
  /** The stream that counts; what others still say is dropped. */
  #stream: AbortController | undefined;
  #token: AccessToken | undefined;
  #tokensRefused = 0;
  #over = false;
  #cancelling = false;
  #replaced = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #keepEvery = 0;
  #keptAt = 0;

  private constructor(
    door: Door,
    identity: Identity,
    criteria: Criteria,
    listener: SearchListener,
    ticketId: string,
  ) {
    this.#door = door;
    this.#identity = identity;
    this.#criteria = criteria;
    this.#listener = listener;
    this.#ticketId = ticketId;
    this.#client = createClient(MatchService, door.transport);
    this.#backoff = backoffOf(door);
    this.correlationId = door.newId();
    this.#calls = new TicketCalls(door, identity, this.correlationId);
    this.#requestId = door.newId();
  }

  /**
   * Begins to search.
   *
   * @param listener hears everything, from `accepted` to `found` or `over`
   * @param ticketId a ticket made before, to be taken up; empty for a new one
   */
  static start(
    door: Door,
    identity: Identity,
    criteria: Criteria,
    listener: SearchListener,
    ticketId = '',
  ): PeerSearch {
    const search = new PeerSearch(door, identity, criteria, listener, ticketId);
    void search.#attach();
    return search;
  }

  /** What to keep in this tab's storage; empty before the ticket is made. */
  get ticketId(): string {
    return this.#ticketId;
  }

  /** Ends the ticket; `over(cancelled)` follows, or `found` if a match came first. */
  cancel(): void {
    this.#cancelling = true;
    if (this.#over) return;
    if (this.#ticketId !== '') {
      void this.#cancelTicket();
    } else if (this.#stream === undefined) {
      this.#end({ why: 'cancelled' });
    }
  }

  /**
   * Asks the server to widen the search now instead of later, or as soon as there is a ticket. False
   * if the server did not take it: it was not reached, or somebody was found meanwhile.
   */
  relaxNow(): Promise<boolean> {
    return this.#asked(true);
  }

  /**
   * Says whether an AI peer may come, from now on. False if the server did not take it yet; the
   * signs of life say it again.
   */
  welcomeAi(aiWelcome: AiWelcome): Promise<boolean> {
    this.#criteria = create(CriteriaSchema, { ...this.#criteria, aiWelcome });
    return this.#asked(false);
  }

  /** Answers a proposal. False if it was too late, or proposals are not served. */
  async answer(proposalId: string, answer: 'accept' | 'decline'): Promise<boolean> {
    try {
      return (await this.#calls.answer(proposalId, answer)) === 'answered';
    } catch (refused) {
      console.info('not answered:', refused);
      return false;
    }
  }

  /**
   * The tab is seen again, or the network is back: what waits for its next try tries now. After the
   * network was gone an old stream is taken for dead.
   */
  wake(what: 'tab' | 'network'): void {
    if (this.#over) return;
    if (this.#stream === undefined || what === 'network') void this.#attach();
    else this.#keepIfDue();
  }

  /** Leaves without a word, as a closed tab does: the server keeps the place for a while. */
  close(): void {
    this.#over = true;
    this.#letGo();
  }

  async #attach(): Promise<void> {
    this.#letGo();
    if (this.#over) return;
    const stream = new AbortController();
    this.#stream = stream;
    let token: AccessToken;
    try {
      token = this.#token ?? (await this.#identity.accessToken());
    } catch (refused) {
      if (stream === this.#stream) this.#noToken(refused);
      return;
    }
    if (stream !== this.#stream) return;
    this.#token = token;
    await this.#follow(stream, token);
  }

  async #follow(stream: AbortController, token: AccessToken): Promise<void> {
    const headers = headersOf({ token: token.text, correlationId: this.correlationId });
    const ticket =
      this.#ticketId === ''
        ? {
            case: 'newTicket' as const,
            value: { requestId: this.#requestId, criteria: this.#criteria },
          }
        : { case: 'ticketId' as const, value: this.#ticketId };
    let fault: unknown = new Error('stopped without an ending');
    try {
      for await (const response of this.#client.findPeer(
        { ticket },
        { headers, signal: stream.signal },
      )) {
        if (stream !== this.#stream) return;
        this.#on(response);
      }
    } catch (cut) {
      fault = cut;
    }
    if (stream === this.#stream && !this.#over) await this.#broken(fault);
  }

  #on({ event }: FindPeerResponse): void {
    this.#keepIfDue();
    switch (event.case) {
      case 'accepted':
        return this.#accepted(event.value);
      case 'waiting':
        return this.#listener({ kind: 'waiting', update: event.value });
      case 'proposal':
        return this.#listener({ kind: 'proposal', proposal: event.value });
      case 'peerAsked':
        return this.#listener({ kind: 'peerAsked', within: msOf(event.value.decidedWithin) });
      case 'matched': {
        const match = {
          matched: event.value,
          ticketId: this.#ticketId,
          correlationId: this.correlationId,
          keepWaitingEvery: this.#keepEvery,
        };
        this.close();
        return this.#listener({ kind: 'found', match });
      }
      case 'cancelled':
        return this.#end({ why: 'cancelled' });
      case 'expired':
        return this.#end({ why: 'expired' });
      case 'moved':
        return this.#end({ why: 'moved' });
      case 'alreadyInSession':
        return this.#end({ why: 'alreadyInSession', sessionId: event.value.sessionId });
      case 'anotherTicketLive':
        return void this.#replace(event.value.ticketId);
      case 'noSuchTicket':
      case 'requestIdReused':
        return this.#startAnew();
      case 'unknownIntent':
        return this.#end({ why: 'refused', sentence: `intents are ${event.value.intents.join()}` });
      case 'paused':
        return this.#end({ why: 'paused', retryAfter: msOf(event.value.retryAfter) });
      default:
      // An event of a later contract: skipped.
    }
  }

  #accepted(ticket: TicketAccepted): void {
    this.#ticketId = ticket.ticketId;
    this.#tokensRefused = 0;
    this.#backoff.reset();
    this.#keepEvery = msOf(ticket.keepWaitingEvery);
    this.#keptAt = performance.now();
    this.#listener({ kind: 'accepted', ticket });
    if (this.#cancelling) {
      void this.#cancelTicket();
      return;
    }
    const unsaid = this.#unsaid;
    this.#unsaid = undefined;
    if (unsaid) void this.#asked(unsaid.relaxNow);
    this.#keepLater();
  }

  /** The server does not know the ticket any more; the wish still stands. */
  #startAnew(): void {
    this.#ticketId = '';
    this.#requestId = this.#door.newId();
    this.#retry(this.#backoff.next());
  }

  /**
   * A ticket that this page knows nothing of was left without a word, made by other wishes perhaps: it
   * gives way to what is wished now, unless it found somebody.
   */
  async #replace(ticketId: string): Promise<void> {
    const gone = !this.#replaced && (await this.#gaveWay(ticketId));
    this.#replaced = true;
    if (this.#over) return;
    if (gone) await this.#attach();
    else this.#end({ why: 'anotherTicketLive', ticketId });
  }

  async #gaveWay(ticketId: string): Promise<boolean> {
    this.#letGo();
    try {
      return await this.#calls.cancel(ticketId);
    } catch (notTold) {
      console.info('not cancelled:', notTold);
      return false;
    }
  }

  /** Timers of hidden tabs are slow: what the server sends drives the signs of life as well. */
  #keepLater(): void {
    clearTimeout(this.#timer);
    if (this.#keepEvery > 0 && !this.#over) {
      this.#timer = setTimeout(() => this.#keepIfDue(), this.#keepEvery);
    }
  }

  #keepIfDue(): void {
    const due = this.#keepEvery > 0 && performance.now() - this.#keptAt >= this.#keepEvery;
    if (!due || this.#over || this.#stream === undefined || this.#ticketId === '') return;
    this.#keptAt = performance.now();
    this.#keep(false).catch((lost: unknown) => console.info('a sign of life was lost:', lost));
    this.#keepLater();
  }

  async #asked(relaxNow: boolean): Promise<boolean> {
    if (this.#ticketId === '') {
      this.#unsaid = { relaxNow: relaxNow || (this.#unsaid?.relaxNow ?? false) };
      return true;
    }
    try {
      return (await this.#keep(relaxNow)) === 'kept';
    } catch (refused) {
      console.info('not taken:', refused);
      return false;
    }
  }

  #keep(relaxNow: boolean): Promise<KeptWaiting> {
    const { aiWelcome } = this.#criteria;
    return this.#calls.keepWaiting(this.#ticketId, { aiWelcome, relaxNow });
  }

  async #cancelTicket(): Promise<void> {
    try {
      const gone = await this.#calls.cancel(this.#ticketId);
      if (gone && !this.#over) this.#end({ why: 'cancelled' });
    } catch (notTold) {
      console.info('not cancelled:', notTold);
      if (!this.#over) this.#end({ why: 'cancelled' });
    }
  }

  /** The stream stopped without an ending event. */
  async #broken(fault: unknown): Promise<void> {
    this.#letGo();
    const used = this.#token;
    this.#token = undefined;
    const advice = adviceFor(fault);
    switch (advice.do) {
      case 'refresh':
        return this.#anotherToken(used, fault, this.#tokensRefused + 1);
      case 'newGuest':
        return this.#anotherToken(used, fault, Math.max(this.#tokensRefused + 1, 2));
      case 'wait':
        return this.#retry(advice.pause + this.#backoff.next());
      case 'retry':
        return this.#retry(this.#backoff.next());
      case 'stop':
        return this.#end({ why: 'refused', sentence: sentence(fault) });
    }
  }

  /**
   * The first refusal of a token is answered by a refresh, the second by a new guest, for whom the
   * old guest's ticket is none.
   */
  async #anotherToken(
    used: AccessToken | undefined,
    fault: unknown,
    refusals: number,
  ): Promise<void> {
    this.#tokensRefused = refusals;
    if (used === undefined || refusals > 2) {
      return this.#end({ why: 'refused', sentence: sentence(fault) });
    }
    try {
      const next = await (refusals === 1
        ? this.#identity.renewed(used)
        : this.#identity.ofNewGuest(used));
      if (this.#over) return;
      this.#token = next;
      if (next.guest === used.guest) await this.#attach();
      else this.#startAnew();
    } catch (refused) {
      this.#noToken(refused);
    }
  }

  #noToken(refused: unknown): void {
    if (this.#over) return;
    if (refused instanceof GuestDenied) this.#end({ why: 'denied', denial: refused });
    else if (refused instanceof CallRefused && mayPass(refused)) this.#retry(this.#backoff.next());
    else this.#end({ why: 'refused', sentence: sentence(refused) });
  }

  #retry(pause: number): void {
    this.#letGo();
    if (this.#cancelling && this.#ticketId === '') return this.#end({ why: 'cancelled' });
    this.#timer = setTimeout(() => void this.#attach(), pause);
    this.#listener({ kind: 'reconnecting', tries: this.#backoff.tries, pause });
  }

  #end(ending: SearchEnding): void {
    this.close();
    this.#listener({ kind: 'over', ending });
  }

  #letGo(): void {
    clearTimeout(this.#timer);
    const stream = this.#stream;
    this.#stream = undefined;
    stream?.abort();
  }
}

function mayPass(refused: CallRefused): boolean {
  return refused.advice.do === 'retry' || refused.advice.do === 'wait';
}

function msOf(told: Duration | undefined): number {
  return told === undefined ? 0 : durationMs(told);
}
