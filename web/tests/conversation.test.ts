import { Code, ConnectError } from '@connectrpc/connect';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Conversation } from '../src/parley/conversation.js';
import type { ConversationEvent, ConversationState } from '../src/parley/conversation-events.js';
import { Identity } from '../src/parley/identity.js';
import { memoryPlace } from '../src/parley/storage.js';
import { Channel, EndReason, Next, Reset_Reason } from '../src/gen/parley/session/v1/frames_pb.js';
import { FakeServer, SESSION, unavailable, type Outcome } from './fake/server.js';

const GRANT: ConversationState = {
  sessionId: SESSION,
  credential: { kind: 'grant', bytes: 'Z3JhbnQ' },
  attachment: 0,
  nextSequence: 1,
  unsent: [],
  written: 0,
  correlationId: 'correlation',
};

let server: FakeServer;
let identity: Identity;
let heard: ConversationEvent[];
const open: Conversation[] = [];

async function begin(from: ConversationState = GRANT): Promise<Conversation> {
  const conversation = Conversation.open(server.door, identity, from, (event) => heard.push(event));
  open.push(conversation);
  await settle();
  return conversation;
}

/** Everything that is ready runs; no time passes. */
const settle = () => vi.advanceTimersByTimeAsync(0);
const kinds = () => heard.map((event) => event.kind);
const last = <K extends ConversationEvent['kind']>(kind: K) =>
  heard.findLast((event) => event.kind === kind) as Extract<ConversationEvent, { kind: K }>;
const notSent = () =>
  heard.flatMap((event) =>
    event.kind === 'notSent' ? [`${event.text.text}: ${event.reason}`] : [],
  );
const storedTexts = () =>
  heard.flatMap((event) => (event.kind === 'stored' ? [event.text.text] : []));

beforeEach(async () => {
  vi.useFakeTimers();
  server = new FakeServer();
  heard = [];
  const wish = { birthYear: 1990, gender: 0, acceptedTerms: '', acceptTerms: () => true };
  identity = await Identity.open(server.door, { ...wish, device: undefined }, memoryPlace());
});

afterEach(() => {
  open.splice(0).forEach((conversation) => conversation.close());
  identity.close();
  vi.useRealTimers();
});

describe('coming back', () => {
  it('climbs the ladder from a quarter of a second to ten seconds', async () => {
    await begin();
    const pauses: number[] = [];
    for (let cut = 0; cut < 8; cut++) {
      server.stream.cut(unavailable());
      await settle();
      pauses.push(last('reconnecting').pause);
      await vi.advanceTimersByTimeAsync(pauses.at(-1)!);
    }
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000, 10000, 10000]);
  });

  it('begins the ladder anew once it was live again', async () => {
    await begin();
    server.letIn();
    await settle();
    server.stream.cut(unavailable());
    await vi.advanceTimersByTimeAsync(250);
    server.letIn();
    await settle();
    server.stream.end();
    await settle();
    expect(last('reconnecting').pause).toBe(250);
  });

  it('enters with the grant first, then with the pass and the position', async () => {
    await begin();
    expect(server.opens[0]!.request.enter!.credential.case).toBe('grant');
    expect(server.opens[0]!.request.enter!.position).toBeUndefined();
    server.letIn();
    server.stream.push(server.said('hello'));
    await settle();
    server.stream.end();
    await vi.advanceTimersByTimeAsync(250);
    const { credential, position } = server.opens[1]!.request.enter!;
    expect(credential).toEqual({ case: 'pass', value: new Uint8Array([9, 1]) });
    expect(position).toMatchObject({ epoch: 1, offset: 1, check: 7 });
  });

  it('names its session and its token in every call', async () => {
    await begin();
    const { headers } = server.opens[0]!;
    expect(headers.get('x-parley-session')).toBe(SESSION);
    expect(headers.get('authorization')).toBe('Bearer access of guest1-1');
    expect(headers.get('x-correlation-id')).toBe('correlation');
  });

  it('takes a stream that says nothing for three heartbeats for dead', async () => {
    await begin();
    server.letIn();
    await vi.advanceTimersByTimeAsync(74_000);
    expect(server.opens).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_300);
    expect(server.opens).toHaveLength(2);
    expect(server.opens[0]!.feed.aborted).toBe(true);
  });

  it('takes a stream that lets nobody in for ten seconds for dead', async () => {
    await begin();
    await vi.advanceTimersByTimeAsync(10_250);
    expect(server.opens).toHaveLength(2);
  });

  it('tries at once when the tab wakes, and drops the old stream when the network changed', async () => {
    const conversation = await begin();
    server.stream.cut(unavailable());
    await settle();
    conversation.wake('tab');
    await settle();
    expect(server.opens).toHaveLength(2);
    server.letIn();
    await settle();
    conversation.wake('tab');
    await settle();
    expect(server.opens).toHaveLength(2);
    conversation.wake('network');
    await vi.advanceTimersByTimeAsync(1);
    expect(server.opens).toHaveLength(3);
    expect(server.opens[1]!.feed.aborted).toBe(true);
  });

  it('refreshes a refused token once, and ends when that did not help', async () => {
    server.refuseToken = () => Code.Unauthenticated;
    await begin();
    await settle();
    expect(server.refreshed).toEqual(['guest1-1']);
    expect(last('ended')).toMatchObject({ ending: 'refused', next: 'startOver' });
  });

  it('enters again when something that must have come is missing', async () => {
    await begin();
    server.letIn();
    server.said('lost on the way');
    server.stream.push(server.said('with a gap before it'));
    await vi.advanceTimersByTimeAsync(300);
    expect(server.opens).toHaveLength(2);
    expect(kinds()).not.toContain('message');
  });
});

