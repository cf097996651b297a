package parley.faults.talk;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import parley.faults.history.History;
import parley.faults.history.Place;
import parley.proto.session.v1.Text;
import parley.proto.session.v1.TextOutcome;

/// One member of one conversation: talks, repeats, drops and comes back until the stage hushes,
/// then settles and reads all from the start. Everything it does and hears is on its one thread,
/// and in its history in that order, the deed after its line.
public final class Member implements Runnable {
  private static final Duration RESEND_AFTER = Duration.ofMillis(1_500);

  /// Longer than a text may take to be read, so that coming back does not hide one that was not.
  private static final Duration ASK_ANEW_AFTER = Duration.ofSeconds(18);

  private static final Duration SOON = Duration.ofMillis(100);

  private final Seat seat;
  private final Stage stage;
  private final RandomGenerator random;
  private final Notes notes;
  private final Habits habits;
  private final OwnTexts texts;
  private final Course course;
  private final Agenda agenda = new Agenda();
  private final BlockingQueue<Heard> inbox = new LinkedBlockingQueue<>();
  private boolean resendIsDue;
  private boolean asksAnew;
  private boolean readingAgain;
  private boolean home;

  /// @param history its own; not closed here
  public Member(Seat seat, Ways ways, Stage stage, History history, RandomGenerator random) {
    this.seat = seat;
    this.stage = stage;
    this.random = random;
    this.notes = new Notes(history);
    this.habits = new Habits(random);
    this.texts = new OwnTexts(seat.author(), random);
    this.course = new Course(seat, ways, notes, agenda, random, inbox::add);
  }

  /// Returns when it has read everything again, or when the stage is over.
  @Override
  public void run() {
    course.enter();
    think();
    agenda.in(SOON, this::watch);
    try {
      while (!home && stage.act() != Stage.Act.OVER) {
        Heard heard = inbox.poll(agenda.idle(), TimeUnit.NANOSECONDS);
        if (heard != null) {
          hear(heard);
        }
        agenda.runDue();
        settle();
      }
    } catch (InterruptedException sentHome) {
      Thread.currentThread().interrupt();
    }
    course.dropAll();
  }

  private void hear(Heard heard) {
    OpenStream from = heard.from();
    switch (heard) {
      case Heard.Frame(var _, var frame) when !from.over -> {
        notes.frame(from.number(), frame);
        frame.getOutcomesList().forEach(this::answered);
        course.frame(from, frame, this::entered, this::reset);
        reached();
        if (frame.hasCaughtUp() && course.isCurrent(from)) {
          caughtUp();
        }
      }
      case Heard.Answers(var _, var outcomes) -> {
        notes.answers(from.number(), outcomes);
        outcomes.forEach(this::answered);
      }
      case Heard.Stopped(var _, String status) -> course.stopped(from, status);
      case Heard.Frame _ -> {
        // Let go of: what still comes was not read.
      }
    }
  }

  private void entered(long expected) {
    if (texts.isLost(expected)) {
      seat.table().forget();
    }
    texts.entered(expected).forEach(notes::givingUp);
  }

  private void caughtUp() {
    if (readingAgain) {
      home = true;
    } else if (!texts.allStored()) {
      send(texts.unstored());
    }
  }

  /// What was on its way when a log was lost is never sent again.
  private void reset(String reason) {
    if (reason.startsWith("LOG_")) {
      texts.giveUp().forEach(notes::givingUp);
      seat.table().forget();
      course.comeBackFromHere();
    }
  }

  private void answered(TextOutcome outcome) {
    long sequence = Integer.toUnsignedLong(outcome.getSequence());
    switch (outcome.getOutcomeCase()) {
      case STORED -> {
        texts.stored(sequence);
        seat.table().reaches(Notes.place(outcome.getStored().getPosition()).offset());
      }
      case DUPLICATE, CONTENT_DIFFERS -> texts.stored(sequence);
      case OUT_OF_ORDER -> {
        if (texts.isLost(Integer.toUnsignedLong(outcome.getOutOfOrder().getExpected()))) {
          course.comeBackFromHere();
        } else {
          resendIn(SOON);
        }
      }
      case TOO_FAST -> resendIn(SOON.multipliedBy(10));
      case STALE_ATTACHMENT, NOT_OPEN, TOO_LONG, NOT_PLAIN_TEXT, OUTCOME_NOT_SET -> {
        // Its stream ends, or the text was never meant to be taken.
      }
    }
  }

