package parley.faults.talk;

import java.util.List;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.TextOutcome;

/// What comes to a member, in the order it came on each stream.
sealed interface Heard {
  OpenStream from();

  record Frame(OpenStream from, ServerFrame frame) implements Heard {}

  /// The answer to a Send.
  record Answers(OpenStream from, List<TextOutcome> outcomes) implements Heard {}

  /// The stream is over, without or after the server's own words.
  record Stopped(OpenStream from, String status) implements Heard {}
}
