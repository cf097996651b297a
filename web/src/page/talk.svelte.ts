/** One conversation as the screen shows it: what was said, who is there, how the connection is. */
import { MemberKind } from '../gen/parley/domain/v1/domain_pb';
import { Presence, Reset_Reason, type Member } from '../gen/parley/session/v1/frames_pb';
import {
  companionOf,
  Conversation,
  losesWords,
  MemberCalls,
  type CompanionState,
  type ConversationEvent,
  type ConversationState,
  type Door,
  type Identity,
  type Match,
} from '../parley';
import { Company } from './company.svelte';
import { wordsBetween } from './history';
import { lostKey, pendingOf, withoutPlaces, withStored, type Said } from './said';

/** What a tab keeps of a talk, and hands to another tab. */
export interface KeptTalk {
  readonly state: ConversationState;
  readonly ticketId: string;
  readonly said: readonly Said[];
  readonly me: number;
  readonly peers: readonly KeptPeer[];
  readonly shared: readonly string[];
  readonly sharedLanguage: string;
  readonly ai: boolean;
  /** With an AI peer: the place in line meanwhile. */
  readonly companion?: CompanionState;
  /** A person came in place of an AI peer. */
  readonly switched: boolean;
  readonly draft: string;
  readonly received: number;
  readonly seen: number;
  readonly maxText: number;
}

interface KeptPeer {
  readonly memberId: number;
  readonly kind: MemberKind;
  readonly presence: Presence;
}

/** Who is told what the screen itself cannot do. */
export interface TalkListener {
  changed(): void;
  heard(text: string, by: 'peer' | 'ai'): void;
  disclosed(text: string): void;
  /** A person is there for who talks with an AI peer. */
  offered(): void;
  switch(match: Match): void;
  ended(event: Extract<ConversationEvent, { kind: 'ended' }>): void;
}

/** More is kept in the server's log, not here. */
const KEPT = 300;

export class Talk {
  /** In the order of the log; what was not sent stands where it was given up. */
  said = $state.raw<readonly Said[]>([]);
  /** Own texts on their way. */
  pending = $state.raw<readonly Said[]>([]);
  draft = $state('');
  connection = $state<'entering' | 'live' | 'reconnecting'>('entering');
  typing = $state(false);
  slowed = $state(false);
  peers = $state.raw<readonly KeptPeer[]>([]);
  /** The highest offset that the peer has received, and has read. */
  received = $state(0);
  seen = $state(0);
  maxText = $state(4_000);
  ai = $state(false);
  readonly shared: readonly string[];
  readonly sharedLanguage: string;
  readonly ticketId: string;
  readonly company: Company | undefined;
  readonly switched: boolean;
  readonly calls: MemberCalls;
  readonly #conversation: Conversation;
  readonly #listener: TalkListener;
  #me: number;
  #typingUntil: ReturnType<typeof setTimeout> | undefined;
  #slowedUntil: ReturnType<typeof setTimeout> | undefined;

