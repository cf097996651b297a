package parley.relay;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import parley.domain.Position;
import parley.testing.Eventually;

/// A subscriber that writes down what it is told.
final class Listener implements Subscriber {
  final List<String> events = new CopyOnWriteArrayList<>();
  final List<LogEntry> entries = new CopyOnWriteArrayList<>();
  volatile SessionFacts facts;
  volatile Position position = Position.start(0);
  volatile boolean ready = true;
  volatile Runnable whenBatchEnded = () -> {};
  private boolean holds;

  List<String> texts() {
    return entries.stream()
        .map(entry -> new String(entry.body().bytes(), StandardCharsets.UTF_8))
        .toList();
  }

  Listener awaitTexts(int count) {
    Eventually.holds(count + " texts came", () -> entries.size() >= count);
    return this;
  }

  Listener await(String event) {
    Eventually.holds("'" + event + "' came", () -> events.contains(event));
    return this;
  }

  void awaitReset(ResetReason reason) {
    Eventually.holds(
        "a reset came",
        () -> events.stream().anyMatch(event -> event.startsWith("reset " + reason)));
  }

  @Override
  public void attached(SessionFacts attached) {
    facts = attached;
    events.add("attached");
  }

  @Override
  public void entries(List<LogEntry> more, int epoch) {
    holds = true;
    position = more.getLast().position(epoch);
    entries.addAll(more);
  }

  @Override
  public void caughtUp(Position at) {
    events.add("caught_up " + at.offset());
  }

  @Override
  public void reset(ResetReason reason, Position resumeAt) {
    position = resumeAt;
    events.add("reset " + reason + " " + resumeAt.offset());
  }

  @Override
  public void memberHere(int member) {
    events.add("member " + member);
  }

  @Override
  public void memberAway(int member) {
    events.add("away " + member);
  }

  @Override
  public void signed(Sign sign) {
    events.add("signed " + sign);
  }

  @Override
  public void receipted(int member, Receipt receipt) {
    events.add("receipt " + member + " " + receipt.delivered() + " " + receipt.read());
  }

  @Override
  public void murmured(int member, Body body) {
    events.add("murmur " + member);
  }

  @Override
  public void batchEnded() {
    holds = false;
    whenBatchEnded.run();
  }

  @Override
  public boolean ready() {
    if (holds) {
      events.add("asked before the batch ended");
    }
    return ready;
  }

  @Override
  public void takenOver() {
    events.add("taken_over");
  }

  @Override
  public void closed(Closing closing) {
    events.add("closed by " + closing.by());
  }

  @Override
  public void tooLate() {
    events.add("too_late");
  }

  @Override
  public void unavailable() {
    events.add("unavailable");
  }
}
