package parley.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.domain.Principal;
import parley.domain.SessionId;
import parley.match.FakeBot.Mood;
import parley.match.Seeker.Finding;
import parley.platform.auth.MemberHash;
import parley.proto.domain.v1.Gender;
import parley.proto.domain.v1.MemberKind;
import parley.proto.domain.v1.TalkerKind;
import parley.proto.match.v1.AiWelcome;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.GetCurrentRequest;
import parley.proto.match.v1.GetCurrentResponse;
import parley.proto.match.v1.KeepWaitingRequest;
import parley.proto.match.v1.Matched;
import parley.proto.match.v1.SettleRequest;
import parley.proto.match.v1.TicketState;
import parley.proto.token.v1.Grant;
import parley.proto.token.v1.GrantMember;
import parley.testing.Eventually;

/// An AI peer instead of a person, from nodes of bot-svc in all moods, over sockets.
class FallbackIT {
  private static final Criteria SOON =
      Criteria.newBuilder()
          .setAiWelcome(AiWelcome.AI_WELCOME_INSTEAD)
          .setAiAfter(Durations.fromMillis(500))
          .addLanguages("pt-BR")
          .addLanguages("en")
          .addTags("go")
          .build();
  private static final Criteria ANYONE = Criteria.getDefaultInstance();

  private final Matches matches = new Matches();
  private final FakeBot bot = matches.bot("bot-1");
  private final MatchNode one = matches.node("match-1");
  private final MatchNode two = matches.node("match-2");

  @AfterEach
  void close() {
    matches.close();
  }

  @Test
  void whoWaitsLongEnoughIsGivenAnAiPeerThatIsCalledOne() {
    Principal who = matches.person();
    Finding finding = matches.seeker(who, one).find("request-1", SOON);
    Matched matched = finding.matched();
    assertThat(finding.ended()).isEqualTo(Status.OK);
    assertThat(finding.events().getFirst().hasAccepted()).isTrue();
    assertThat(matched.getPeerKind()).isEqualTo(MemberKind.MEMBER_KIND_AI);
    assertThat(matched.getKeepsLooking()).isFalse();
    assertThat(matched.getReceipt().getSharedTagsList()).isEmpty();
    assertThat(matched.getEnterWithin().getSeconds()).isEqualTo(10);
    Grant grant = matches.open(matched.getGrant().toByteArray());
    SessionId session = new SessionId(matched.getSessionId());
    assertThat(grant.getMembersList())
        .extracting(GrantMember::getKind)
        .containsExactly(MemberKind.MEMBER_KIND_PERSON, MemberKind.MEMBER_KIND_AI);
    assertThat(grant.getMembers(0).getParticipantHash())
        .isEqualTo(ByteString.copyFrom(MemberHash.of(who.participant(), session)));
    assertThat(grant.getAi().getLanguagesList()).containsExactly("pt", "en");
    assertThat(grant.getAi().getProvider()).isEqualTo("Somebody Else");
    assertThat(grant.getAi().getTalker()).isEqualTo(TalkerKind.TALKER_KIND_BUILT_IN);
    assertThat(bot.invited)
        .singleElement()
        .satisfies(
            invited -> {
              assertThat(invited.getSessionId()).isEqualTo(matched.getSessionId());
              assertThat(invited.getGrant()).isEqualTo(matched.getGrant());
              assertThat(invited.getTagsList()).containsExactly("go");
              assertThat(invited.getDeviceId())
                  .isEqualTo(ByteString.copyFrom(who.device().bytes()));
            });
  }

  @Test
  void aMatchWithAnAiPeerIsToldAgainUntilItIsSettledAndThenOneMayLookAgain() {
    Principal who = matches.person();
    Finding finding = matches.seeker(who, one).find("request-1", SOON);
    Matched matched = finding.matched();
    assertThat(matches.seeker(who, two).takeUp(finding.ticket()).matched()).isEqualTo(matched);
    assertThat(current(who).getSession().getMatched()).isEqualTo(matched);
    assertThat(settle(matched, 1, 2)).isTrue();
    assertThat(current(who).getSession().getSessionId()).isEqualTo(matched.getSessionId());
    bot.mood = Mood.FULL;
    Finding again = matches.seeker(who, two).takeUp(finding.ticket());
    assertThat(again.ticket()).isEqualTo(finding.ticket());
    assertThat(current(who).getTicket().getState()).isEqualTo(TicketState.TICKET_STATE_WAITING);
  }

