package parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.client.conversation.ConversationEnding;
import parley.client.conversation.ConversationEvent;
import parley.client.conversation.NotSentReason;
import parley.client.conversation.OwnText;
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

class TerminalScreenTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private final Sheet sheet = new Sheet();
  private final Screen screen = new TerminalScreen(sheet, Clock.fixed(NOON, ZoneOffset.UTC));

  @Test
  void waitingIsSaidInWords() {
    screen.show(
        new SearchEvent.Waiting(
            WaitingUpdate.newBuilder()
                .setLevel(Level.LEVEL_SAME_TAGS)
                .setPlace(3)
                .setPeopleWaiting(12)
                .build()));
    assertThat(sheet.footer)
        .isEqualTo(
            "looking for somebody who likes what you like · place 3 · 12 people are waiting…");
    screen.show(
        new SearchEvent.Waiting(
            WaitingUpdate.newBuilder().setLevel(Level.LEVEL_ANYONE).setPlace(1).build()));
    assertThat(sheet.footer).isEqualTo("looking for anyone who fits · you are next…");
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
  void anEndIsSaidInKindWords() {
    screen.show(
        new ConversationEvent.Ended(
            ConversationEnding.LEFT, ConversationEvent.WhatNext.STOP, "END_REASON_LEFT"));
    assertThat(sheet.lines)
        .containsExactly("Your peer has left. /next meets", "somebody else, /quit leaves.");
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

  /// A terminal of 40 columns that keeps everything.
  private static final class Sheet implements Paper {
    final List<String> lines = new ArrayList<>();
    String footer = "";

    @Override
    public void line(String text) {
      lines.add(text);
    }

    @Override
    public void footer(String text) {
      footer = text;
    }

    @Override
    public int width() {
      return 40;
    }
  }
}
