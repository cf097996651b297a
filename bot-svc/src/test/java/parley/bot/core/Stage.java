package parley.bot.core;

import java.util.ArrayList;
import java.util.List;
import parley.bot.core.port.Sessions;
import parley.domain.ParticipantId;

/// A session as a test plays it: what the AI peer does is written down.
final class Stage implements Sessions, Sessions.Voice {
  final List<String> said = new ArrayList<>();
  int typing;
  boolean left;
  boolean closed;
  private Events events = new NobodyThere();

  @Override
  public Voice enter(ParticipantId peer, Invitation invitation, Events heard) {
    events = heard;
    return this;
  }

  Events talk() {
    return events;
  }

  String last() {
    return said.getLast();
  }

  @Override
  public void say(String line, Runnable settled) {
    said.add(line);
    settled.run();
  }

  @Override
  public void typing() {
    typing++;
  }

  @Override
  public void leave() {
    left = true;
    events.ended(Ending.OTHER);
  }

  @Override
  public void close() {
    closed = true;
  }

  private static final class NobodyThere implements Events {
    @Override
    public void entered() {}

    @Override
    public void heard(String text) {}

    @Override
    public void personTyping() {}

    @Override
    public void ended(Ending ending) {}
  }
}
