package parley.match.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.domain.SessionId;
import parley.match.core.port.AiPeers.Invitation;
import parley.match.core.port.AiPeers.Reservation;
import parley.testing.Eventually;

/// What an owner does where an AI peer may come, or is there.
class TicketOwnerWithAiTest extends OwnerStage {
  @Test
  void anAiPeerIsAskedForWhenItIsTimeAndThenLaterAndLater() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    List<TicketEvent> told = new ArrayList<>();
    owner.make(welcoming(AiWelcome.INSTEAD), told::add);
    for (int i = 0; i < 6; i++) {
      peers.answers.add(i % 2 == 0 ? new Reservation.Full() : new Reservation.Away());
    }
    pass(owner, Duration.ofSeconds(7));
    assertThat(peers.asked).as("before it is time").isZero();
    assertThat(prospects(told)).last().isInstanceOf(AiProspect.In.class);
    pass(owner, Duration.ofMillis(1_500));
    assertThat(peers.asked).isEqualTo(1);
    List<Duration> pauses = new ArrayList<>();
    Instant last = now;
    while (pauses.size() < 5) {
      int before = peers.asked;
      pass(owner, Duration.ofMillis(250));
      if (peers.asked > before) {
        pauses.add(Duration.between(last, now));
        last = now;
      }
    }
    int[] expected = {5_000, 10_000, 20_000, 30_000, 30_000};
    for (int i = 0; i < expected.length; i++) {
      assertThat(pauses.get(i).toMillis())
          .as("pause %d", i)
          .isBetween(expected[i] * 8L / 10 - 1_500, expected[i] * 12L / 10 + 1_500);
    }
    assertThat(prospects(told)).last().isEqualTo(new AiProspect.Away());
  }

  @Test
  void whoIsGivenAnAiPeerInsteadIsToldOnceItIsOnItsWay() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    List<TicketEvent> told = new ArrayList<>();
    Ticket ticket = welcoming(AiWelcome.INSTEAD);
    owner.make(ticket, told::add);
    peers.sending.add(Invitation.FAILED);
    pass(owner, Duration.ofSeconds(9));
    assertThat(peers.sent).hasSize(1);
    assertThat(told).noneMatch(TicketEvent.Ending.class::isInstance);
    assertThat(state(owner, ticket)).as("nobody was told").isEqualTo(TicketState.WAITING);
    pass(owner, Duration.ofSeconds(7));
    assertThat(told).last().isInstanceOf(TicketEvent.MatchedAi.class);
    assertThat(peers.sent).hasSize(2);
  }

  @Test
  void whereTheOperatorTurnedThemOffNoneIsAskedFor() {
    Pools off =
        new Pools(
            Map.of(
                TicketBuilder.ticket().build().criteria().pool(),
                new PoolRules(
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(20),
                    Acceptance.AT_ONCE,
                    AiSwitch.OFF,
                    Duration.ofSeconds(8))));
    Pools[] pools = {POOLS};
    TicketOwner owner = owner(() -> pools[0], Runnable::run);
    List<TicketEvent> told = new ArrayList<>();
    owner.make(welcoming(AiWelcome.MEANWHILE), told::add);
    pools[0] = off;
    pass(owner, Duration.ofSeconds(30));
    assertThat(peers.asked).isZero();
    assertThat(prospects(told)).last().isEqualTo(new AiProspect.None());
  }

  @Test
  void whoTalksIsInLineForAsLongAsTheySaySoAndWaitsAnewAfterwards() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    List<TicketEvent> told = new ArrayList<>();
    Ticket ticket = welcoming(AiWelcome.MEANWHILE);
    owner.make(ticket, told::add);
    pass(owner, MatchTimes.DEFAULT.longestWait().multipliedBy(2));
    assertThat(told).last().isInstanceOf(TicketEvent.MatchedAi.class);
    assertThat(state(owner, ticket)).isEqualTo(TicketState.WAITING);
    for (int i = 0; i < 500; i++) {
      peers.answers.add(new Reservation.Full());
    }
    List<TicketEvent> again = new ArrayList<>();
    owner.takeUp(Cohort.ADULT, ticket.participant(), ticket.id(), again::add);
    pass(owner, Duration.ofMinutes(9));
    assertThat(again).noneMatch(TicketEvent.Ending.class::isInstance);
    pass(owner, Duration.ofMinutes(2));
    assertThat(again).last().isEqualTo(new TicketEvent.Expired());
  }

  @Test
  void aPersonForSomebodyWhoTalksIsProposedByTheInboxAndTheAiPeerStepsAside() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    Ticket talks = talkingWithAnAiPeer(owner);
    List<TicketEvent> newcomer = new ArrayList<>();
    owner.make(TicketBuilder.ticket().build(), newcomer::add);
    hear(owner);
    assertThat(newcomer).last().isInstanceOf(TicketEvent.PeerAsked.class);
    assertThat(inboxes.told).containsExactly("proposal");
    SessionId proposal = fake.line().tickets.get(talks.participant()).session();
    owner.answer(Cohort.ADULT, talks.participant(), proposal, Verdict.ACCEPT);
    hear(owner);
    assertThat(newcomer).last().isInstanceOf(TicketEvent.Matched.class);
    assertThat(peers.steppedAside).hasSize(1);
    assertThat(inboxes.told).containsExactly("proposal", "matched");
  }

  @Test
  void whoIsSilentIsOutOfLineAlsoIfAnotherSaidFirstThatTheTimeIsUp() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    Ticket talks = talkingWithAnAiPeer(owner);
    List<TicketEvent> newcomer = new ArrayList<>();
    owner.make(TicketBuilder.ticket().build(), newcomer::add);
    hear(owner);
    for (FakeLine.Held held : List.copyOf(fake.line().tickets.values())) {
      fake.line()
          .put(
              held.ticket().equals(talks)
                  ? held.in(TicketState.MET, held.ai().companion().session())
                  : held.sentBack());
    }

    pass(owner, Duration.ofSeconds(1)); // Both owners hear that it is over, before the news.
    owner.learn(new OwnerNews.Rests(talks.id()));

    assertThat(inboxes.told).containsExactly("proposal", "withdrawn, NO_MORE");
    assertThat(state(owner, talks)).isEqualTo(TicketState.MET);
    assertThat(newcomer).last().isInstanceOf(TicketEvent.Waiting.class);
  }

  @Test
  void whoAcceptedInVainIsToldSoOnceAlsoIfAnotherSaidFirstThatTheTimeIsUp() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    Ticket talks = talkingWithAnAiPeer(owner);
    owner.make(TicketBuilder.ticket().build(), _ -> {});
    hear(owner);
    for (FakeLine.Held held : List.copyOf(fake.line().tickets.values())) {
      fake.line()
          .put(
              held.ticket().equals(talks)
                  ? held.sentBack()
                  : held.in(TicketState.CANCELLED, null)); // So that it is not found again.
    }

    owner.tick(now.plusSeconds(1));
    owner.learn(new OwnerNews.Returned(talks.id()));

    assertThat(inboxes.told).containsExactly("proposal", "withdrawn, STILL");
  }

  @Test
  void whoRefusesAiPeersByNowGetsNoneAlsoAfterThePoolWasEmptied() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    Ticket ticket = welcoming(AiWelcome.INSTEAD);
    owner.make(ticket, _ -> {});
    owner.keep(Cohort.ADULT, ticket.participant(), ticket.id(), Sign.STILL_HERE, AiWelcome.NEVER);
    fake.line().tickets.clear();

    owner.enterAgain(Cohort.ADULT);
    pass(owner, Duration.ofSeconds(30));

    assertThat(peers.asked).isZero();
    assertThat(fake.line().tickets.get(ticket.participant()).ai().welcome())
        .isEqualTo(AiWelcome.NEVER);
  }

  @Test
  void whoGoesAwayWhileTheirNextLevelFindsSomebodyWhoTalksLetsThemTalkOn() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    Ticket talks = talkingWithAnAiPeer(owner);
    Ticket goes = TicketBuilder.ticket().languages("en").widest(Level.ANYONE).build();
    TicketHold hold = owner.make(goes, _ -> {});
    assertThat(state(owner, goes)).isEqualTo(TicketState.WAITING);
    pass(owner, Duration.ofSeconds(15));
    away = "relax: wait";
    now = now.plusSeconds(10);
    tasks.execute(() -> owner.tick(now));
    Eventually.holds("the level is being taken", () -> asked.containsKey("relax"));
    tasks.execute(hold::letGo);
    Eventually.holds("its stream is gone", () -> isHeardElsewhere(owner, goes));
    mayPark.countDown();
    Eventually.holds("it is out of line", () -> state(owner, goes) == TicketState.PARKED);
    hear(owner);
    Eventually.holds(
        "who talks is asked no more",
        () -> inboxes.told.equals(List.of("proposal", "withdrawn, STILL")));
    assertThat(state(owner, talks)).isEqualTo(TicketState.WAITING);
  }

  /// Whoever has no stream here is asked for in the pool.
  private boolean isHeardElsewhere(TicketOwner owner, Ticket ticket) {
    asked.remove("keep");
    keep(owner, ticket);
    return asked.containsKey("keep");
  }

  @Test
  void whoAcceptsInTheLastMomentIsToldOnceThoughTheNewsIsLate() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    Ticket talks = talkingWithAnAiPeer(owner);
    owner.make(TicketBuilder.ticket().build(), _ -> {});
    hear(owner);
    SessionId proposal = fake.line().tickets.get(talks.participant()).session();
    owner.answer(Cohort.ADULT, talks.participant(), proposal, Verdict.ACCEPT);

    pass(owner, Duration.ofSeconds(1)); // The time is up by the node's clock, too.
    assertThat(inboxes.told).containsExactly("proposal", "matched");
    assertThat(peers.steppedAside).hasSize(1);
    hear(owner);
    assertThat(inboxes.told).containsExactly("proposal", "matched");
  }
}
