/** Tokens for the links of one conversation, which belongs to the guest who entered it. */
import type { AccessToken, Identity } from './identity.js';

export class Entrance {
  readonly #identity: Identity;
  #token: AccessToken | undefined;
  #guest = 0;
  #renewed = false;

  constructor(identity: Identity) {
    this.#identity = identity;
  }

  /** Undefined if the identity is another guest by now. */
  async token(): Promise<AccessToken | undefined> {
    const good = this.#token ?? (await this.#identity.accessToken());
    if (this.#guest !== 0 && good.guest !== this.#guest) return undefined;
    this.#guest = good.guest;
    this.#token = good;
    return good;
  }

  /** The token was good. */
  entered(): void {
    this.#renewed = false;
  }

  /** The next link asks for the token that is good then, unless one was just fetched. */
  stopped(): void {
    if (!this.#renewed) this.#token = undefined;
  }

  /** The token was refused: fetches another, once. False if that was done already. */
  async renew(): Promise<boolean> {
    const used = this.#token;
    if (this.#renewed || used === undefined) return false;
    this.#renewed = true;
    this.#token = await this.#identity.renewed(used);
    return true;
  }
}
