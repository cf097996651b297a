import { describe, expect, it } from 'vitest';
import { lostKey, withoutPlaces, withStored, type Said } from '../src/page/said.js';

const peer = (offset: number, text: string): Said => ({
  ...{ by: 'peer', key: `at ${offset}`, text, offset, at: 0 },
});

describe('lines', () => {
  it('that the log lost keep their words, and leave their places to others', () => {
    const said = [peer(1, 'kept'), peer(2, 'lost')];
    const after = [...withoutPlaces(said, 1, 77), peer(2, 'another')];
    expect(after).toMatchObject([
      { text: 'kept', offset: 1, key: 'at 1' },
      { text: 'lost', offset: 0 },
      { text: 'another', offset: 2 },
    ]);
    expect(new Set(after.map(({ key }) => key)).size).toBe(3);
    expect(withoutPlaces(after, 2, 78)).toEqual(after);
  });

  it('that were given up and are stored after all stand once', () => {
    const lost: Said = {
      ...{ by: 'me', key: lostKey(3), text: 'hello', state: 'notSent', why: 'reset', at: 1 },
    };
    const after = withStored([peer(1, 'hi'), lost], 3, { text: 'hello', offset: 2, at: 2 });
    expect(after).toEqual([
      peer(1, 'hi'),
      { by: 'me', key: 'own 3', state: 'stored', text: 'hello', offset: 2, at: 2 },
    ]);
  });
});
