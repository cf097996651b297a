/** What the server does not do, in words for the person. */
import { Code, ConnectError } from '@connectrpc/connect';
import { CallRefused, GuestDenied } from '../parley';
import { say, words } from './words.svelte';

export function wordsOf(refused: unknown): string {
  if (refused instanceof GuestDenied) return wordsOfDenial(refused);
  if (refused instanceof CallRefused && refused.advice.do === 'wait') {
    return say('refused.wait', { wait: words.wait(refused.advice.pause) });
  }
  if (refused instanceof CallRefused && refused.advice.do === 'retry') {
    return say('refused.unreachable');
  }
  const { code, rawMessage } = ConnectError.from(refused);
  return say('refused.other', { sentence: `${Code[code] ?? ''} ${rawMessage}` });
}

function wordsOfDenial({ why }: GuestDenied): string {
  switch (why.kind) {
    case 'underAge':
      return say('denied.underAge', { age: why.minimumAge });
    case 'banned':
      return say('denied.banned', { wait: words.wait(why.endsIn) });
    default:
      return say(`denied.${why.kind}`);
  }
}