  @ParameterizedTest
  @EnumSource(
      value = Mood.class,
      names = {"FULL", "REFUSES", "SLOW"})
  void whoseAiPeerIsNotThereKeepsTheirPlaceAndIsTold(Mood mood) {
    bot.mood = mood;
    keepsItsPlace(matches);
  }

  @Test
  void whereThereIsNoBotAtAllOneKeepsTheirPlaceAndIsTold() {
    try (Matches empty = new Matches()) {
      keepsItsPlace(empty);
    }
  }

  private static void keepsItsPlace(Matches there) {
    MatchNode node = there.node("match-3");
    Criteria wishes = SOON.toBuilder().clearTags().clearLanguages().build();
    Finding finding = there.seeker(there.person(), node).find("request-1", wishes);
    finding.await("it is told when one is asked for", event -> event.getWaiting().hasAiIn());
    finding.await("it is told that none is there", event -> event.getWaiting().getAiAway());
    Finding person = there.seeker(there.person(), node).find("request-1", ANYONE);
    assertThat(finding.matched().getSessionId()).isEqualTo(person.matched().getSessionId());
    assertThat(finding.matched().getPeerKind()).isEqualTo(MemberKind.MEMBER_KIND_PERSON);
  }

  @Test
  void whomOneNodeHasNoPlaceForAnotherTakes() {
    Criteria apart = SOON.toBuilder().addSeeking(Gender.GENDER_MAN).build();
    bot.mood = Mood.FULL;
    FakeBot other = matches.bot("bot-2");
    Eventually.holds(
        "the other is known",
        () -> {
          matches.seeker(matches.person(), one).find("request-1", apart);
          return !other.invited.isEmpty();
        });
    for (int i = 0; i < 4; i++) {
      matches.seeker(matches.person(), one).find("request-1", apart).matched();
    }
  }

  @Test
  void aNodeThatSaysItHasNoPlacesIsAskedLast() {
    Criteria apart = SOON.toBuilder().addSeeking(Gender.GENDER_MAN).build();
    FakeBot other = matches.bot("bot-2");
    Eventually.holds(
        "the other is known",
        () -> {
          matches.seeker(matches.person(), one).find("request-1", apart).matched();
          return !other.invited.isEmpty();
        });
    bot.places = 0;
    Eventually.holds(
        "four in a row are given the other's",
        () -> {
          int before = bot.asked.get();
          for (int i = 0; i < 4; i++) {
            matches.seeker(matches.person(), one).find("request-1", apart).matched();
          }
          return bot.asked.get() == before;
        });
    other.places = 0;
    other.mood = Mood.FULL;
    int before = bot.invited.size();
    matches.seeker(matches.person(), one).find("request-1", apart).matched();
    assertThat(bot.invited).as("its lease was too old").hasSize(before + 1);
  }

  @Test
  void whoseAiPeerCannotBeSentIsBackInLineAndNeverHearsOfIt() {
    bot.mood = Mood.FORGETS;
    Finding finding = matches.seeker(matches.person(), one).find("request-1", SOON);
    finding.await("it is told that none is there", event -> event.getWaiting().getAiAway());
    assertThat(bot.reserved).isNotEmpty();
    bot.mood = Mood.TAKES;
    Matched matched = finding.matched();
    assertThat(matched.getAttempt()).isEqualTo(1);
    assertThat(bot.invited).hasSize(1);
  }

  @Test
  void whomAPersonTakesWhileOneIsReservedMeetsThePersonAlone() {
    Criteria wishes = SOON.toBuilder().clearTags().clearLanguages().build();
    bot.meanwhile = () -> matches.seeker(matches.person(), two).find("request-1", ANYONE).matched();
    Finding finding = matches.seeker(matches.person(), one).find("request-1", wishes);
    assertThat(finding.matched().getPeerKind()).isEqualTo(MemberKind.MEMBER_KIND_PERSON);
    Eventually.holds("the reservation was answered", () -> bot.reserved.size() == 1);
    Finding marker = matches.seeker(matches.person(), one).find("request-1", SOON);
    bot.meanwhile = () -> {};
    marker.matched();
    assertThat(bot.invited)
        .extracting(invited -> invited.getSessionId())
        .containsExactly(marker.matched().getSessionId());
  }