describe('own texts', () => {
  it('are numbered without gaps, and told stored in order', async () => {
    const conversation = await begin();
    ['a', 'b', 'c'].forEach((text) => conversation.send(text));
    expect(server.sends).toHaveLength(0);
    server.letIn();
    await settle();
    expect(server.sequences).toEqual([[1, 2, 3]]);
    expect(storedTexts()).toEqual(['a', 'b', 'c']);
  });

  it('go up one Send at a time, sixteen at most', async () => {
    const answers: (() => void)[] = [];
    server.onSend = async (request) => {
      await new Promise<void>((resolve) => answers.push(resolve));
      return request.frames.map(({ frame }) =>
        server.stored(frame.case === 'text' ? frame.value.sequence : 0),
      );
    };
    const conversation = await begin();
    server.letIn();
    for (let i = 1; i <= 20; i++) conversation.send(`text ${i}`);
    await settle();
    expect(server.sequences.map((texts) => texts.length)).toEqual([16]);
    answers.shift()!();
    await settle();
    expect(server.sequences.map((texts) => texts.length)).toEqual([16, 4]);
  });

  it('let nothing overtake them, and share a Send with sixteen frames at most', async () => {
    let answer = () => {};
    server.onSend = async (request) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return request.frames.flatMap(({ frame }) =>
        frame.case === 'text' ? [server.stored(frame.value.sequence)] : [],
      );
    };
    const conversation = await begin();
    for (let i = 1; i <= 16; i++) conversation.send(`text ${i}`);
    conversation.typing();
    server.letIn();
    await settle();
    conversation.send('late');
    await settle();
    expect(server.sends.map(({ frames }) => frames.length)).toEqual([16]);
    answer();
    await settle();
    expect(server.sends[1]!.frames.map(({ frame }) => frame.case)).toContain('typing');
  });

  it('are sent again with the same sequences after a cut, without those that arrived', async () => {
    server.onSend = () => new Promise(() => {});
    const conversation = await begin();
    server.letIn();
    ['a', 'b', 'c'].forEach((text) => conversation.send(text));
    await settle();
    server.stream.cut(unavailable());
    await vi.advanceTimersByTimeAsync(250);
    server.onSend = (request) =>
      request.frames.map(({ frame }) =>
        server.stored(frame.case === 'text' ? frame.value.sequence : 0),
      );
    server.letIn({ nextSequence: 2 });
    await settle();
    expect(server.sequences).toEqual([
      [1, 2, 3],
      [2, 3],
    ]);
    expect(storedTexts()).toEqual(['a', 'b', 'c']);
  });

  it('go on from the sequence that the server expects when they came out of order', async () => {
    let first = true;
    server.onSend = ({ frames }) =>
      frames.flatMap(({ frame }): Outcome[] => {
        if (frame.case !== 'text') return [];
        if (!first) return [server.stored(frame.value.sequence)];
        if (frame.value.sequence === 3) first = false;
        const outcome = { case: 'outOfOrder' as const, value: { expected: 1 } };
        return [{ sequence: frame.value.sequence, outcome }];
      });
    const conversation = await begin();
    server.letIn();
    ['a', 'b', 'c'].forEach((text) => conversation.send(text));
    await settle();
    expect(server.sequences).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(storedTexts()).toEqual(['a', 'b', 'c']);
  });

  it('wait when they come too fast, then go one by one', async () => {
    let answered = 0;
    server.onSend = ({ frames }) =>
      frames.flatMap(({ frame }): Outcome[] => {
        if (frame.case !== 'text') return [];
        const { sequence } = frame.value;
        if (++answered > 3) return [server.stored(sequence)];
        const value = { retryAfter: { seconds: 2n } };
        return [{ sequence, outcome: { case: 'tooFast', value } }];
      });
    const conversation = await begin();
    server.letIn();
    ['a', 'b', 'c'].forEach((text) => conversation.send(text));
    await vi.advanceTimersByTimeAsync(1_900);
    expect(server.sequences).toEqual([[1, 2, 3]]);
    expect(kinds().filter((kind) => kind === 'slowed')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(server.sequences).toEqual([[1, 2, 3], [1], [2], [3]]);
    expect(storedTexts()).toEqual(['a', 'b', 'c']);
  });

  it('that are refused give their sequence to the next', async () => {
    server.onSend = ({ frames }) =>
      frames.flatMap(({ frame }): Outcome[] => {
        if (frame.case !== 'text') return [];
        const { sequence, text } = frame.value;
        if (text !== 'bad') return [server.stored(sequence)];
        return [{ sequence, outcome: { case: 'notPlainText', value: {} } }];
      });
    const conversation = await begin();
    server.letIn();
    conversation.send('bad');
    await settle();
    conversation.send('good');
    await settle();
    expect(notSent()).toEqual(['bad: notPlainText']);
    expect(server.sequences).toEqual([[1], [1]]);
    expect(storedTexts()).toEqual(['good']);
  });

  it('are not sent, and never again by themselves, after a reset', async () => {
    server.onSend = () => new Promise(() => {});
    const conversation = await begin();
    server.letIn();
    conversation.send('lost');
    await settle();
    server.stream.cut(unavailable());
    await vi.advanceTimersByTimeAsync(250);
    const limits = { heartbeatEvery: { seconds: 25n } };
    const tip = { epoch: 2, offset: 0, check: 0 };
    server.stream.push({ event: { case: 'entered', value: { nextSequence: 1, tip, limits } } });
    const reset = { reason: Reset_Reason.LOG_LOST, resumeAt: tip };
    server.stream.push({ event: { case: 'reset', value: reset } });
    server.stream.push({ event: { case: 'caughtUp', value: { position: tip } } });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(last('reset').reason).toBe(Reset_Reason.LOG_LOST);
    expect(notSent()).toEqual(['lost: reset']);
    expect(server.sequences).toEqual([[1]]);
    expect(conversation.state.unsent).toEqual([]);
  });

  it('are kept in the state over a reload, and answered by the log', async () => {
    server.onSend = () => new Promise(() => {});
    const before = await begin();
    server.letIn();
    before.send('first');
    before.send('second');
    await settle();
    const kept = JSON.parse(JSON.stringify(before.state)) as ConversationState;
    before.close();
    expect(kept.unsent.map(({ text }) => text)).toEqual(['first', 'second']);
    server.onSend = ({ frames }) =>
      frames.map(({ frame }) => server.stored(frame.case === 'text' ? frame.value.sequence : 0));
    await begin(kept);
    server.letIn({ nextSequence: 2 }, 1);
    // Its own text comes back as an envelope before `caught_up`.
    server.opens.at(-1)!.feed.push({});
    await settle();
    expect(kinds().filter((kind) => kind === 'reconnecting')).toHaveLength(1);
  });

  it('are told not sent when the conversation is over', async () => {
    const conversation = await begin();
    conversation.send('too late');
    server.stream.push({
      event: { case: 'end', value: { reason: EndReason.LEFT, next: Next.STOP } },
    });
    await settle();
    expect(notSent()).toEqual(['too late: closed']);
    expect(last('ended')).toMatchObject({ ending: 'left', next: 'stop' });
    expect(conversation.send('even later').number).toBe(2);
    expect(notSent()).toContain('even later: closed');
  });
});

