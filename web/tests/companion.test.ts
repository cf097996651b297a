import { create } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import { describe, expect, it, vi } from 'vitest';
import {
  AiWelcome,
  CriteriaSchema,
  ProposalAnswer,
  TicketState,
} from '../src/gen/parley/match/v1/match_service_pb.js';
import { EndReason, Next } from '../src/gen/parley/session/v1/frames_pb.js';
import { Companion, type CompanionEvent, type CompanionState } from '../src/parley/companion.js';
import { Conversation } from '../src/parley/conversation.js';
import { stateOfMatch, type ConversationEvent } from '../src/parley/conversation-events.js';
import { PeerSearch } from '../src/parley/match.js';
import { TICKET, type NoticeEvent } from './fake/server.js';
import { settle, Stage } from './fake/stage.js';
import { GRANT } from './fake/talk.js';

const IN_LINE: CompanionState = {
  ticketId: TICKET,
  correlationId: 'correlation',
  keepWaitingEvery: 20_000,
  looking: true,
  switching: false,
};
const PROPOSAL = 'p'.repeat(22);
const PERSON = 'n'.repeat(22);
const offered: NoticeEvent = {
  case: 'proposal',
  value: {
    proposalId: PROPOSAL,
    answerWithin: { seconds: 8n },
    replacesCompanion: true,
    receipt: { sharedTags: ['films'], language: 'en' },
  },
};
const matched: NoticeEvent = {
  case: 'matched',
  value: { sessionId: PERSON, grant: new Uint8Array([7]), enterWithin: { seconds: 10n } },
};
const withdrawn = (stillLooking: boolean): NoticeEvent => ({
  case: 'proposalWithdrawn',
  value: { proposalId: PROPOSAL, stillLooking },
});

const stage = new Stage<CompanionEvent>();

/** A live conversation with an AI peer, and the place in line of its person. */
async function begin(from: CompanionState = IN_LINE): Promise<Companion> {
  const { server, identity } = stage;
  const companion = Companion.keep(server.door, identity, from, stage.hear);
  const hear = (event: ConversationEvent) => companion.hear(event);
  await stage.opened(Conversation.open(server.door, identity, GRANT, hear));
  server.letIn();
  return stage.opened(companion);
}

async function notice(...events: NoticeEvent[]): Promise<void> {
  for (const event of events) stage.server.stream.push(stage.server.noticed(event));
  await settle();
}

describe('a place in line', () => {
  it('is kept while its person talks with an AI peer', async () => {
    await begin();
    await vi.advanceTimersByTimeAsync(41_000);
    expect(stage.server.kept).toHaveLength(2);
    expect(stage.server.kept[0]).toMatchObject({
      ticketId: TICKET,
      aiWelcome: AiWelcome.UNSPECIFIED,
    });
  });

  it('is kept by what the conversation tells when timers are slow', async () => {
    await begin();
    await settle();
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 21_000);
    stage.server.stream.push({ event: { case: 'heartbeat', value: {} } });
    await settle();
    expect(stage.server.kept).toHaveLength(1);
  });

  it('is not asked for by somebody who does not look any more', async () => {
    await begin({ ...IN_LINE, looking: false });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stage.server.kept).toHaveLength(0);
  });

  it('is left and taken again at the wish of its person', async () => {
    const companion = await begin();
    expect(await companion.look('noMore')).toBe(true);
    expect(stage.server.kept.at(-1)!.aiWelcome).toBe(AiWelcome.INSTEAD);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stage.server.kept).toHaveLength(1);
    expect(await companion.look('meanwhile')).toBe(true);
    expect(stage.server.kept.at(-1)!.aiWelcome).toBe(AiWelcome.MEANWHILE);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(stage.server.kept).toHaveLength(3);
    expect(stage.heard).toEqual([
      { kind: 'looking', looking: false },
      { kind: 'looking', looking: true },
    ]);
  });

  it('that the server does not give is not told as taken', async () => {
    const value = { state: TicketState.EXPIRED };
    stage.server.onKeep = () => ({ outcome: { case: 'notWaiting', value } });
    const companion = await begin({ ...IN_LINE, looking: false });
    expect(await companion.look('meanwhile')).toBe(false);
    expect(stage.heard).toEqual([]);
  });

  it('is told gone when the server says so, and only then', async () => {
    await begin();
    const value = { state: TicketState.PROPOSED };
    stage.server.onKeep = () => ({ outcome: { case: 'notWaiting', value } });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(stage.heard).toEqual([]);
    stage.server.onKeep = () => {
      throw new ConnectError('lost', Code.Unavailable);
    };
    await vi.advanceTimersByTimeAsync(40_000);
    expect(stage.heard).toEqual([]);
    stage.server.onKeep = () => ({ outcome: { case: 'noSuchTicket', value: {} } });
    await vi.advanceTimersByTimeAsync(40_000);
    expect(stage.heard).toEqual([{ kind: 'looking', looking: false }]);
  });

  it('ends when its person looks for nobody any more', async () => {
    const companion = await begin();
    companion.cancel();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stage.server.cancelled).toEqual([TICKET]);
    expect(stage.server.kept).toHaveLength(0);
  });
});

