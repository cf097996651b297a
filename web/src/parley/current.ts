/** Questions to match-svc beside a search. */
import { createClient } from '@connectrpc/connect';
import {
  MatchService,
  type Criteria,
  type WaitEstimate,
} from '../gen/parley/match/v1/match_service_pb.js';
import { isNotServed } from './advice.js';
import { callUnary, CallRefused, headersOf, type Door } from './door.js';
import type { Identity } from './identity.js';
import type { Match } from './search-events.js';

/** What this participant has, by `currentOf`. */
export type Current =
  | { readonly has: 'nothing' }
  | { readonly has: 'ticket'; readonly ticketId: string }
  | {
      readonly has: 'session';
      readonly sessionId: string;
      readonly ticketId: string;
      /** The way in, while its grant is good. */
      readonly match: Match | undefined;
    };

/** What this guest has: for a start with nothing but the guest. */
export async function currentOf(door: Door, identity: Identity): Promise<Current> {
  const client = createClient(MatchService, door.transport);
  const { outcome } = await identity.call((token) =>
    callUnary(door, (options) =>
      client.getCurrent({}, { ...options, headers: headersOf({ token: token.text }) }),
    ),
  );
  switch (outcome.case) {
    case 'ticket':
      return { has: 'ticket', ticketId: outcome.value.ticketId };
    case 'session': {
      const { sessionId, ticketId, matched } = outcome.value;
      const match =
        matched === undefined
          ? undefined
          : { matched, ticketId, correlationId: door.newId(), keepWaitingEvery: 0 };
      return { has: 'session', sessionId, ticketId, match };
    }
    default:
      return { has: 'nothing' };
  }
}

/** What waiting would cost with these criteria; undefined if the server does not say. */
export async function estimateWait(
  door: Door,
  identity: Identity,
  criteria: Criteria,
): Promise<WaitEstimate | undefined> {
  const client = createClient(MatchService, door.transport);
  try {
    const { outcome } = await identity.call((token) =>
      callUnary(door, (options) =>
        client.estimateWait(
          { criteria },
          { ...options, headers: headersOf({ token: token.text }) },
        ),
      ),
    );
    return outcome.case === 'estimate' ? outcome.value : undefined;
  } catch (refused) {
    const cause = refused instanceof CallRefused ? refused.cause : refused;
    if (!isNotServed(cause)) console.info('no estimate:', refused);
    return undefined;
  }
}
