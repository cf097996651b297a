package parley.faults.talk;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import parley.client.call.CallRefused;
import parley.client.call.Headers;
import parley.client.identity.GuestDenied;
import parley.faults.history.Place;
import parley.proto.domain.v1.Position;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Envelope;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.SessionServiceGrpc;
import parley.proto.session.v1.TextOutcome;

/// A member's streams, one after the other and sometimes two at once: how it enters, comes back,
/// and from where. Used by the member's thread.
final class Course {
  private static final Duration ENTERED_WITHIN = Duration.ofSeconds(10);
  private static final int SILENT_HEARTBEATS = 3;
  private static final int TRAIL = 40;
  private static final int LONGEST_PAUSE_MS = 2_000;

  private final Seat seat;
  private final Ways ways;
  private final Notes notes;
  private final Agenda agenda;
  private final RandomGenerator random;
  private final Consumer<Heard> inbox;
  private final List<OpenStream> others = new ArrayList<>();
  private final Deque<Place> trail = new ArrayDeque<>();
  private @Nullable OpenStream current;
  private @Nullable OpenStream last;
  private @Nullable ByteString pass;
  private Duration silence = ENTERED_WITHIN;
  private Duration acknowledgeEvery = Duration.ZERO;
  private int opened;
  private int tries;

  Course(
      Seat seat,
      Ways ways,
      Notes notes,
      Agenda agenda,
      RandomGenerator random,
      Consumer<Heard> inbox) {
    this.seat = seat;
    this.ways = ways;
    this.notes = notes;
    this.agenda = agenda;
    this.random = random;
    this.inbox = inbox;
  }

  /// For the first time.
  void enter() {
    open(null);
  }

  /// The stream to talk on: in, and up to the tip; null while there is none.
  @Nullable OpenStream live() {
    return current != null && current.live ? current : null;
  }

  /// The stream that was in last, whatever became of it; its attachment is good until another is
  /// in.
  @Nullable OpenStream last() {
    return last;
  }

  boolean isCurrent(OpenStream stream) {
    return stream.equals(current);
  }

  /// Takes what a frame says of the stream itself.
  ///
  /// @param onEntered told the next sequence
  /// @param onReset told the reason
  void frame(OpenStream from, ServerFrame frame, LongConsumer onEntered, Consumer<String> onReset) {
    from.heardAt = System.nanoTime();
    move(from, frame);
    from.more();
    switch (frame.getEventCase()) {
      case ENTERED -> entered(from, frame.getEntered(), onEntered);
      case CAUGHT_UP -> from.live = true;
      case RESET -> {
        from.cursor = Notes.place(frame.getReset().getResumeAt());
        if (isCurrent(from)) {
          trail.clear();
          onReset.accept(frame.getReset().getReason().name().replace("REASON_", ""));
        }
      }
      case HEARTBEAT -> from.answerHeartbeat();
      case END -> over(from);
      case TYPING, RECEIPT, MEMBER, EVENT_NOT_SET -> {
        // Changes no stream.
      }
    }
  }

  void stopped(OpenStream from, String status) {
    if (!from.over) {
      notes.broken(from.number(), status);
      over(from);
    }
  }

  /// Drops the stream and comes back from where it stood, or from further back.
  void reload() {
    OpenStream old = current;
    if (old != null) {
      drop(old);
      current = null;
      Place from = from(old);
      agenda.in(Duration.ofMillis(random.nextInt(300)), () -> open(from));
    }
  }

  /// After a log was lost: a new stream tells what comes next.
  void comeBackFromHere() {
    OpenStream old = current;
    if (old != null) {
      drop(old);
      current = null;
      Place here = old.cursor;
      agenda.in(Duration.ofMillis(random.nextInt(300)), () -> open(here));
    }
  }

  /// Opens another stream; the old one is dropped late, or ended by the server.
  ///
  /// @param onReplaced told the old one when it has been replaced
  void openSecondTab(Consumer<OpenStream> onReplaced) {
    OpenStream old = current;
    if (old == null) {
      return;
    }
    others.add(old);
    Place from = from(old);
    current = null;
    open(from);
    OpenStream newer = current;
    agenda.in(
        Duration.ofMillis(100 + random.nextInt(1_000)),
        () -> {
          if (newer != null && newer.hasEntered()) {
            onReplaced.accept(old);
          }
        });
    agenda.in(Duration.ofMillis(random.nextInt(2_500)), () -> drop(old));
  }

