import { create } from '@bufbuild/protobuf';
import { Code } from '@connectrpc/connect';
import { describe, expect, it, vi } from 'vitest';
import { AiWelcome, CriteriaSchema } from '../src/gen/parley/match/v1/match_service_pb.js';
import { MemberKind } from '../src/gen/parley/domain/v1/domain_pb.js';
import { companionOf } from '../src/parley/companion.js';
import { currentOf } from '../src/parley/current.js';
import { PeerSearch } from '../src/parley/match.js';
import type { SearchEvent } from '../src/parley/search-events.js';
import { SESSION, TICKET, unavailable } from './fake/server.js';
import { settle, Stage } from './fake/stage.js';

const stage = new Stage<SearchEvent>();
const last = () => stage.heard.at(-1)!;

function begin(ticketId = ''): Promise<PeerSearch> {
  const { server, identity, hear } = stage;
  const criteria = create(CriteriaSchema, { tags: ['films'] });
  return stage.opened(PeerSearch.start(server.door, identity, criteria, hear, ticketId));
}

const accept = () =>
  stage.server.search.push({
    event: {
      case: 'accepted',
      value: { ticketId: TICKET, keepWaitingEvery: { seconds: 15n }, parkedFor: { seconds: 30n } },
    },
  });

describe('a search', () => {
  it('makes a ticket, tells how it stands, and finds', async () => {
    const search = await begin();
    expect(stage.server.finds[0]!.request.ticket).toMatchObject({
      case: 'newTicket',
      value: { criteria: { tags: ['films'] } },
    });
    accept();
    stage.server.search.push({ event: { case: 'waiting', value: { level: 1, place: 3 } } });
    stage.server.search.push({ event: { case: 'matched', value: { sessionId: SESSION } } });
    await settle();
    expect(stage.kinds()).toEqual(['accepted', 'waiting', 'found']);
    expect(last()).toMatchObject({ match: { ticketId: TICKET, matched: { sessionId: SESSION } } });
    expect(search.ticketId).toBe(TICKET);
    expect(stage.server.search.aborted).toBe(true);
  });

  it('takes its ticket up again after a cut, by the ladder', async () => {
    await begin();
    accept();
    await settle();
    stage.server.search.cut(unavailable());
    await settle();
    expect(last()).toEqual({ kind: 'reconnecting', tries: 1, pause: 250 });
    await vi.advanceTimersByTimeAsync(250);
    expect(stage.server.finds[1]!.request.ticket).toEqual({ case: 'ticketId', value: TICKET });
  });

  it('repeats its request when it was cut before it had a ticket', async () => {
    await begin();
    stage.server.search.cut(unavailable());
    await vi.advanceTimersByTimeAsync(250);
    const [first, second] = stage.server.finds.map(({ request }) => request.ticket);
    expect(second).toEqual(first);
  });

  it('makes a new ticket when the server forgot the old one', async () => {
    await begin(TICKET);
    expect(stage.server.finds[0]!.request.ticket.case).toBe('ticketId');
    stage.server.search.push({ event: { case: 'noSuchTicket', value: {} } });
    await vi.advanceTimersByTimeAsync(250);
    expect(stage.server.finds[1]!.request.ticket.case).toBe('newTicket');
  });

  it('skips events of a later contract', async () => {
    await begin();
    stage.server.search.push({ event: { case: undefined } });
    accept();
    await settle();
    expect(stage.kinds()).toEqual(['accepted']);
  });

  it('says that somebody is there when the server wants to hear it, and relaxes on demand', async () => {
    const search = await begin();
    accept();
    await vi.advanceTimersByTimeAsync(31_000);
    expect(stage.server.kept).toHaveLength(2);
    expect(stage.server.kept[0]).toMatchObject({ ticketId: TICKET, relaxNow: false });
    expect(await search.relaxNow()).toBe(true);
    expect(stage.server.kept.at(-1)!.relaxNow).toBe(true);
  });

  it('says once there is a ticket what was wished before', async () => {
    const search = await begin();
    expect(await search.relaxNow()).toBe(true);
    expect(await search.welcomeAi(AiWelcome.NEVER)).toBe(true);
    expect(stage.server.kept).toHaveLength(0);
    accept();
    await settle();
    expect(stage.server.kept).toMatchObject([
      { ticketId: TICKET, aiWelcome: AiWelcome.NEVER, relaxNow: true },
    ]);
    accept();
    await settle();
    expect(stage.server.kept).toHaveLength(1);
  });

  it('says so by what it hears when timers are slow', async () => {
    await begin();
    accept();
    await settle();
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 16_000);
    stage.server.search.push({ event: { case: 'waiting', value: { level: 1 } } });
    await settle();
    expect(stage.server.kept).toHaveLength(1);
  });

  it('refreshes a refused token, then becomes a new guest, then gives up', async () => {
    stage.server.refuseToken = () => Code.Unauthenticated;
    await begin();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(stage.server.refreshed).toEqual(['guest1-1']);
    expect(stage.server.guests).toBe(2);
    expect(last()).toMatchObject({ kind: 'over', ending: { why: 'refused' } });
  });

  it.each([
    ['expired', { case: 'expired', value: {} }],
    ['moved', { case: 'moved', value: {} }],
    ['alreadyInSession', { case: 'alreadyInSession', value: { sessionId: SESSION } }],
    ['paused', { case: 'paused', value: { retryAfter: { seconds: 3n } } }],
  ] as const)('ends when it is %s', async (why, event) => {
    await begin();
    stage.server.search.push({ event });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(last()).toMatchObject({ kind: 'over', ending: { why } });
    expect(stage.server.finds).toHaveLength(1);
  });

  it('takes the place of a ticket that was left, once', async () => {
    await begin();
    const event = { case: 'anotherTicketLive', value: { ticketId: TICKET } } as const;
    stage.server.search.push({ event });
    await settle();
    expect(stage.server.cancelled).toEqual([TICKET]);
    const [first, second] = stage.server.finds.map(({ request }) => request.ticket);
    expect(second).toEqual(first);
    stage.server.search.push({ event });
    await settle();
    expect(last()).toMatchObject({ kind: 'over', ending: { why: 'anotherTicketLive' } });
    expect(stage.server.finds).toHaveLength(2);
  });

  it('is cancelled at the server, once it has a ticket', async () => {
    const search = await begin();
    search.cancel();
    await settle();
    expect(stage.kinds()).toEqual([]);
    accept();
    await settle();
    expect(stage.kinds()).toEqual(['accepted', 'over']);
    expect(last()).toMatchObject({ ending: { why: 'cancelled' } });
  });

  it('tries at once when the tab wakes', async () => {
    const search = await begin();
    stage.server.search.cut(unavailable());
    await settle();
    search.wake('tab');
    await settle();
    expect(stage.server.finds).toHaveLength(2);
    search.wake('tab');
    await settle();
    expect(stage.server.finds).toHaveLength(2);
    search.wake('network');
    await settle();
    expect(stage.server.finds[1]!.feed.aborted).toBe(true);
    expect(stage.server.finds).toHaveLength(3);
  });

  it('holds no second stream: the last is let go first', async () => {
    const search = await begin();
    for (let i = 0; i < 5; i++) search.wake('network');
    await settle();
    expect(stage.server.finds.filter(({ feed }) => !feed.aborted)).toHaveLength(1);
  });
});

