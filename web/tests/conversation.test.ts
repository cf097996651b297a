import { Code, ConnectError } from '@connectrpc/connect';
import { describe, expect, it, vi } from 'vitest';
import { Channel, EndReason, Next, Reset_Reason } from '../src/gen/parley/session/v1/frames_pb.js';
import { SESSION } from './fake/server.js';
import { settle } from './fake/stage.js';
import { TalkStage } from './fake/talk.js';

const stage = new TalkStage();

describe('ends', () => {
  it.each([
    [EndReason.LEFT, Next.STOP, 'left', 'stop'],
    [EndReason.LOST, Next.STOP, 'lost', 'stop'],
    [EndReason.TAKEN_OVER, Next.STOP, 'takenOver', 'stop'],
    [EndReason.REVOKED, Next.STOP, 'revoked', 'stop'],
    [EndReason.NO_SHOW, Next.START_OVER, 'noShow', 'startOver'],
    [EndReason.LOST, Next.START_OVER, 'lost', 'startOver'],
    [EndReason.HUMAN_FOUND, Next.STOP, 'humanFound', 'stop'],
    [99 as EndReason, Next.STOP, 'other', 'stop'],
  ])('by reason %i and next %i are %s: %s', async (reason, next, ending, then) => {
    await stage.begin();
    stage.server.letIn();
    stage.server.stream.push({ event: { case: 'end', value: { reason, next } } });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(stage.last('ended')).toEqual({ kind: 'ended', ending, next: then });
    expect(stage.server.opens).toHaveLength(1);
  });

  it.each([EndReason.DRAIN, EndReason.MAX_AGE, EndReason.SLOW_READER, EndReason.UNAVAILABLE])(
    'by reason %i are resumed at once',
    async (reason) => {
      await stage.begin();
      stage.server.letIn();
      stage.server.stream.push({ event: { case: 'end', value: { reason, next: Next.RESUME } } });
      await vi.advanceTimersByTimeAsync(1);
      expect(stage.server.opens).toHaveLength(2);
      expect(stage.kinds()).not.toContain('ended');
    },
  );

  it('are resumed after what the server asked for, with jitter', async () => {
    await stage.begin();
    stage.server.letIn();
    const value = { reason: EndReason.DRAIN, next: Next.RESUME, retryAfter: { seconds: 3n } };
    stage.server.stream.push({ event: { case: 'end', value } });
    await vi.advanceTimersByTimeAsync(2_999);
    expect(stage.server.opens).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(3_001);
    expect(stage.server.opens).toHaveLength(2);
  });

  it('by leaving come after what was written, or beside the stream when that takes too long', async () => {
    const conversation = await stage.begin();
    stage.server.letIn();
    conversation.send('bye');
    conversation.leave();
    await settle();
    const frames = stage.server.sends.flatMap((send) => send.frames.map(({ frame }) => frame.case));
    expect(frames.filter((frame) => frame === 'text' || frame === 'leave')).toEqual([
      'text',
      'leave',
    ]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(stage.server.left).toBe(1);
    expect(stage.last('ended')).toMatchObject({ ending: 'youLeft', next: 'stop' });
  });

  it('by another tab come with the answer to a sign of life, too', async () => {
    const conversation = await stage.begin();
    stage.server.letIn();
    await settle();
    expect(conversation.state.attachment).toBe(1);
    stage.server.stream.push({
      event: { case: 'end', value: { reason: EndReason.TAKEN_OVER, next: Next.STOP } },
    });
    await settle();
    expect(stage.last('ended').ending).toBe('takenOver');
  });
});

describe('what is not known here', () => {
  it('is skipped, and the position goes on', async () => {
    const conversation = await stage.begin();
    stage.server.letIn();
    const position = { epoch: 1, offset: 1, check: 5 };
    stage.server.said('has the place that the unknown takes');
    stage.server.stream.push({
      envelopes: [{ position, memberId: 2 }],
      event: { case: undefined },
    });
    stage.server.stream.push({
      channel: 77 as Channel,
      envelopes: [{ position: { epoch: 9, offset: 1 } }],
    });
    await settle();
    expect(conversation.state.position).toEqual(position);
    expect(stage.kinds()).toEqual(['entered', 'live']);
  });

  it('among outcomes is acted on by its next', async () => {
    stage.server.onSend = () => [{ sequence: 1, next: Next.STOP }];
    const conversation = await stage.begin();
    stage.server.letIn();
    conversation.send('odd');
    await settle();
    expect(stage.notSent()).toEqual(['odd: refused']);
    stage.server.onSend = () => [{ sequence: 1, next: Next.RESUME }];
    conversation.send('odder');
    await vi.advanceTimersByTimeAsync(300);
    expect(stage.server.opens).toHaveLength(2);
  });

  it('in an inbox is passed by, and what is known is told', async () => {
    const conversation = await stage.begin();
    stage.server.letIn();
    const position = { epoch: 3, offset: 4, check: 5 };
    stage.server.stream.push({
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
    expect(stage.last('peerNeverCame').ticketId).toBe('the ticket');
    expect(conversation.state.inboxPosition).toEqual(position);
  });
});

describe('signs of life', () => {
  it('go every twenty seconds, and as the answer to a heartbeat', async () => {
    await stage.begin();
    stage.server.letIn();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(stage.server.acknowledged).toHaveLength(1);
    stage.server.stream.push({ event: { case: 'heartbeat', value: {} } });
    await settle();
    expect(stage.server.acknowledged).toHaveLength(2);
    expect(stage.server.acknowledged[1]).toMatchObject({ sessionId: SESSION, attachment: 1 });
  });

  it('are driven by what comes when timers are slow', async () => {
    await stage.begin();
    stage.server.letIn();
    await settle();
    const now = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 21_000);
    stage.server.stream.push(stage.server.said('in a hidden tab'));
    await settle();
    expect(stage.server.acknowledged).toHaveLength(1);
    now.mockRestore();
  });

  it('carry what was received and read', async () => {
    const conversation = await stage.begin();
    stage.server.letIn();
    stage.server.stream.push(stage.server.said('one'));
    stage.server.stream.push(stage.server.said('two'));
    await settle();
    conversation.read(1);
    await vi.advanceTimersByTimeAsync(1_000);
    const receipts = stage.server.sends.flatMap((send) =>
      send.frames.flatMap(({ frame }) => (frame.case === 'receipt' ? [frame.value] : [])),
    );
    expect(receipts.at(-1)).toMatchObject({ deliveredOffset: 2, readOffset: 1 });
    expect(receipts.length).toBeLessThanOrEqual(2);
  });

  it('of the others are told on coming in, as they were by then', async () => {
    await stage.begin();
    stage.server.letIn({ receipts: [{ memberId: 2, deliveredOffset: 7, readOffset: 5 }] });
    await settle();
    expect(stage.last('receipt')).toEqual({ kind: 'receipt', memberId: 2, delivered: 7, read: 5 });
    stage.server.stream.push({
      event: { case: 'receipt', value: { memberId: 2, deliveredOffset: 8, readOffset: 8 } },
    });
    await settle();
    expect(stage.last('receipt')).toMatchObject({ delivered: 8, read: 8 });
  });

  it('of a log that is lost are not told of the next', async () => {
    const conversation = await stage.begin();
    stage.server.letIn();
    stage.server.stream.push(stage.server.said('one'));
    stage.server.stream.push(stage.server.said('two'));
    await settle();
    conversation.read(2);
    stage.server.stream.push({
      event: { case: 'receipt', value: { memberId: 2, deliveredOffset: 9, readOffset: 9 } },
    });
    await vi.advanceTimersByTimeAsync(1_000);
    stage.server.stream.push({ event: { case: 'end', value: { next: Next.RESUME } } });
    await vi.advanceTimersByTimeAsync(1);
    const before = stage.server.sends.length;
    const resumeAt = { epoch: 1, offset: 0, check: 0 };
    stage.server.letIn({ receipts: [{ memberId: 2, deliveredOffset: 1, readOffset: 0 }] });
    const reset = { reason: Reset_Reason.LOG_LOST, resumeAt };
    stage.server.stream.push({ event: { case: 'reset', value: reset } });
    stage.server.stream.push({ event: { case: 'caughtUp', value: { position: resumeAt } } });
    await settle();
    expect(stage.heard.findLast(({ kind }) => kind === 'receipt' || kind === 'reset')).toEqual({
      ...{ kind: 'receipt', memberId: 2, delivered: 1, read: 0 },
    });
    conversation.read(2);
    const position = { epoch: 1, offset: 1, check: 5 };
    const content = { case: 'text', value: 'another one' } as const;
    stage.server.stream.push({ envelopes: [{ position, memberId: 2, content }] });
    await vi.advanceTimersByTimeAsync(2_000);
    const receipts = stage.server.sends
      .slice(before)
      .flatMap((send) =>
        send.frames.flatMap(({ frame }) => (frame.case === 'receipt' ? [frame.value] : [])),
      );
    expect(receipts).toHaveLength(1);
    expect(receipts[0]).toMatchObject({ deliveredOffset: 1, readOffset: 0 });
  });

  it('say that somebody types, now and when it is time again', async () => {
    const conversation = await stage.begin();
    stage.server.letIn();
    await settle();
    for (let i = 0; i < 10; i++) conversation.typing();
    await settle();
    const typing = () =>
      stage.server.sends.flatMap((send) =>
        send.frames.filter(({ frame }) => frame.case === 'typing'),
      );
    expect(typing()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(typing()).toHaveLength(2);
    conversation.typing();
    conversation.send('done');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(typing()).toHaveLength(2);
  });

  it('that get lost end nothing', async () => {
    const conversation = await stage.begin();
    stage.server.letIn();
    vi.spyOn(stage.server.acknowledged, 'push').mockImplementation(() => {
      throw new ConnectError('lost', Code.Unavailable);
    });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(conversation.state.attachment).toBe(1);
    expect(stage.server.opens).toHaveLength(1);
  });
});
