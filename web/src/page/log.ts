/** A conversation as a text file, and the links in it. */
import type { Said } from './said';
import { say, words } from './words.svelte';

export function logOf(title: string, said: readonly Said[]): string {
  const lines = said.flatMap((each) => {
    if (each.by === 'gap') return [`— ${say('talk.reset')}`];
    const who = say(`talk.by.${each.by}`);
    const lost =
      each.by === 'me' && each.state === 'notSent'
        ? ` [${say('talk.notSent', { why: say(`talk.why.${each.why}`) })}]`
        : '';
    return [`${words.time(each.at)}  ${who}: ${each.text}${lost}`];
  });
  return `${title}\n\n${lines.join('\n')}\n`;
}

const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

export interface Piece {
  readonly text: string;
  readonly href?: string;
}

/** A text cut into what is plain and what could be opened. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: href, index } of text.matchAll(LINK)) {
    if (index > from) pieces.push({ text: text.slice(from, index) });
    pieces.push({ text: href, href });
    from = index + href.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}
