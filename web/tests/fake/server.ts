/** A Parley server in memory: real messages and statuses through Connect's router transport. */
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  Code,
  ConnectError,
  createRouterTransport,
  type ConnectRouter,
  type HandlerContext,
} from '@connectrpc/connect';
import type { Door } from '../../src/parley/door.js';
import {
  IdentityService,
  RefreshTokenResponseSchema,
} from '../../src/gen/parley/identity/v1/identity_service_pb.js';
import {
  MatchService,
  type FindPeerRequest,
  type FindPeerResponseSchema,
  type AnswerProposalRequest,
  type EstimateWaitResponseSchema,
  type GetCurrentResponseSchema,
  type KeepWaitingRequest,
  type KeepWaitingResponseSchema,
} from '../../src/gen/parley/match/v1/match_service_pb.js';
import {
  Channel,
  ServerFrameSchema,
  type Entered,
  type EnteredSchema,
  type InboxNotice,
  type InboxNoticeSchema,
  type TextOutcomeSchema,
} from '../../src/gen/parley/session/v1/frames_pb.js';
import {
  SessionService,
  type AcknowledgeRequest,
  type OpenRequest,
  type SendRequest,
} from '../../src/gen/parley/session/v1/session_service_pb.js';
import { Feed } from './feed.js';

export type Frame = MessageInitShape<typeof ServerFrameSchema>;
export type NoticeEvent = Exclude<
  MessageInitShape<typeof InboxNoticeSchema>,
  InboxNotice
>['event'] & {};
export type Outcome = MessageInitShape<typeof TextOutcomeSchema>;
export type Kept = MessageInitShape<typeof KeepWaitingResponseSchema>;
export type Has = MessageInitShape<typeof GetCurrentResponseSchema>;
export type Estimated = MessageInitShape<typeof EstimateWaitResponseSchema>;
export type FoundEvent = MessageInitShape<typeof FindPeerResponseSchema>;

export const SESSION = 's'.repeat(22);
export const TICKET = 't'.repeat(22);
const seconds = (n: number) => ({ seconds: BigInt(n) });

/** Each call is noted; what it answers is decided by the fields that are functions. */
export class FakeServer {
  readonly opens: { request: OpenRequest; feed: Feed<Frame>; headers: Headers }[] = [];
  readonly sends: SendRequest[] = [];
  readonly acknowledged: AcknowledgeRequest[] = [];
  readonly finds: { request: FindPeerRequest; feed: Feed<FoundEvent>; headers: Headers }[] = [];
  readonly kept: KeepWaitingRequest[] = [];
  readonly proposalsAnswered: AnswerProposalRequest[] = [];
  readonly cancelled: string[] = [];
  readonly refreshed: string[] = [];
  guests = 0;
  left = 0;
  refuseToken: (token: string) => Code | undefined = () => undefined;
  onKeep: (request: KeepWaitingRequest) => Kept | Promise<Kept> = () => ({
    outcome: { case: 'kept', value: {} },
  });
  /** Undefined: not served. */
  current: Has | undefined;
  /** Undefined: not served. */
  estimate: Estimated | undefined;
  onSend: (request: SendRequest) => Promise<Outcome[]> | Outcome[] = (request) =>
    request.frames.flatMap((frame) =>
      frame.frame.case === 'text' ? [this.stored(frame.frame.value.sequence)] : [],
    );
  onRefresh: (token: string) => Promise<'renewed' | 'revoked'> | 'renewed' | 'revoked' = () =>
    'renewed';
  #offset = 0;
  #noticed = 0;

