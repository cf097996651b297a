import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Tabs } from '../src/parley/tabs.js';
import { FakeLocks } from './fake/locks.js';

/** Channels of one device, told at once. */
class FakeChannel {
  static readonly all = new Set<FakeChannel>();
  onmessage: ((event: { data: unknown }) => void) | null = null;
  deaf = false;

  constructor() {
    FakeChannel.all.add(this);
  }

  postMessage(data: unknown): void {
    for (const other of FakeChannel.all) {
      if (other !== this && !other.deaf) queueMicrotask(() => other.onmessage?.({ data }));
    }
  }
}

interface Tab {
  readonly tabs: Tabs<string>;
  readonly told: string[];
  readonly channel: FakeChannel;
}

function tab(name: string): Tab {
  const told: string[] = [];
  const tabs = new Tabs<string>(name, {
    handOver: () => `the talk of ${name}`,
    elsewhere: (is) => told.push(is),
  });
  return { tabs, told, channel: [...FakeChannel.all].at(-1)! };
}

/** Never waits for a promise that only a timer resolves. */
async function passing<R>(promise: Promise<R>): Promise<R> {
  await vi.advanceTimersByTimeAsync(3_000);
  return promise;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', { locks: new FakeLocks() });
  vi.stubGlobal('BroadcastChannel', FakeChannel);
});

afterEach(() => {
  FakeChannel.all.clear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('tabs', () => {
  it('let one talk; the others are told that it is open elsewhere', async () => {
    const [a, b, c] = [tab('a'), tab('b'), tab('c')];
    expect(await b.tabs.look()).toBe(false);
    expect(await passing(a.tabs.hold())).toBe(true);
    expect(await b.tabs.look()).toBe(true);
    expect(await passing(b.tabs.hold())).toBe(false);
    expect(await passing(c.tabs.hold())).toBe(false);
    expect(b.told).toContain('held');
    expect(a.told).toEqual([]);
  });

  it('hand the talk over, and the one that had it says so', async () => {
    const [a, b, c] = [tab('a'), tab('b'), tab('c')];
    await passing(a.tabs.hold());
    expect(await passing(b.tabs.take())).toBe('the talk of a');
    expect(a.told.at(-1)).toBe('held');
    expect(await passing(c.tabs.hold())).toBe(false);
    expect(await passing(a.tabs.take())).toBe('the talk of b');
  });

  it('take from one that does not answer', async () => {
    const [a, b] = [tab('a'), tab('b')];
    await passing(a.tabs.hold());
    a.channel.deaf = true;
    expect(await passing(b.tabs.take())).toBeUndefined();
    expect(a.told).toEqual(['held']);
    expect(await passing(a.tabs.hold())).toBe(false);
  });

  it('are free again when the talk is over', async () => {
    const [a, b] = [tab('a'), tab('b')];
    await passing(a.tabs.hold());
    expect(await b.tabs.look()).toBe(true);
    a.tabs.letGo();
    await vi.advanceTimersByTimeAsync(0);
    expect(b.told.at(-1)).toBe('free');
    expect(await passing(b.tabs.hold())).toBe(true);
  });

  it('may all talk where the browser has no locks', async () => {
    vi.stubGlobal('navigator', {});
    const [a, b] = [tab('a'), tab('b')];
    expect(await a.tabs.hold()).toBe(true);
    expect(await b.tabs.hold()).toBe(true);
    expect(await b.tabs.look()).toBe(false);
  });
});
