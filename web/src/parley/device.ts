/**
 * The key that a device makes for itself, P-256. Limits and daily rules follow it, and it survives a
 * new guest. The private half cannot be read by anybody, this page included.
 */
export interface DeviceKey {
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  /** ECDSA with SHA-256, DER, over the context and the nonce. */
  sign(nonce: Uint8Array): Promise<Uint8Array>;
}

const CONTEXT = new TextEncoder().encode('parley-device-v1:');
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };
const DATABASE = 'parley';
const STORE = 'keys';
const KEY = 'device';

/**
 * The device's key, made on first use and kept in IndexedDB. Nothing where the browser has no
 * WebCrypto (plain HTTP from another machine) or keeps nothing: then the guest goes without one.
 */
export async function deviceKey(): Promise<DeviceKey | undefined> {
  if (globalThis.crypto?.subtle === undefined || globalThis.indexedDB === undefined) {
    return undefined;
  }
  try {
    const kept = await inStore<CryptoKeyPair | undefined>('readonly', (store) => store.get(KEY));
    return await keyOf(kept ?? (await made()));
  } catch (refused) {
    console.info('no device key:', refused);
    return undefined;
  }
}

/** A signature as WebCrypto gives it (r, then s) as DER has it. */
export function derSignature(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  const body = [...derInteger(raw.subarray(0, half)), ...derInteger(raw.subarray(half))];
  return Uint8Array.from([0x30, body.length, ...body]);
}

export async function keyOf(pair: CryptoKeyPair): Promise<DeviceKey> {
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  return {
    publicKey,
    async sign(nonce) {
      const said = new Uint8Array(CONTEXT.length + nonce.length);
      said.set(CONTEXT);
      said.set(nonce, CONTEXT.length);
      const how = { name: 'ECDSA', hash: 'SHA-256' };
      return derSignature(new Uint8Array(await crypto.subtle.sign(how, pair.privateKey, said)));
    },
  };
}

async function made(): Promise<CryptoKeyPair> {
  const pair = await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify']);
  await inStore('readwrite', (store) => store.put(pair, KEY));
  return pair;
}

/** No leading zeros, but one where the number would else be negative. */
function derInteger(bytes: Uint8Array): number[] {
  let from = 0;
  while (from < bytes.length - 1 && bytes[from] === 0) from++;
  const digits = [...bytes.subarray(from)];
  if ((digits[0] ?? 0) >= 0x80) digits.unshift(0);
  return [0x02, digits.length, ...digits];
}

function inStore<R>(
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => IDBRequest,
): Promise<R> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const request = use(opening.result.transaction(STORE, mode).objectStore(STORE));
      request.onsuccess = () => (opening.result.close(), resolve(request.result as R));
      request.onerror = () => (opening.result.close(), reject(request.error));
    };
  });
}