  private void reached() {
    OpenStream current = course.live();
    Place cursor = current == null ? null : current.cursor;
    if (cursor != null) {
      seat.table().reaches(cursor.offset());
    }
  }

  private void think() {
    double spread = -Math.log(1 - random.nextDouble());
    long nanos = (long) (stage.thinks().toNanos() * Math.min(spread, 4));
    agenda.in(Duration.ofNanos(nanos), this::act);
  }

  private void act() {
    OpenStream current = course.live();
    boolean talks = stage.act() == Stage.Act.TALK || stage.act() == Stage.Act.CALM;
    if (talks && current != null && !texts.isFull()) {
      perform(stage.act() == Stage.Act.CALM ? Habits.Deed.SAY : habits.next(), current);
    }
    if (talks) {
      think();
    }
  }

  private void perform(Habits.Deed deed, OpenStream current) {
    switch (deed) {
      case SAY -> send(habits.repeated(newTexts()));
      case SAY_AND_GO -> {
        send(habits.repeated(newTexts()));
        course.reload();
      }
      case SAY_UNHEARD -> {
        List<Text> unheard = habits.repeated(newTexts());
        unheard.forEach(text -> notes.sending(current.number(), text));
        Runnable cut = current.sendBeside(unheard.stream().limit(16).toList());
        agenda.in(Duration.ofMillis(random.nextInt(20)), cut);
        resendIn(RESEND_AFTER);
      }
      case RELOAD -> course.reload();
      case SECOND_TAB -> course.openSecondTab(this::stray);
      case READ_SLOWLY -> course.readSlowly();
    }
  }

  /// Says something by an attachment that has been replaced, as a tab does that does not know.
  private void stray(OpenStream old) {
    if (texts.allStored() && old.hasEntered()) {
      Text stray = texts.stray();
      notes.sending(old.number(), stray);
      var _ = old.sendBeside(List.of(stray));
    }
  }

  private List<Text> newTexts() {
    return Stream.generate(texts::compose).limit(1 + random.nextInt(3)).toList();
  }

  private void send(List<Text> order) {
    OpenStream current = course.live();
    if (current != null && !order.isEmpty()) {
      order.forEach(text -> notes.sending(current.number(), text));
      for (int from = 0; from < order.size(); from += 16) {
        current.send(order.subList(from, Math.min(order.size(), from + 16)));
      }
    }
    resendIn(RESEND_AFTER);
  }

  /// On the stream; while there is none, by unary calls with the attachment of the last one, as a
  /// client that has not noticed.
  private void sendAgain(List<Text> order) {
    OpenStream last = course.last();
    if (course.live() != null || last == null) {
      send(order);
    } else {
      order.forEach(text -> notes.sending(last.number(), text));
      var _ = last.sendBeside(order);
      resendIn(RESEND_AFTER);
    }
  }

  private void resendIn(Duration wait) {
    if (!resendIsDue) {
      resendIsDue = true;
      agenda.in(
          wait,
          () -> {
            resendIsDue = false;
            if (!texts.allStored()) {
              sendAgain(texts.unstored());
            }
          });
    }
  }

  /// Whoever cannot settle may know of something that was lost with a log's tail, and asks anew.
  private void askAnew() {
    if (!readingAgain) {
      course.comeBackFromHere();
      agenda.in(ASK_ANEW_AFTER, this::askAnew);
    }
  }

  private void watch() {
    if (stage.act() == Stage.Act.HUSH && !asksAnew) {
      asksAnew = true;
      agenda.in(ASK_ANEW_AFTER, this::askAnew);
    }
    course.watchSilence();
    agenda.in(SOON.multipliedBy(5), this::watch);
  }

  private void settle() {
    OpenStream current = course.live();
    if (stage.act() != Stage.Act.HUSH || readingAgain || current == null || !texts.allStored()) {
      return;
    }
    Place cursor = current.cursor;
    if (seat.table().furthest() <= (cursor == null ? 0 : cursor.offset())) {
      notes.settled();
      readingAgain = true;
      course.readFromTheStart();
    }
  }
}
