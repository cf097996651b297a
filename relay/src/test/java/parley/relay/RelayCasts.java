package parley.relay;

import java.util.List;
import java.util.function.Consumer;
import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.testing.Eventually;

/// One session with a speaker and somebody who listens, for tests of other packages.
public final class RelayCasts {
  private final Listener listener = new Listener();
  private final Speaker speaker;
  private int said;

  public RelayCasts(Relay relay, SessionId session) {
    relay.attach(new Arrival(session, 1, 2, null, null), new Listener());
    relay.attach(new Arrival(session, 2, 2, null, null), listener);
    Eventually.holds("the listener has attached", () -> listener.facts != null);
    speaker = new Speaker(relay, session, 1, 1);
  }

  public static Neighbours nobodyElse() {
    return new Neighbours() {
      @Override
      public void tell(NodeId node, List<Notice> notices) {}

      @Override
      public void listen(Consumer<List<Notice>> notices, Runnable missed) {}

      @Override
      public void close() {}
    };
  }

  public void say(int texts) {
    for (int i = 0; i < texts; i++) {
      speaker.say("text " + ++said);
    }
  }

  public void awaitAnswers() {
    Eventually.holds(
        "every text is answered", () -> speaker.outcomes.size() + speaker.unknown.size() == said);
  }

  public void awaitDelivered(int texts) {
    listener.awaitTexts(texts);
  }

  public List<LogEntry> heard() {
    return List.copyOf(listener.entries);
  }

  public long acknowledgedOnce() {
    return speaker.outcomes.stream()
        .filter(AppendOutcome.Stored.class::isInstance)
        .distinct()
        .count();
  }

  public boolean hasEnded() {
    return listener.events.contains("unavailable");
  }

  public List<String> resets() {
    return listener.events.stream().filter(event -> event.startsWith("reset")).toList();
  }
}
