package parley.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.Principal;
import parley.match.Seeker.Finding;
import parley.proto.domain.v1.Gender;
import parley.proto.match.v1.CancelTicketRequest;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.GetCurrentRequest;
import parley.proto.match.v1.GetCurrentResponse;
import parley.proto.match.v1.SettleRequest;
import parley.proto.match.v1.TicketState;
import parley.testing.Eventually;

/// The edges of a ticket's life that are left to the person: cancelling at any moment, asking what
/// one has, and the longest wishes. Two nodes, over sockets.
class MatchEdgesIT {
  private static final Criteria ANYONE = Criteria.getDefaultInstance();
  private static final Criteria DATING = Criteria.newBuilder().setIntent("dating").build();

  private final Matches matches = new Matches();
  private final MatchNode one = matches.node("match-1");
  private final MatchNode two = matches.node("match-2");

  @AfterEach
  void close() {
    matches.close();
  }

  @Test
  void whatSomebodyHasIsToldInEveryState() {
    Principal who = matches.person();
    Finding finding = matches.seeker(who, one).find("request-1", ANYONE);
    finding.ticket();
    assertThat(current(who).getTicket().getState()).isEqualTo(TicketState.TICKET_STATE_WAITING);
    assertThat(current(who).getTicket().getTicketId()).isEqualTo(finding.ticket());
    finding.hangUp();
    Eventually.holds(
        "it is parked",
        () -> current(who).getTicket().getState() == TicketState.TICKET_STATE_PARKED);
    Finding back = matches.seeker(who, two).takeUp(finding.ticket());
    back.ticket();
    matches.seeker(matches.person(), one).find("request-1", ANYONE).matched();
    String session = back.matched().getSessionId();
    assertThat(current(who).getSession().getMatched()).isEqualTo(back.matched());
    assertThat(settle(session, 1, 2)).isTrue();
    assertThat(current(who).getSession().getSessionId()).isEqualTo(session);
    assertThat(current(who).getSession().hasMatched()).as("met: the grant is spent").isFalse();
    Finding next = matches.seeker(who, one).find("request-2", DATING);
    assertThat(cancel(who, next.ticket())).isTrue();
    assertThat(current(who).hasNothing()).isTrue();
  }

  @Test
  void whoIsAskedIsToldSoAndMayCancelWhichDeclines() {
    Principal her = matches.person();
    Finding hers = matches.seeker(her, one).find("request-1", DATING);
    hers.ticket();
    Finding his = matches.seeker(matches.person(), two).find("request-1", DATING);
    his.await("it is asked", FindPeerResponse::hasProposal);
    assertThat(current(her).getTicket().getState()).isEqualTo(TicketState.TICKET_STATE_PROPOSED);
    assertThat(cancel(her, hers.ticket())).isTrue();
    hers.await("she is told", FindPeerResponse::hasCancelled);
    Eventually.holds("he waits again", () -> his.events().getLast().hasWaiting());
    assertThat(current(her).hasNothing()).isTrue();
  }

  @Test
  void whoIsParkedMayCancel() {
    Principal who = matches.person();
    Finding finding = matches.seeker(who, one).find("request-1", ANYONE);
    String ticket = finding.ticket();
    finding.hangUp();
    Eventually.holds(
        "it is parked",
        () -> current(who).getTicket().getState() == TicketState.TICKET_STATE_PARKED);
    assertThat(cancel(who, ticket)).isTrue();
    assertThat(cancel(who, ticket)).as("again").isTrue();
    matches.seeker(who, two).takeUp(ticket).await("it stays so", FindPeerResponse::hasCancelled);
  }

  @Test
  void whoIsMatchedMayCancelAndThePeerGoesBack() {
    var _ = matches.inboxes();
    Principal stays = matches.person();
    Finding waits = matches.seeker(stays, one).find("request-1", ANYONE);
    waits.ticket();
    Principal leaves = matches.person();
    Finding arrives = matches.seeker(leaves, two).find("request-1", ANYONE);
    String session = arrives.matched().getSessionId();
    assertThat(cancel(leaves, arrives.ticket())).isTrue();
    assertThat(current(leaves).hasNothing()).isTrue();
    Eventually.holds("its peer came alone", () -> settle(session, 1));
    Finding back = matches.seeker(stays, two).takeUp(waits.ticket());
    Finding again = matches.seeker(matches.person(), one).find("request-2", ANYONE);
    assertThat(back.matched().getSessionId()).isEqualTo(again.matched().getSessionId());
    assertThat(back.matched().getAttempt()).isEqualTo(1);
  }

  @Test
  void theLongestListsAreTakenAndLongerOnesAreNot() {
    List<String> tags = IntStream.range(0, 10).mapToObj(i -> i + "é".repeat(31)).toList();
    Criteria longest =
        Criteria.newBuilder()
            .addAllTags(tags)
            .addAllLanguages(List.of("en", "fr", "de", "pt-BR"))
            .addAllSeeking(List.of(Gender.GENDER_WOMAN, Gender.GENDER_MAN, Gender.GENDER_NONBINARY))
            .build();
    Finding first =
        matches.seeker(matches.person(parley.domain.Gender.MAN), one).find("request-1", longest);
    first.ticket();
    Finding second =
        matches.seeker(matches.person(parley.domain.Gender.WOMAN), two).find("request-1", longest);
    assertThat(second.matched().getReceipt().getSharedTagsList()).containsExactlyElementsOf(tags);
    assertThat(first.matched().hasReceipt()).isTrue();
    Stream.of(
            longest.toBuilder().addTags("eleven").build(),
            longest.toBuilder().setTags(0, "x".repeat(33)).build(),
            longest.toBuilder().addLanguages("it").build())
        .forEach(
            longer ->
                assertThat(
                        matches
                            .seeker(matches.person(), one)
                            .find("request-1", longer)
                            .ended()
                            .getCode())
                    .isEqualTo(Status.Code.INVALID_ARGUMENT));
  }

  @Test
  void whoWaitsKeepsTheirPlaceThoughRedisForgetsEverything() {
    MatchNode quick =
        matches.node("match-3", Map.of("discovery.lease", "2s", "discovery.beat", "100ms"));
    Principal who = matches.person();
    Finding waits = matches.seeker(who, quick).find("request-1", ANYONE);
    waits.await("it waits", FindPeerResponse::hasWaiting);
    long waitedFor = System.nanoTime();
    matches.forget();
    Eventually.holds(
        "it is in line again",
        () -> current(who).getTicket().getState() == TicketState.TICKET_STATE_WAITING);
    waitedFor = System.nanoTime() - waitedFor;
    Finding comes = matches.seeker(matches.person(), quick).find("request-1", ANYONE);
    assertThat(comes.matched().getSessionId()).isEqualTo(waits.matched().getSessionId());
    Duration waited = waits.matched().getReceipt().getWaited();
    assertThat(waited.getSeconds() * 1_000_000_000L + waited.getNanos())
        .as("its place is as old as it was")
        .isGreaterThan(waitedFor);
  }

  private GetCurrentResponse current(Principal who) {
    return matches.seeker(who, two).calls().getCurrent(GetCurrentRequest.getDefaultInstance());
  }

  private boolean cancel(Principal who, String ticket) {
    return matches
        .seeker(who, two)
        .calls()
        .cancelTicket(CancelTicketRequest.newBuilder().setTicketId(ticket).build())
        .hasCancelled();
  }

  private boolean settle(String session, Integer... entered) {
    return matches
        .settlement()
        .settle(
            SettleRequest.newBuilder()
                .setSessionId(session)
                .addAllEntered(List.of(entered))
                .build())
        .hasSettled();
  }
}
