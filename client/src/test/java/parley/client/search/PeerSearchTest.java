package parley.client.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import io.grpc.Status;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.client.call.Face;
import parley.client.fake.Awaited;
import parley.client.fake.FakeDoor;
import parley.client.fake.FakeMatchService.Search;
import parley.client.identity.Identity;
import parley.proto.domain.v1.MemberKind;
import parley.proto.match.v1.AiWelcome;
import parley.proto.match.v1.AlreadyInSession;
import parley.proto.match.v1.AnotherTicketLive;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.KeepWaitingResponse;
import parley.proto.match.v1.Level;
import parley.proto.match.v1.Matched;
import parley.proto.match.v1.NoSuchTicket;
import parley.proto.match.v1.PeerAsked;
import parley.proto.match.v1.ProposalOffered;
import parley.proto.match.v1.TicketAccepted;
import parley.proto.match.v1.TicketExpired;
import parley.proto.match.v1.TicketNotWaiting;
import parley.proto.match.v1.TicketState;
import parley.proto.match.v1.WaitingUpdate;

class PeerSearchTest {
  private final FakeDoor fake = new FakeDoor(Face.NATIVE);
  private final Identity me = fake.guest();
  private final BlockingQueue<SearchEvent> events = new LinkedBlockingQueue<>();
  private final PeerSearch search =
      PeerSearch.start(fake.door, me, Criteria.newBuilder().addTags("chess").build(), events::add);

  @AfterEach
  void close() {
    search.close();
    me.close();
    fake.close();
  }

  @Test
  void aSearchWaitsAndFinds() {
    Search server = fake.matches.next();
    assertThat(server.request().getNewTicket().getCriteria().getTagsList())
        .containsExactly("chess");
    assertThat(server.correlation()).isEqualTo(search.correlationId());
    accept(server, Duration.getDefaultInstance());
    server.say(
        FindPeerResponse.newBuilder()
            .setWaiting(WaitingUpdate.newBuilder().setLevel(Level.LEVEL_ANYONE).setPlace(2)));
    server.say(FindPeerResponse.newBuilder().setProposal(ProposalOffered.getDefaultInstance()));
    server.say(
        FindPeerResponse.newBuilder()
            .setMatched(
                Matched.newBuilder().setSessionId("s").setGrant(ByteString.copyFromUtf8("grant"))));
    server.down().onCompleted();
    next(SearchEvent.Accepted.class);
    assertThat(next(SearchEvent.Waiting.class).update().getPlace()).isEqualTo(2);
    next(SearchEvent.Proposed.class);
    Match match = next(SearchEvent.Found.class).match();
    assertThat(match.grant().toStringUtf8()).isEqualTo("grant");
    assertThat(match.correlationId()).isEqualTo(search.correlationId());
    assertThat(fake.matches.searches).isEmpty();
  }

  @Test
  void theFirstSearchGoesOnUnderTheIdOfItsGuestAndEachLaterOneUnderItsOwn() {
    String guest = fake.identities.correlations.getFirst();
    assertThat(guest).matches("[A-Za-z0-9_-]{8,64}");
    assertThat(fake.matches.next().correlation()).isEqualTo(guest);
    try (PeerSearch later =
        PeerSearch.start(fake.door, me, Criteria.getDefaultInstance(), events::add)) {
      assertThat(fake.matches.next().correlation())
          .isEqualTo(later.correlationId())
          .isNotEqualTo(guest);
      var _ = me.renewed(me.accessToken());
      assertThat(fake.identities.correlations).containsExactly(guest, later.correlationId());
    }
  }

  @Test
  void aBrokenStreamIsTakenUpAgainByTheTicket() {
    Search first = fake.matches.next();
    accept(first, Duration.getDefaultInstance());
    first.cut(Status.INTERNAL.withDescription("RST_STREAM"));
    next(SearchEvent.Accepted.class);
    next(SearchEvent.Reconnecting.class);
    Search second = fake.matches.next();
    assertThat(second.request().getTicketId()).isEqualTo("t".repeat(22));
    assertThat(second.correlation()).isEqualTo(first.correlation());
  }

