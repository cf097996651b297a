/** A guest, and the tokens by which calls are made in its name (identity-svc). */
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { durationMs, type Duration } from '@bufbuild/protobuf/wkt';
import { createClient, type Client } from '@connectrpc/connect';
import { Gender } from '../gen/parley/domain/v1/domain_pb.js';
import {
  CreateGuestRequestSchema,
  IdentityService,
  type Challenge,
  type Guest,
  type GuestRefused,
  type Tokens,
} from '../gen/parley/identity/v1/identity_service_pb.js';
import type { DeviceKey } from './device.js';
import { callUnary, CallRefused, headersOf, type Door } from './door.js';
import type { KeptGuest, Place } from './storage.js';

/** What a person says of themselves to become a guest; the next guest is made from it too. */
export interface GuestWish {
  /** For example 1990. */
  readonly birthYear: number;
  /** UNSPECIFIED says nothing. */
  readonly gender: Gender;
  /** The terms accepted before, so that the server need not ask; empty if none were. */
  readonly acceptedTerms: string;
  /**
   * Whether the person accepts the terms of this version, which can be read at an address if the
   * server names one. May wait while they read.
   */
  readonly acceptTerms: (version: string, readAt: string) => Promise<boolean> | boolean;
  /** Undefined to go without; a server that wants one then refuses. */
  readonly device: DeviceKey | undefined;
}

/** The server makes no guest of this person, or this person not of these terms. */
export class GuestDenied extends Error {
  readonly why: GuestDenial;

  constructor(why: GuestDenial) {
    super(why.kind);
    this.name = 'GuestDenied';
    this.why = why;
  }
}

export type GuestDenial =
  /** Remembered for the device until the day is over. */
  | { readonly kind: 'underAge'; readonly minimumAge: number }
  | { readonly kind: 'termsDeclined'; readonly version: string }
  /** The device is banned; another guest does not help. */
  | { readonly kind: 'banned'; readonly endsIn: number }
  | { readonly kind: 'deviceRequired' }
  /** The server asks for something that this client does not know, or asks without end. */
  | { readonly kind: 'notUnderstood' };

/** An access token and which one it is: many callers who are refused at once cause one refresh. */
export interface AccessToken {
  readonly text: string;
  /** Grows by one with each token. */
  readonly number: number;
  /** Grows by one with each guest: a session belongs to the guest who entered it. */
  readonly guest: number;
}

/** The gender in force, which is not the one asked for if it was changed within the last day. */
export interface DeclaredGender {
  readonly gender: Gender;
  /** Milliseconds; undefined if it may be changed now. */
  readonly changesIn: number | undefined;
}

interface Held {
  readonly token: AccessToken;
  readonly kept: KeptGuest;
  readonly declared: DeclaredGender;
  readonly life: number;
  readonly since: number;
}

/** Terms, a challenge, and both again if they changed meanwhile. */
const MAX_ROUNDS = 6;
const LOCK = 'parley.identity';

/**
 * Tokens are refreshed at half their life, and once when a call was refused for its token; however
 * many ask, one refresh is under way, and among the tabs of a device too (a Web Lock). When the
 * family of tokens is over, a new guest is made from the same wish.
 */
