import { describe, expect, it, vi } from 'vitest';
import type { ConversationState } from '../src/parley/conversation-events.js';
import { EndReason, Next, Reset_Reason } from '../src/gen/parley/session/v1/frames_pb.js';
import { unavailable, type Outcome } from './fake/server.js';
import { settle } from './fake/stage.js';
import { TalkStage } from './fake/talk.js';

const stage = new TalkStage();

describe('own texts', () => {
  it('are numbered without gaps, and told stored in order', async () => {
    const conversation = await stage.begin();
    ['a', 'b', 'c'].forEach((text) => conversation.send(text));
    expect(stage.server.sends).toHaveLength(0);
    stage.server.letIn();
    await settle();
    expect(stage.server.sequences).toEqual([[1, 2, 3]]);
    expect(stage.storedTexts()).toEqual(['a', 'b', 'c']);
  });

  it('go up one Send at a time, sixteen at most', async () => {
    const answers: (() => void)[] = [];
    stage.server.onSend = async (request) => {
      await new Promise<void>((resolve) => answers.push(resolve));
      return request.frames.map(({ frame }) =>
        stage.server.stored(frame.case === 'text' ? frame.value.sequence : 0),
      );
    };
    const conversation = await stage.begin();
    stage.server.letIn();
    for (let i = 1; i <= 20; i++) conversation.send(`text ${i}`);
    await settle();
    expect(stage.server.sequences.map((texts) => texts.length)).toEqual([16]);
    answers.shift()!();
    await settle();
    expect(stage.server.sequences.map((texts) => texts.length)).toEqual([16, 4]);
  });

  it('let nothing overtake them, and share a Send with sixteen frames at most', async () => {
    let answer = () => {};
    stage.server.onSend = async (request) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return request.frames.flatMap(({ frame }) =>
        frame.case === 'text' ? [stage.server.stored(frame.value.sequence)] : [],
      );
    };
    const conversation = await stage.begin();
    for (let i = 1; i <= 16; i++) conversation.send(`text ${i}`);
    conversation.typing();
    stage.server.letIn();
    await settle();
    conversation.send('late');
    await settle();
    expect(stage.server.sends.map(({ frames }) => frames.length)).toEqual([16]);
    answer();
    await settle();
    expect(stage.server.sends[1]!.frames.map(({ frame }) => frame.case)).toContain('typing');
  });

  it('are sent again with the same sequences after a cut, without those that arrived', async () => {
    stage.server.onSend = () => new Promise(() => {});
    const conversation = await stage.begin();
    stage.server.letIn();
    ['a', 'b', 'c'].forEach((text) => conversation.send(text));
    await settle();
    stage.server.stream.cut(unavailable());
    await vi.advanceTimersByTimeAsync(250);
    stage.server.onSend = (request) =>
      request.frames.map(({ frame }) =>
        stage.server.stored(frame.case === 'text' ? frame.value.sequence : 0),
      );
    stage.server.letIn({ nextSequence: 2 });
    await settle();
    expect(stage.server.sequences).toEqual([
      [1, 2, 3],
      [2, 3],
    ]);
    expect(stage.storedTexts()).toEqual(['a', 'b', 'c']);
  });

  it('go on from the sequence that the server expects when they came out of order', async () => {
    let first = true;
    stage.server.onSend = ({ frames }) =>
      frames.flatMap(({ frame }): Outcome[] => {
        if (frame.case !== 'text') return [];
        if (!first) return [stage.server.stored(frame.value.sequence)];
        if (frame.value.sequence === 3) first = false;
        const outcome = { case: 'outOfOrder' as const, value: { expected: 1 } };
        return [{ sequence: frame.value.sequence, outcome }];
      });
    const conversation = await stage.begin();
    stage.server.letIn();
    ['a', 'b', 'c'].forEach((text) => conversation.send(text));
    await settle();
    expect(stage.server.sequences).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(stage.storedTexts()).toEqual(['a', 'b', 'c']);
  });

  it('wait when they come too fast, then go one by one', async () => {
    let answered = 0;
    stage.server.onSend = ({ frames }) =>
      frames.flatMap(({ frame }): Outcome[] => {
        if (frame.case !== 'text') return [];
        const { sequence } = frame.value;
        if (++answered > 3) return [stage.server.stored(sequence)];
        const value = { retryAfter: { seconds: 2n } };
        return [{ sequence, outcome: { case: 'tooFast', value } }];
      });
    const conversation = await stage.begin();
    stage.server.letIn();
    ['a', 'b', 'c'].forEach((text) => conversation.send(text));
    await vi.advanceTimersByTimeAsync(1_900);
    expect(stage.server.sequences).toEqual([[1, 2, 3]]);
    expect(stage.kinds().filter((kind) => kind === 'slowed')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(stage.server.sequences).toEqual([[1, 2, 3], [1], [2], [3]]);
    expect(stage.storedTexts()).toEqual(['a', 'b', 'c']);
  });

  it('that are refused give their sequence to the next', async () => {
    stage.server.onSend = ({ frames }) =>
      frames.flatMap(({ frame }): Outcome[] => {
        if (frame.case !== 'text') return [];
        const { sequence, text } = frame.value;
        if (text !== 'bad') return [stage.server.stored(sequence)];
        return [{ sequence, outcome: { case: 'notPlainText', value: {} } }];
      });
    const conversation = await stage.begin();
    stage.server.letIn();
    conversation.send('bad');
    await settle();
    conversation.send('good');
    await settle();
    expect(stage.notSent()).toEqual(['bad: notPlainText']);
    expect(stage.server.sequences).toEqual([[1], [1]]);
    expect(stage.storedTexts()).toEqual(['good']);
  });

  it('are not sent, and never again by themselves, after a reset', async () => {
    stage.server.onSend = () => new Promise(() => {});
    const conversation = await stage.begin();
    stage.server.letIn();
    conversation.send('lost');
    await settle();
    stage.server.stream.cut(unavailable());
    await vi.advanceTimersByTimeAsync(250);
    const limits = { heartbeatEvery: { seconds: 25n } };
    const tip = { epoch: 2, offset: 0, check: 0 };
    stage.server.stream.push({
      event: { case: 'entered', value: { nextSequence: 1, tip, limits } },
    });
    const reset = { reason: Reset_Reason.LOG_LOST, resumeAt: tip };
    stage.server.stream.push({ event: { case: 'reset', value: reset } });
    stage.server.stream.push({ event: { case: 'caughtUp', value: { position: tip } } });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(stage.last('reset')).toMatchObject({ reason: Reset_Reason.LOG_LOST, resumeAt: tip });
    expect(stage.notSent()).toEqual(['lost: reset']);
    expect(stage.server.sequences).toEqual([[1]]);
    expect(conversation.state.unsent).toEqual([]);
  });

  it('are kept in the state over a reload, and answered by the log', async () => {
    stage.server.onSend = () => new Promise(() => {});
    const before = await stage.begin();
    stage.server.letIn();
    before.send('first');
    before.send('second');
    await settle();
    const kept = JSON.parse(JSON.stringify(before.state)) as ConversationState;
    before.close();
    expect(kept.unsent.map(({ text }) => text)).toEqual(['first', 'second']);
    stage.server.onSend = ({ frames }) =>
      frames.map(({ frame }) =>
        stage.server.stored(frame.case === 'text' ? frame.value.sequence : 0),
      );
    await stage.begin(kept);
    stage.server.letIn({ nextSequence: 2 }, 1);
    // Its own text comes back as an envelope before `caught_up`.
    stage.server.opens.at(-1)!.feed.push({});
    await settle();
    expect(stage.kinds().filter((kind) => kind === 'reconnecting')).toHaveLength(1);
  });

  it('are told not sent when the conversation is over', async () => {
    const conversation = await stage.begin();
    conversation.send('too late');
    stage.server.stream.push({
      event: { case: 'end', value: { reason: EndReason.LEFT, next: Next.STOP } },
    });
    await settle();
    expect(stage.notSent()).toEqual(['too late: closed']);
    expect(stage.last('ended')).toMatchObject({ ending: 'left', next: 'stop' });
    expect(conversation.send('even later').number).toBe(2);
    expect(stage.notSent()).toContain('even later: closed');
  });
});