describe('an AI peer', () => {
  it('is announced, or said to be away, as the server has it', async () => {
    await begin();
    accept();
    const aiIn = { seconds: 5n };
    stage.server.search.push({ event: { case: 'waiting', value: { level: 3, aiIn } } });
    stage.server.search.push({ event: { case: 'waiting', value: { level: 3, aiAway: true } } });
    await settle();
    const updates = stage.heard.flatMap((e) => (e.kind === 'waiting' ? [e.update] : []));
    expect(updates[0]).toMatchObject({ aiIn: { seconds: 5n }, aiAway: false });
    expect(updates[1]).toMatchObject({ aiAway: true });
  });

  it('is made welcome or not at once, and every sign of life says so from then on', async () => {
    const search = await begin();
    accept();
    await settle();
    expect(await search.welcomeAi(AiWelcome.NEVER)).toBe(true);
    expect(stage.server.kept).toMatchObject([{ aiWelcome: AiWelcome.NEVER, relaxNow: false }]);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(stage.server.kept.at(-1)!.aiWelcome).toBe(AiWelcome.NEVER);
    stage.server.search.push({ event: { case: 'noSuchTicket', value: {} } });
    await vi.advanceTimersByTimeAsync(250);
    expect(stage.server.finds[1]!.request.ticket).toMatchObject({
      value: { criteria: { aiWelcome: AiWelcome.NEVER, tags: ['films'] } },
    });
  });

  it('is said one word after the other, so that the last of two quick wishes counts', async () => {
    const search = await begin();
    accept();
    await settle();
    const answered = { outcome: { case: 'kept' as const, value: {} } };
    const answers: (() => void)[] = [];
    stage.server.onKeep = () => new Promise((told) => answers.push(() => told(answered)));
    const wishes = [search.welcomeAi(AiWelcome.NEVER), search.welcomeAi(AiWelcome.INSTEAD)];
    await settle();
    expect(stage.server.kept.map((kept) => kept.aiWelcome)).toEqual([AiWelcome.NEVER]);
    answers[0]!();
    await settle();
    answers[1]!();
    expect(await Promise.all(wishes)).toEqual([true, true]);
    expect(stage.server.kept.at(-1)!.aiWelcome).toBe(AiWelcome.INSTEAD);
  });

  it('comes with the beat that keeps the ticket in line', async () => {
    await begin();
    accept();
    const value = { sessionId: SESSION, peerKind: MemberKind.AI, keepsLooking: true };
    stage.server.search.push({ event: { case: 'matched', value } });
    await settle();
    const { match } = stage.last('found');
    expect(match.keepWaitingEvery).toBe(15_000);
    expect(companionOf(match)).toMatchObject({ ticketId: TICKET, looking: true });
  });
});

describe('somebody who is asked first', () => {
  it('is told with the time it takes at most', async () => {
    await begin();
    accept();
    const value = { decidedWithin: { seconds: 8n } };
    stage.server.search.push({ event: { case: 'peerAsked', value } });
    await settle();
    expect(last()).toEqual({ kind: 'peerAsked', within: 8_000 });
  });
});

describe('what this participant has', () => {
  it('is a way into a session while its grant is good', async () => {
    const matched = { sessionId: SESSION, grant: new Uint8Array([1]) };
    const value = { sessionId: SESSION, ticketId: TICKET, matched };
    stage.server.current = { outcome: { case: 'session', value } };
    const current = await currentOf(stage.server.door, stage.identity);
    expect(current).toMatchObject({ has: 'session', match: { ticketId: TICKET, matched } });
  });

  it('is refused by name when the call is not served', async () => {
    await expect(currentOf(stage.server.door, stage.identity)).rejects.toMatchObject({
      advice: { do: 'stop' },
    });
  });
});
