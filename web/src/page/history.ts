/** What was said while this page could not hear it, read again from the server. */
import type { MemberCalls } from '../parley';
import { saidOf, type Said } from './said';

const PAGES_AT_MOST = 20;

/** What lies after one offset up to another, in order, as far as the server still has it. */
export async function wordsBetween(
  calls: MemberCalls,
  after: number,
  upTo: number,
  me: number,
): Promise<Said[]> {
  const found: Said[] = [];
  let cursor = '';
  for (let pages = 0; pages < PAGES_AT_MOST; pages++) {
    const page = await calls.history(cursor);
    if (page === undefined) break;
    const wanted = page.envelopes.filter(({ position }) => {
      const offset = position?.offset ?? 0;
      return offset > after && offset <= upTo;
    });
    found.unshift(...wanted.map((envelope) => saidOf(envelope, me)));
    const oldest = page.envelopes[0]?.position?.offset ?? 0;
    if (page.olderCursor === '' || oldest <= after + 1) break;
    cursor = page.olderCursor;
  }
  return found;
}
