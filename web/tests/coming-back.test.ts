import { Code } from '@connectrpc/connect';
import { describe, expect, it, vi } from 'vitest';
import { ReadReceipts } from '../src/gen/parley/session/v1/frames_pb.js';
import { SESSION, unavailable } from './fake/server.js';
import { settle } from './fake/stage.js';
import { GRANT, TalkStage } from './fake/talk.js';

const stage = new TalkStage();

describe('coming back', () => {
  it('climbs the ladder from a quarter of a second to ten seconds', async () => {
    await stage.begin();
    const pauses: number[] = [];
    for (let cut = 0; cut < 8; cut++) {
      stage.server.stream.cut(unavailable());
      await settle();
      pauses.push(stage.last('reconnecting').pause);
      await vi.advanceTimersByTimeAsync(pauses.at(-1)!);
    }
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000, 10000, 10000]);
  });

  it('begins the ladder anew once it was live again', async () => {
    await stage.begin();
    stage.server.letIn();
    await settle();
    stage.server.stream.cut(unavailable());
    await vi.advanceTimersByTimeAsync(250);
    stage.server.letIn();
    await settle();
    stage.server.stream.end();
    await settle();
    expect(stage.last('reconnecting').pause).toBe(250);
  });

  it('enters with the grant first, then with the pass and the position', async () => {
    await stage.begin();
    expect(stage.server.opens[0]!.request.enter!.credential.case).toBe('grant');
    expect(stage.server.opens[0]!.request.enter!.position).toBeUndefined();
    stage.server.letIn();
    stage.server.stream.push(stage.server.said('hello'));
    await settle();
    stage.server.stream.end();
    await vi.advanceTimersByTimeAsync(250);
    const { credential, position } = stage.server.opens[1]!.request.enter!;
    expect(credential).toEqual({ case: 'pass', value: new Uint8Array([9, 1]) });
    expect(position).toMatchObject({ epoch: 1, offset: 1, check: 7 });
  });

  it('says at each entry whether it tells what was read', async () => {
    await stage.begin({ ...GRANT, readReceipts: 'hidden' });
    stage.server.letIn();
    await settle();
    stage.server.stream.end();
    await vi.advanceTimersByTimeAsync(250);
    const said = stage.server.opens.map(({ request }) => request.enter!.readReceipts);
    expect(said).toEqual([ReadReceipts.HIDDEN, ReadReceipts.HIDDEN]);
  });

  it('names its session and its token in every call', async () => {
    await stage.begin();
    const { headers } = stage.server.opens[0]!;
    expect(headers.get('x-parley-session')).toBe(SESSION);
    expect(headers.get('authorization')).toBe('Bearer access of guest1-1');
    expect(headers.get('x-correlation-id')).toBe('correlation');
  });

  it('takes a stream that says nothing for three heartbeats for dead', async () => {
    await stage.begin();
    stage.server.letIn();
    await vi.advanceTimersByTimeAsync(74_000);
    expect(stage.server.opens).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_300);
    expect(stage.server.opens).toHaveLength(2);
    expect(stage.server.opens[0]!.feed.aborted).toBe(true);
  });

  it('takes a stream that lets nobody in for ten seconds for dead', async () => {
    await stage.begin();
    await vi.advanceTimersByTimeAsync(10_250);
    expect(stage.server.opens).toHaveLength(2);
  });

  it('tries at once when the tab wakes, and drops the old stream when the network changed', async () => {
    const conversation = await stage.begin();
    stage.server.stream.cut(unavailable());
    await settle();
    conversation.wake('tab');
    await settle();
    expect(stage.server.opens).toHaveLength(2);
    stage.server.letIn();
    await settle();
    conversation.wake('tab');
    await settle();
    expect(stage.server.opens).toHaveLength(2);
    conversation.wake('network');
    await vi.advanceTimersByTimeAsync(1);
    expect(stage.server.opens).toHaveLength(3);
    expect(stage.server.opens[1]!.feed.aborted).toBe(true);
  });

  it('refreshes a refused token once, and ends when that did not help', async () => {
    stage.server.refuseToken = () => Code.Unauthenticated;
    await stage.begin();
    await settle();
    expect(stage.server.refreshed).toEqual(['guest1-1']);
    expect(stage.last('ended')).toMatchObject({ ending: 'refused', next: 'startOver' });
  });

  it('enters with the token that came after a refused one', async () => {
    stage.server.refuseToken = (token) =>
      token.endsWith('guest1-1') ? Code.Unauthenticated : undefined;
    await stage.begin();
    await settle();
    stage.server.letIn();
    await settle();
    expect(stage.server.opens[0]!.headers.get('authorization')).toBe('Bearer access of guest1-2');
    expect(stage.kinds()).toEqual(['entered', 'live']);
  });

  it('enters again when something that must have come is missing', async () => {
    await stage.begin();
    stage.server.letIn();
    stage.server.said('lost on the way');
    stage.server.stream.push(stage.server.said('with a gap before it'));
    await vi.advanceTimersByTimeAsync(300);
    expect(stage.server.opens).toHaveLength(2);
    expect(stage.kinds()).not.toContain('message');
  });
});