describe('a person who is there', () => {
  it('is offered with the time to answer and what both gave', async () => {
    await begin();
    await notice(offered);
    expect(stage.last('offered').offer).toEqual({
      ...{ proposalId: PROPOSAL, until: Date.now() + 8_000, accepted: false },
      ...{ sharedTags: ['films'], language: 'en' },
    });
  });

  it('is met after a yes', async () => {
    const companion = await begin();
    await notice(offered);
    companion.answer('accept');
    await settle();
    expect(stage.server.proposalsAnswered).toMatchObject([
      { proposalId: PROPOSAL, answer: ProposalAnswer.ACCEPT },
    ]);
    expect(stage.last('offered').offer.accepted).toBe(true);
    await notice(matched);
    const { match } = stage.last('switch');
    expect(match).toMatchObject({ ticketId: TICKET, matched: { sessionId: PERSON } });
    expect(stateOfMatch(match)).toMatchObject({
      sessionId: PERSON,
      credential: { kind: 'grant', bytes: 'Bw' },
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stage.server.kept).toHaveLength(0);
    expect(stage.kinds()).toEqual(['offered', 'offered', 'switch']);
  });

  it('is not met after a no, which is told once', async () => {
    const companion = await begin();
    await notice(offered);
    companion.answer('decline');
    await settle();
    expect(stage.server.proposalsAnswered[0]!.answer).toBe(ProposalAnswer.DECLINE);
    await notice(withdrawn(true));
    expect(stage.heard.slice(1)).toEqual([{ kind: 'withdrawn', why: 'declined' }]);
    expect(companion.state.looking).toBe(true);
  });

  it('who leaves meanwhile is told gone, and the place is kept', async () => {
    const companion = await begin();
    await notice(offered);
    companion.answer('accept');
    await notice(withdrawn(true), matched);
    expect(stage.kinds()).toEqual(['offered', 'offered', 'withdrawn']);
    expect(stage.last('withdrawn').why).toBe('gone');
    expect(companion.state).toMatchObject({ looking: true, switching: false });
  });

  it('who was not answered in time costs the place in line, until it is asked for again', async () => {
    const companion = await begin();
    await notice(offered, withdrawn(false));
    expect(stage.heard.slice(1)).toEqual([
      { kind: 'withdrawn', why: 'late' },
      { kind: 'looking', looking: false },
    ]);
    expect(await companion.look('meanwhile')).toBe(true);
    expect(stage.last('looking').looking).toBe(true);
  });

  it('is answered once', async () => {
    const companion = await begin();
    await notice(offered);
    companion.answer('accept');
    companion.answer('decline');
    await settle();
    expect(stage.server.proposalsAnswered).toHaveLength(1);
  });

  it('is not waited for without end when the word of the server is lost', async () => {
    await begin();
    await notice(offered);
    await vi.advanceTimersByTimeAsync(13_000);
    expect(stage.last('withdrawn').why).toBe('late');
  });

  it('of another conversation is not met: an inbox outlives a conversation', async () => {
    await begin();
    await notice(offered, matched);
    expect(stage.kinds()).toEqual(['offered']);
  });

  it('is still met after a reload between the yes and the meeting', async () => {
    const before = await begin();
    await notice(offered);
    before.answer('accept');
    await settle();
    const kept = JSON.parse(JSON.stringify(before.state)) as CompanionState;
    before.close();
    stage.heard = [];
    await begin(kept);
    await notice(matched);
    expect(stage.kinds()).toEqual(['switch']);
  });
});

describe('an AI peer that is lost', () => {
  it('leads back into line, by the ticket', async () => {
    await begin();
    let ended: ConversationEvent | undefined;
    const hear = (event: ConversationEvent) => (ended = event);
    await stage.opened(Conversation.open(stage.server.door, stage.identity, GRANT, hear));
    stage.server.letIn();
    const value = { reason: EndReason.LOST, next: Next.START_OVER };
    stage.server.stream.push({ event: { case: 'end', value } });
    await settle();
    expect(ended).toEqual({ kind: 'ended', ending: 'lost', next: 'startOver' });
    const { door } = stage.server;
    const criteria = create(CriteriaSchema, {});
    await stage.opened(PeerSearch.start(door, stage.identity, criteria, () => {}, TICKET));
    expect(stage.server.finds[0]!.request.ticket).toEqual({ case: 'ticketId', value: TICKET });
  });
});
