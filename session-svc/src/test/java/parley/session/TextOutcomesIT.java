package parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.proto.session.v1.TextOutcome;
import parley.proto.session.v1.TextOutcome.OutcomeCase;
import parley.session.Sessions.Face;
import parley.session.Sessions.Pair;
import parley.testing.Eventually;

/// What becomes of texts, the same over both faces.
class TextOutcomesIT {
  private final Sessions sessions = new Sessions();

  @AfterEach
  void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void limitsOfTheProductAreOutcomesAndTheStreamLivesOn(Face face) {
    Member ann = entered(face, Map.of());

    ann.text(1, "x".repeat(4_001));
    ann.text(1, "\u00e4".repeat(9_000));
    ann.text(1, "bell \u0007");
    ann.text(1, "left \u202e right");
    ann.text(1, "   ");
    ann.text(1, "line\nand\ttab \uD83D\uDE00");

    assertThat(cases(ann, 6))
        .containsExactly(
            OutcomeCase.TOO_LONG,
            OutcomeCase.TOO_LONG,
            OutcomeCase.NOT_PLAIN_TEXT,
            OutcomeCase.NOT_PLAIN_TEXT,
            OutcomeCase.NOT_PLAIN_TEXT,
            OutcomeCase.STORED);
    assertThat(ann.outcomes().getFirst().getTooLong().getMaxCodePoints()).isEqualTo(4_000);
    assertThat(ann.isOpen()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void sequencesMakeSendingAgainHarmless(Face face) {
    Member ann = entered(face, Map.of());

    ann.text(1, "one");
    ann.text(3, "three");
    ann.text(1, "one");
    ann.text(1, "another one");
    ann.text(2, "two");

    assertThat(cases(ann, 5))
        .containsExactly(
            OutcomeCase.STORED,
            OutcomeCase.OUT_OF_ORDER,
            OutcomeCase.DUPLICATE,
            OutcomeCase.CONTENT_DIFFERS,
            OutcomeCase.STORED);
    List<TextOutcome> outcomes = ann.outcomes();
    assertThat(outcomes.get(1).getOutOfOrder().getExpected()).isEqualTo(2);
    assertThat(outcomes.get(2).getDuplicate().getPosition())
        .isEqualTo(outcomes.get(0).getStored().getPosition());
    assertThat(outcomes.get(4).getStored().getPosition().getOffset()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void theSecondBeforeTheFirstInOneBurstHoldsUpNothing(Face face) {
    Member ann = entered(face, Map.of("pace.burst", "1000", "stream.outstanding", "200"));
    int bursts = 30;

    for (int first = 1; first <= 2 * bursts; first += 2) {
      ann.text(first + 1, "second");
      ann.text(first, "first");
      ann.text(first + 1, "second");
    }

    assertThat(cases(ann, 3 * bursts))
        .containsOnly(OutcomeCase.OUT_OF_ORDER, OutcomeCase.STORED)
        .filteredOn(OutcomeCase.STORED::equals)
        .hasSize(2 * bursts);
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void whoIsTooFastIsToldWhenToGoOn(Face face) {
    Member ann = entered(face, Map.of("pace.burst", "3", "pace.per-second", "1"));

    for (int i = 1; i <= 4; i++) {
      ann.text(i, "quick");
    }

    assertThat(cases(ann, 4))
        .containsExactly(
            OutcomeCase.STORED, OutcomeCase.STORED, OutcomeCase.STORED, OutcomeCase.TOO_FAST);
    var wait = ann.outcomes().getLast().getTooFast().getRetryAfter();
    assertThat(wait.getSeconds() * 1_000 + wait.getNanos() / 1_000_000).isBetween(1L, 1_000L);
  }

  private Member entered(Face face, Map<String, String> settings) {
    Pair pair = sessions.pair();
    return sessions
        .member(pair, pair.first(), sessions.node("session-1", settings), face)
        .entered();
  }

  private static List<OutcomeCase> cases(Member member, int count) {
    Eventually.holds(count + " outcomes came", () -> member.outcomes().size() == count);
    return member.outcomes().stream().map(TextOutcome::getOutcomeCase).toList();
  }
}
