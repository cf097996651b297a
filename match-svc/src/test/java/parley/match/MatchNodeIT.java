package parley.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.Principal;
import parley.domain.SessionId;
import parley.match.Seeker.Finding;
import parley.platform.auth.MemberHash;
import parley.proto.domain.v1.Cohort;
import parley.proto.domain.v1.Gender;
import parley.proto.match.v1.CancelTicketRequest;
import parley.proto.match.v1.CancelTicketResponse;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.GetCurrentRequest;
import parley.proto.match.v1.KeepWaitingRequest;
import parley.proto.match.v1.Level;
import parley.proto.match.v1.Matched;
import parley.proto.match.v1.SettleRequest;
import parley.proto.match.v1.TicketState;
import parley.proto.token.v1.Grant;
import parley.proto.token.v1.GrantMember;
import parley.testing.Eventually;

class MatchNodeIT {
  private static final Criteria ANYONE = Criteria.getDefaultInstance();

  private final Matches matches = new Matches();
  private final MatchNode one = matches.node("match-1");
  private final MatchNode two = matches.node("match-2");

  @AfterEach
  void close() {
    matches.close();
  }

  @Test
  void twoPeopleAtTwoNodesMeetAndHoldTheSameGrant() {
    Principal woman = matches.person(parley.domain.Gender.WOMAN);
    Principal man = matches.person(parley.domain.Gender.MAN);
    Finding first =
        matches
            .seeker(woman, one)
            .find("request-1", wishes(Gender.GENDER_MAN, List.of("go", "tea"), "en-GB", "fr"));
    first.await("she waits", FindPeerResponse::hasWaiting);
    Finding second =
        matches
            .seeker(man, two)
            .find("request-1", wishes(Gender.GENDER_WOMAN, List.of("jazz", " GO "), "fr", "en-US"));

    Matched his = second.matched();
    Matched hers = first.matched();

    assertThat(first.ended()).isEqualTo(Status.OK);
    assertThat(second.ended()).isEqualTo(Status.OK);
    assertThat(first.events().getFirst().hasAccepted()).isTrue();
    assertThat(second.events().getFirst().hasAccepted()).isTrue();
    assertThat(hers.getSessionId()).isEqualTo(his.getSessionId());
    assertThat(hers.getGrant()).isEqualTo(his.getGrant());
    assertThat(hers.getEnterWithin().getSeconds()).isEqualTo(10);
    assertThat(hers.getReceipt().getSharedTagsList()).containsExactly("go");
    assertThat(hers.getReceipt().getLanguage()).isEqualTo("en");
    assertThat(his.getReceipt().getLanguage()).isEqualTo("fr");
    assertThat(his.getReceipt().getLevel()).isEqualTo(Level.LEVEL_SAME_TAGS);
    Grant grant = matches.open(his.getGrant().toByteArray());
    SessionId session = new SessionId(his.getSessionId());
    assertThat(grant.getSessionId().toByteArray()).isEqualTo(session.bytes());
    assertThat(grant.getMembersList())
        .extracting(GrantMember::getParticipantHash)
        .containsExactly(hash(woman, session), hash(man, session));
    assertThat(grant.getCohort()).isEqualTo(Cohort.COHORT_ADULT);
    assertThat(grant.getCorrelationId())
        .isEqualTo(second.events().getFirst().getAccepted().getCorrelationId());
  }