  @Test
  void aStreamThatBreaksBeforeATicketAsksWithTheSameRequestId() {
    Search first = fake.matches.next();
    first.cut(Status.UNAVAILABLE);
    Search second = fake.matches.next();
    assertThat(second.request()).isEqualTo(first.request());
    assertThat(second.request().getNewTicket().getRequestId()).hasSizeGreaterThanOrEqualTo(8);
  }

  @Test
  void aTicketThatNobodyHoldsGivesWayToWhatIsWishedNow() throws InterruptedException {
    Search first = fake.matches.next();
    another(first, TicketState.TICKET_STATE_PARKED);
    Search second = fake.matches.next();
    assertThat(fake.matches.cancelled.poll(5, TimeUnit.SECONDS).getTicketId())
        .isEqualTo("p".repeat(22));
    assertThat(second.request()).isEqualTo(first.request());
    another(second, TicketState.TICKET_STATE_PARKED);
    assertThat(next(SearchEvent.Over.class).ending()).isEqualTo(SearchEnding.ANOTHER_TICKET_LIVE);
  }

  @Test
  void aTicketThatSomebodyHoldsStays() {
    another(fake.matches.next(), TicketState.TICKET_STATE_WAITING);
    assertThat(next(SearchEvent.Over.class).ending()).isEqualTo(SearchEnding.ANOTHER_TICKET_LIVE);
    assertThat(fake.matches.cancelled).isEmpty();
  }

  private static void another(Search server, TicketState state) {
    server.say(
        FindPeerResponse.newBuilder()
            .setAnotherTicketLive(
                AnotherTicketLive.newBuilder().setTicketId("p".repeat(22)).setState(state)));
    server.down().onCompleted();
  }

  @Test
  void aTicketThatIsNoMoreIsReplacedByANewOne() {
    Search first = fake.matches.next();
    accept(first, Duration.getDefaultInstance());
    first.cut(Status.UNAVAILABLE);
    Search second = fake.matches.next();
    second.say(FindPeerResponse.newBuilder().setNoSuchTicket(NoSuchTicket.getDefaultInstance()));
    second.down().onCompleted();
    Search third = fake.matches.next();
    assertThat(third.request().hasNewTicket()).isTrue();
    assertThat(third.request().getNewTicket().getRequestId())
        .isNotEqualTo(first.request().getNewTicket().getRequestId());
  }

  @Test
  void aTicketWhosePeerIsLostIsTakenUpAndReplacedIfItIsOver() {
    fake.matches.next();
    try (PeerSearch again =
        PeerSearch.takeUp(
            fake.door, me, Criteria.getDefaultInstance(), "l".repeat(22), events::add)) {
      Search first = fake.matches.next();
      assertThat(first.request().getTicketId()).isEqualTo("l".repeat(22));
      first.say(FindPeerResponse.newBuilder().setExpired(TicketExpired.getDefaultInstance()));
      assertThat(fake.matches.next().request().hasNewTicket()).isTrue();
      assertThat(again.correlationId()).isNotEqualTo(search.correlationId());
    }
  }

  @Test
  void aMatchWithAnAiSaysWhatTheSearchGoesOnBy() {
    Search server = fake.matches.next();
    accept(server, Duration.newBuilder().setSeconds(20).build());
    server.say(
        FindPeerResponse.newBuilder()
            .setPeerAsked(
                PeerAsked.newBuilder().setDecidedWithin(Duration.newBuilder().setSeconds(8))));
    server.say(
        FindPeerResponse.newBuilder()
            .setMatched(
                Matched.newBuilder().setPeerKind(MemberKind.MEMBER_KIND_AI).setKeepsLooking(true)));
    next(SearchEvent.Accepted.class);
    assertThat(next(SearchEvent.PeerAsked.class).decidedWithin())
        .isEqualTo(java.time.Duration.ofSeconds(8));
    Match match = next(SearchEvent.Found.class).match();
    assertThat(match.peerKind()).isEqualTo(MemberKind.MEMBER_KIND_AI);
    assertThat(match.keepsLooking()).isTrue();
    assertThat(match.ticketId()).isEqualTo("t".repeat(22));
    assertThat(match.keepWaitingEvery()).isEqualTo(java.time.Duration.ofSeconds(20));
  }