  @Test
  void whoWantsNoneIsGivenNoneWhateverThePoolSays() {
    Criteria apart = SOON.toBuilder().addSeeking(Gender.GENDER_MAN).build();
    Seeker never = matches.seeker(matches.person(), one);
    Finding silent = never.find("request-1", apart.toBuilder().clearAiWelcome().build());
    silent.ticket();
    Seeker closed = matches.seeker(matches.person(), one);
    Finding dating = closed.find("request-1", apart.toBuilder().setIntent("dating").build());
    dating.ticket();
    Seeker changed = matches.seeker(matches.person(), one);
    Finding later =
        changed.find("request-1", apart.toBuilder().setAiAfter(Durations.fromSeconds(3)).build());
    KeepWaitingRequest no =
        KeepWaitingRequest.newBuilder()
            .setTicketId(later.ticket())
            .setAiWelcome(AiWelcome.AI_WELCOME_NEVER)
            .build();
    assertThat(changed.calls().keepWaiting(no).hasKept()).isTrue();
    later.await("no AI peer is announced", FallbackIT::announcesNone);
    Finding marker =
        matches
            .seeker(matches.person(), one)
            .find("request-1", apart.toBuilder().setAiAfter(Durations.fromSeconds(3)).build());
    marker.matched();
    assertThat(bot.invited).hasSize(1);
    for (Finding finding : List.of(silent, dating, later)) {
      assertThat(finding.end()).isNull();
    }
  }

  private static boolean announcesNone(FindPeerResponse event) {
    return event.hasWaiting() && !event.getWaiting().hasAiIn();
  }

  @Test
  void whoChangesTheirMindAtAnotherNodeIsGivenOne() {
    Principal who = matches.person();
    Criteria without = SOON.toBuilder().clearAiWelcome().build();
    Finding finding = matches.seeker(who, one).find("request-1", without);
    KeepWaitingRequest yes =
        KeepWaitingRequest.newBuilder()
            .setTicketId(finding.ticket())
            .setAiWelcome(AiWelcome.AI_WELCOME_INSTEAD)
            .build();
    assertThat(matches.seeker(who, two).calls().keepWaiting(yes).hasKept()).isTrue();
    assertThat(finding.matched().getPeerKind()).isEqualTo(MemberKind.MEMBER_KIND_AI);
  }

  @Test
  void whoseAiPeerDidNotComeIsBackWithTheOldPlace() {
    var told = matches.inboxes();
    Principal who = matches.person();
    Finding finding = matches.seeker(who, one).find("request-1", SOON);
    Matched matched = finding.matched();
    Eventually.holds("it is settled", () -> settle(matched, 1));
    assertThat(told.getFirst().getNotice().getPeerNeverCame().getTicketId())
        .isEqualTo(finding.ticket());
    bot.mood = Mood.FULL;
    Finding back = matches.seeker(who, one).takeUp(finding.ticket());
    back.await("it waits", FindPeerResponse::hasWaiting);
    bot.mood = Mood.TAKES;
    assertThat(matches.seeker(who, two).takeUp(finding.ticket()).matched().getAttempt())
        .isEqualTo(1);
  }

  @Test
  void operatorsSeeWhatCameOfAsking() {
    MatchNode node = matches.node("match-3", Map.of());
    matches.seeker(matches.person(), node).find("request-1", SOON).matched();
    bot.mood = Mood.FULL;
    matches
        .seeker(matches.person(), node)
        .find("request-1", SOON)
        .await("none is there", event -> event.getWaiting().getAiAway());
    String page = Metrics.of(node);
    assertThat(page)
        .contains(
            "parley_match_fallbacks_total{outcome=\"asked\",pool=\"text.talk\"} 2.0",
            "parley_match_fallbacks_total{outcome=\"came\",pool=\"text.talk\"} 1.0",
            "parley_match_fallbacks_total{outcome=\"full\",pool=\"text.talk\"} 1.0");
  }

  private GetCurrentResponse current(Principal who) {
    return matches.seeker(who, two).calls().getCurrent(GetCurrentRequest.getDefaultInstance());
  }

  private boolean settle(Matched matched, Integer... entered) {
    return matches
        .settlement()
        .settle(
            SettleRequest.newBuilder()
                .setSessionId(matched.getSessionId())
                .addAllEntered(List.of(entered))
                .build())
        .hasSettled();
  }
}
