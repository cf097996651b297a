/** The way to one Parley server, and how its unary calls are tried. */
import type { CallOptions, Transport } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-web';
import { adviceFor, sentence, type Advice } from './advice.js';
import { Backoff } from './backoff.js';

/**
 * How long the client waits for what, in milliseconds. The server's own times (heartbeats,
 * acknowledging, waiting) are not here: it tells them.
 */
export interface ClientTimes {
  /** For each try of a unary call. */
  readonly unaryDeadline: number;
  /** The most that is waited before the first new try. */
  readonly firstBackoff: number;
  /** The most that is waited before any new try. */
  readonly longestBackoff: number;
  /** A stream that says nothing at all for so long counts as cut. */
  readonly enteredWithin: number;
  /** Leaving waits so long for texts on their way and for the server's word. */
  readonly leaveWithin: number;
  /** A unary call is tried again for so long after it first found nobody. */
  readonly callGivesUpAfter: number;
}

export const DEFAULT_TIMES: ClientTimes = {
  unaryDeadline: 5_000,
  firstBackoff: 250,
  longestBackoff: 10_000,
  enteredWithin: 10_000,
  leaveWithin: 5_000,
  callGivesUpAfter: 15_000,
};

export interface Door {
  readonly transport: Transport;
  readonly times: ClientTimes;
  /** Evenly in [0, 1): for jitter. */
  readonly random: () => number;
  /** 16 characters of base64url, not to be guessed: request and correlation ids. */
  readonly newId: () => string;
}

/** @param baseUrl where the door is; the page's own origin if it served the page */
export function openDoor(baseUrl: string, times: ClientTimes = DEFAULT_TIMES): Door {
  return {
    transport: createGrpcWebTransport({ baseUrl }),
    times,
    random: Math.random,
    newId,
  };
}

export function backoffOf(door: Door): Backoff {
  return new Backoff(door.times.firstBackoff, door.times.longestBackoff, door.random);
}

/** A call ended in a way that trying again does not mend, or not in time. */
export class CallRefused extends Error {
  /** What the last try's ending asked for. */
  readonly advice: Advice;

  constructor(advice: Advice, cause: unknown) {
    super(sentence(cause), { cause });
    this.name = 'CallRefused';
    this.advice = advice;
  }
}

/** The metadata of calls. */
export interface CallHeaders {
  readonly token?: string;
  readonly correlationId?: string;
  /** On every call to session-svc; the door hashes by it. */
  readonly sessionId?: string;
}

export function headersOf(wanted: CallHeaders): Record<string, string> {
  const headers: Record<string, string> = {};
  if (wanted.token !== undefined) headers['authorization'] = `Bearer ${wanted.token}`;
  if (wanted.correlationId) headers['x-correlation-id'] = wanted.correlationId;
  if (wanted.sessionId !== undefined) headers['x-parley-session'] = wanted.sessionId;
  return headers;
}

/**
 * Runs a unary call, each try with a deadline, and tries again while that may help. Every unary call
 * of the contract may be repeated.
 *
 * @throws CallRefused if trying again does not help, or did not help in time
 */
export async function callUnary<R>(
  door: Door,
  call: (options: CallOptions) => Promise<R>,
  signal?: AbortSignal,
): Promise<R> {
  const backoff = backoffOf(door);
  let firstFailed = 0;
  for (;;) {
    try {
      return await call({ timeoutMs: door.times.unaryDeadline, ...(signal ? { signal } : {}) });
    } catch (fault) {
      const advice = adviceFor(fault);
      if (signal?.aborted || (advice.do !== 'retry' && advice.do !== 'wait')) {
        throw new CallRefused(signal?.aborted ? { do: 'stop' } : advice, fault);
      }
      if (backoff.tries === 0) firstFailed = performance.now();
      const pause = backoff.next() + (advice.do === 'wait' ? advice.pause : 0);
      if (performance.now() - firstFailed + pause > door.times.callGivesUpAfter) {
        throw new CallRefused(advice, fault);
      }
      await sleep(pause, signal);
    }
  }
}

/** Ends early, without a word, when the signal is aborted. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}

function newId(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(12)));
}

/** Without padding. */
export function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** What {@link base64Url} made. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}
