package parley.client.conversation;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import parley.client.search.Lookout;
import parley.client.search.Match;
import parley.proto.domain.v1.MemberKind;
import parley.proto.domain.v1.Position;
import parley.proto.match.v1.ProposalOffered;

/// What happens in a conversation, and to its member meanwhile. `Stored`, `Message` and
/// `Disclosure` come in the order of the log, each place once; `Ended` is the last event of all.
public sealed interface ConversationEvent {
  /// In, for the first time.
  record Entered(parley.proto.session.v1.Entered facts) implements ConversationEvent {}

  /// In again after a break; what was missed follows.
  record Resumed(parley.proto.session.v1.Entered facts) implements ConversationEvent {}

  /// A text of this member is stored: every member will read it.
  ///
  /// @param position null if only the fact is known, which can be so after a reset
  /// @param at the server's time; null if only the fact is known
  record Stored(OwnText text, @Nullable Position position, @Nullable Instant at)
      implements ConversationEvent {}

  /// A text of this member will not be read. Only after a reset a `Stored` may still follow, for a
  /// text that arrived after all.
  record NotSent(OwnText text, NotSentReason reason) implements ConversationEvent {}

  /// What stands in the log as words.
  sealed interface Said extends ConversationEvent {
    Position position();

    Instant at();

    String text();
  }

  /// A message; of this member itself if it was written before this client came.
  record Message(Position position, int memberId, MemberKind kind, Instant at, String text)
      implements Said {}

  /// Words of the server, for example who the AI peer is.
  record Disclosure(Position position, Instant at, String text) implements Said {}

  /// By the inbox: a person is there for somebody who talks with an AI peer. Answer within the
  /// time, by [parley.client.search.Companionship]. Then `PersonFound` or `ProposalWithdrawn`
  /// follows.
  record PersonProposed(ProposalOffered offer, Duration answerWithin)
      implements ConversationEvent {}

  /// By the inbox: the person waits. Entering there within the match's time ends this conversation.
  record PersonFound(Match match) implements ConversationEvent {}

  /// By the inbox: the proposal came to nothing.
  ///
  /// @param lookout `KEPT` if somebody else may come, `RESTS` if it was not answered in time
  record ProposalWithdrawn(String proposalId, Lookout lookout) implements ConversationEvent {}

  /// Texts come faster than the server takes them; they wait, none is lost.
  record Slowed(Duration pause) implements ConversationEvent {}

  /// A member is writing.
  record PeerTyping(int memberId, Duration lives) implements ConversationEvent {}

  /// How far another member has received and read: offsets of the log, up to and with. Told when
  /// one of them has grown; neither ever shrinks, but by a [Reset] with `LOG_LOST` or
  /// `LOG_DIVERGED`: from there on nobody has what comes after `resumeAt`. `readOffset` is 0 if
  /// either side hides what it reads.
  record Receipt(int memberId, int deliveredOffset, int readOffset) implements ConversationEvent {}

  /// A member came, went, or left.
  record MemberChanged(parley.proto.session.v1.Member member) implements ConversationEvent {}

  /// The connection is gone; the next try comes after the pause. Texts are kept meanwhile.
  record Reconnecting(int tries, Duration pause, String why) implements ConversationEvent {}

  /// Something is lost and cannot be told; reading goes on from the position. Texts that were not
  /// stored are told as `NotSent` right after.
  record Reset(parley.proto.session.v1.Reset.Reason reason, Position resumeAt)
      implements ConversationEvent {}

  /// Over.
  record Ended(ConversationEnding ending, WhatNext next, String sentence)
      implements ConversationEvent {}

  /// What a client does after the end.
  enum WhatNext {
    STOP,
    /// Look for a peer again.
    START_OVER
  }
}
