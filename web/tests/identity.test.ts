import { Code } from '@connectrpc/connect';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHash, createVerify, webcrypto } from 'node:crypto';
import { derSignature, keyOf } from '../src/parley/device.js';
import { callUnary, CallRefused } from '../src/parley/door.js';
import { Identity, type GuestWish } from '../src/parley/identity.js';
import { leadingZeroBits, sha256, solve } from '../src/parley/proof-of-work.js';
import { devicePlace, memoryPlace, type KeptGuest } from '../src/parley/storage.js';
import { ConnectError } from '@connectrpc/connect';
import { FakeLocks } from './fake/locks.js';
import { FakeServer } from './fake/server.js';

const WISH: GuestWish = {
  birthYear: 1990,
  gender: 0,
  acceptedTerms: '',
  acceptTerms: () => true,
  device: undefined,
};

let server: FakeServer;
const open: Identity[] = [];

async function become(place = memoryPlace<KeptGuest>()): Promise<Identity> {
  const identity = await Identity.open(server.door, WISH, place);
  open.push(identity);
  return identity;
}

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
});

afterEach(() => {
  open.splice(0).forEach((identity) => identity.close());
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('an identity', () => {
  it('is the guest that this device was, else a new one', async () => {
    const place = memoryPlace<KeptGuest>();
    await become(place);
    await become(place);
    expect(server.guests).toBe(1);
    expect(server.refreshed).toEqual(['guest1-1']);
    server.onRefresh = () => 'revoked';
    await become(place);
    expect(server.guests).toBe(2);
    expect(place.read()).toEqual({ refreshToken: 'guest2-1', guest: 'guest2' });
  });

  it('refreshes at half the life of its token, again and again', async () => {
    const identity = await become();
    await vi.advanceTimersByTimeAsync(299_000);
    expect(server.refreshed).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.refreshed).toEqual(['guest1-1']);
    expect((await identity.accessToken()).text).toBe('access of guest1-2');
    await vi.advanceTimersByTimeAsync(300_000);
    expect(server.refreshed).toEqual(['guest1-1', 'guest1-2']);
  });

  it('refreshes alone among the tabs of a device, with the newest token', async () => {
    const locks = new FakeLocks();
    vi.stubGlobal('navigator', { locks });
    const place = memoryPlace<KeptGuest>();
    const tabs = [await become(place), await become(place), await become(place)];
    let running = 0;
    let most = 0;
    server.onRefresh = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running--;
      return 'renewed' as const;
    };
    server.refreshed.length = 0;
    const tokens = await Promise.all(tabs.map((tab) => tab.accessToken()));
    const renewing = Promise.all(tabs.map((tab, i) => tab.renewed(tokens[i]!)));
    await vi.advanceTimersByTimeAsync(1_000);
    await renewing;
    expect(most).toBe(1);
    expect(new Set(server.refreshed).size).toBe(3);
    expect(server.guests).toBe(1);
  });

  it('refreshes once, however many were refused', async () => {
    const identity = await become();
    const token = await identity.accessToken();
    const renewed = await Promise.all([1, 2, 3].map(() => identity.renewed(token)));
    expect(server.refreshed).toHaveLength(1);
    expect(new Set(renewed).size).toBe(1);
  });

  it('takes the guest that another tab became meanwhile', async () => {
    const place = memoryPlace<KeptGuest>();
    const identity = await become(place);
    const token = await identity.accessToken();
    place.write({ refreshToken: 'other-7', guest: 'other' });
    const next = await identity.ofNewGuest(token);
    expect(next).toMatchObject({ text: 'access of other-8', guest: 2 });
    expect(server.guests).toBe(1);
  });

  it('tries a refused call with a renewed token, then as a new guest', async () => {
    const identity = await become();
    const tried: string[] = [];
    const answer = await identity.call((token) => {
      tried.push(token.text);
      if (token.guest === 2) return Promise.resolve('done');
      throw new CallRefused({ do: 'refresh' }, new Error('no'));
    });
    expect(answer).toBe('done');
    expect(tried).toEqual(['access of guest1-1', 'access of guest1-2', 'access of guest2-1']);
  });
});

describe('a unary call', () => {
  it('is tried again while nobody is there, and refused after a while', async () => {
    let tries = 0;
    const calling = callUnary(server.door, () => {
      tries++;
      throw new ConnectError('nobody', Code.Unavailable);
    }).catch((refused: unknown) => refused);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await calling).toBeInstanceOf(CallRefused);
    expect(tries).toBe(6);
  });

  it('waits as long as it is told to', async () => {
    let tries = 0;
    const calling = callUnary(server.door, () => {
      if (++tries > 1) return Promise.resolve('done');
      throw new ConnectError('limit', Code.ResourceExhausted, { 'retry-after': '7' });
    });
    await vi.advanceTimersByTimeAsync(6_900);
    expect(tries).toBe(1);
    await vi.advanceTimersByTimeAsync(400);
    expect(await calling).toBe('done');
  });

  it('is not repeated when that does not help', async () => {
    const refused = await callUnary(server.door, () => {
      throw new ConnectError('no', Code.InvalidArgument);
    }).catch((fault: unknown) => fault);
    expect(refused).toMatchObject({ advice: { do: 'stop' } });
  });
});

describe('a device', () => {
  it('signs what the server can check', async () => {
    vi.stubGlobal('crypto', webcrypto);
    const how = { name: 'ECDSA', namedCurve: 'P-256' };
    const pair = await crypto.subtle.generateKey(how, false, ['sign', 'verify']);
    const key = await keyOf(pair as CryptoKeyPair);
    for (let nonce = 0; nonce < 20; nonce++) {
      const signature = await key.sign(Uint8Array.of(nonce));
      const verify = createVerify('SHA256')
        .update('parley-device-v1:')
        .update(Uint8Array.of(nonce));
      const der = { key: Buffer.from(key.publicKey), format: 'der', type: 'spki' } as const;
      expect(verify.verify(der, signature)).toBe(true);
    }
  });

  it('writes integers as DER has them', () => {
    const raw = new Uint8Array(64);
    raw.set([0, 0, 1], 0);
    raw.set([0x80], 32);
    const signature = derSignature(raw);
    expect([...signature.subarray(0, 5)]).toEqual([0x30, signature.length - 2, 0x02, 30, 1]);
    expect([...signature.subarray(34, 38)]).toEqual([0x02, 33, 0, 0x80]);
  });

  it('hashes as everybody does, and works until enough bits are zero', async () => {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 200]) {
      const message = new Uint8Array(length).fill(length);
      const digest = createHash('sha256').update(message).digest();
      const words = [...sha256(message)].map((word) => word.toString(16).padStart(8, '0')).join('');
      expect(words).toBe(digest.toString('hex'));
    }
    vi.useRealTimers();
    const nonce = Uint8Array.of(1, 2, 3);
    const counter = await solve(nonce, 12);
    const message = new Uint8Array(11);
    message.set(nonce);
    new DataView(message.buffer).setBigUint64(3, counter);
    expect(leadingZeroBits(sha256(message))).toBeGreaterThanOrEqual(12);
  });

  it('that keeps nothing is served from memory', () => {
    const place = devicePlace<string>('thing');
    place.write('kept');
    expect(place.read()).toBe('kept');
    place.clear();
    expect(place.read()).toBeUndefined();
  });
});
