import { create } from '@bufbuild/protobuf';
import { Code } from '@connectrpc/connect';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CriteriaSchema } from '../src/gen/parley/match/v1/match_service_pb.js';
import { Identity } from '../src/parley/identity.js';
import { currentOf } from '../src/parley/current.js';
import { PeerSearch } from '../src/parley/match.js';
import type { SearchEvent } from '../src/parley/search-events.js';
import { memoryPlace } from '../src/parley/storage.js';
import { FakeServer, SESSION, TICKET, unavailable } from './fake/server.js';

let server: FakeServer;
let identity: Identity;
let heard: SearchEvent[];
const open: PeerSearch[] = [];

const settle = () => vi.advanceTimersByTimeAsync(0);
const kinds = () => heard.map((event) => event.kind);
const last = () => heard.at(-1)!;

async function begin(ticketId = ''): Promise<PeerSearch> {
  const criteria = create(CriteriaSchema, { tags: ['films'] });
  const search = PeerSearch.start(server.door, identity, criteria, (e) => heard.push(e), ticketId);
  open.push(search);
  await settle();
  return search;
}

const accept = () =>
  server.search.push({
    event: {
      case: 'accepted',
      value: { ticketId: TICKET, keepWaitingEvery: { seconds: 15n }, parkedFor: { seconds: 30n } },
    },
  });

beforeEach(async () => {
  vi.useFakeTimers();
  server = new FakeServer();
  heard = [];
  const wish = { birthYear: 1990, gender: 0, acceptedTerms: '', acceptTerms: () => true };
  identity = await Identity.open(server.door, { ...wish, device: undefined }, memoryPlace());
});

afterEach(() => {
  open.splice(0).forEach((search) => search.close());
  identity.close();
  vi.useRealTimers();
});

describe('a search', () => {
  it('makes a ticket, tells how it stands, and finds', async () => {
    const search = await begin();
    expect(server.finds[0]!.request.ticket).toMatchObject({
      case: 'newTicket',
      value: { criteria: { tags: ['films'] } },
    });
    accept();
    server.search.push({ event: { case: 'waiting', value: { level: 1, place: 3 } } });
    server.search.push({ event: { case: 'matched', value: { sessionId: SESSION } } });
    await settle();
    expect(kinds()).toEqual(['accepted', 'waiting', 'found']);
    expect(last()).toMatchObject({ match: { ticketId: TICKET, matched: { sessionId: SESSION } } });
    expect(search.ticketId).toBe(TICKET);
    expect(server.search.aborted).toBe(true);
  });

  it('takes its ticket up again after a cut, by the ladder', async () => {
    await begin();
    accept();
    await settle();
    server.search.cut(unavailable());
    await settle();
    expect(last()).toEqual({ kind: 'reconnecting', tries: 1, pause: 250 });
    await vi.advanceTimersByTimeAsync(250);
    expect(server.finds[1]!.request.ticket).toEqual({ case: 'ticketId', value: TICKET });
  });

  it('repeats its request when it was cut before it had a ticket', async () => {
    await begin();
    server.search.cut(unavailable());
    await vi.advanceTimersByTimeAsync(250);
    const [first, second] = server.finds.map(({ request }) => request.ticket);
    expect(second).toEqual(first);
  });

  it('makes a new ticket when the server forgot the old one', async () => {
    await begin(TICKET);
    expect(server.finds[0]!.request.ticket.case).toBe('ticketId');
    server.search.push({ event: { case: 'noSuchTicket', value: {} } });
    await vi.advanceTimersByTimeAsync(250);
    expect(server.finds[1]!.request.ticket.case).toBe('newTicket');
  });

  it('skips events of a later contract', async () => {
    await begin();
    server.search.push({ event: { case: undefined } });
    accept();
    await settle();
    expect(kinds()).toEqual(['accepted']);
  });

  it('says that somebody is there when the server wants to hear it, and relaxes on demand', async () => {
    const search = await begin();
    accept();
    await vi.advanceTimersByTimeAsync(31_000);
    expect(server.kept).toHaveLength(2);
    expect(server.kept[0]).toMatchObject({ ticketId: TICKET, relaxNow: false });
    expect(await search.relaxNow()).toBe(true);
    expect(server.kept.at(-1)!.relaxNow).toBe(true);
  });

  it('says so by what it hears when timers are slow', async () => {
    await begin();
    accept();
    await settle();
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 16_000);
    server.search.push({ event: { case: 'waiting', value: { level: 1 } } });
    await settle();
    expect(server.kept).toHaveLength(1);
  });

  it('refreshes a refused token, then becomes a new guest, then gives up', async () => {
    server.refuseToken = () => Code.Unauthenticated;
    await begin();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.refreshed).toEqual(['guest1-1']);
    expect(server.guests).toBe(2);
    expect(last()).toMatchObject({ kind: 'over', ending: { why: 'refused' } });
  });

  it.each([
    ['expired', { case: 'expired', value: {} }],
    ['moved', { case: 'moved', value: {} }],
    ['alreadyInSession', { case: 'alreadyInSession', value: { sessionId: SESSION } }],
    ['anotherTicketLive', { case: 'anotherTicketLive', value: { ticketId: TICKET } }],
    ['paused', { case: 'paused', value: { retryAfter: { seconds: 3n } } }],
  ] as const)('ends when it is %s', async (why, event) => {
    await begin();
    server.search.push({ event });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(last()).toMatchObject({ kind: 'over', ending: { why } });
    expect(server.finds).toHaveLength(1);
  });

  it('is cancelled at the server, once it has a ticket', async () => {
    const search = await begin();
    search.cancel();
    await settle();
    expect(kinds()).toEqual([]);
    accept();
    await settle();
    expect(kinds()).toEqual(['accepted', 'over']);
    expect(last()).toMatchObject({ ending: { why: 'cancelled' } });
  });

  it('tries at once when the tab wakes', async () => {
    const search = await begin();
    server.search.cut(unavailable());
    await settle();
    search.wake('tab');
    await settle();
    expect(server.finds).toHaveLength(2);
    search.wake('tab');
    await settle();
    expect(server.finds).toHaveLength(2);
    search.wake('network');
    await settle();
    expect(server.finds[1]!.feed.aborted).toBe(true);
    expect(server.finds).toHaveLength(3);
  });

  it('holds no second stream: the last is let go first', async () => {
    const search = await begin();
    for (let i = 0; i < 5; i++) search.wake('network');
    await settle();
    expect(server.finds.filter(({ feed }) => !feed.aborted)).toHaveLength(1);
  });
});

describe('what this participant has', () => {
  it('is refused by name when the call is not served', async () => {
    await expect(currentOf(server.door, identity)).rejects.toMatchObject({
      advice: { do: 'stop' },
    });
  });
});
