/** One line of a conversation as the screen shows it. */
import { timestampMs } from '@bufbuild/protobuf/wkt';
import { MemberKind } from '../gen/parley/domain/v1/domain_pb';
import type { Envelope } from '../gen/parley/session/v1/frames_pb';
import type { NotSentReason } from '../parley';

export type Said =
  | {
      readonly by: 'me';
      readonly key: string;
      readonly text: string;
      readonly state: 'pending' | 'stored';
      readonly offset: number;
      readonly at: number;
    }
  | {
      readonly by: 'me';
      readonly key: string;
      readonly text: string;
      readonly state: 'notSent';
      readonly why: NotSentReason;
      readonly at: number;
    }
  | {
      readonly by: 'peer' | 'ai' | 'server';
      readonly key: string;
      readonly text: string;
      readonly offset: number;
      readonly at: number;
    }
  | { readonly by: 'gap'; readonly key: string };

/** A text of ours that the server has not stored yet. */
export function pendingOf(number: number, text: string): Said {
  return { by: 'me', key: `own ${number}`, text, state: 'pending', offset: 0, at: Date.now() };
}

/** What the server's history has, as `me` sees it. */
export function saidOf(envelope: Envelope, me: number): Said {
  const { content, memberId, kind } = envelope;
  const offset = envelope.position?.offset ?? 0;
  const at = envelope.at === undefined ? Date.now() : timestampMs(envelope.at);
  const text = content.case === 'text' || content.case === 'disclosure' ? content.value : '';
  const told = { key: `at ${offset}`, text, offset, at };
  if (content.case === 'disclosure') return { by: 'server', ...told };
  if (memberId === me) return { by: 'me', state: 'stored', ...told };
  return { by: kind === MemberKind.AI ? 'ai' : 'peer', ...told };
}

/** After the log lost what came after an offset: lines keep their words, not their places. */
export function withoutPlaces(said: readonly Said[], after: number, now: number): readonly Said[] {
  return said.map((line) =>
    'offset' in line && line.offset > after
      ? { ...line, key: `${line.key} before ${now}`, offset: 0 }
      : line,
  );
}

/** A text of ours is stored, also one that was given up. */
export function withStored(
  said: readonly Said[],
  number: number,
  stored: Omit<Extract<Said, { state: 'pending' | 'stored' }>, 'by' | 'key' | 'state'>,
): readonly Said[] {
  const others = said.filter(({ key }) => key !== lostKey(number));
  return [...others, { by: 'me', key: `own ${number}`, state: 'stored', ...stored }];
}

export function lostKey(number: number): string {
  return `lost ${number}`;
}