describe('ends', () => {
  it.each([
    [EndReason.LEFT, Next.STOP, 'left', 'stop'],
    [EndReason.LOST, Next.STOP, 'lost', 'stop'],
    [EndReason.TAKEN_OVER, Next.STOP, 'takenOver', 'stop'],
    [EndReason.REVOKED, Next.STOP, 'revoked', 'stop'],
    [EndReason.NO_SHOW, Next.START_OVER, 'noShow', 'startOver'],
    [EndReason.HUMAN_FOUND, Next.START_OVER, 'humanFound', 'startOver'],
    [99 as EndReason, Next.STOP, 'other', 'stop'],
  ])('by reason %i and next %i are %s: %s', async (reason, next, ending, then) => {
    await begin();
    server.letIn();
    server.stream.push({ event: { case: 'end', value: { reason, next } } });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(last('ended')).toEqual({ kind: 'ended', ending, next: then });
    expect(server.opens).toHaveLength(1);
  });

  it.each([EndReason.DRAIN, EndReason.MAX_AGE, EndReason.SLOW_READER, EndReason.UNAVAILABLE])(
    'by reason %i are resumed at once',
    async (reason) => {
      await begin();
      server.letIn();
      server.stream.push({ event: { case: 'end', value: { reason, next: Next.RESUME } } });
      await vi.advanceTimersByTimeAsync(1);
      expect(server.opens).toHaveLength(2);
      expect(kinds()).not.toContain('ended');
    },
  );

  it('are resumed after what the server asked for, with jitter', async () => {
    await begin();
    server.letIn();
    const value = { reason: EndReason.DRAIN, next: Next.RESUME, retryAfter: { seconds: 3n } };
    server.stream.push({ event: { case: 'end', value } });
    await vi.advanceTimersByTimeAsync(2_999);
    expect(server.opens).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(3_001);
    expect(server.opens).toHaveLength(2);
  });

  it('by leaving come after what was written, or beside the stream when that takes too long', async () => {
    const conversation = await begin();
    server.letIn();
    conversation.send('bye');
    conversation.leave();
    await settle();
    const frames = server.sends.flatMap((send) => send.frames.map(({ frame }) => frame.case));
    expect(frames.filter((frame) => frame === 'text' || frame === 'leave')).toEqual([
      'text',
      'leave',
    ]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.left).toBe(1);
    expect(last('ended')).toMatchObject({ ending: 'youLeft', next: 'stop' });
  });

  it('by another tab come with the answer to a sign of life, too', async () => {
    await begin();
    server.letIn();
    await settle();
    const conversation = open.at(-1)!;
    expect(conversation.state.attachment).toBe(1);
    server.stream.push({
      event: { case: 'end', value: { reason: EndReason.TAKEN_OVER, next: Next.STOP } },
    });
    await settle();
    expect(last('ended').ending).toBe('takenOver');
  });
});

