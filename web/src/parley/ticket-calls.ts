/** Unary calls about one ticket (match-svc). */
import { createClient, type CallOptions, type Client } from '@connectrpc/connect';
import {
  AiWelcome,
  MatchService,
  ProposalAnswer,
  TicketState,
} from '../gen/parley/match/v1/match_service_pb.js';
import { callUnary, headersOf, type Door } from './door.js';
import type { Identity } from './identity.js';

/** What a sign of life carries besides. */
export interface KeepWaitingWish {
  /** Unspecified changes nothing. */
  readonly aiWelcome?: AiWelcome;
  /** Takes the next level now instead of later. */
  readonly relaxNow?: boolean;
}

/** `busy`: it waits for an answer or for both to enter, and may be back in line after. */
export type KeptWaiting = 'kept' | 'busy' | 'notInLine';

/** Each throws `CallRefused` where trying again did not help. */
export class TicketCalls {
  readonly #door: Door;
  readonly #identity: Identity;
  readonly #correlationId: string;
  readonly #client: Client<typeof MatchService>;
  /** Ends when what was said of tickets last is said. */
  #said: Promise<unknown> = Promise.resolve();

  constructor(door: Door, identity: Identity, correlationId: string) {
    this.#door = door;
    this.#identity = identity;
    this.#correlationId = correlationId;
    this.#client = createClient(MatchService, door.transport);
  }

  /** One word after the other, so that of two wishes the last one counts. */
  keepWaiting(ticketId: string, wish: KeepWaitingWish = {}): Promise<KeptWaiting> {
    const told = this.#said.then(() => this.#tell(ticketId, wish));
    this.#said = told.catch(() => undefined);
    return told;
  }

  /** False if it was too late: matched, or ended before. */
  async cancel(ticketId: string): Promise<boolean> {
    const { outcome } = await this.#call((options) =>
      this.#client.cancelTicket({ ticketId }, options),
    );
    return outcome.case === 'cancelled' || outcome.case === 'noSuchTicket';
  }

  /**
   * The first answer counts. `over` if it was decided before, perhaps by a first try of this answer
   * that was told lost: what follows says.
   */
  async answer(proposalId: string, answer: 'accept' | 'decline'): Promise<'answered' | 'over'> {
    const said = answer === 'accept' ? ProposalAnswer.ACCEPT : ProposalAnswer.DECLINE;
    const { outcome } = await this.#call((options) =>
      this.#client.answerProposal({ proposalId, answer: said }, options),
    );
    return outcome.case === 'answered' ? 'answered' : 'over';
  }

  async #tell(ticketId: string, wish: KeepWaitingWish): Promise<KeptWaiting> {
    const { outcome } = await this.#call((options) =>
      this.#client.keepWaiting({ ticketId, ...wish }, options),
    );
    if (outcome.case === 'kept') return 'kept';
    const state = outcome.case === 'notWaiting' ? outcome.value.state : undefined;
    return state === TicketState.PROPOSED || state === TicketState.MATCHED ? 'busy' : 'notInLine';
  }

  #call<R>(call: (options: CallOptions) => Promise<R>): Promise<R> {
    const correlationId = this.#correlationId;
    return this.#identity.call((token) =>
      callUnary(this.#door, (options) =>
        call({ ...options, headers: headersOf({ token: token.text, correlationId }) }),
      ),
    );
  }
}
