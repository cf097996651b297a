/** What a member may do about the other, and the history: unary calls of session-svc. */
import { createClient, type CallOptions, type Client } from '@connectrpc/connect';
import type { Envelope } from '../gen/parley/session/v1/frames_pb.js';
import { type ReportReason, SessionService } from '../gen/parley/session/v1/session_service_pb.js';
import { isNotServed } from './advice.js';
import type { ConversationState } from './conversation-events.js';
import { callUnary, CallRefused, fromBase64Url, headersOf, type Door } from './door.js';
import type { Identity } from './identity.js';

/** How one of these calls went, in a word for the person. */
export type MemberOutcome = 'done' | 'noSuchMember' | 'textGone' | 'notServed' | 'failed';

/** A page of what was said, in the order of the log. */
export interface HistoryPage {
  readonly envelopes: readonly Envelope[];
  /** Empty at the start of what is kept. */
  readonly olderCursor: string;
}

/** Also after the end, while the words are kept. */
export class MemberCalls {
  readonly #door: Door;
  readonly #identity: Identity;
  readonly #state: () => ConversationState;
  readonly #client: Client<typeof SessionService>;

  /** @param state what the conversation keeps; it must have been entered */
  constructor(door: Door, identity: Identity, state: () => ConversationState) {
    this.#door = door;
    this.#identity = identity;
    this.#state = state;
    this.#client = createClient(SessionService, door.transport);
  }

  /** Leaves, and never meets that member again. */
  block(memberId: number): Promise<MemberOutcome> {
    return this.#tried((options) =>
      this.#client.blockMember({ ...this.#named(), memberId }, options),
    );
  }

  /** Hands the last words of a member to the operator. */
  report(memberId: number, reason: ReportReason, comment: string): Promise<MemberOutcome> {
    const requestId = this.#door.newId();
    return this.#tried((options) =>
      this.#client.reportMember(
        { ...this.#named(), memberId, requestId, reason, comment },
        options,
      ),
    );
  }

  /** Undefined if the words are gone, or the server does not serve them. */
  async history(cursor = '', pageSize = 100): Promise<HistoryPage | undefined> {
    try {
      const { outcome } = await this.#call((options) =>
        this.#client.listMessages({ ...this.#named(), cursor, pageSize }, options),
      );
      return outcome.case === 'page' ? outcome.value : undefined;
    } catch (refused) {
      console.info('no history:', refused);
      return undefined;
    }
  }

  async #tried(
    call: (options: CallOptions) => Promise<{ outcome: { case: string | undefined } }>,
  ): Promise<MemberOutcome> {
    try {
      const { outcome } = await this.#call(call);
      if (outcome.case === 'noSuchMember' || outcome.case === 'textGone') return outcome.case;
      return 'done';
    } catch (refused) {
      const cause = refused instanceof CallRefused ? refused.cause : refused;
      return isNotServed(cause) ? 'notServed' : 'failed';
    }
  }

  #call<R>(call: (options: CallOptions) => Promise<R>): Promise<R> {
    const { sessionId, correlationId } = this.#state();
    return this.#identity.call((token) =>
      callUnary(this.#door, (options) => {
        const headers = headersOf({ token: token.text, sessionId, correlationId });
        return call({ ...options, headers });
      }),
    );
  }

  #named() {
    const { sessionId, credential } = this.#state();
    return { sessionId, pass: fromBase64Url(credential.bytes) };
  }
}