export class Identity {
  readonly #door: Door;
  readonly #wish: GuestWish;
  readonly #place: Place<KeptGuest>;
  readonly #client: Client<typeof IdentityService>;
  #held: Held | undefined;
  #change: Promise<Held> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  private constructor(door: Door, wish: GuestWish, place: Place<KeptGuest>) {
    this.#door = door;
    this.#wish = wish;
    this.#place = place;
    this.#client = createClient(IdentityService, door.transport);
  }

  /**
   * The guest that this device was, or a new one if there was none or it is over.
   *
   * @throws GuestDenied if the server or the person says no
   * @throws CallRefused if the server is not there
   */
  static async open(door: Door, wish: GuestWish, place: Place<KeptGuest>): Promise<Identity> {
    const identity = new Identity(door, wish, place);
    await identity.#changed((before) => identity.#refreshed(before));
    return identity;
  }

  /** A token that is good now. */
  async accessToken(): Promise<AccessToken> {
    const now = this.#now();
    return performance.now() - now.since >= now.life ? this.renewed(now.token) : now.token;
  }

  /** The token after the one that was refused: another one if it has come already. */
  async renewed(refused: AccessToken): Promise<AccessToken> {
    return this.#after(refused, (before) => this.#refreshed(before));
  }

  /** A token of another guest than the one whose token was refused. */
  async ofNewGuest(refused: AccessToken): Promise<AccessToken> {
    return this.#after(refused, (before) => this.#anotherGuest(before));
  }

  get declared(): DeclaredGender {
    return this.#now().declared;
  }

  /** Says another gender than before; what counts then is in the answer. */
  async declare(gender: Gender): Promise<DeclaredGender> {
    if (gender !== this.declared.gender) {
      await this.#changed((before) => this.#refreshed(before, gender));
    }
    return this.declared;
  }

  /**
   * Runs a unary call with a token: tries again as the error table says, refreshes once when the
   * token was refused, then goes on as a new guest.
   *
   * @throws CallRefused if that did not help
   */
  async call<R>(call: (token: AccessToken) => Promise<R>): Promise<R> {
    const token = await this.accessToken();
    try {
      return await call(token);
    } catch (refused) {
      const next = await this.#afterRefusal(token, refused);
      try {
        return await call(next);
      } catch (again) {
        if (!(again instanceof CallRefused) || again.advice.do !== 'refresh') throw again;
        return call(await this.ofNewGuest(next));
      }
    }
  }

  /** Ends the tokens of this guest everywhere and forgets them here. */
  async revoke(): Promise<void> {
    await this.call((token) =>
      callUnary(this.#door, (options) =>
        this.#client.revokeToken({}, { ...options, headers: headersOf({ token: token.text }) }),
      ),
    );
    this.close();
    this.#place.clear();
  }

  /** Stops refreshing. The guest lives on until its tokens are over. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #now(): Held {
    if (this.#held === undefined) throw new Error('an identity before it was opened');
    return this.#held;
  }

  #afterRefusal(token: AccessToken, refused: unknown): Promise<AccessToken> {
    if (refused instanceof CallRefused && refused.advice.do === 'refresh') {
      return this.renewed(token);
    }
    if (refused instanceof CallRefused && refused.advice.do === 'newGuest') {
      return this.ofNewGuest(token);
    }
    throw refused;
  }

  async #after(refused: AccessToken, how: (before: Held) => Promise<Held>): Promise<AccessToken> {
    const now = this.#now();
    if (now.token.number !== refused.number) return now.token;
    return (await this.#changed(() => how(now))).token;
  }

  /** One change at a time; who asks meanwhile waits for it and takes its result. */
  #changed(how: (before: Held | undefined) => Promise<Held>): Promise<Held> {
    this.#change ??= locked(() => how(this.#held))
      .then((held) => {
        this.#held = held;
        this.#place.write(held.kept);
        this.#refreshAtHalfLife(held);
        return held;
      })
      .finally(() => (this.#change = undefined));
    return this.#change;
  }

  /** Another tab may have refreshed since: the newest token that this device has is presented. */
  async #refreshed(before: Held | undefined, gender?: Gender): Promise<Held> {
    const kept = this.#place.read() ?? before?.kept;
    if (kept === undefined) return this.#newGuest(before);
    const request = {
      refreshToken: kept.refreshToken,
      ...(gender === undefined ? {} : { gender }),
    };
    const { outcome } = await callUnary(this.#door, (options) =>
      this.#client.refreshToken(request, options),
    );
    if (outcome.case !== 'renewed' || outcome.value.tokens === undefined) {
      this.#place.clear();
      return this.#newGuest(before);
    }
    const { tokens, gender: inForce, genderChangesIn } = outcome.value;
    const declared = { gender: inForce, changesIn: optionalMs(genderChangesIn) };
    return held(tokens, kept.guest, declared, before);
  }

  /** Unless another tab has become another guest already. */
  #anotherGuest(before: Held): Promise<Held> {
    const kept = this.#place.read();
    return kept !== undefined && kept.guest !== before.kept.guest
      ? this.#refreshed(before)
      : this.#newGuest(before);
  }

  async #newGuest(before: Held | undefined): Promise<Held> {
    const wish = this.#wish;
    const request: MessageInitShape<typeof CreateGuestRequestSchema> = {
      birthYear: wish.birthYear,
      gender: wish.gender,
      acceptedTerms: wish.acceptedTerms,
      ...(wish.device ? { device: { publicKey: wish.device.publicKey } } : {}),
    };
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const asked = create(CreateGuestRequestSchema, request);
      const { outcome } = await callUnary(this.#door, (options) =>
        this.#client.createGuest(asked, options),
      );
      if (outcome.case === 'guest' && outcome.value.tokens !== undefined) {
        return ofGuest(outcome.value, outcome.value.tokens, before);
      }
      if (outcome.case !== 'refused') break;
      await this.#mend(request, outcome.value);
    }
    throw new GuestDenied({ kind: 'notUnderstood' });
  }

  async #mend(
    request: MessageInitShape<typeof CreateGuestRequestSchema>,
    { reason }: GuestRefused,
  ): Promise<void> {
    switch (reason.case) {
      case 'underAge':
        throw new GuestDenied({ kind: 'underAge', minimumAge: reason.value.minimumAge });
      case 'banned':
        throw new GuestDenied({ kind: 'banned', endsIn: optionalMs(reason.value.endsIn) ?? 0 });
      case 'termsOutdated': {
        const version = reason.value.currentTerms;
        if (!(await this.#wish.acceptTerms(version, reason.value.termsAt))) {
          throw new GuestDenied({ kind: 'termsDeclined', version });
        }
        request.acceptedTerms = version;
        return;
      }
      case 'challenge':
        return this.#meet(request, reason.value);
      default:
        throw new GuestDenied({ kind: 'notUnderstood' });
    }
  }

  async #meet(
    request: MessageInitShape<typeof CreateGuestRequestSchema>,
    { nonce, workBits, deviceRequired }: Challenge,
  ): Promise<void> {
    const device = this.#wish.device;
    if (device === undefined && deviceRequired) throw new GuestDenied({ kind: 'deviceRequired' });
    const { solve } = await import('./proof-of-work.js');
    request.challengeAnswer = { nonce, counter: await solve(nonce, workBits) };
    if (device !== undefined) {
      request.device = { publicKey: device.publicKey, signature: await device.sign(nonce) };
    }
  }

  #refreshAtHalfLife(held: Held): void {
    clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(() => this.#refreshQuietly(held), held.life / 2);
  }

  /** A refresh that fails here is tried again soon, and by the next caller whose token is over. */
  #refreshQuietly(held: Held): void {
    this.renewed(held.token).catch((later: unknown) => {
      console.info('tokens were not refreshed:', later);
      if (!this.#closed) {
        const again = this.#door.times.longestBackoff;
        this.#timer = setTimeout(() => this.#refreshQuietly(held), again);
      }
    });
  }
}