  @Test
  void anAiPeerSearchesForNobody() {
    Seeker ai = matches.seeker(matches.aiPeer(), one);

    Status searching = ai.find("request-1", ANYONE).ended();

    assertThat(searching.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThatThrownBy(() -> ai.calls().getCurrent(GetCurrentRequest.getDefaultInstance()))
        .asInstanceOf(InstanceOfAssertFactories.type(StatusRuntimeException.class))
        .extracting(refused -> refused.getStatus().getCode())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void whoTakesUpATicketAtTheOtherNodeMovesTheFirstStream() {
    Principal who = matches.person();
    Finding first = matches.seeker(who, one).find("request-1", ANYONE);
    String ticket = first.ticket();
    Finding second = matches.seeker(who, two).takeUp(ticket);
    assertThat(second.ticket()).isEqualTo(ticket);
    first.await("the first stream is told", FindPeerResponse::hasMoved);
    assertThat(first.ended()).isEqualTo(Status.OK);
    Finding peer = matches.seeker(matches.person(), one).find("request-1", ANYONE);
    assertThat(second.matched().getSessionId()).isEqualTo(peer.matched().getSessionId());
  }

  @Test
  void whoTakesUpATicketAtTheSameNodeMovesTheFirstStream() {
    Seeker who = matches.seeker(matches.person(), one);
    Finding first = who.find("request-1", ANYONE);
    Finding second = who.takeUp(first.ticket());
    second.ticket();
    first.await("the first stream is told", FindPeerResponse::hasMoved);
    assertThat(first.ended()).isEqualTo(Status.OK);
    assertThat(second.events()).noneMatch(FindPeerResponse::hasMoved);
  }

  @Test
  void theSameRequestIsTheSameTicketOnAnyNode() {
    Principal who = matches.person();
    String first = matches.seeker(who, one).find("request-1", ANYONE).ticket();
    String second = matches.seeker(who, two).find("request-1", ANYONE).ticket();
    assertThat(second).isEqualTo(first);
  }

  @Test
  void theSameRequestWithOtherCriteriaIsRefusedAndHarmsNothing() {
    Principal who = matches.person();
    Finding first = matches.seeker(who, one).find("request-1", ANYONE);
    first.ticket();
    Criteria other = wishes(Gender.GENDER_MAN, List.of(), "en");
    for (MatchNode node : List.of(one, two)) {
      Finding again = matches.seeker(who, node).find("request-1", other);
      again.await("it is refused", FindPeerResponse::hasRequestIdReused);
      assertThat(again.ended()).isEqualTo(Status.OK);
    }
    matches.seeker(matches.person(), two).find("request-1", ANYONE).matched();
    first.matched();
  }

  @Test
  void aSecondTicketIsRefusedWhileTheFirstIsLive() {
    Principal who = matches.person();
    String first = matches.seeker(who, one).find("request-1", ANYONE).ticket();
    FindPeerResponse refused =
        matches
            .seeker(who, two)
            .find("request-2", ANYONE)
            .await("it is refused", FindPeerResponse::hasAnotherTicketLive);
    assertThat(refused.getAnotherTicketLive().getTicketId()).isEqualTo(first);
    assertThat(refused.getAnotherTicketLive().getState())
        .isEqualTo(TicketState.TICKET_STATE_WAITING);
  }

  @Test
  void whoIsMatchedIsSentToTheSession() {
    Principal who = matches.person();
    Finding first = matches.seeker(who, one).find("request-1", ANYONE);
    first.ticket();
    matches.seeker(matches.person(), two).find("request-1", ANYONE);
    String session = first.matched().getSessionId();
    FindPeerResponse refused =
        matches
            .seeker(who, two)
            .find("request-2", ANYONE)
            .await("it is refused", FindPeerResponse::hasAlreadyInSession);
    assertThat(refused.getAlreadyInSession().getSessionId()).isEqualTo(session);
    Finding again = matches.seeker(who, two).takeUp(first.ticket());
    assertThat(again.matched()).isEqualTo(first.matched());
  }

  @Test
  void aClosedStreamParksTheTicketAndItComesBack() {
    Principal who = matches.person();
    Finding first = matches.seeker(who, one).find("request-1", ANYONE);
    String ticket = first.ticket();
    first.hangUp();
    Eventually.holds("it is parked", () -> state(who).equals(TicketState.TICKET_STATE_PARKED));
    Finding back = matches.seeker(who, two).takeUp(ticket);
    back.ticket();
    assertThat(state(who)).isEqualTo(TicketState.TICKET_STATE_WAITING);
  }

  @Test
  void aTicketIsCancelledFromTheOtherNode() {
    Principal who = matches.person();
    Finding finding = matches.seeker(who, one).find("request-1", ANYONE);
    CancelTicketRequest cancel =
        CancelTicketRequest.newBuilder().setTicketId(finding.ticket()).build();
    CancelTicketResponse response = matches.seeker(who, two).calls().cancelTicket(cancel);
    assertThat(response.hasCancelled()).isTrue();
    finding.await("the stream is told", FindPeerResponse::hasCancelled);
    assertThat(finding.ended()).isEqualTo(Status.OK);
    Seeker stranger = matches.seeker(matches.person(), two);
    assertThat(stranger.calls().cancelTicket(cancel).hasNoSuchTicket()).isTrue();
  }

  @Test
  void aTicketWithoutAStreamOfThisPersonIsNoTicket() {
    Finding finding = matches.seeker(matches.person(), one).takeUp("A".repeat(22));
    finding.await("there is none", FindPeerResponse::hasNoSuchTicket);
    assertThat(finding.ended()).isEqualTo(Status.OK);
  }

  @Test
  void anUnknownIntentIsNamed() {
    FindPeerResponse refused =
        matches
            .seeker(matches.person(), one)
            .find("request-1", Criteria.newBuilder().setIntent("dance").build())
            .await("it is refused", FindPeerResponse::hasUnknownIntent);
    assertThat(refused.getUnknownIntent().getIntentsList())
        .containsExactly("dating", "friends", "language", "talk", "vent");
  }

  @Test
  void aTagThatIsNothingIsAFaultOfTheField() {
    Finding finding =
        matches
            .seeker(matches.person(), one)
            .find("request-1", Criteria.newBuilder().addTags("go").addTags("  ").build());
    assertThat(finding.ended().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(finding.ended().getDescription()).contains("new_ticket.criteria.tags[1]");
  }

  @Test
  void settlingThroughTheMeshLetsBothArriveAnewAtOnce() {
    Principal who = matches.person();
    Finding first = matches.seeker(who, one).find("request-1", ANYONE);
    first.ticket();
    matches.seeker(matches.person(), two).find("request-1", ANYONE);
    String session = first.matched().getSessionId();
    SettleRequest settle =
        SettleRequest.newBuilder().setSessionId(session).addEntered(1).addEntered(2).build();
    assertThat(matches.settlement().settle(settle).hasSettled()).isTrue();
    assertThat(matches.settlement().settle(settle).hasSettled()).isTrue();
    SettleRequest other = settle.toBuilder().setSessionId("A".repeat(22)).build();
    assertThat(matches.settlement().settle(other).hasNoSuchMatch()).isTrue();
    matches.seeker(who, two).find("request-2", ANYONE).ticket();
    matches
        .seeker(who, two)
        .takeUp(first.ticket())
        .await("the old ticket is gone", FindPeerResponse::hasNoSuchTicket);
  }

  @Test
  void whoFallsSilentIsParkedAndToldToResume() {
    MatchNode strict = matches.node("match-3", Map.of("tickets.silence", "300ms"));
    Principal who = matches.person();
    Finding finding = matches.seeker(who, strict).find("request-1", ANYONE);
    finding.ticket();
    assertThat(finding.ended().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    Eventually.holds("it is parked", () -> state(who).equals(TicketState.TICKET_STATE_PARKED));
  }

  @Test
  void whoKeepsWaitingAtTheOtherNodeIsNotParked() {
    MatchNode strict = matches.node("match-3", Map.of("tickets.silence", "1s"));
    Principal who = matches.person();
    Finding finding = matches.seeker(who, strict).find("request-1", ANYONE);
    KeepWaitingRequest keep = KeepWaitingRequest.newBuilder().setTicketId(finding.ticket()).build();
    Seeker elsewhere = matches.seeker(who, two);
    Finding marker =
        matches
            .seeker(matches.person(parley.domain.Gender.MAN), strict)
            .find("request-1", wishes(Gender.GENDER_NONBINARY, List.of(), "en"));
    Eventually.holds(
        "somebody else, who is silent, is parked",
        () -> {
          assertThat(elsewhere.calls().keepWaiting(keep).hasKept()).isTrue();
          return marker.end() != null;
        });
    assertThat(finding.end()).isNull();
  }

  @Test
  void whoWaitsTooLongExpires() {
    MatchNode short_ = matches.node("match-3", Map.of("tickets.longest-wait", "300ms"));
    Finding finding = matches.seeker(matches.person(), short_).find("request-1", ANYONE);
    finding.await("it expires", FindPeerResponse::hasExpired);
    assertThat(finding.ended()).isEqualTo(Status.OK);
  }

  @Test
  void aRevokedTokenEndsItsStream() {
    Principal who = matches.person();
    Finding finding = matches.seeker(who, one).find("request-1", ANYONE);
    finding.ticket();
    matches.revoke(who);
    assertThat(finding.ended().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  void aDrainingNodeTellsItsStreamsToResumeAndParksTheirTickets() {
    Principal who = matches.person();
    Finding finding = matches.seeker(who, one).find("request-1", ANYONE);
    String ticket = finding.ticket();
    one.drain();
    assertThat(finding.ended().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(state(who)).isEqualTo(TicketState.TICKET_STATE_PARKED);
    Finding late = matches.seeker(matches.person(), one).find("request-1", ANYONE);
    assertThat(late.ended().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(matches.seeker(who, two).takeUp(ticket).ticket()).isEqualTo(ticket);
  }

  @Test
  void whoHasNothingIsToldSo() {
    assertThat(
            matches
                .seeker(matches.person(), one)
                .calls()
                .getCurrent(GetCurrentRequest.getDefaultInstance())
                .hasNothing())
        .isTrue();
  }

  private TicketState state(Principal who) {
    return matches
        .seeker(who, two)
        .calls()
        .getCurrent(GetCurrentRequest.getDefaultInstance())
        .getTicket()
        .getState();
  }

  private static Criteria wishes(Gender seeking, List<String> tags, String... languages) {
    return Criteria.newBuilder()
        .addSeeking(seeking)
        .addAllTags(tags)
        .addAllLanguages(List.of(languages))
        .build();
  }

  private static ByteString hash(Principal who, SessionId session) {
    return ByteString.copyFrom(MemberHash.of(who.participant(), session));
  }
}
