/** The library lifted out, on a page of somebody else's: guest, search, conversation. */
import { create } from '@bufbuild/protobuf';
import { CriteriaSchema } from '../src/gen/parley/match/v1/match_service_pb.js';
import {
  Conversation,
  DEFAULT_TIMES,
  Identity,
  memoryPlace,
  openDoor,
  PeerSearch,
  stateOfMatch,
} from '../src/parley';

/** Meets somebody with this tag and answers the first words; gives them back. */
async function answerOnce(address: string, tag: string): Promise<string> {
  const door = openDoor(address, { ...DEFAULT_TIMES, callGivesUpAfter: 3_000 });
  const wish = { birthYear: 1990, gender: 0, acceptedTerms: '', acceptTerms: () => true };
  const me = await Identity.open(door, { ...wish, device: undefined }, memoryPlace());
  const criteria = create(CriteriaSchema, { tags: [tag], languages: ['en'] });
  return new Promise((heard, refused) =>
    PeerSearch.start(door, me, criteria, (event) => {
      if (event.kind === 'over') refused(new Error(event.ending.why));
      if (event.kind !== 'found') return;
      let words = '';
      const talk = Conversation.open(door, me, stateOfMatch(event.match), (said) => {
        if (said.kind === 'message') {
          words = said.text;
          talk.send(`You said: ${words}`);
        }
        // Only then it may go: before, the answer is on its way.
        if (said.kind === 'stored') heard(words);
      });
    }),
  );
}

Object.assign(globalThis, { answerOnce });
