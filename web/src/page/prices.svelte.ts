/** What each wish costs in time, where the server says so. */
import { durationMs } from '@bufbuild/protobuf/wkt';
import { Level, type Criteria } from '../gen/parley/match/v1/match_service_pb';
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
    if (this.#flow.known) this.#timer = setTimeout(() => void this.#ask(), QUIET);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    const asked = ++this.#asked;
    const identity = await this.#flow.quietly();
    if (identity === undefined) return;
    const wishes = $state.snapshot(this.#flow.wishes) as Wishes;
    const typical = async (criteria: Criteria) => {
      const estimate = await estimateWait(this.#flow.door, identity, criteria);
      return estimate?.typical === undefined ? undefined : durationMs(estimate.typical);
    };
    const whole = await typical(criteriaOf(wishes));
    if (asked !== this.#asked) return;
    this.whole = whole;
    this.of = {};
    if (whole === undefined) return;
    for (const [name, without] of fewer(wishes)) {
      const price = await typical(criteriaOf(without));
      if (asked !== this.#asked) return;
      if (price !== undefined) this.of = { ...this.of, [name]: Math.max(0, whole - price) };
    }
  }
}

/** The same wishes without one of them, for each that was made. */
function fewer(wishes: Wishes): [Priced, Wishes][] {
  const all: [Priced, Wishes][] = [];
  if (wishes.seeking.length > 0) all.push(['seeking', { ...wishes, seeking: [] }]);
  if (wishes.tags.length > 0) {
    const widest = wishes.widest === Level.SAME_TAGS ? Level.SAME_LANGUAGE : wishes.widest;
    all.push(['tags', { ...wishes, tags: [], widest }]);
  }
  if (wishes.languages.length > 0) {
    all.push(['languages', { ...wishes, languages: [], widest: Level.ANYONE }]);
  }
  return all;
}
