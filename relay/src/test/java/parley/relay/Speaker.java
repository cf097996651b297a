package parley.relay;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import parley.domain.SessionId;
import parley.testing.Eventually;

/// Appends a member's texts one after the other, and writes down what became of them.
final class Speaker {
  final List<AppendOutcome> outcomes = new CopyOnWriteArrayList<>();
  final List<String> unknown = new CopyOnWriteArrayList<>();
  private final Relay relay;
  private final SessionId session;
  private final int member;
  private final long attachment;
  private final long said;
  private long sequence;

  Speaker(Relay relay, SessionId session, int member, long attachment) {
    this(relay, session, member, attachment, 0);
  }

  /// @param said how many texts the member has said before
  Speaker(Relay relay, SessionId session, int member, long attachment, long said) {
    this.said = said;
    this.sequence = said;
    this.relay = relay;
    this.session = session;
    this.member = member;
    this.attachment = attachment;
  }

  Speaker say(String... texts) {
    for (String text : texts) {
      Body body = Body.of(text.getBytes(StandardCharsets.UTF_8));
      Message message = new Message(member, attachment, ++sequence, body);
      boolean taken =
          relay.append(
              session,
              message,
              new AppendReply() {
                @Override
                public void answered(AppendOutcome outcome) {
                  outcomes.add(outcome);
                }

                @Override
                public void unavailable() {
                  unknown.add(text);
                }
              });
      if (!taken) {
        throw new AssertionError("relay is full");
      }
    }
    return this;
  }

  void awaitStored() {
    Eventually.holds(
        "all up to " + sequence + " are stored",
        () ->
            outcomes.stream().filter(AppendOutcome.Stored.class::isInstance).count()
                == sequence - said);
  }
}
