/** What is said: the log as it comes, in order, and this member's own texts until they are in it. */
import { durationMs, timestampMs, type Timestamp } from '@bufbuild/protobuf/wkt';
import {
  Channel,
  Next,
  type Entered,
  type Envelope,
  type InboxNotice,
  type Reset,
  type ServerFrame,
  type TextOutcome,
} from '../gen/parley/session/v1/frames_pb.js';
import {
  receiptOf,
  type ConversationEvent,
  type ConversationState,
  type NotSentReason,
} from './conversation-events.js';
import { LogOrder, plain, type LogPosition } from './log-order.js';
import { Outbox, type OwnText, type Sequenced } from './outbox.js';

/** Texts on their way at once; one by one while the server asks for patience. */
const WINDOW = 16;

/** What takes one place in the log. */
type Item =
  | { readonly is: 'written'; readonly envelope: Envelope }
  | {
      readonly is: 'own';
      readonly sequence: number;
      readonly position: LogPosition;
      readonly at: number | undefined;
    };

type Placing = (position: LogPosition, item: Item) => boolean;

/** Knows nothing of streams. */
export class Dialogue {
  readonly #tell: (event: ConversationEvent) => void;
  readonly #pause: (ms: number) => void;
  readonly outbox: Outbox;
  #order: LogOrder<Item> | undefined;
  #inbox: LogPosition | undefined;
  #asked: 'resume' | 'startOver' | undefined;
  #window = WINDOW;
  #paused = false;

  /** @param pause told how long nothing may be sent; calls `goOn` afterwards */
  constructor(
    from: ConversationState,
    tell: (event: ConversationEvent) => void,
    pause: (ms: number) => void,
  ) {
    this.#tell = tell;
    this.#pause = pause;
    this.outbox = new Outbox(from.nextSequence, from.unsent);
    this.#order = from.position === undefined ? undefined : new LogOrder(from.position);
    this.#inbox = from.inboxPosition;
  }

  /** Where to resume; undefined before the first entry. */
  get position(): LogPosition | undefined {
    return this.#order?.reached;
  }

  get inboxPosition(): LogPosition | undefined {
    return this.#inbox;
  }

  /** What an unknown answer asked for. */
  get asked(): 'resume' | 'startOver' | undefined {
    return this.#asked;
  }

  entered(facts: Entered): void {
    if (this.#order === undefined) {
      this.#order = new LogOrder({ epoch: facts.tip?.epoch ?? 0, offset: 0, check: 0 });
    } else {
      this.#order.restartAt(this.#order.reached);
    }
    this.#asked = undefined;
    this.outbox.entered(facts.nextSequence);
  }

  reset(reset: Reset): void {
    const resumeAt = plain(reset.resumeAt);
    this.#log().restartAt(resumeAt);
    this.#tell({ kind: 'reset', reason: reset.reason, resumeAt });
    this.#tellKnown();
    for (const text of this.outbox.giveUp()) this.#tellNotSent(text, 'reset');
  }

  /** Reads what a frame carries. False if something that must have come is missing. */
  read(frame: ServerFrame): boolean {
    if (frame.channel === Channel.INBOX) return this.#readInbox(frame);
    if (frame.channel !== Channel.SESSION && frame.channel !== Channel.UNSPECIFIED) return true;
    const log = this.#log();
    const place: Placing = (position, item) => log.streamed(position, item);
    let sameLog = true;
    for (const outcome of frame.outcomes) sameLog = this.#place(outcome, place) && sameLog;
    for (const envelope of frame.envelopes) {
      sameLog = place(plain(envelope.position), { is: 'written', envelope }) && sameLog;
    }
    this.#tellNext(log);
    const whole = sameLog && log.missing <= this.outbox.unanswered;
    if (whole) this.#readEvent(frame);
    return whole;
  }

  /** Reads answers to Send. False if something that must have come is missing. */
  readAnswers(outcomes: readonly TextOutcome[]): boolean {
    const log = this.#log();
    let sameLog = true;
    for (const outcome of outcomes) sameLog = this.#answer(outcome, log) && sameLog;
    this.#tellNext(log);
    return sameLog && log.missing <= this.outbox.unanswered;
  }

  /** False if the log did not come up to there. */
  caughtUp(tip: LogPosition): boolean {
    this.#tellKnown();
    return this.#log().reached.offset >= tip.offset;
  }

  toSend(): Sequenced[] {
    if (this.outbox.isEmpty) this.#window = WINDOW;
    return this.#paused ? [] : this.outbox.take(this.#window);
  }

  goOn(): void {
    this.#paused = false;
  }

  /** Nothing will be sent any more. */
  over(): void {
    this.#tellKnown();
    for (const text of this.outbox.giveUp()) this.#tellNotSent(text, 'closed');
  }

  #log(): LogOrder<Item> {
    if (this.#order === undefined) throw new Error('a frame before entered');
    return this.#order;
  }

