/** What was said while this page could not hear it, read again from the server. */
import { timestampMs } from '@bufbuild/protobuf/wkt';
import { MemberKind } from '../gen/parley/domain/v1/domain_pb';
import type { Envelope } from '../gen/parley/session/v1/frames_pb';
import type { MemberCalls } from '../parley';
import type { Said } from './talk.svelte';

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

function saidOf(envelope: Envelope, me: number): Said {
  const { content, memberId, kind } = envelope;
  const offset = envelope.position?.offset ?? 0;
  const at = envelope.at === undefined ? Date.now() : timestampMs(envelope.at);
  const text = content.case === 'text' || content.case === 'disclosure' ? content.value : '';
  const told = { key: `at ${offset}`, text, offset, at };
  if (content.case === 'disclosure') return { by: 'server', ...told };
  if (memberId === me) return { by: 'me', state: 'stored', ...told };
  return { by: kind === MemberKind.AI ? 'ai' : 'peer', ...told };
}
