import { describe, expect, it } from 'vitest';
import { LogOrder } from '../src/parley/log-order.js';

const at = (offset: number, epoch = 1) => ({ epoch, offset, check: offset });

describe('the order of a log', () => {
  it('is kept over two ways that run ahead of each other', () => {
    const order = new LogOrder<string>(at(0));
    order.answered(at(3), 'c');
    expect(order.next()).toEqual([]);
    expect(order.missing).toBe(0);
    order.streamed(at(2), 'b');
    expect(order.missing).toBe(1);
    order.streamed(at(1), 'a');
    expect(order.next()).toEqual(['a', 'b', 'c']);
    expect(order.reached).toEqual(at(3));
  });

  it('has each place once', () => {
    const order = new LogOrder<string>(at(0));
    order.answered(at(1), 'first');
    order.streamed(at(1), 'again');
    expect(order.next()).toEqual(['first']);
    order.streamed(at(1), 'once more');
    expect(order.next()).toEqual([]);
  });

  it('belongs to one log', () => {
    const order = new LogOrder<string>(at(0));
    expect(order.streamed(at(1, 2), 'of another')).toBe(false);
    expect(order.streamed(at(1), 'of this')).toBe(true);
  });

  it('knows what the stream passed by and what merely waits', () => {
    const order = new LogOrder<string>(at(0));
    order.answered(at(5), 'far ahead');
    order.streamed(at(2), 'with a gap before it');
    expect(order.missing).toBe(1);
  });
});
