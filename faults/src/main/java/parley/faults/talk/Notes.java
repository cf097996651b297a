package parley.faults.talk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.faults.history.History;
import parley.faults.history.Line;
import parley.faults.history.Place;
import parley.faults.history.What;
import parley.proto.domain.v1.Position;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Envelope;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.Text;
import parley.proto.session.v1.TextOutcome;

/// Writes into a member's history what it is about to do and what it was told, word for word of the
/// wire. Used by the member's thread.
final class Notes {
  private final History history;

  Notes(History history) {
    this.history = history;
  }

  void entering(int stream, @Nullable Place from, String way) {
    history.note(Line.of(What.ENTERING).on(stream).place(from).text(way));
  }

  void sending(int stream, Text text) {
    history.note(
        Line.of(What.SENDING)
            .on(stream)
            .sequence(Integer.toUnsignedLong(text.getSequence()))
            .text(text.getText()));
  }

  void lettingGo(int stream) {
    history.note(Line.of(What.LETTING_GO).on(stream));
  }

  void broken(int stream, String status) {
    history.note(Line.of(What.BROKEN).on(stream).text(status));
  }

  void givingUp(Text text) {
    history.note(
        Line.of(What.GIVING_UP)
            .sequence(Integer.toUnsignedLong(text.getSequence()))
            .text(text.getText()));
  }

  void settled() {
    history.note(Line.of(What.SETTLED));
  }

  /// Answers that came beside the stream.
  void answers(int stream, List<TextOutcome> outcomes) {
    outcomes.forEach(outcome -> history.note(outcome(stream, outcome, What.STORED_ASIDE)));
  }

  /// All that a frame says: what has a place in the log by its place (a stored text stands where
  /// its envelope would), then its event.
  void frame(int stream, ServerFrame frame) {
    List<Line> placed = new ArrayList<>();
    for (TextOutcome outcome : frame.getOutcomesList()) {
      Line line = outcome(stream, outcome, What.STORED);
      if (line.what() == What.STORED) {
        placed.add(line);
      } else {
        history.note(line);
      }
    }
    for (Envelope envelope : frame.getEnvelopesList()) {
      placed.add(envelope(stream, envelope));
    }
    placed.sort(Comparator.comparingLong(Notes::offset));
    placed.forEach(history::note);
    event(stream, frame);
  }

  private void event(int stream, ServerFrame frame) {
    switch (frame.getEventCase()) {
      case ENTERED -> {
        history.note(entered(stream, frame.getEntered()));
        frame.getEntered().getMembersList().forEach(member -> presence(stream, member));
      }
      case CAUGHT_UP ->
          history.note(
              Line.of(What.CAUGHT_UP).on(stream).place(place(frame.getCaughtUp().getPosition())));
      case RESET ->
          history.note(
              Line.of(What.RESET)
                  .on(stream)
                  .place(place(frame.getReset().getResumeAt()))
                  .text(frame.getReset().getReason().name().replace("REASON_", "")));
      case MEMBER -> presence(stream, frame.getMember().getMember());
      case END ->
          history.note(
              Line.of(What.ENDED)
                  .on(stream)
                  .text(
                      frame.getEnd().getReason().name().replace("END_REASON_", "")
                          + " "
                          + frame.getEnd().getNext().name().replace("NEXT_", "")));
      case TYPING, RECEIPT, HEARTBEAT, EVENT_NOT_SET -> {
        // Of the moment: nothing can be held against it later.
      }
    }
  }

  private void presence(int stream, parley.proto.session.v1.Member member) {
    history.note(
        Line.of(What.PRESENCE)
            .on(stream)
            .member(member.getMemberId())
            .text(member.getPresence().name().replace("PRESENCE_", "")));
  }

  private static Line entered(int stream, Entered facts) {
    return Line.of(What.ENTERED)
        .on(stream)
        .attachment(Integer.toUnsignedLong(facts.getAttachment()))
        .sequence(Integer.toUnsignedLong(facts.getNextSequence()))
        .member(facts.getMemberId())
        .place(place(facts.getTip()));
  }

  private static Line envelope(int stream, Envelope envelope) {
    return Line.of(What.READ)
        .on(stream)
        .sequence(Integer.toUnsignedLong(envelope.getOwnSequence()))
        .member(envelope.getMemberId())
        .place(place(envelope.getPosition()))
        .text(envelope.getText());
  }

  private static Line outcome(int stream, TextOutcome outcome, What stored) {
    Line line = Line.of(stored).on(stream).sequence(Integer.toUnsignedLong(outcome.getSequence()));
    return switch (outcome.getOutcomeCase()) {
      case STORED -> line.place(place(outcome.getStored().getPosition()));
      case DUPLICATE -> {
        Line duplicate = Line.of(What.DUPLICATE).on(stream).sequence(line.sequence());
        yield outcome.getDuplicate().hasPosition()
            ? duplicate.place(place(outcome.getDuplicate().getPosition()))
            : duplicate;
      }
      case OUT_OF_ORDER,
          TOO_FAST,
          TOO_LONG,
          NOT_PLAIN_TEXT,
          NOT_OPEN,
          STALE_ATTACHMENT,
          CONTENT_DIFFERS,
          OUTCOME_NOT_SET ->
          Line.of(What.REFUSED)
              .on(stream)
              .sequence(line.sequence())
              .text(outcome.getOutcomeCase().name());
    };
  }

  static Place place(Position position) {
    return new Place(
        position.getEpoch(), Integer.toUnsignedLong(position.getOffset()), position.getCheck());
  }

  private static long offset(Line line) {
    Place place = line.place();
    return place == null ? 0 : place.offset();
  }
}