  @Test
  void whetherAnAiMayComeIsChangedWhileWaiting() {
    Search server = fake.matches.next();
    accept(server, Duration.getDefaultInstance());
    next(SearchEvent.Accepted.class);
    search.welcomeAi(AiWelcome.AI_WELCOME_NEVER);
    assertThat(Awaited.from(fake.matches.kept, "KeepWaiting").getAiWelcome())
        .isEqualTo(AiWelcome.AI_WELCOME_NEVER);
  }

  @Test
  void whatIsWishedBeforeThereIsATicketIsSaidWhenThereIsOneAndOfEachThatReplacesIt() {
    Search first = fake.matches.next();
    search.welcomeAi(AiWelcome.AI_WELCOME_INSTEAD);
    search.welcomeAi(AiWelcome.AI_WELCOME_NEVER);
    accept(first, Duration.getDefaultInstance());
    assertThat(Awaited.from(fake.matches.kept, "KeepWaiting").getAiWelcome())
        .isEqualTo(AiWelcome.AI_WELCOME_NEVER);
    first.cut(Status.UNAVAILABLE);
    fake.matches
        .next()
        .say(FindPeerResponse.newBuilder().setNoSuchTicket(NoSuchTicket.getDefaultInstance()));
    accept(fake.matches.next(), Duration.getDefaultInstance());
    assertThat(Awaited.from(fake.matches.kept, "KeepWaiting").getAiWelcome())
        .isEqualTo(AiWelcome.AI_WELCOME_NEVER);
  }

  @Test
  void whoLooksFurtherBeforeThereIsATicketDoesSoOnceWhenThereIsOne() {
    Search first = fake.matches.next();
    search.relax();
    accept(first, Duration.getDefaultInstance());
    assertThat(Awaited.from(fake.matches.kept, "KeepWaiting").getRelaxNow()).isTrue();
    first.cut(Status.UNAVAILABLE);
    accept(fake.matches.next(), Duration.getDefaultInstance());
    search.welcomeAi(AiWelcome.AI_WELCOME_NEVER);
    assertThat(Awaited.from(fake.matches.kept, "KeepWaiting").getRelaxNow()).isFalse();
  }

  @Test
  void wishesAreSaidOneAfterTheOtherSoThatTheLastOneCounts() {
    accept(fake.matches.next(), Duration.getDefaultInstance());
    fake.matches.mayAnswerKept.drainPermits();
    search.welcomeAi(AiWelcome.AI_WELCOME_INSTEAD);
    assertThat(nextWish()).isEqualTo(AiWelcome.AI_WELCOME_INSTEAD);
    search.welcomeAi(AiWelcome.AI_WELCOME_NEVER);
    search.welcomeAi(AiWelcome.AI_WELCOME_MEANWHILE);
    search.relax(); // A marker.
    assertThat(nextWish()).isEqualTo(AiWelcome.AI_WELCOME_UNSPECIFIED);
    fake.matches.mayAnswerKept.release(10);
    assertThat(nextWish()).isEqualTo(AiWelcome.AI_WELCOME_MEANWHILE);
  }

  private AiWelcome nextWish() {
    return Awaited.from(fake.matches.kept, "KeepWaiting").getAiWelcome();
  }

  @Test
  void theServerHearsThatSomebodyStillWaits() {
    accept(fake.matches.next(), Duration.newBuilder().setNanos(10_000_000).build());
    for (int i = 0; i < 3; i++) {
      assertThat(Awaited.from(fake.matches.kept, "KeepWaiting").getTicketId())
          .isEqualTo("t".repeat(22));
    }
  }

  @Test
  void aTicketThatTheServerSaysDoesNotWaitIsTakenUpAgain() {
    fake.matches.keepAnswer =
        KeepWaitingResponse.newBuilder()
            .setNotWaiting(TicketNotWaiting.newBuilder().setState(TicketState.TICKET_STATE_PARKED))
            .build();
    accept(fake.matches.next(), Duration.newBuilder().setNanos(10_000_000).build());
    assertThat(fake.matches.next().request().getTicketId()).isEqualTo("t".repeat(22));
  }