  #answer(outcome: TextOutcome, log: LogOrder<Item>): boolean {
    const current = this.outbox.countAnswer();
    const { outcome: said, sequence } = outcome;
    switch (said.case) {
      case 'stored':
      case 'duplicate':
        return this.#place(outcome, (position, item) => log.answered(position, item));
      case 'outOfOrder':
        if (current) this.outbox.expect(said.value.expected);
        return true;
      case 'tooFast':
        if (current) this.#slow(said.value.retryAfter ? durationMs(said.value.retryAfter) : 0);
        return true;
      case 'tooLong':
        return this.#notSent(current, sequence, 'tooLong');
      case 'notPlainText':
        return this.#notSent(current, sequence, 'notPlainText');
      case 'contentDiffers':
        if (current) this.#tellNotSent(this.outbox.differs(sequence), 'contentDiffers');
        return true;
      case 'notOpen':
      case 'staleAttachment':
        // The stream's end says what comes of it; until then the text is kept.
        return true;
      default:
        return this.#unknown(current, outcome);
    }
  }

  /** Notes what is stored, and where if that is told. */
  #place({ outcome, sequence }: TextOutcome, place: Placing): boolean {
    if (outcome.case !== 'stored' && outcome.case !== 'duplicate') return true;
    this.outbox.stored(sequence);
    // A duplicate far behind: the log tells its place when reading has come there.
    if (outcome.value.position === undefined) return true;
    const position = plain(outcome.value.position);
    const at = outcome.case === 'stored' ? msOf(outcome.value.at) : undefined;
    return place(position, { is: 'own', sequence, position, at });
  }

  #notSent(current: boolean, sequence: number, reason: NotSentReason): true {
    if (current) this.#tellNotSent(this.outbox.refused(sequence), reason);
    return true;
  }

  #slow(wait: number): void {
    this.outbox.sendAgain();
    if (this.#window > 1) this.#tell({ kind: 'slowed', pause: wait });
    this.#window = 1;
    this.#paused = true;
    this.#pause(wait);
  }

  /** An outcome of a later contract: what to do is in its `next`. */
  #unknown(current: boolean, { next, sequence }: TextOutcome): true {
    if (next === Next.STOP) return this.#notSent(current, sequence, 'refused');
    this.#asked = next === Next.START_OVER ? 'startOver' : 'resume';
    return true;
  }

  #tellNext(log: LogOrder<Item>): void {
    for (const item of log.next()) {
      if (item.is === 'written') {
        this.#tellEnvelope(item.envelope);
        continue;
      }
      const text = this.outbox.own(item.sequence);
      if (text !== undefined) this.#tellStored(text, item.position, item.at);
    }
  }

  #tellEnvelope(envelope: Envelope): void {
    const { content, memberId, ownSequence } = envelope;
    const position = plain(envelope.position);
    const at = msOf(envelope.at) ?? 0;
    const own = ownSequence > 0 ? this.outbox.own(ownSequence) : undefined;
    if (own !== undefined && content.case === 'text' && own.text === content.value) {
      return this.#tellStored(own, position, at);
    }
    this.#tellNotSent(own, 'contentDiffers');
    const memberKind = envelope.kind;
    if (content.case === 'text') {
      this.#tell({ kind: 'message', position, memberId, memberKind, at, text: content.value });
    } else if (content.case === 'disclosure') {
      this.#tell({ kind: 'disclosure', position, at, text: content.value });
    }
    // Content of a later contract: its place is passed by.
  }

  /** The participant's own log; what it tells is not repeated after its position. */
  #readInbox(frame: ServerFrame): true {
    for (const { position, content } of frame.envelopes) {
      if (content.case === 'notice') this.#tellNotice(content.value);
      this.#inbox = plain(position);
    }
    if (frame.event.case === 'reset') this.#inbox = plain(frame.event.value.resumeAt);
    return true;
  }

  #tellNotice({ event }: InboxNotice): void {
    switch (event.case) {
      case 'peerNeverCame':
        return this.#tell({ kind: 'peerNeverCame', ticketId: event.value.ticketId });
      case 'proposal':
        return this.#tell({ kind: 'proposal', proposal: event.value });
      case 'matched':
        return this.#tell({ kind: 'matched', matched: event.value });
      case 'proposalWithdrawn': {
        const { proposalId, stillLooking } = event.value;
        return this.#tell({ kind: 'proposalWithdrawn', proposalId, stillLooking });
      }
      default:
      // A notice of a later contract: its place is passed by.
    }
  }

  #readEvent({ event }: ServerFrame): void {
    if (event.case === 'typing') {
      const { memberId, lives } = event.value;
      this.#tell({ kind: 'peerTyping', memberId, lives: lives ? durationMs(lives) : 0 });
    } else if (event.case === 'receipt') {
      this.#tell(receiptOf(event.value));
    } else if (event.case === 'member' && event.value.member !== undefined) {
      this.#tell({ kind: 'member', member: event.value.member });
    }
    // The rest is of the stream, or of a later contract.
  }

  #tellStored(text: OwnText, position: LogPosition, at: number | undefined): void {
    this.#tell({ kind: 'stored', text, position, ...(at === undefined ? {} : { at }) });
  }

  #tellNotSent(text: OwnText | undefined, reason: NotSentReason): void {
    if (text !== undefined) this.#tell({ kind: 'notSent', text, reason });
  }

  #tellKnown(): void {
    for (const text of this.outbox.takeAcknowledged()) this.#tell({ kind: 'stored', text });
  }
}

function msOf(timestamp: Timestamp | undefined): number | undefined {
  return timestamp === undefined ? undefined : timestampMs(timestamp);
}
