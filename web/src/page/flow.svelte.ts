/** Which screen is shown, and what leads from one to the next. The one place that holds streams. */
import type { AiWelcome } from '../gen/parley/match/v1/match_service_pb';
import {
  currentOf,
  openDoor,
  stateOfMatch,
  type ConversationEnding,
  type Identity,
  type LogPosition,
  type Match,
  type SearchEnding,
} from '../parley';
import { Line, type Again } from './line.svelte';
import { announcer, chime } from './notice.svelte';
import { wordsOf } from './refusals';
import { newTalk, Talk, type KeptTalk } from './talk.svelte';
import { ThisTab, type KeptTab } from './this-tab';
import { Visit } from './visit.svelte';
import { criteriaOf, rememberedWishes, rememberWishes } from './wishes';
import { say, words } from './words.svelte';

export type Screen = 'start' | 'waiting' | 'talking' | 'ended' | 'elsewhere';

export class Flow {
  screen = $state<Screen>('start');
  wishes = $state(rememberedWishes());
  /** A sentence on the start screen. */
  notice = $state('');
  starting = $state(false);
  line = $state.raw<Line | undefined>();
  talk = $state.raw<Talk | undefined>();
  ending = $state<ConversationEnding | 'aiLeft' | 'expired' | 'blocked' | 'reported'>('other');
  offline = $state(!navigator.onLine);
  unread = $state(0);
  taking = $state(false);
  readonly door = openDoor(location.origin);
  readonly visit = new Visit(this.door, this.wishes);
  readonly #tab: ThisTab;
  #identity: Identity | undefined;
  #inbox: LogPosition | undefined;

