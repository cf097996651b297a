package parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import parley.client.conversation.ConversationEnding;
import parley.client.conversation.ConversationEvent;
import parley.client.conversation.ConversationEvent.WhatNext;
import parley.client.search.Lookout;
import parley.client.search.Match;
import parley.client.search.SearchEvent;
import parley.proto.domain.v1.MemberKind;
import parley.proto.domain.v1.Mode;
import parley.proto.domain.v1.Position;
import parley.proto.match.v1.Level;
import parley.proto.match.v1.ProposalOffered;
import parley.proto.match.v1.Receipt;
import parley.proto.match.v1.WaitingUpdate;
import parley.proto.session.v1.Entered;

/// What a person sees of an AI, and of the person who may come after it.
class CompanionScreenTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final Sheet sheet = new Sheet();
  private final Screen screen = new TerminalScreen(sheet, Clock.fixed(NOON, ZoneOffset.UTC));

  @Test
  void anAiIsNamedWhenItComesAndBeforeEveryWordItSays() {
    screen.show(new SearchEvent.Found(match(MemberKind.MEMBER_KIND_AI)));
    assertThat(said()).startsWith("An AI is here, not a person").contains("/just-us");
    screen.show(new ConversationEvent.Entered(Entered.newBuilder().setMemberId(1).build()));
    assertThat(sheet.footer).contains("you are talking with an AI, not a person");
    sheet.lines.clear();
    screen.show(new ConversationEvent.Disclosure(Position.getDefaultInstance(), NOON, "I am one"));
    screen.show(message(MemberKind.MEMBER_KIND_AI));
    screen.show(message(MemberKind.MEMBER_KIND_PERSON));
    assertThat(sheet.lines).containsExactly("I am one", "  12:00  [AI] hello", "  12:00  hello");
  }

  @Test
  void aPersonIsAnnouncedWithTheTimeToAnswer() {
    ProposalOffered offer =
        ProposalOffered.newBuilder().setReceipt(Receipt.newBuilder().addSharedTags("tea")).build();
    screen.show(new ConversationEvent.PersonProposed(offer, Duration.ofSeconds(8)));
    assertThat(said()).isEqualTo("[a person is here who also likes tea: /switch or /stay, 8 s]");
    sheet.lines.clear();
    screen.show(new ConversationEvent.PersonFound(match(MemberKind.MEMBER_KIND_PERSON)));
    assertThat(said()).startsWith("Somebody is here");
    screen.show(new ConversationEvent.Entered(Entered.newBuilder().setMemberId(1).build()));
    assertThat(sheet.footer).doesNotContain("AI");
  }

  @Test
  void whatAProposalCameToIsSaid() {
    screen.show(new ConversationEvent.ProposalWithdrawn("p", Lookout.KEPT));
    assertThat(said()).contains("keep your place");
    sheet.lines.clear();
    screen.show(new ConversationEvent.ProposalWithdrawn("p", Lookout.RESTS));
    assertThat(said()).contains("/keep-looking goes back");
    sheet.lines.clear();
    screen.show(Lookout.RESTS);
    assertThat(said()).contains("Just the two of you");
  }

  @Test
  void whoseAiIsLostIsToldThatTheyAreBackInLine() {
    screen.show(new SearchEvent.Found(match(MemberKind.MEMBER_KIND_AI)));
    sheet.lines.clear();
    screen.show(ended(ConversationEnding.LOST, WhatNext.START_OVER));
    assertThat(said()).isEqualTo("The AI was lost on the way. You are back in line.");
    sheet.lines.clear();
    screen.show(ended(ConversationEnding.LEFT, WhatNext.STOP));
    assertThat(said()).isEqualTo("The AI has left. You are back in line.");
    screen.show(new SearchEvent.Found(match(MemberKind.MEMBER_KIND_PERSON)));
    sheet.lines.clear();
    screen.show(ended(ConversationEnding.LEFT, WhatNext.STOP));
    assertThat(said()).startsWith("Your peer has left.");
  }

  @Test
  void whileWaitingItIsSaidWhenAnAiComes() {
    sheet.width = 80;
    screen.show(new SearchEvent.Waiting(waiting().setAiIn(seconds(5)).build()));
    assertThat(sheet.footer).endsWith("· an AI in 5 s…");
    screen.show(new SearchEvent.Waiting(waiting().setAiAway(true).build()));
    assertThat(sheet.footer).endsWith("· no AI is free just now…");
    screen.show(new SearchEvent.PeerAsked(Duration.ofSeconds(8)));
    assertThat(sheet.footer).isEqualTo("almost there: somebody is asked…");
  }

  private String said() {
    return String.join(" ", sheet.lines);
  }

  private static WaitingUpdate.Builder waiting() {
    return WaitingUpdate.newBuilder().setLevel(Level.LEVEL_ANYONE);
  }

  private static com.google.protobuf.Duration seconds(int seconds) {
    return com.google.protobuf.Duration.newBuilder().setSeconds(seconds).build();
  }

  private static ConversationEvent.Ended ended(ConversationEnding ending, WhatNext next) {
    return new ConversationEvent.Ended(ending, next, "the server says so");
  }

  private static ConversationEvent.Message message(MemberKind kind) {
    return new ConversationEvent.Message(Position.getDefaultInstance(), 2, kind, NOON, "hello");
  }

  private static Match match(MemberKind kind) {
    return new Match(
        "s",
        ByteString.EMPTY,
        Duration.ofSeconds(10),
        Receipt.getDefaultInstance(),
        kind,
        Mode.MODE_TEXT,
        0,
        kind == MemberKind.MEMBER_KIND_AI,
        "t",
        Duration.ZERO,
        "c");
  }
}
