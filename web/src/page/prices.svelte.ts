/** What each wish costs in time, where the server says so. */
import { durationMs, type Duration } from '@bufbuild/protobuf/wkt';
import type { WaitWithout } from '../gen/parley/match/v1/match_service_pb';
import { estimateWait } from '../parley';
import type { Flow } from './flow.svelte';
import { criteriaOf, type Wishes } from './wishes';

export type Priced = 'seeking' | 'tags' | 'languages';

const QUIET = 600;

/** Milliseconds; undefined where nothing is known. */
export class Prices {
  whole = $state<number | undefined>();
  of = $state<Partial<Record<Priced, number>>>({});
  readonly #flow: Flow;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  /** Asks when the wishes have not changed for a moment; a device that was never a guest asks not. */
  changed(): void {
    clearTimeout(this.#timer);
    if (this.#flow.visit.known) this.#timer = setTimeout(() => void this.#ask(), QUIET);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    const asked = ++this.#asked;
    const identity = await this.#flow.visit.quietly();
    if (identity === undefined) return;
    const wishes = $state.snapshot(this.#flow.wishes) as Wishes;
    const estimate = await estimateWait(this.#flow.door, identity, criteriaOf(wishes));
    if (asked !== this.#asked) return;
    const whole = msOf(estimate?.typical);
    this.whole = whole;
    this.of = {
      ...price('seeking', whole, wishes.seeking.length, estimate?.withoutSeeking),
      ...price('tags', whole, wishes.tags.length, estimate?.withoutTags),
      ...price('languages', whole, wishes.languages.length, estimate?.withoutLanguages),
    };
  }
}

/** How much longer the wait is for this wish; nothing if it was not made, or nobody knows. */
function price(
  of: Priced,
  whole: number | undefined,
  wished: number,
  without: WaitWithout | undefined,
): Partial<Record<Priced, number>> {
  const less = msOf(without?.typical);
  if (wished === 0 || whole === undefined || less === undefined) return {};
  return { [of]: Math.max(0, whole - less) };
}

function msOf(wait: Duration | undefined): number | undefined {
  return wait === undefined ? undefined : durationMs(wait);
}