  void readSlowly() {
    OpenStream slow = current;
    if (slow != null) {
      slow.readSlowly();
      agenda.in(Duration.ofMillis(200 + random.nextInt(2_000)), slow::readOn);
    }
  }

  void readFromTheStart() {
    OpenStream old = current;
    if (old != null) {
      drop(old);
    }
    trail.clear();
    current = null;
    open(null);
  }

  /// A stream on which nothing comes at all is as good as cut.
  void watchSilence() {
    OpenStream watched = current;
    if (watched != null && System.nanoTime() - watched.heardAt > silence.toNanos()) {
      drop(watched);
      current = null;
      comeBack(watched);
    }
  }

  void dropAll() {
    List.copyOf(others).forEach(this::drop);
    if (current != null) {
      drop(current);
    }
  }

  private void entered(OpenStream from, Entered facts, LongConsumer onEntered) {
    if (pass == null) {
      seat.table().enteredFirst();
    }
    pass = facts.getPass();
    from.entered(facts);
    var limits = facts.getLimits();
    silence =
        Duration.ofSeconds(
            Math.max(1, limits.getHeartbeatEvery().getSeconds()) * SILENT_HEARTBEATS);
    acknowledgeEvery = Duration.ofSeconds(Math.max(1, limits.getAcknowledgeEvery().getSeconds()));
    agenda.in(acknowledgeEvery, () -> acknowledge(from));
    tries = 0;
    if (isCurrent(from)) {
      last = from;
      onEntered.accept(Integer.toUnsignedLong(facts.getNextSequence()));
    }
  }

  private void acknowledge(OpenStream stream) {
    if (!stream.over) {
      stream.acknowledge();
      agenda.in(acknowledgeEvery, () -> acknowledge(stream));
    }
  }

  private void move(OpenStream from, ServerFrame frame) {
    for (TextOutcome outcome : frame.getOutcomesList()) {
      if (outcome.hasStored()) {
        reach(from, outcome.getStored().getPosition());
      }
    }
    for (Envelope envelope : frame.getEnvelopesList()) {
      reach(from, envelope.getPosition());
    }
  }

  private void reach(OpenStream from, Position position) {
    Place place = Notes.place(position);
    Place cursor = from.cursor;
    if (cursor == null || cursor.offset() < place.offset()) {
      from.cursor = place;
    }
    if (isCurrent(from)) {
      trail.addLast(place);
      if (trail.size() > TRAIL) {
        trail.removeFirst();
      }
    }
  }

  private void over(OpenStream from) {
    from.over = true;
    others.remove(from);
    if (isCurrent(from)) {
      current = null;
      comeBack(from);
    }
  }

  private void comeBack(OpenStream lost) {
    tries++;
    int ceiling = Math.min(LONGEST_PAUSE_MS, 100 << Math.min(tries, 5));
    Place from = lost.hasEntered() || lost.cursor != null ? lost.cursor : null;
    agenda.in(Duration.ofMillis(random.nextInt(ceiling)), () -> open(from));
  }

  private void drop(OpenStream stream) {
    if (!stream.over) {
      notes.lettingGo(stream.number());
      stream.drop();
    }
    others.remove(stream);
  }

  /// Mostly where the stream stands; sometimes what an older copy of a tab's storage would say.
  private @Nullable Place from(OpenStream old) {
    int die = random.nextInt(10);
    if (die < 6 || trail.isEmpty()) {
      return old.cursor;
    }
    return die == 9 ? null : trail.stream().skip(random.nextInt(trail.size())).findFirst().get();
  }

  private void open(@Nullable Place from) {
    if (current != null) {
      return;
    }
    try {
      String token = seat.identity().accessToken().text();
      Way way = ways.pick(seat.face(), random);
      Enter.Builder enter = Enter.newBuilder().setSessionId(seat.session());
      if (pass == null) {
        enter.setGrant(seat.grant());
      } else {
        enter.setPass(pass);
      }
      if (from != null) {
        enter.setPosition(
            Position.newBuilder()
                .setEpoch(from.epoch())
                .setOffset((int) from.offset())
                .setCheck(from.check()));
      }
      int number = ++opened;
      notes.entering(number, from, way.name());
      Headers headers = Headers.correlated("").bearer(token).session(seat.session());
      current =
          OpenStream.open(
              number,
              way,
              enter.build(),
              SessionServiceGrpc.newStub(way.channel()).withInterceptors(headers.attached()),
              inbox);
      current.cursor = from;
    } catch (CallRefused | GuestDenied noToken) {
      agenda.in(Duration.ofMillis(500), () -> open(from));
    }
  }
}