describe('what is not known here', () => {
  it('is skipped, and the position goes on', async () => {
    const conversation = await begin();
    server.letIn();
    const position = { epoch: 1, offset: 1, check: 5 };
    server.said('has the place that the unknown takes');
    server.stream.push({ envelopes: [{ position, memberId: 2 }], event: { case: undefined } });
    server.stream.push({
      channel: 77 as Channel,
      envelopes: [{ position: { epoch: 9, offset: 1 } }],
    });
    await settle();
    expect(conversation.state.position).toEqual(position);
    expect(kinds()).toEqual(['entered', 'live']);
  });

  it('among outcomes is acted on by its next', async () => {
    server.onSend = () => [{ sequence: 1, next: Next.STOP }];
    const conversation = await begin();
    server.letIn();
    conversation.send('odd');
    await settle();
    expect(notSent()).toEqual(['odd: refused']);
    server.onSend = () => [{ sequence: 1, next: Next.RESUME }];
    conversation.send('odder');
    await vi.advanceTimersByTimeAsync(300);
    expect(server.opens).toHaveLength(2);
  });

  it('in an inbox is passed by, and what is known is told', async () => {
    const conversation = await begin();
    server.letIn();
    const position = { epoch: 3, offset: 4, check: 5 };
    server.stream.push({
      channel: Channel.INBOX,
      envelopes: [
        { position: { epoch: 3, offset: 3, check: 1 } },
        {
          position,
          content: {
            case: 'notice',
            value: { event: { case: 'peerNeverCame', value: { ticketId: 'the ticket' } } },
          },
        },
      ],
    });
    await settle();
    expect(last('peerNeverCame').ticketId).toBe('the ticket');
    expect(conversation.state.inboxPosition).toEqual(position);
  });
});