  @Test
  void aStreamThatIsSilentForThreeUpdatesIsOpenedAgain() {
    Search first = fake.matches.next();
    first.say(
        FindPeerResponse.newBuilder()
            .setAccepted(
                TicketAccepted.newBuilder()
                    .setTicketId("t".repeat(22))
                    .setUpdateAtLeast(Duration.newBuilder().setNanos(10_000_000))));
    Search second = fake.matches.next();
    assertThat(second.request().getTicketId()).isEqualTo("t".repeat(22));
  }

  @Test
  void cancellingASearchThatNobodyAnswersIsOverSoon() {
    var _ = fake.matches.next();
    search.cancel();
    assertThat(next(SearchEvent.Over.class).ending()).isEqualTo(SearchEnding.CANCELLED);
  }

  @Test
  void cancellingEndsTheTicketAndTheSearch() throws InterruptedException {
    Search server = fake.matches.next();
    accept(server, Duration.getDefaultInstance());
    next(SearchEvent.Accepted.class);
    search.cancel();
    assertThat(next(SearchEvent.Over.class).ending()).isEqualTo(SearchEnding.CANCELLED);
    assertThat(Awaited.from(fake.matches.cancelled, "CancelTicket").getTicketId())
        .isEqualTo("t".repeat(22));
    assertThat(server.gone().await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void cancellingBeforeThereIsATicketCancelsItWhenItComes() {
    Search server = fake.matches.next();
    search.cancel();
    accept(server, Duration.getDefaultInstance());
    next(SearchEvent.Accepted.class);
    assertThat(next(SearchEvent.Over.class).ending()).isEqualTo(SearchEnding.CANCELLED);
  }

  @Test
  void closingDoesNotEndTheTicket() throws InterruptedException {
    Search server = fake.matches.next();
    accept(server, Duration.getDefaultInstance());
    next(SearchEvent.Accepted.class);
    search.close();
    assertThat(server.gone().await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(fake.matches.cancelled).isEmpty();
  }

  @Test
  void endingsAreTold() {
    Search server = fake.matches.next();
    accept(server, Duration.getDefaultInstance());
    server.say(FindPeerResponse.newBuilder().setExpired(TicketExpired.getDefaultInstance()));
    next(SearchEvent.Accepted.class);
    assertThat(next(SearchEvent.Over.class).ending()).isEqualTo(SearchEnding.EXPIRED);
  }

  @Test
  void whoTalksAlreadyIsToldSo() {
    fake.matches
        .next()
        .say(
            FindPeerResponse.newBuilder()
                .setAlreadyInSession(AlreadyInSession.newBuilder().setSessionId("s")));
    assertThat(next(SearchEvent.Over.class).ending()).isEqualTo(SearchEnding.ALREADY_IN_SESSION);
  }

  @Test
  void aRefusedTokenIsRefreshedThenANewGuestAsksThenItIsOver() {
    fake.matches.next().cut(Status.UNAUTHENTICATED);
    Search second = fake.matches.next();
    assertThat(second.authorization()).isEqualTo("Bearer g1-2");
    second.cut(Status.UNAUTHENTICATED);
    Search third = fake.matches.next();
    assertThat(third.authorization()).isEqualTo("Bearer g2-3");
    third.cut(Status.UNAUTHENTICATED);
    next(SearchEvent.Reconnecting.class);
    assertThat(next(SearchEvent.Over.class).ending()).isEqualTo(SearchEnding.REFUSED);
  }

  @Test
  void whatIsWrongWithTheWishIsNotAskedAgain() {
    fake.matches.next().cut(Status.INVALID_ARGUMENT.withDescription("tags: too many"));
    assertThat(next(SearchEvent.Over.class).sentence()).contains("tags: too many");
    assertThat(fake.matches.searches).isEmpty();
  }

  private static void accept(Search server, Duration keepWaitingEvery) {
    server.say(
        FindPeerResponse.newBuilder()
            .setAccepted(
                TicketAccepted.newBuilder()
                    .setTicketId("t".repeat(22))
                    .setKeepWaitingEvery(keepWaitingEvery)));
  }

  private <E extends SearchEvent> E next(Class<E> kind) {
    SearchEvent event = Awaited.from(events, kind.getSimpleName());
    assertThat(event).isInstanceOf(kind);
    return kind.cast(event);
  }
}