  constructor() {
    this.#tab = new ThisTab(this.door.newId(), {
      keep: () => this.#keep(),
      yield: () => this.#yield(),
      elsewhere: (is) => this.#elsewhere(is),
    });
    this.#wakeUps();
  }

  /** The page was loaded: back to where this tab was. */
  async begin(): Promise<void> {
    const kept = this.#tab.kept;
    if (await this.#tab.look()) {
      this.screen = 'elsewhere';
    } else if (kept?.talk !== undefined || kept?.ticketId !== undefined) {
      if (await this.#tab.hold()) await this.#goOn(kept);
      else this.screen = 'elsewhere';
    }
  }

  remember(): void {
    rememberWishes($state.snapshot(this.wishes));
  }

  /** The button. */
  async start(again?: Again, ticketId = ''): Promise<void> {
    if (this.starting) return;
    this.starting = true;
    this.notice = '';
    try {
      if (!(await this.#tab.hold())) {
        this.screen = 'elsewhere';
        return;
      }
      this.#identity = await this.visit.become();
      this.#look(ticketId, again);
    } catch (refused) {
      this.#home(wordsOf(refused));
    } finally {
      this.starting = false;
    }
  }

  /** Stops looking; the server hears of it meanwhile. */
  stop(): void {
    this.line?.cancel();
    this.#home();
  }

  /** Leaves, and looks for the next person at once. */
  async next(): Promise<void> {
    const company = this.talk?.company;
    await this.#left();
    await this.start(undefined, company?.looking ? company.state.ticketId : '');
  }

  async leave(): Promise<void> {
    this.talk?.company?.cancel();
    await this.#left();
    this.#over('youLeft');
  }

  /** Whether an AI peer may come, from now on. */
  welcomeAi(ai: AiWelcome): void {
    this.wishes.ai = ai;
    this.remember();
    void this.line?.welcomeAi(ai);
  }

  /** The peer was blocked: that call left already. */
  blocked(): void {
    this.talk?.close();
    this.#over('blocked');
  }

  /** The peer was reported, which leaves too. */
  reported(): void {
    this.talk?.company?.cancel();
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
      await this.#goOn((await this.#tab.take()) ?? {});
    } finally {
      this.taking = false;
    }
  }

  async #goOn(kept: KeptTab): Promise<void> {
    this.#inbox = kept.inbox;
    try {
      this.#identity = await this.visit.become();
      if (kept.talk !== undefined) return this.#enter(kept.talk);
      if (kept.ticketId !== undefined) return this.#look(kept.ticketId, undefined);
      const current = await currentOf(this.door, this.#identity);
      if (current.has === 'ticket') return this.#look(current.ticketId, undefined);
      if (current.has === 'session' && current.match !== undefined) {
        return this.#found(current.match);
      }
      this.#home(current.has === 'session' ? say('elsewhere.lost') : '');
    } catch (refused) {
      this.#home(wordsOf(refused));
    }
  }

  #look(ticketId: string, again: Again): void {
    // What a line says that was left is not heard.
    const heard = <A extends unknown[]>(act: (...told: A) => void) => {
      return (...told: A) => void (line === this.line && act(...told));
    };
    const events = {
      accepted: heard(() => this.#tab.saveNow()),
      found: heard((match: Match) => this.#found(match)),
      over: heard((ending: SearchEnding) => this.#notFound(ending)),
    };
    const criteria = criteriaOf(this.wishes);
    const line = new Line(this.door, this.#identity!, criteria, events, ticketId, again);
    this.line = line;
    this.screen = 'waiting';
    if (ticketId !== '') this.#tab.saveNow();
  }

  #found(match: Match, came: 'first' | 'inPlaceOfAi' = 'first'): void {
    const inbox = this.#inbox === undefined ? {} : { inboxPosition: this.#inbox };
    if (this.wishes.sound) chime();
    this.unread = document.hidden ? 1 : 0;
    const readReceipts = this.wishes.tellRead ? 'shown' : 'hidden';
    this.#enter(newTalk({ ...stateOfMatch(match), ...inbox, readReceipts }, match, came));
  }

  #notFound(ending: SearchEnding): void {
    switch (ending.why) {
      case 'cancelled':
        return this.#home();
      case 'expired':
        return this.#over('expired');
      case 'moved':
        return this.#takenOver();
      case 'anotherTicketLive':
        return this.#look(ending.ticketId, undefined);
      case 'alreadyInSession':
        return this.#home(say('refused.inSession'));
      case 'paused':
        return this.#home(say('refused.paused', { wait: words.wait(ending.retryAfter) }));
      case 'denied':
        return this.#home(wordsOf(ending.denial));
      case 'refused':
        return this.#home(say('refused.other', { sentence: ending.sentence }));
    }
  }

  #enter(kept: KeptTalk): void {
    this.line = undefined;
    this.talk = new Talk(this.door, this.#identity!, kept, {
      changed: () => this.#tab.save(),
      heard: (text, by) => this.#heard(text, by),
      disclosed: (text) => announcer.say(text),
      offered: () => this.wishes.sound && chime(),
      switch: (match) => this.#switch(match),
      ended: ({ ending, next }) => this.#ended(ending, next),
    });
    this.screen = 'talking';
    this.#tab.save();
  }

  /** From the AI peer to the person: entering there closes the conversation here. */
  #switch(match: Match): void {
    const old = this.talk;
    this.#inbox = old?.keep().state.inboxPosition ?? this.#inbox;
    old?.close();
    this.#found(match, 'inPlaceOfAi');
  }

  #heard(text: string, by: 'peer' | 'ai'): void {
    announcer.hear(`${say(`talk.${by}`)}: ${text}`, (n) => say('talk.new', { n }));
    if (document.hidden) {
      this.unread++;
      if (this.wishes.sound) chime();
    }
  }

  #ended(ending: ConversationEnding, next: 'stop' | 'startOver'): void {
    const { ticketId = '', ai, company } = this.talk ?? {};
    this.#inbox = this.talk?.keep().state.inboxPosition ?? this.#inbox;
    if (this.#leftBy !== undefined) return this.#leftBy();
    if (ending === 'takenOver') {
      this.#takenOver();
    } else if (ending === 'humanFound') {
      // Its word did not come here: where that person is, match-svc knows.
      void this.#goOn(this.#inbox === undefined ? {} : { inbox: this.#inbox });
    } else if (next === 'startOver' && (ending === 'noShow' || ending === 'lost')) {
      void this.start(ai ? 'aiLost' : 'noShow', ticketId);
    } else if (ai && ending === 'left') {
      if (company?.looking) void this.start('aiLeft', ticketId);
      else this.#over('aiLeft');
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
    this.line = undefined;
    this.#tab.letGo();
    this.screen = 'ended';
  }

  #takenOver(): void {
    this.line = undefined;
    this.#tab.letGo();
    this.screen = 'elsewhere';
  }

  #home(notice = ''): void {
    this.notice = notice;
    this.line = undefined;
    this.talk = undefined;
    this.#tab.letGo();
    this.screen = 'start';
  }

  #keep(): KeptTab | undefined {
    const inbox = this.#inbox === undefined ? {} : { inbox: this.#inbox };
    if (this.screen === 'talking' && this.talk !== undefined) {
      return $state.snapshot({ talk: this.talk.keep(), ...inbox }) as KeptTab;
    }
    const ticketId = this.line?.ticketId ?? '';
    return ticketId === '' ? undefined : { ticketId, ...inbox };
  }

  #yield(): void {
    this.talk?.close();
    this.line?.close();
    this.talk = undefined;
    this.line = undefined;
  }

  #elsewhere(is: 'held' | 'free'): void {
    if (is === 'held' && this.screen !== 'ended') this.screen = 'elsewhere';
    if (is === 'free' && this.screen === 'elsewhere' && !this.taking) this.#home();
  }

  #wakeUps(): void {
    const wake = (what: 'tab' | 'network') => {
      this.talk?.wake(what);
      this.line?.wake(what);
    };
    addEventListener('online', () => ((this.offline = false), wake('network')));
    addEventListener('offline', () => (this.offline = true));
    addEventListener('pageshow', () => wake('tab'));
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) return this.#tab.saveNow();
      this.unread = 0;
      wake('tab');
    });
  }
}
