package parley.client.search;

import java.time.Duration;
import parley.proto.match.v1.ProposalOffered;
import parley.proto.match.v1.TicketAccepted;
import parley.proto.match.v1.WaitingUpdate;

/// What happens to a search, in order. `Found` or `Over` is the last.
public sealed interface SearchEvent {
  /// In line, for the first time or again.
  record Accepted(TicketAccepted ticket) implements SearchEvent {}

  /// How it stands. At most every two seconds.
  record Waiting(WaitingUpdate update) implements SearchEvent {}

  /// Somebody is there, and both are asked: answer within the time. Then `Found` follows, or
  /// `Waiting` as before.
  record Proposed(ProposalOffered offer) implements SearchEvent {}

  /// Somebody is there who talks with an AI peer just now, and is asked first: almost there.
  /// Decided within the time: then `Found` follows, or `Waiting` as before.
  record PeerAsked(Duration decidedWithin) implements SearchEvent {}

  /// The connection is gone; the next try comes after the pause. The place in line is kept
  /// meanwhile.
  record Reconnecting(int tries, Duration pause) implements SearchEvent {}

  /// Somebody is there: enter within the match's time.
  record Found(Match match) implements SearchEvent {}

  /// Nobody was found. The sentence is for a person.
  record Over(SearchEnding ending, String sentence) implements SearchEvent {}
}