describe('signs of life', () => {
  it('go every twenty seconds, and as the answer to a heartbeat', async () => {
    await begin();
    server.letIn();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(server.acknowledged).toHaveLength(1);
    server.stream.push({ event: { case: 'heartbeat', value: {} } });
    await settle();
    expect(server.acknowledged).toHaveLength(2);
    expect(server.acknowledged[1]).toMatchObject({ sessionId: SESSION, attachment: 1 });
  });

  it('are driven by what comes when timers are slow', async () => {
    await begin();
    server.letIn();
    await settle();
    const now = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 21_000);
    server.stream.push(server.said('in a hidden tab'));
    await settle();
    expect(server.acknowledged).toHaveLength(1);
    now.mockRestore();
  });

  it('carry what was received and read', async () => {
    const conversation = await begin();
    server.letIn();
    server.stream.push(server.said('one'));
    server.stream.push(server.said('two'));
    await settle();
    conversation.read(1);
    await vi.advanceTimersByTimeAsync(1_000);
    const receipts = server.sends.flatMap((send) =>
      send.frames.flatMap(({ frame }) => (frame.case === 'receipt' ? [frame.value] : [])),
    );
    expect(receipts.at(-1)).toMatchObject({ deliveredOffset: 2, readOffset: 1 });
    expect(receipts.length).toBeLessThanOrEqual(2);
  });

  it('of the others are told on coming in, as they were by then', async () => {
    await begin();
    server.letIn({ receipts: [{ memberId: 2, deliveredOffset: 7, readOffset: 5 }] });
    await settle();
    expect(last('receipt')).toEqual({ kind: 'receipt', memberId: 2, delivered: 7, read: 5 });
    server.stream.push({
      event: { case: 'receipt', value: { memberId: 2, deliveredOffset: 8, readOffset: 8 } },
    });
    await settle();
    expect(last('receipt')).toMatchObject({ delivered: 8, read: 8 });
  });

  it('say that somebody types, now and when it is time again', async () => {
    const conversation = await begin();
    server.letIn();
    await settle();
    for (let i = 0; i < 10; i++) conversation.typing();
    await settle();
    const typing = () =>
      server.sends.flatMap((send) => send.frames.filter(({ frame }) => frame.case === 'typing'));
    expect(typing()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(typing()).toHaveLength(2);
    conversation.typing();
    conversation.send('done');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(typing()).toHaveLength(2);
  });

  it('that get lost end nothing', async () => {
    const conversation = await begin();
    server.letIn();
    vi.spyOn(server.acknowledged, 'push').mockImplementation(() => {
      throw new ConnectError('lost', Code.Unavailable);
    });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(conversation.state.attachment).toBe(1);
    expect(server.opens).toHaveLength(1);
  });
});