  /** Also for a server of its own. */
  readonly routes = ({ service }: ConnectRouter): void => {
    service(IdentityService, {
      createGuest: () => {
        this.guests++;
        const tokens = this.#tokens(`guest${this.guests}-1`);
        return {
          outcome: {
            case: 'guest',
            value: { participantId: `guest${this.guests}`, tokens },
          },
        };
      },
      refreshToken: async ({ refreshToken }) => {
        this.refreshed.push(refreshToken);
        if ((await this.onRefresh(refreshToken)) === 'revoked') {
          return create(RefreshTokenResponseSchema, {
            outcome: { case: 'familyRevoked', value: {} },
          });
        }
        const [guest, number] = refreshToken.split('-');
        const tokens = this.#tokens(`${guest}-${Number(number) + 1}`);
        return create(RefreshTokenResponseSchema, {
          outcome: { case: 'renewed', value: { tokens } },
        });
      },
      revokeToken: () => ({ outcome: { case: 'revoked', value: {} } }),
    });
    service(MatchService, {
      findPeer: (request, context) => {
        this.#check(context);
        const feed = new Feed<FoundEvent>(context.signal);
        this.finds.push({ request, feed, headers: context.requestHeader });
        return feed;
      },
      keepWaiting: (request) => {
        this.kept.push(request);
        return this.onKeep(request);
      },
      cancelTicket: ({ ticketId }) => {
        this.cancelled.push(ticketId);
        return { outcome: { case: 'cancelled', value: {} } };
      },
      answerProposal: (request) => {
        this.proposalsAnswered.push(request);
        return { outcome: { case: 'answered', value: {} } };
      },
      estimateWait: () => {
        if (this.estimate === undefined) throw new ConnectError('not here', Code.Unimplemented);
        return this.estimate;
      },
      getCurrent: () => {
        if (this.current === undefined) throw new ConnectError('not here', Code.Unimplemented);
        return this.current;
      },
    });
    service(SessionService, {
      open: (request, context) => {
        this.#check(context);
        const feed = new Feed<Frame>(context.signal);
        this.opens.push({ request, feed, headers: context.requestHeader });
        return feed;
      },
      send: async (request) => {
        this.sends.push(request);
        return { outcomes: await this.onSend(request) };
      },
      acknowledge: (request) => {
        this.acknowledged.push(request);
        return { outcome: { case: 'acknowledged', value: {} } };
      },
      leaveSession: () => {
        this.left++;
        return { outcome: { case: 'left', value: {} } };
      },
    });
  };

  readonly door: Door = {
    transport: createRouterTransport((router) => this.routes(router)),
    times: {
      unaryDeadline: 5_000,
      firstBackoff: 250,
      longestBackoff: 10_000,
      enteredWithin: 10_000,
      leaveWithin: 5_000,
      callGivesUpAfter: 15_000,
    },
    // The whole of each ceiling: the ladder shows.
    random: () => 1,
    newId: () => 'id'.padEnd(16, String(this.#ids++)),
  };
  #ids = 0;

  /** The newest stream of a conversation. */
  get stream(): Feed<Frame> {
    return this.opens.at(-1)!.feed;
  }

  get search(): Feed<FoundEvent> {
    return this.finds.at(-1)!.feed;
  }

  /** Lets the newest stream in, and says that all was told. */
  letIn(facts: Exclude<MessageInitShape<typeof EnteredSchema>, Entered> = {}, tip = 0): void {
    this.stream.push({
      event: {
        case: 'entered',
        value: {
          sessionId: SESSION,
          memberId: 1,
          attachment: this.opens.length,
          nextSequence: 1,
          pass: new Uint8Array([9, this.opens.length]),
          tip: { epoch: 1, offset: tip, check: 0 },
          limits: { heartbeatEvery: seconds(25), acknowledgeEvery: seconds(20) },
          ...facts,
        },
      },
    });
    this.stream.push({
      event: { case: 'caughtUp', value: { position: { epoch: 1, offset: tip, check: 0 } } },
    });
  }

  /** The next place of the log, for a text with this sequence. */
  stored(sequence: number): Outcome {
    const position = { epoch: 1, offset: ++this.#offset, check: 7 };
    return { sequence, outcome: { case: 'stored', value: { position } } };
  }

  /** A text of the peer, at the next place of the log. */
  said(text: string): Frame {
    const position = { epoch: 1, offset: ++this.#offset, check: 7 };
    return { envelopes: [{ position, memberId: 2, content: { case: 'text', value: text } }] };
  }

  /** A notice in the participant's own log. */
  noticed(event: NoticeEvent): Frame {
    const position = { epoch: 3, offset: ++this.#noticed, check: 7 };
    const value = { event };
    return {
      channel: Channel.INBOX,
      envelopes: [{ position, content: { case: 'notice', value } }],
    };
  }

  /** Sequences of the texts in each Send. */
  get sequences(): number[][] {
    return this.sends.map(({ frames }) =>
      frames.flatMap(({ frame }) => (frame.case === 'text' ? [frame.value.sequence] : [])),
    );
  }

  #tokens(refreshToken: string) {
    return {
      accessToken: `access of ${refreshToken}`,
      accessExpiresIn: seconds(600),
      refreshToken,
      refreshExpiresIn: seconds(86_400),
    };
  }

  #check({ requestHeader }: HandlerContext): void {
    const code = this.refuseToken(requestHeader.get('authorization') ?? '');
    if (code !== undefined) throw new ConnectError('refused by the test', code);
  }
}

export const unavailable = () => new ConnectError('cut by the test', Code.Unavailable);
export const frame = (init: Frame) => create(ServerFrameSchema, init);
