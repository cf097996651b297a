/** Who this device is to the server: a guest made or taken up, the terms, the gender said. */
import { deviceKey, devicePlace, Identity, type Door, type KeptGuest } from '../parley';
import { announcer } from './notice.svelte';
import { rememberWishes, type Wishes } from './wishes';
import { say, words } from './words.svelte';

/** Terms of the server's: with an address they have words of their own. */
export interface TermsAsked {
  readonly version: string;
  readonly readAt: string;
  readonly decide: (accepted: boolean) => void;
}

export class Visit {
  /** Terms that the server named and the person has not accepted: answered by `decide`. */
  question = $state.raw<TermsAsked | undefined>();
  readonly #door: Door;
  readonly #wishes: Wishes;
  readonly #guest = devicePlace<KeptGuest>('guest');
  #identity: Identity | undefined;

  constructor(door: Door, wishes: Wishes) {
    this.#door = door;
    this.#wishes = wishes;
  }

  /** True if this device has been a guest and may be one again without a word. */
  get known(): boolean {
    return this.#guest.read() !== undefined && this.#wishes.termsAccepted;
  }

  /**
   * Becomes the guest of this device, or a new one; says a changed gender.
   *
   * @throws GuestDenied, CallRefused
   */
  async become(): Promise<Identity> {
    const { birthYear, gender, acceptedTerms } = this.#wishes;
    if (this.#identity === undefined) {
      const wish = {
        birthYear: Number(birthYear),
        gender,
        acceptedTerms,
        acceptTerms: (version: string, readAt: string) => this.#acceptTerms(version, readAt),
        device: await deviceKey(),
      };
      this.#identity = await Identity.open(this.#door, wish, this.#guest);
    }
    const declared = await this.#identity.declare(gender);
    if (declared.gender !== gender && declared.changesIn !== undefined) {
      announcer.say(say('gender.kept', { wait: words.wait(declared.changesIn) }));
    }
    return this.#identity;
  }

  /** For questions before the button, if this device is a guest already. */
  async quietly(): Promise<Identity | undefined> {
    if (this.#identity === undefined && this.known) await this.become().catch(() => undefined);
    return this.#identity;
  }

  /** The terms on the start screen count for the first version, unless the server has words of its own. */
  async #acceptTerms(version: string, address: string): Promise<boolean> {
    const wishes = this.#wishes;
    const readAt = isThisPage(address) ? '' : address;
    const first = wishes.termsAccepted && wishes.acceptedTerms === '' && readAt === '';
    const accepted =
      first ||
      (await new Promise<boolean>((resolve) => {
        this.question = { version, readAt, decide: resolve };
      }));
    this.question = undefined;
    wishes.acceptedTerms = accepted ? version : '';
    wishes.termsAccepted = accepted;
    rememberWishes($state.snapshot(wishes));
    return accepted;
  }
}

/** A server without terms of its own names this page, or nothing. */
function isThisPage(address: string): boolean {
  return address === '' || new URL(address, location.origin).href === `${location.origin}/`;
}
