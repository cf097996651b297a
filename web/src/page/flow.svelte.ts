/** Which screen is shown, and what leads from one to the next. The one place that holds streams. */
import { Code, ConnectError } from '@connectrpc/connect';
import { Level, type WaitingUpdate } from '../gen/parley/match/v1/match_service_pb';
import {
  CallRefused,
  currentOf,
  deviceKey,
  devicePlace,
  GuestDenied,
  Identity,
  openDoor,
  PeerSearch,
  stateOfMatch,
  tabPlace,
  Tabs,
  type ConversationEnding,
  type KeptGuest,
  type LogPosition,
  type SearchEnding,
  type SearchEvent,
} from '../parley';
import { announcer, chime } from './notice.svelte';
import { newTalk, Talk, type KeptTalk } from './talk.svelte';
import { criteriaOf, rememberedWishes, rememberWishes } from './wishes';
import { say, words } from './words.svelte';

export type Screen = 'start' | 'waiting' | 'talking' | 'ended' | 'elsewhere';

/** What this tab keeps, and what one tab hands to another. */
interface KeptTab {
  readonly ticketId?: string;
  readonly talk?: KeptTalk;
  readonly inbox?: LogPosition;
}

interface Waiting {
  readonly since: number;
  readonly update: WaitingUpdate | undefined;
  readonly state: 'connecting' | 'inLine' | 'reconnecting';
  /** Why this person waits again. */
  readonly again: 'noShow' | 'humanFound' | undefined;
}

/** Terms of the server's: with an address they have words of their own. */
export interface TermsAsked {
  readonly version: string;
  readonly readAt: string;
  readonly decide: (accepted: boolean) => void;
}

const SAVE_AFTER = 150;

