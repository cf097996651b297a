package parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.client.conversation.ConversationEnding;
import parley.client.conversation.ConversationEvent;
import parley.client.conversation.NotSentReason;
import parley.client.conversation.OwnText;
import parley.client.conversation.Recourse.HistoryAnswer;
import parley.client.search.Match;
import parley.client.search.SearchEvent;
import parley.proto.domain.v1.MemberKind;
import parley.proto.domain.v1.Mode;
import parley.proto.domain.v1.Position;
import parley.proto.match.v1.Level;
import parley.proto.match.v1.ProposalOffered;
import parley.proto.match.v1.Receipt;
import parley.proto.match.v1.RelaxStep;
import parley.proto.match.v1.TicketAccepted;
import parley.proto.match.v1.WaitingUpdate;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Member;
import parley.proto.session.v1.Presence;

class TerminalScreenTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private final Sheet sheet = new Sheet();
  private final HandClock clock = new HandClock();
  private final Screen screen = new TerminalScreen(sheet, clock);

  @Test
  void waitingIsSaidInWords() {
    sheet.width = 100;
    screen.show(
        new SearchEvent.Waiting(
            WaitingUpdate.newBuilder()
                .setLevel(Level.LEVEL_SAME_TAGS)
                .setPlace(3)
                .setPeopleWaiting(12)
                .build()));
    assertThat(sheet.footer)
        .isEqualTo("0:00 looking for somebody who likes the same · place 3 · 12 people wait…");
    screen.show(
        new SearchEvent.Waiting(
            WaitingUpdate.newBuilder().setLevel(Level.LEVEL_ANYONE).setPlace(1).build()));
    assertThat(sheet.footer).isEqualTo("0:00 looking for anyone who fits · first in line…");
  }

  @Test
  void howLongItHasTakenAndWhenItWidensCountsOnBetweenUpdates() {
    sheet.width = 100;
    screen.show(new SearchEvent.Accepted(TicketAccepted.newBuilder().setTicketId("t").build()));
    clock.passes(Duration.ofSeconds(3));
    WaitingUpdate update =
        WaitingUpdate.newBuilder()
            .setLevel(Level.LEVEL_SAME_LANGUAGE)
            .setRelaxesIn(com.google.protobuf.Duration.newBuilder().setSeconds(2))
            .build();
    screen.show(new SearchEvent.Waiting(update));
    assertThat(sheet.footer)
        .isEqualTo("0:03 looking for somebody who speaks your language · wider in 2 s…");
    clock.passes(Duration.ofSeconds(1));
    screen.timePassed();
    assertThat(sheet.footer)
        .isEqualTo("0:04 looking for somebody who speaks your language · wider in 1 s…");
    clock.passes(Duration.ofSeconds(1));
    screen.timePassed();
    assertThat(sheet.footer)
        .isEqualTo("0:05 looking for somebody who speaks your language · wider any moment…");
    screen.show(new SearchEvent.Reconnecting(1, Duration.ZERO));
    screen.timePassed();
    assertThat(sheet.footer).isEqualTo("reconnecting… your place is kept");
  }

  @Test
  void whatDoesNotFitIsLeftOutOfTheLineAtTheFoot() {
    sheet.width = 50;
    screen.show(
        new SearchEvent.Waiting(
            WaitingUpdate.newBuilder()
                .setLevel(Level.LEVEL_ANYONE)
                .setPlace(3)
                .setEstimatedWait(com.google.protobuf.Duration.newBuilder().setSeconds(9))
                .setPeopleWaiting(1_234)
                .build()));
    assertThat(sheet.footer).isEqualTo("0:00 looking for anyone who fits · place 3…");
  }

  @Test
  void howWaitingGoesIsToldOnceForEachTicket() {
    TicketAccepted ticket =
        TicketAccepted.newBuilder()
            .setTicketId("t")
            .addSteps(step(Level.LEVEL_SAME_TAGS, 0))
            .addSteps(step(Level.LEVEL_SAME_LANGUAGE, 8))
            .addSteps(step(Level.LEVEL_ANYONE, 80))
            .build();
    screen.show(new SearchEvent.Accepted(ticket));
    screen.show(new SearchEvent.Accepted(ticket));
    assertThat(String.join(" ", sheet.lines))
        .isEqualTo(
            "Same tags first; from 0:08 anyone who speaks your language; from 1:20 anyone."
                + " /relax does not wait.");
  }

  @Test
  void anEstimateIsSaidRoughly() {
    sheet.width = 100;
    screen.show(new SearchEvent.Waiting(estimate(0)));
    assertThat(sheet.footer).endsWith("· about 1 s…");
    screen.show(new SearchEvent.Waiting(estimate(61)));
    assertThat(sheet.footer).endsWith("· about 2 min…");
  }

  @Test
  void aProposalSaysHowToAnswer() {
    screen.show(
        new SearchEvent.Proposed(
            ProposalOffered.newBuilder()
                .setAnswerWithin(com.google.protobuf.Duration.newBuilder().setSeconds(8))
                .setReceipt(Receipt.newBuilder().addSharedTags("chess"))
                .build()));
    assertThat(String.join(" ", sheet.lines))
        .isEqualTo("Somebody is there who also likes chess. /accept or /decline within 8 s.");
  }

  @Test
  void whyTwoWereMatchedIsTold() {
    screen.show(
        new SearchEvent.Found(
            new Match(
                "s",
                com.google.protobuf.ByteString.EMPTY,
                Duration.ofSeconds(10),
                Receipt.newBuilder().addSharedTags("chess").setLanguage("en").build(),
                MemberKind.MEMBER_KIND_PERSON,
                Mode.MODE_TEXT,
                0,
                false,
                "t",
                Duration.ZERO,
                "c")));
    assertThat(sheet.lines)
        .containsExactly(
            "Somebody is here: you both like chess,",
            "you both speak en, you waited 0 s. Say",
            "hello.");
  }

  @Test
  void thePeerIsOnTheLeftAndOwnWordsOnTheRightWithATick() {
    screen.show(message("hello"));
    screen.show(new ConversationEvent.Stored(new OwnText(1, "hi"), null, NOON));
    assertThat(sheet.lines).containsExactly("  12:00  hello", " ".repeat(27) + "hi  12:00 ✓");
  }

  @Test
  void longWordsAreWrappedWithinTheScreen() {
    screen.show(message("a sentence that is longer than this small screen is wide"));
    assertThat(sheet.lines)
        .containsExactly(
            "  12:00  a sentence that is longer",
            "         than this small screen is",
            "         wide");
    assertThat(sheet.lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(40));
  }

  @Test
  void charactersWithPowerOverTheScreenAreMadeHarmless() {
    screen.show(message("\u001b[2Jred\u0007 \u202egnol\u200b line\nbreak 👩\u200d🚀"));
    assertThat(sheet.lines)
        .containsExactly(
            "  12:00  \uFFFD[2Jred\uFFFD \uFFFDgnol\uFFFD line break", "         👩\u200d🚀");
  }

  @Test
  void whatWasNotSentIsMarkedAndExplained() {
    screen.show(new ConversationEvent.NotSent(new OwnText(1, "hi"), NotSentReason.TOO_LONG));
    assertThat(sheet.lines.getFirst()).endsWith("hi  12:00 ✗");
    assertThat(sheet.lines.getLast()).isEqualTo("not sent: it is too long");
  }

  @Test
  void aBreakIsShownAtTheFootUntilItIsOver() {
    screen.show(new ConversationEvent.Reconnecting(1, Duration.ZERO, "cut"));
    assertThat(sheet.footer).startsWith("reconnecting…");
    screen.show(
        new ConversationEvent.Resumed(parley.proto.session.v1.Entered.getDefaultInstance()));
    assertThat(sheet.footer).isEmpty();
  }

  @Test
  void writingIsShownUntilTheMessageComes() {
    screen.show(new ConversationEvent.PeerTyping(2, Duration.ofSeconds(5)));
    assertThat(sheet.footer).isEqualTo("your peer is writing…");
    screen.show(message("there"));
    assertThat(sheet.footer).isEmpty();
  }

  @Test
  void writingThatIsNotGoneOnWithGoesFromTheFoot() {
    screen.show(new ConversationEvent.PeerTyping(2, Duration.ofSeconds(5)));
    clock.passes(Duration.ofMillis(4_900));
    screen.timePassed();
    assertThat(sheet.footer).isEqualTo("your peer is writing…");
    clock.passes(Duration.ofMillis(200));
    screen.timePassed();
    assertThat(sheet.footer).isEmpty();
  }

  @Test
  void patienceIsAskedForAMomentOnly() {
    screen.show(new ConversationEvent.Slowed(Duration.ofMillis(200)));
    assertThat(sheet.footer).startsWith("slow down");
    clock.passes(Duration.ofSeconds(3));
    screen.timePassed();
    assertThat(sheet.footer).isEmpty();
  }

  @Test
  void ownWordsAreStoredThenDeliveredThenReadUntilThePeerAnswers() {
    screen.show(stored(3));
    assertThat(sheet.lines.getLast()).endsWith("✓");
    assertThat(sheet.footer).isEmpty();
    screen.show(new ConversationEvent.Receipt(2, 2, 2));
    assertThat(sheet.footer).as("of earlier words").isEmpty();
    screen.show(new ConversationEvent.Receipt(2, 3, 2));
    assertThat(sheet.footer).isEqualTo("✓✓ delivered");
    screen.show(new ConversationEvent.PeerTyping(2, Duration.ofSeconds(5)));
    assertThat(sheet.footer).isEqualTo("your peer is writing… · ✓✓ delivered");
    screen.show(new ConversationEvent.Receipt(2, 3, 3));
    assertThat(sheet.footer).isEqualTo("your peer is writing… · ✓✓ read");
    screen.show(message("an answer"));
    assertThat(sheet.footer).isEmpty();
    screen.show(stored(5));
    assertThat(sheet.footer).as("other words").isEmpty();
  }

  @Test
  void whatWasReadOfALogThatIsLostIsNotTakenForOwnWordsOfTheNext() {
    screen.show(stored(3));
    screen.show(new ConversationEvent.Receipt(2, 9, 9));
    assertThat(sheet.footer).isEqualTo("✓✓ read");

    screen.show(
        new ConversationEvent.Reset(
            parley.proto.session.v1.Reset.Reason.REASON_LOG_LOST, Position.getDefaultInstance()));
    assertThat(sheet.footer).isEmpty();
    screen.show(stored(1));
    assertThat(sheet.footer).isEmpty();
    screen.show(new ConversationEvent.Receipt(2, 1, 0));
    assertThat(sheet.footer).isEqualTo("✓✓ delivered");
  }

  @Test
  void whereThePeerIsStandsAtTheFoot() {
    screen.show(new ConversationEvent.Entered(entered(Presence.PRESENCE_EXPECTED)));
    assertThat(sheet.footer).isEqualTo("your peer is on the way…");
    screen.show(moved(2, Presence.PRESENCE_HERE));
    assertThat(sheet.footer).isEqualTo("your peer is here");
    screen.show(moved(2, Presence.PRESENCE_AWAY));
    screen.show(moved(1, Presence.PRESENCE_HERE));
    assertThat(sheet.footer).isEqualTo("your peer is away for the moment");
    screen.show(new ConversationEvent.Reconnecting(1, Duration.ZERO, "cut"));
    assertThat(sheet.footer).startsWith("reconnecting… your words are kept · your peer is away");
    screen.show(new ConversationEvent.Resumed(entered(Presence.PRESENCE_HERE)));
    assertThat(sheet.footer).isEmpty();
  }

  @Test
  void whatWasSaidIsShownAsItWas() {
    screen.show(new ConversationEvent.Entered(entered(Presence.PRESENCE_HERE)));
    var mine =
        new ConversationEvent.Message(
            Position.getDefaultInstance(), 1, MemberKind.MEMBER_KIND_PERSON, NOON, "mine");
    screen.show(
        new Answer.History(new HistoryAnswer.Page(List.of(message("theirs"), mine), "older", "")));
    assertThat(sheet.lines)
        .containsExactly(
            "— what was said —",
            "  12:00  theirs",
            " ".repeat(25) + "mine  12:00 ✓",
            "— /history more shows older —");
  }

  @Test
  void anEndIsSaidInKindWords() {
    screen.show(
        new ConversationEvent.Ended(
            ConversationEnding.LEFT, ConversationEvent.WhatNext.STOP, "END_REASON_LEFT"));
    assertThat(sheet.lines)
        .containsExactly("Your peer has left. /next meets", "somebody else, /quit leaves.");
  }

  private static ConversationEvent.Stored stored(int offset) {
    Position position = Position.newBuilder().setOffset(offset).build();
    return new ConversationEvent.Stored(new OwnText(1, "hi"), position, NOON);
  }

  private static Entered entered(Presence peer) {
    return Entered.newBuilder()
        .setMemberId(1)
        .addMembers(Member.newBuilder().setMemberId(1).setPresence(Presence.PRESENCE_HERE))
        .addMembers(Member.newBuilder().setMemberId(2).setPresence(peer))
        .build();
  }

  private static ConversationEvent.MemberChanged moved(int member, Presence presence) {
    return new ConversationEvent.MemberChanged(
        Member.newBuilder().setMemberId(member).setPresence(presence).build());
  }

  private static ConversationEvent.Message message(String text) {
    return new ConversationEvent.Message(
        Position.getDefaultInstance(), 2, MemberKind.MEMBER_KIND_PERSON, NOON, text);
  }

  private static RelaxStep step(Level level, int after) {
    return RelaxStep.newBuilder()
        .setLevel(level)
        .setAfter(com.google.protobuf.Duration.newBuilder().setSeconds(after))
        .build();
  }

  private static WaitingUpdate estimate(int seconds) {
    return WaitingUpdate.newBuilder()
        .setEstimatedWait(com.google.protobuf.Duration.newBuilder().setSeconds(seconds))
        .build();
  }

  /// Stands at noon until time is let pass.
  private static final class HandClock extends Clock {
    private Instant now = NOON;

    void passes(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
