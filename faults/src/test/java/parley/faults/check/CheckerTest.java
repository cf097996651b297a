package parley.faults.check;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.faults.check.Tale.ANN;
import static parley.faults.check.Tale.BOB;
import static parley.faults.check.Tale.LOG;

import org.junit.jupiter.api.Test;

/// Histories written by hand, one violation each: the checker names that rule and no other.
class CheckerTest {
  private static final String ANN_HEARS_BOB = "80 READ s1 m2 @3-13 |bob one";
  private static final String BOB_HEARS_ONE = "41 READ s1 m1 @1-11 |ann one";
  private static final String BOB_HEARS_TWO = "61 READ s1 m1 @2-12 |ann two";
  private static final String BOB_STORED = "80 STORED s1 q1 @3-13";
  private static final String ANN_TWO_KEPT = "30000 KEPT m1 a1 q2 @2-12 |ann two";
  private static final String BOB_ONE_KEPT = "30000 KEPT m2 a1 q1 @3-13 |bob one";
  private static final String READ_AGAIN_3 = "20013 READ s2 m2 @3-13 |bob one";

  @Test
  void aCleanRunHasNoViolationAndIsCounted() {
    Verdict verdict = Tale.clean().calmFrom(25).verdict(Promise.KEPT);

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.tally())
        .hasToString(
            "2 conversations, 4 texts in 5 sendings: 4 acknowledged, 0 of them lost, 0 stored but"
                + " not acknowledged, 0 absent; 16 observations on 6 streams; resets: none");
  }

  @Test
  void anAcknowledgedTextThatIsNotInTheLog() {
    Tale tale =
        Tale.clean()
            .without(LOG, BOB_ONE_KEPT)
            .without(ANN, ANN_HEARS_BOB)
            .without(ANN, READ_AGAIN_3)
            .with(ANN, "20014 CAUGHT_UP s2 @3-13", "20014 CAUGHT_UP s2 @2-12")
            .with(ANN, "20010 ENTERED s2 a2 q3 m1 @3-13", "20010 ENTERED s2 a2 q3 m1 @2-12")
            .without(BOB, BOB_STORED)
            .with(BOB, "20010 ENTERED s2 a2 q2 m2 @3-13", "20010 ENTERED s2 a2 q1 m2 @2-12")
            .without(BOB, "20013 READ s2 q1 m2 @3-13 |bob one")
            .with(BOB, "20014 CAUGHT_UP s2 @3-13", "20014 CAUGHT_UP s2 @2-12");

    assertOnly(tale, Rule.ACKNOWLEDGED_IS_KEPT);
    assertThat(tale.verdict(Promise.KEPT).tally().lost()).isEqualTo(1);
    assertThat(tale.verdict(Promise.TOLD).violations()).isEmpty();
  }

  @Test
  void aNextSequenceThatCountsATextTheLogDoesNotHave() {
    assertOnly(
        Tale.clean()
            .with(ANN, "20010 ENTERED s2 a2 q3 m1 @3-13", "20010 ENTERED s2 a2 q4 m1 @3-13"),
        Rule.ACKNOWLEDGED_IS_KEPT);
  }

  @Test
  void anAcknowledgementAtThePlaceOfOtherWords() {
    assertBreaks(
        Tale.clean().with(ANN, "61 DUPLICATE s1 q2 @2-12", "61 DUPLICATE s1 q2 @1-11"),
        Rule.ACKNOWLEDGED_IS_KEPT);
  }

  @Test
  void aTextThatWasReadAndIsNotInTheLog() {
    assertBreaks(
        Tale.clean().with(BOB, BOB_HEARS_TWO, "61 READ s1 m1 @2-99 |ann two"), Rule.READ_IS_KEPT);
  }

  @Test
  void twoWhoSeeOtherWordsAtOnePlace() {
    assertBreaks(
        Tale.clean().with(BOB, BOB_HEARS_TWO, "61 READ s1 m1 @2-12 |ann one"), Rule.PLACES_AGREE);
  }

  @Test
  void aGap() {
    assertOnly(Tale.clean().without(BOB, BOB_HEARS_ONE), Rule.CONTIGUOUS);
  }

  @Test
  void aRepetitionOnOneStream() {
    assertOnly(
        Tale.clean().after(BOB, BOB_HEARS_TWO, "62 READ s1 m1 @2-12 |ann two"), Rule.CONTIGUOUS);
  }

  @Test
  void aResetExplainsAGap() {
    assertThat(
            Tale.clean()
                .with(BOB, BOB_HEARS_ONE, "41 RESET s1 @1-11 |TOO_FAR")
                .verdict(Promise.KEPT)
                .violations())
        .isEmpty();
  }

  @Test
  void aResetWithoutAReason() {
    assertOnly(
        Tale.clean().with(BOB, BOB_HEARS_ONE, "41 RESET s1 @1-11 |UNSPECIFIED"), Rule.RESET_NAMED);
  }

  @Test
  void aResetOfAReaderWhoStandsInTheLog() {
    assertOnly(
        Tale.clean().after(BOB, BOB_HEARS_ONE, "42 RESET s1 @1-11 |LOG_DIVERGED"),
        Rule.RESET_NEEDED);
  }

  @Test
  void aTextOfAnotherSession() {
    assertBreaks(
        Tale.clean()
            .with(LOG, BOB_ONE_KEPT, "30000 KEPT m2 a1 q1 @3-13 |cid one")
            .with(ANN, ANN_HEARS_BOB, "80 READ s1 m2 @3-13 |cid one"),
        Rule.NOT_FOREIGN);
  }

  @Test
  void aTextThatNobodySaid() {
    assertBreaks(
        Tale.clean().with(ANN, ANN_HEARS_BOB, "80 READ s1 m2 @3-13 |nobody's"), Rule.NOT_FOREIGN);
  }

  @Test
  void aTextThatWasReadBeforeItWasSaid() {
    assertOnly(
        Tale.clean().with(BOB, "70 SENDING s1 q1 |bob one", "90 SENDING s1 q1 |bob one"),
        Rule.NOT_FOREIGN);
  }

  @Test
  void aTextTwiceInTheLog() {
    assertBreaks(
        Tale.clean().after(LOG, BOB_ONE_KEPT, "30000 KEPT m2 a1 q1 @4-14 |bob one"), Rule.ONCE);
  }

  @Test
  void aSecondTextBeforeTheFirst() {
    assertBreaks(
        Tale.clean()
            .with(LOG, "30000 KEPT m1 a1 q1 @1-11 |ann one", "30000 KEPT m1 a1 q2 @1-11 |ann two")
            .with(LOG, ANN_TWO_KEPT, "30000 KEPT m1 a1 q1 @2-12 |ann one"),
        Rule.AUTHORS_ORDER);
  }

  @Test
  void aLogWithAHole() {
    assertBreaks(
        Tale.clean().with(LOG, BOB_ONE_KEPT, "30000 KEPT m2 a1 q1 @4-13 |bob one"), Rule.LOG_WHOLE);
  }

  @Test
  void aTextOfAnAttachmentThatWasReplaced() {
    assertOnly(
        Tale.clean()
            .after(
                BOB,
                BOB_HEARS_TWO,
                "62 ENTERING s3 @2-12 |door web",
                "63 ENTERED s3 a9 q1 m2 @2-12"),
        Rule.FENCED);
  }

  @Test
  void anOwnTextAsAnEnvelopeWhileLive() {
    assertOnly(
        Tale.clean().with(BOB, BOB_STORED, "80 READ s1 q1 m2 @3-13 |bob one"), Rule.OWN_AS_STORED);
  }

  @Test
  void caughtUpBeforeTheTip() {
    assertOnly(
        Tale.clean()
            .without(ANN, READ_AGAIN_3)
            .with(ANN, "20014 CAUGHT_UP s2 @3-13", "20014 CAUGHT_UP s2 @2-12"),
        Rule.CAUGHT_UP_TRUE);
  }

  @Test
  void whoeverStoodBeforeTheTailThatALogLostHasLostNothing() {
    Tale cutShort =
        Tale.clean()
            .with(BOB, "20010 ENTERED s2 a2 q2 m2 @3-13", "20010 ENTERED s2 a2 q2 m2 @5-15");

    assertThat(cutShort.verdict(Promise.TOLD).violations()).isEmpty();
    assertThat(cutShort.verdict(Promise.KEPT).violations())
        .as("where nothing is lost, a tip that was told is there")
        .extracting(Violation::rule)
        .contains(Rule.CAUGHT_UP_TRUE);
  }

  @Test
  void whatALogLostIsFollowedByNothingButAReset() {
    Tale untold = Tale.clean().with(BOB, BOB_HEARS_TWO, "61 READ s1 m1 @2-99 |ann two");
    assertThat(untold.verdict(Promise.TOLD).violations())
        .extracting(Violation::rule)
        .containsExactly(Rule.DIVERGENCE_TOLD);

    Tale told =
        Tale.clean()
            .with(
                BOB,
                BOB_HEARS_TWO,
                "61 READ s1 m1 @2-99 |ann two",
                "62 RESET s1 @2-12 |LOG_DIVERGED");
    assertThat(told.verdict(Promise.TOLD).violations()).isEmpty();
  }

  @Test
  void aCalmStreamThatDoesNotAnswer() {
    assertOnly(
        Tale.clean().calmFrom(25).after(ANN, ANN_HEARS_BOB, "90 SENDING s1 q3 |ann three"),
        Rule.ANSWERED);
  }

  @Test
  void aTextThatDoesNotReachAnOpenStreamOfThePeer() {
    assertOnly(Tale.clean().calmFrom(25).without(ANN, ANN_HEARS_BOB), Rule.DELIVERED);
  }

  @Test
  void aMemberWhoHasBeenInForLongAndIsToldAway() {
    Tale told = Tale.clean().after(BOB, BOB_STORED, "9000 PRESENCE s1 m1 |AWAY");

    assertOnly(told, Rule.HERE_IS_TOLD);
    assertThat(told.fault(1_000, 2_000).verdict(Promise.KEPT).violations()).isEmpty();
  }

  @Test
  void aNodeThatRenewedItsLeaseLateMayHaveItsMembersToldAway() {
    Tale told = Tale.clean().after(BOB, BOB_STORED, "9000 PRESENCE s1 m1 |AWAY").late(8_000);

    assertThat(told.verdict(Promise.KEPT).violations()).isEmpty();
  }

  @Test
  void aMemberWhoHasJustComeMayStillBeToldAway() {
    Tale told = Tale.clean().after(BOB, BOB_STORED, "3000 PRESENCE s1 m1 |AWAY");

    assertThat(told.verdict(Promise.KEPT).violations()).isEmpty();
  }

  @Test
  void aSignOfAnOlderStreamMayComeLaterThanThatOfNone() {
    String away = "6000 PRESENCE s1 m1 |AWAY";

    assertOnly(Tale.clean().after(BOB, BOB_STORED, away), Rule.HERE_IS_TOLD);
    Tale back =
        Tale.clean()
            .after(
                ANN,
                "21 CAUGHT_UP s1 @0-0",
                "22 LETTING_GO s1",
                "23 ENTERING s3 |door native",
                "24 ENTERED s3 a2 q1 m1 @0-0")
            .after(BOB, BOB_STORED, away);
    assertThat(back.verdict(Promise.KEPT).of(Rule.HERE_IS_TOLD)).isZero();
  }

  @Test
  void anAttachmentThatIsCountedAgainAfterALossIsNotStale() {
    Tale told =
        Tale.clean()
            .after(
                ANN,
                "21 CAUGHT_UP s1 @0-0",
                "22 LETTING_GO s1",
                "23 ENTERING s3 |door native",
                "24 ENTERED s3 a5 q1 m1 @0-0",
                "25 LETTING_GO s3",
                "26 ENTERING s4 |door native",
                "27 ENTERED s4 a2 q1 m1 @0-0")
            .with(ANN, "30 SENDING s1 q1 |ann one", "30 SENDING s4 q1 |ann one")
            .with(ANN, "50 SENDING s1 q2 |ann two", "50 SENDING s4 q2 |ann two")
            .without(ANN, "51 SENDING s1 q2 |ann two");

    assertThat(told.verdict(Promise.TOLD).of(Rule.FENCED)).isZero();
  }

  @Test
  void aMemberWhoDoesNotComeBack() {
    assertBreaks(Tale.clean().without(ANN, "20014 CAUGHT_UP s2 @3-13"), Rule.CAME_BACK);
    assertBreaks(Tale.clean().without(ANN, "20000 SETTLED"), Rule.CAME_BACK);
  }

  @Test
  void aTextThatIsStoredAndWasNotAcknowledgedIsCountedOnly() {
    Tale tale =
        Tale.clean()
            .without(ANN, "60 STORED s1 q2 @2-12")
            .without(ANN, "61 DUPLICATE s1 q2 @2-12")
            .without(ANN, ANN_HEARS_BOB)
            .after(ANN, "51 SENDING s1 q2 |ann two", "52 BROKEN s1 |UNAVAILABLE");

    Verdict verdict = tale.verdict(Promise.KEPT);

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.tally().storedUnknown()).isEqualTo(1);
  }

  private static void assertOnly(Tale tale, Rule rule) {
    assertThat(tale.verdict(Promise.KEPT).violations())
        .extracting(Violation::rule)
        .containsOnly(rule);
  }

  /// Where one wrong line must break more than one rule.
  private static void assertBreaks(Tale tale, Rule rule) {
    assertThat(tale.verdict(Promise.KEPT).violations()).extracting(Violation::rule).contains(rule);
  }
}