export class Flow {
  screen = $state<Screen>('start');
  wishes = $state(rememberedWishes());
  /** A sentence on the start screen. */
  notice = $state('');
  starting = $state(false);
  waiting = $state.raw<Waiting>(notWaiting());
  talk = $state.raw<Talk | undefined>();
  ending = $state<ConversationEnding | 'expired' | 'blocked' | 'reported'>('other');
  offline = $state(!navigator.onLine);
  unread = $state(0);
  taking = $state(false);
  /** Terms that the server named and the person has not accepted: answered by `decide`. */
  question = $state.raw<TermsAsked | undefined>();
  identity: Identity | undefined;
  readonly door = openDoor(location.origin);
  readonly #tabs: Tabs<KeptTab>;
  readonly #kept = tabPlace<KeptTab>('tab');
  readonly #guest = devicePlace<KeptGuest>('guest');
  #search: PeerSearch | undefined;
  #inbox: LogPosition | undefined;
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.#tabs = new Tabs(this.door.newId(), {
      handOver: () => this.#handOver(),
      elsewhere: (is) => this.#elsewhere(is),
    });
    this.#wakeUps();
  }

  /** True if this device has been a guest and may be one again without a word. */
  get known(): boolean {
    return this.#guest.read() !== undefined && this.wishes.termsAccepted;
  }

  /** The page was loaded: back to where this tab was. */
  async begin(): Promise<void> {
    const kept = this.#kept.read();
    if (await this.#tabs.look()) {
      this.screen = 'elsewhere';
    } else if (kept?.talk !== undefined || kept?.ticketId !== undefined) {
      if (await this.#tabs.hold()) await this.#goOn(kept);
      else this.screen = 'elsewhere';
    }
  }

  remember(): void {
    rememberWishes($state.snapshot(this.wishes));
  }

  /** The button. */
  async start(again?: Waiting['again'], ticketId = ''): Promise<void> {
    if (this.starting) return;
    this.starting = true;
    this.notice = '';
    try {
      if (!(await this.#tabs.hold())) {
        this.screen = 'elsewhere';
        return;
      }
      await this.#become();
      this.#look(ticketId, again);
    } catch (refused) {
      this.#refused(refused);
    } finally {
      this.starting = false;
    }
  }

  /** Stops looking; the server hears of it meanwhile. */
  stop(): void {
    this.#search?.cancel();
    this.#search = undefined;
    this.#home();
  }

  relaxNow(): Promise<boolean> {
    return this.#search?.relaxNow() ?? Promise.resolve(false);
  }

  /** Leaves, and looks for the next person at once. */
  async next(): Promise<void> {
    await this.#left();
    await this.start();
  }

  async leave(): Promise<void> {
    await this.#left();
    this.#over('youLeft');
  }

  /** The peer was blocked: that call left already. */
  blocked(): void {
    this.talk?.close();
    this.#over('blocked');
  }

  /** The peer was reported, which leaves too. */
  reported(): void {
    this.talk?.close();
    this.#over('reported');
  }

  /** From the end back to the wishes. */
  change(): void {
    this.#home();
  }

  /** "Use here": whatever another tab has comes to this one. */
  async useHere(): Promise<void> {
    this.taking = true;
    try {
      const kept = await this.#tabs.take();
      await this.#goOn(kept ?? {});
    } finally {
      this.taking = false;
    }
  }

  /** An identity for questions before the button, if this device is a guest already. */
  async quietly(): Promise<Identity | undefined> {
    if (this.identity === undefined && this.known) await this.#become().catch(() => undefined);
    return this.identity;
  }

  async #goOn(kept: KeptTab): Promise<void> {
    this.#inbox = kept.inbox;
    try {
      await this.#become();
      if (kept.talk !== undefined) return this.#enter(kept.talk);
      if (kept.ticketId !== undefined) return this.#look(kept.ticketId, undefined);
      const current = await currentOf(this.door, this.identity!);
      if (current.has === 'ticket') return this.#look(current.ticketId, undefined);
      this.#home(current.has === 'session' ? say('elsewhere.lost') : '');
    } catch (refused) {
      this.#refused(refused);
    }
  }

  /** Becomes the guest of this device, or a new one; says a changed gender. */
  async #become(): Promise<void> {
    const { birthYear, gender } = this.wishes;
    if (this.identity === undefined) {
      const wish = {
        birthYear: Number(birthYear),
        gender,
        acceptedTerms: this.wishes.acceptedTerms,
        acceptTerms: (version: string, readAt: string) => this.#acceptTerms(version, readAt),
        device: await deviceKey(),
      };
      this.identity = await Identity.open(this.door, wish, this.#guest);
    }
    const declared = await this.identity.declare(gender);
    if (declared.gender !== gender && declared.changesIn !== undefined) {
      announcer.say(say('gender.kept', { wait: words.wait(declared.changesIn) }));
    }
  }

  /** The terms on the start screen count for the first version, unless the server has words of its own. */
  async #acceptTerms(version: string, address: string): Promise<boolean> {
    const readAt = isThisPage(address) ? '' : address;
    const first = this.wishes.termsAccepted && this.wishes.acceptedTerms === '' && readAt === '';
    const accepted =
      first ||
      (await new Promise<boolean>((resolve) => {
        this.question = { version, readAt, decide: resolve };
      }));
    this.question = undefined;
    this.wishes.acceptedTerms = accepted ? version : '';
    this.wishes.termsAccepted = accepted;
    this.remember();
    return accepted;
  }

  #look(ticketId: string, again: Waiting['again']): void {
    this.waiting = { ...notWaiting(), again };
    this.screen = 'waiting';
    this.#search = PeerSearch.start(
      this.door,
      this.identity!,
      criteriaOf(this.wishes),
      (event) => this.#searched(event),
      ticketId,
    );
    if (ticketId !== '') this.#kept.write(this.#keep());
  }

  #searched(event: SearchEvent): void {
    switch (event.kind) {
      case 'accepted':
        this.waiting = { ...this.waiting, state: 'inLine' };
        return this.#kept.write(this.#keep());
      case 'waiting':
        if (event.update.level !== this.waiting.update?.level) announceLevel(event.update.level);
        this.waiting = { ...this.waiting, state: 'inLine', update: event.update };
        return;
      case 'reconnecting':
        this.waiting = { ...this.waiting, state: 'reconnecting' };
        return;
      case 'proposal':
        // In line nobody is left alone for it: yes.
        void this.#search?.answer(event.proposal.proposalId, 'accept');
        return;
      case 'found': {
        const { matched, ticketId } = event.match;
        const state = stateOfMatch(event.match);
        const inbox = this.#inbox === undefined ? {} : { inboxPosition: this.#inbox };
        if (this.wishes.sound) chime();
        this.unread = document.hidden ? 1 : 0;
        this.#enter(newTalk({ ...state, ...inbox }, ticketId, matched.receipt, matched.peerKind));
        return;
      }
      case 'over':
        return this.#notFound(event.ending);
    }
  }

  #notFound(ending: SearchEnding): void {
    if (this.#search === undefined) return;
    this.#search = undefined;
    switch (ending.why) {
      case 'cancelled':
        return this.#home();
      case 'expired':
        return this.#over('expired');
      case 'moved':
        this.#tabs.letGo();
        this.#kept.clear();
        this.screen = 'elsewhere';
        return;
      case 'anotherTicketLive':
        return this.#look(ending.ticketId, undefined);
      case 'alreadyInSession':
        return this.#home(say('refused.inSession'));
      case 'paused':
        return this.#home(say('refused.paused', { wait: words.wait(ending.retryAfter) }));
      case 'denied':
        return this.#refused(ending.denial);
      case 'refused':
        return this.#home(say('refused.other', { sentence: ending.sentence }));
    }
  }

  #enter(kept: KeptTalk): void {
    this.#search = undefined;
    this.talk = new Talk(this.door, this.identity!, kept, {
      changed: () => this.#save(),
      heard: (text) => this.#heard(text),
      ended: ({ ending, next }) => this.#ended(ending, next),
    });
    this.screen = 'talking';
    this.#save();
  }

  #heard(text: string): void {
    announcer.hear(`${say('talk.peer')}: ${text}`, (n) => say('talk.new', { n }));
    if (document.hidden) {
      this.unread++;
      if (this.wishes.sound) chime();
    }
  }

  #ended(ending: ConversationEnding, next: 'stop' | 'startOver'): void {
    const ticketId = this.talk?.ticketId ?? '';
    this.#inbox = this.talk?.keep().state.inboxPosition ?? this.#inbox;
    if (this.#leftBy !== undefined) return this.#leftBy();
    if (ending === 'takenOver') {
      this.#tabs.letGo();
      this.#kept.clear();
      this.screen = 'elsewhere';
    } else if (next === 'startOver' && (ending === 'noShow' || ending === 'humanFound')) {
      void this.start(ending, ticketId);
    } else {
      this.#over(ending);
    }
  }

  #leftBy: (() => void) | undefined;

  /** Resolves once the server heard that this member left, or soon. */
  async #left(): Promise<void> {
    const talk = this.talk;
    if (talk === undefined) return;
    await new Promise<void>((resolve) => {
      this.#leftBy = resolve;
      talk.leave();
    });
    this.#leftBy = undefined;
  }

  #over(ending: Flow['ending']): void {
    this.ending = ending;
    this.#tabs.letGo();
    this.#kept.clear();
    this.screen = 'ended';
  }

  #home(notice = ''): void {
    this.notice = notice;
    this.talk = undefined;
    this.#tabs.letGo();
    this.#kept.clear();
    this.screen = 'start';
  }

  #refused(refused: unknown): void {
    if (refused instanceof GuestDenied) {
      const { why } = refused;
      if (why.kind === 'underAge') this.#home(say('denied.underAge', { age: why.minimumAge }));
      else if (why.kind === 'banned') {
        this.#home(say('denied.banned', { wait: words.wait(why.endsIn) }));
      } else this.#home(say(`denied.${why.kind}`));
    } else if (refused instanceof CallRefused && refused.advice.do === 'wait') {
      this.#home(say('refused.wait', { wait: words.wait(refused.advice.pause) }));
    } else if (refused instanceof CallRefused && refused.advice.do === 'retry') {
      this.#home(say('refused.unreachable'));
    } else {
      const code = Code[ConnectError.from(refused).code] ?? '';
      this.#home(
        say('refused.other', { sentence: `${code} ${ConnectError.from(refused).rawMessage}` }),
      );
    }
  }

  #keep(): KeptTab {
    return {
      ...(this.#search && this.#search.ticketId !== '' ? { ticketId: this.#search.ticketId } : {}),
      ...(this.screen === 'talking' && this.talk !== undefined ? { talk: this.talk.keep() } : {}),
      ...(this.#inbox === undefined ? {} : { inbox: this.#inbox }),
    };
  }

  /** Soon, and at once when the page goes. */
  #save(): void {
    this.#saving ??= setTimeout(() => this.#saveNow(), SAVE_AFTER);
  }

  #saveNow(): void {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    if (this.screen === 'talking' && this.talk !== undefined) this.#kept.write(this.#keep());
  }

  #handOver(): KeptTab {
    const kept = $state.snapshot(this.#keep()) as KeptTab;
    this.talk?.close();
    this.#search?.close();
    this.talk = undefined;
    this.#search = undefined;
    this.#kept.clear();
    return kept;
  }

  #elsewhere(is: 'held' | 'free'): void {
    if (is === 'held' && this.screen !== 'ended') this.screen = 'elsewhere';
    if (is === 'free' && this.screen === 'elsewhere' && !this.taking) this.#home();
  }

  #wakeUps(): void {
    const wake = (what: 'tab' | 'network') => {
      this.talk?.wake(what);
      this.#search?.wake(what);
    };
    addEventListener('online', () => ((this.offline = false), wake('network')));
    addEventListener('offline', () => (this.offline = true));
    addEventListener('pageshow', () => wake('tab'));
    addEventListener('pagehide', () => this.#saveNow());
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) return this.#saveNow();
      this.unread = 0;
      wake('tab');
    });
  }
}

/** A server without terms of its own names this page, or nothing. */
function isThisPage(address: string): boolean {
  return address === '' || new URL(address, location.origin).href === `${location.origin}/`;
}

function notWaiting(): Waiting {
  return { since: Date.now(), update: undefined, state: 'connecting', again: undefined };
}

function announceLevel(level: Level): void {
  if (level === Level.SAME_TAGS) announcer.say(say('waiting.level.1'));
  if (level === Level.SAME_LANGUAGE) announcer.say(say('waiting.level.2'));
  if (level === Level.ANYONE) announcer.say(say('waiting.level.3'));
}
