/**
 * What a client pays to become a guest where guests are made too fast: a counter for which
 * SHA-256(nonce, counter as 8 bytes big-endian) starts with so many zero bits. Loaded only when asked
 * for. WebCrypto is too slow for this (each hash a promise), hence FIPS 180-4 by hand.
 */
const TRIES_AT_A_TIME = 5_000;

/** Leaves the page alive between handfuls of tries. 20 bits take some seconds. */
export async function solve(nonce: Uint8Array, zeroBits: number): Promise<bigint> {
  const message = new Uint8Array(nonce.length + 8);
  message.set(nonce);
  const view = new DataView(message.buffer);
  for (let counter = 0; ; counter++) {
    view.setUint32(nonce.length, Math.floor(counter / 2 ** 32));
    view.setUint32(nonce.length + 4, counter >>> 0);
    if (leadingZeroBits(sha256(message)) >= zeroBits) return BigInt(counter);
    if (counter % TRIES_AT_A_TIME === TRIES_AT_A_TIME - 1) {
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
}

export function leadingZeroBits(hash: Uint32Array): number {
  let bits = 0;
  for (const word of hash) {
    if (word !== 0) return bits + Math.clz32(word);
    bits += 32;
  }
  return bits;
}

/** Eight words. */
export function sha256(message: Uint8Array): Uint32Array {
  const padded = new Uint8Array(((message.length + 8) >> 6) * 64 + 64);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, message.length * 8);
  const hash = Uint32Array.from(START);
  const w = new Uint32Array(64);
  for (let block = 0; block < padded.length; block += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(block + i * 4);
    extend(w);
    compress(hash, w);
  }
  return hash;
}

function extend(w: Uint32Array): void {
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15]!;
    const b = w[i - 2]!;
    const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
  }
}

function compress(hash: Uint32Array, w: Uint32Array): void {
  let [a, b, c, d, e, f, g, h] = hash as unknown as number[] as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < 64; i++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i]! + w[i]!) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (hash[i] = hash[i]! + word));
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** The first 32 bits of the fractions of square and cube roots of the first primes. */
const PRIMES = firstPrimes(64);
const START = PRIMES.slice(0, 8).map((prime) => fraction(prime ** (1 / 2)));
const ROUNDS = Uint32Array.from(PRIMES.map((prime) => fraction(prime ** (1 / 3))));

function fraction(root: number): number {
  return ((root - Math.floor(root)) * 2 ** 32) >>> 0;
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) {
    if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  }
  return primes;
}