  constructor(door: Door, identity: Identity, kept: KeptTalk, listener: TalkListener) {
    this.#listener = listener;
    this.#me = kept.me;
    this.said = kept.said;
    this.peers = kept.peers;
    this.shared = kept.shared;
    this.sharedLanguage = kept.sharedLanguage;
    this.ai = kept.ai;
    this.draft = kept.draft;
    this.received = kept.received;
    this.seen = kept.seen;
    this.maxText = kept.maxText;
    this.ticketId = kept.ticketId;
    this.switched = kept.switched;
    this.pending = kept.state.unsent.map(({ number, text }) => pendingOf(number, text));
    if (kept.companion !== undefined) {
      this.company = new Company(door, identity, kept.companion, {
        changed: () => listener.changed(),
        offered: () => listener.offered(),
        switch: (match) => listener.switch(match),
      });
    }
    this.#conversation = Conversation.open(door, identity, kept.state, (event) => this.#on(event));
    this.calls = new MemberCalls(door, identity, () => this.#conversation.state);
  }

  /** The other, once it is known who is there. */
  get peer(): KeptPeer | undefined {
    return this.peers.find((member) => member.memberId !== this.#me);
  }

  get unsent(): readonly Said[] {
    return this.said.filter((said) => said.by === 'me' && said.state === 'notSent');
  }

  keep(): KeptTalk {
    const { said, peers, shared, sharedLanguage, ai, draft, received, seen, maxText } = this;
    const { ticketId, switched, company } = this;
    return {
      state: this.#conversation.state,
      ...{ said: said.slice(-KEPT), peers, shared, sharedLanguage, ai, draft, received, seen },
      ...{ maxText, ticketId, switched, me: this.#me },
      ...(company === undefined ? {} : { companion: company.state }),
    };
  }

  send(text: string): void {
    const { number } = this.#conversation.send(text);
    if (this.#conversation.isOver) return;
    this.pending = [...this.pending, pendingOf(number, text)];
    this.#listener.changed();
  }

  sendAgain(said: Said): void {
    this.discard(said);
    if (said.by === 'me') this.send(said.text);
  }

  discard(said: Said): void {
    this.said = this.said.filter((other) => other.key !== said.key);
    this.#listener.changed();
  }

  write(draft: string): void {
    if (draft.length > this.draft.length) this.#conversation.typing();
    this.draft = draft;
    this.#listener.changed();
  }

  /** The person sees the end of what was said. */
  saw(): void {
    const last = this.said.findLast((said) => 'offset' in said && said.by !== 'me');
    if (last !== undefined && 'offset' in last) this.#conversation.read(last.offset);
  }

  leave(): void {
    this.#conversation.leave();
  }

  wake(what: 'tab' | 'network'): void {
    this.#conversation.wake(what);
    this.company?.wake();
  }

  close(): void {
    clearTimeout(this.#typingUntil);
    clearTimeout(this.#slowedUntil);
    this.company?.close();
    this.#conversation.close();
  }

  #on(event: ConversationEvent): void {
    this.company?.hear(event);
    switch (event.kind) {
      case 'entered':
      case 'resumed': {
        this.#me = event.facts.memberId;
        this.peers = event.facts.members.map(keptPeer);
        this.ai = this.peers.some((peer) => peer.kind === MemberKind.AI);
        this.maxText = event.facts.limits?.maxTextCodePoints || this.maxText;
        break;
      }
      case 'live':
        this.connection = 'live';
        break;
      case 'reconnecting':
        this.connection = 'reconnecting';
        this.typing = false;
        break;
      case 'stored': {
        const { number, text } = event.text;
        const offset = event.position?.offset ?? 0;
        const at = event.at ?? Date.now();
        this.#noLongerPending(number);
        this.said = withStored(this.said, number, { text, offset, at });
        break;
      }
      case 'notSent': {
        const { number, text } = event.text;
        this.#noLongerPending(number);
        this.#add({
          ...{ by: 'me', key: lostKey(number), text, state: 'notSent' },
          ...{ why: event.reason, at: Date.now() },
        });
        break;
      }
      case 'message':
        this.#message(event);
        break;
      case 'disclosure':
        this.#add({
          ...{ by: 'server', key: `at ${event.position.offset}`, text: event.text },
          ...{ offset: event.position.offset, at: event.at },
        });
        this.#listener.disclosed(event.text);
        break;
      case 'slowed':
        this.slowed = true;
        clearTimeout(this.#slowedUntil);
        this.#slowedUntil = setTimeout(() => (this.slowed = false), event.pause + 1_000);
        break;
      case 'peerTyping':
        this.typing = true;
        clearTimeout(this.#typingUntil);
        this.#typingUntil = setTimeout(() => (this.typing = false), event.lives);
        break;
      case 'receipt':
        if (event.memberId !== this.#me) {
          this.received = Math.max(this.received, event.delivered);
          this.seen = Math.max(this.seen, event.read);
        }
        break;
      case 'member': {
        const changed = keptPeer(event.member);
        const others = this.peers.filter(({ memberId }) => memberId !== changed.memberId);
        this.peers = [...others, changed];
        break;
      }
      case 'reset':
        if (losesWords(event.reason)) this.#forgetAfter(event.resumeAt.offset);
        void this.#gap(event);
        break;
      case 'heartbeat':
        return;
      case 'peerNeverCame':
      case 'proposal':
      case 'proposalWithdrawn':
      case 'matched':
        // The end that follows says the first; the place in line heard the others.
        break;
      case 'ended':
        this.company?.close();
        this.#listener.ended(event);
        return;
    }
    this.#listener.changed();
  }

  #message(event: Extract<ConversationEvent, { kind: 'message' }>): void {
    const { text, at } = event;
    const { offset } = event.position;
    const key = `at ${offset}`;
    if (event.memberId === this.#me) {
      this.#add({ by: 'me', key, text, state: 'stored', offset, at });
      return;
    }
    const by = event.memberKind === MemberKind.AI ? 'ai' : 'peer';
    this.typing = false;
    this.#add({ by, key, text, offset, at });
    this.#listener.heard(text, by);
  }

  /** Others may come to stand in those places, and nobody has received or read them yet. */
  #forgetAfter(offset: number): void {
    this.said = withoutPlaces(this.said, offset, Date.now());
    this.received = Math.min(this.received, offset);
    this.seen = Math.min(this.seen, offset);
  }

  /** Words that do not come by themselves: the history may have them. */
  async #gap({ reason, resumeAt }: Extract<ConversationEvent, { kind: 'reset' }>): Promise<void> {
    const gap = { by: 'gap', key: `gap ${Date.now()}` } as const;
    const from = Math.max(0, ...this.said.map((said) => ('offset' in said ? said.offset : 0)));
    this.#add(gap);
    if (reason !== Reset_Reason.TOO_FAR && reason !== Reset_Reason.TRIMMED) return;
    const found = await wordsBetween(this.calls, from, resumeAt.offset, this.#me);
    const at = this.said.indexOf(gap);
    const whole = found.length === resumeAt.offset - from;
    this.said = this.said.toSpliced(at, 1, ...(whole ? [] : [gap]), ...found);
    this.#listener.changed();
  }

  #add(said: Said): void {
    this.said = [...this.said, said];
  }

  #noLongerPending(number: number): void {
    this.pending = this.pending.filter(({ key }) => key !== `own ${number}`);
  }
}

function keptPeer({ memberId, kind, presence }: Member): KeptPeer {
  return { memberId, kind, presence };
}

/** A talk that was not entered yet. */
export function newTalk(
  state: ConversationState,
  match: Match,
  came: 'first' | 'inPlaceOfAi' = 'first',
): KeptTalk {
  const { ticketId } = match;
  const { receipt, peerKind } = match.matched;
  const ai = peerKind === MemberKind.AI;
  return {
    ...{ state, ticketId, said: [], me: 0, peers: [], draft: '', received: 0, seen: 0, ai },
    // An AI peer shares nothing: it asks.
    shared: ai ? [] : (receipt?.sharedTags ?? []),
    sharedLanguage: ai ? '' : (receipt?.language ?? ''),
    maxText: 4_000,
    switched: came === 'inPlaceOfAi',
    ...(ai ? { companion: companionOf(match) } : {}),
  };
}