function ofGuest(guest: Guest, tokens: Tokens, before: Held | undefined): Held {
  const declared = { gender: guest.gender, changesIn: optionalMs(guest.genderChangesIn) };
  return held(tokens, guest.participantId, declared, before);
}

function held(
  tokens: Tokens,
  guest: string,
  declared: DeclaredGender,
  before: Held | undefined,
): Held {
  const sameGuest = before === undefined || before.kept.guest === guest;
  return {
    token: {
      text: tokens.accessToken,
      number: (before?.token.number ?? 0) + 1,
      guest: (before?.token.guest ?? 1) + (sameGuest ? 0 : 1),
    },
    kept: { refreshToken: tokens.refreshToken, guest },
    declared,
    life: optionalMs(tokens.accessExpiresIn) ?? 0,
    since: performance.now(),
  };
}

function optionalMs(duration: Duration | undefined): number | undefined {
  return duration === undefined ? undefined : durationMs(duration);
}

/** Alone among the tabs of this device; where there are no Web Locks, alone in this tab. */
function locked<R>(task: () => Promise<R>): Promise<R> {
  const locks = globalThis.navigator?.locks;
  // The DOM's type says R where the lock gives what the promise gives.
  return locks === undefined ? task() : (locks.request(LOCK, task) as Promise<R>);
}
