/** A stage on which a conversation is tried. */
import { Conversation } from '../../src/parley/conversation.js';
import type { ConversationEvent, ConversationState } from '../../src/parley/conversation-events.js';
import { SESSION } from './server.js';
import { Stage } from './stage.js';

export const GRANT: ConversationState = {
  sessionId: SESSION,
  credential: { kind: 'grant', bytes: 'Z3JhbnQ' },
  attachment: 0,
  nextSequence: 1,
  unsent: [],
  written: 0,
  correlationId: 'correlation',
};

export class TalkStage extends Stage<ConversationEvent> {
  begin(from: ConversationState = GRANT): Promise<Conversation> {
    return this.opened(Conversation.open(this.server.door, this.identity, from, this.hear));
  }

  notSent(): string[] {
    return this.heard.flatMap((event) =>
      event.kind === 'notSent' ? [`${event.text.text}: ${event.reason}`] : [],
    );
  }

  storedTexts(): string[] {
    return this.heard.flatMap((event) => (event.kind === 'stored' ? [event.text.text] : []));
  }
}
