package parley.match.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.domain.SessionId;
import parley.match.core.port.TicketPool;
import parley.testing.Eventually;

class TicketOwnerTest extends OwnerStage {
  @Test
  void anOverdueTicketIsAskedAboutOnceASecondWhileThePoolIsAway() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    List<TicketEvent> told = new ArrayList<>();
    owner.make(TicketBuilder.ticket().build(), told::add);
    away = "expire";
    pass(owner, MatchTimes.DEFAULT.longestWait());
    asked.clear();
    pass(owner, Duration.ofSeconds(10));
    assertThat(asked.get("expire")).isBetween(8, 11);
    away = "";
    pass(owner, Duration.ofSeconds(2));
    assertThat(told.getLast()).isEqualTo(new TicketEvent.Expired());
  }

  @Test
  void whateverIsDueWaitsOnceForThePool() {
    Pools pools = asksBoth();
    TicketOwner owner = owner(() -> pools, putOff::add);
    owner.make(TicketBuilder.ticket().tags("go").languages("en").build(), _ -> {});
    int other = putOff.size();
    for (int i = 0; i < 40; i++) {
      owner.tick(now);
      other += 2; // Parking again and exchanging figures.
      now = now.plusSeconds(1);
    }
    assertThat(putOff).hasSize(other + 1);
    runPutOff();
    owner.make(TicketBuilder.ticket().tags("go").languages("en").build(), _ -> {});
    hear(owner);
    other = putOff.size();
    for (int i = 0; i < 5; i++) {
      now = now.plusSeconds(1);
      owner.tick(now);
      other += 2;
    }
    assertThat(putOff).as("the deadline, for each of the two").hasSize(other + 2);
  }

  @Test
  void everyStreamIsToldToResumeBeforeTheFirstTicketIsParked() {
    TicketOwner owner = owner(() -> POOLS, tasks);
    List<TicketEvent> told = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 3; i++) {
      var _ = owner.make(seekingNobody(i), told::add);
    }
    away = "park: wait";
    Thread draining = Thread.ofVirtual().start(owner::drain);
    Eventually.holds(
        "all are told",
        () -> told.stream().filter(TicketEvent.Resume.class::isInstance).count() == 3);
    assertThat(draining.isAlive()).as("it waits for the parking").isTrue();
    mayPark.countDown();
    Eventually.holds("the drain is over", () -> !draining.isAlive());
    assertThat(fake.line().tickets.values())
        .extracting(FakeLine.Held::state)
        .containsOnly(TicketState.PARKED);
  }

  @Test
  void aStreamThatOpensWhileTheNodeBeginsToDrainIsToldToResume() {
    TicketOwner[] owner = new TicketOwner[1];
    owner[0] =
        owner(
            () -> {
              if (!asked.containsKey("arrive")) {
                owner[0].drain();
              }
              return POOLS;
            },
            Runnable::run);
    List<TicketEvent> told = new ArrayList<>();
    var _ = owner[0].make(TicketBuilder.ticket().build(), told::add);
    assertThat(told).containsExactly(new TicketEvent.Resume());
    assertThat(asked).doesNotContainKey("arrive");
  }

  @Test
  void whoComesBackFromTheParkHasTheTimeThatIsLeft() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    Ticket ticket = TicketBuilder.ticket().build();
    List<TicketEvent> first = new ArrayList<>();
    owner.make(ticket, first::add).letGo();
    assertThat(owner.current(Cohort.ADULT, ticket.participant()).orElseThrow().state())
        .isEqualTo(TicketState.PARKED);
    List<TicketEvent> second = new ArrayList<>();
    owner.takeUp(Cohort.ADULT, ticket.participant(), ticket.id(), second::add);
    assertThat(second.getFirst()).isInstanceOf(TicketEvent.Accepted.class);
    assertThat(first).noneMatch(TicketEvent.Ending.class::isInstance);
    assertThat(owner.cancel(Cohort.ADULT, ticket.participant(), ticket.id()))
        .isEqualTo(new Ending.Done());
    assertThat(second.getLast()).isEqualTo(new TicketEvent.Cancelled());
  }

  @Test
  void whoseProposalCameToNothingIsToldAtOnceThatTheyWaitAsBefore() {
    Pools pools = asksBoth();
    TicketOwner owner = owner(() -> pools, Runnable::run);
    List<TicketEvent> first = new ArrayList<>();
    owner.make(TicketBuilder.ticket().build(), first::add);
    assertThat(first).last().isInstanceOf(TicketEvent.Waiting.class);
    Ticket second = TicketBuilder.ticket().build();
    owner.make(second, _ -> {});
    hear(owner);
    assertThat(first).last().isInstanceOf(TicketEvent.Proposed.class);
    SessionId proposal = fake.line().tickets.get(second.participant()).session();
    owner.answer(Cohort.ADULT, second.participant(), proposal, Verdict.DECLINE);
    hear(owner);
    assertThat(first).last().isInstanceOf(TicketEvent.Waiting.class);
  }

  @Test
  void aMatchThatCameToNothingIsNotToldAgainWhenTheInboxIsReadOnceMore() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    Ticket first = TicketBuilder.ticket().build();
    List<TicketEvent> told = new ArrayList<>();
    owner.make(first, told::add);
    owner.make(TicketBuilder.ticket().build(), _ -> {});
    List<OwnerNews> news = List.copyOf(fake.line().news.get("here"));
    hear(owner);
    assertThat(told).last().isInstanceOf(TicketEvent.Matched.class);
    SessionId session = fake.line().tickets.get(first.participant()).session();
    fake.settle(Cohort.ADULT, session, Set.of(1));
    List<TicketEvent> again = new ArrayList<>();
    owner.takeUp(Cohort.ADULT, first.participant(), first.id(), again::add);
    assertThat(again).last().isInstanceOf(TicketEvent.Waiting.class);

    news.forEach(owner::learn);

    assertThat(again).last().isInstanceOf(TicketEvent.Waiting.class);
    assertThat(state(owner, first)).isEqualTo(TicketState.WAITING);
  }

  @Test
  void aWishToRelaxThatIsHeardTwiceTakesOneLevel() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    Ticket ticket = TicketBuilder.ticket().tags("go").languages("en").build();
    List<TicketEvent> told = new ArrayList<>();
    owner.make(ticket, told::add);
    TicketPool elsewhere = new FakeTicketPool("there", fake.line());
    elsewhere.keep(Cohort.ADULT, ticket.participant(), ticket.id(), Sign.RELAX_NOW);
    List<OwnerNews> news = List.copyOf(fake.line().news.get("here"));
    hear(owner);
    pass(owner, Duration.ofSeconds(3));
    assertThat(levels(told)).last().isEqualTo(Level.SAME_LANGUAGE);

    news.forEach(owner::learn);
    pass(owner, Duration.ofSeconds(3));

    assertThat(levels(told)).last().isEqualTo(Level.SAME_LANGUAGE);
  }

  @Test
  void aLevelThatIsDueAgainWhileThePoolIsAwayIsTakenOnce() {
    TicketOwner owner = owner(() -> POOLS, putOff::add);
    Ticket ticket = TicketBuilder.ticket().tags("go").languages("en").build();
    List<TicketEvent> told = new ArrayList<>();
    owner.make(ticket, told::add);
    pass(owner, Duration.ofSeconds(13));
    assertThat(levels(told)).containsOnly(Level.SAME_TAGS);

    runPutOff();

    assertThat(asked.get("relax")).isEqualTo(1);
    assertThat(levels(told)).last().isEqualTo(Level.SAME_LANGUAGE);
    pass(owner, Duration.ofSeconds(25));
    runPutOff();
    assertThat(levels(told)).last().isEqualTo(Level.ANYONE);
  }

  @Test
  void aLevelWhoseAnswerWasLostIsToldAtTheNextTry() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    List<TicketEvent> told = new ArrayList<>();
    owner.make(TicketBuilder.ticket().tags("go").languages("en").build(), told::add);
    away = "relax: lost";
    pass(owner, Duration.ofSeconds(10));
    assertThat(levels(told)).last().isEqualTo(Level.SAME_TAGS);
    away = "";
    pass(owner, Duration.ofSeconds(2));
    assertThat(levels(told)).last().isEqualTo(Level.SAME_LANGUAGE);
    pass(owner, Duration.ofSeconds(25));
    assertThat(levels(told)).last().isEqualTo(Level.ANYONE);
  }

  @Test
  void whomARelaxationMatchedAndTheAnswerWasLostIsToldAtTheNextTry() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    Ticket ticket = TicketBuilder.ticket().tags("go").languages("en").build();
    List<TicketEvent> told = new ArrayList<>();
    owner.make(ticket, told::add);
    fake.arrive(
        TicketBuilder.ticket().languages("en").build(),
        new Pairing(SessionId.random(new SplittableRandom(2)), Acceptance.AT_ONCE));
    away = "relax: lost";
    pass(owner, Duration.ofMillis(10_250));
    assertThat(state(owner, ticket)).isEqualTo(TicketState.MATCHED);
    assertThat(told).noneMatch(TicketEvent.Ending.class::isInstance);
    away = "";
    pass(owner, Duration.ofSeconds(2));
    assertThat(told).last().isInstanceOf(TicketEvent.Matched.class);
  }

  @Test
  void aDeadlineThatWaitedForThePoolIsNotPutToTheNextProposal() {
    Pools pools = asksBoth();
    TicketOwner owner = owner(() -> pools, putOff::add);
    Ticket first = TicketBuilder.ticket().build();
    List<TicketEvent> told = new ArrayList<>();
    owner.make(first, told::add);
    Ticket second = TicketBuilder.ticket().build();
    owner.make(second, _ -> {});
    hear(owner);
    owner.tick(now.plusSeconds(1));
    List<Runnable> overdue = List.copyOf(putOff);
    putOff.clear();
    SessionId proposal = fake.line().tickets.get(first.participant()).session();
    owner.answer(Cohort.ADULT, second.participant(), proposal, Verdict.DECLINE);
    hear(owner);
    runPutOff();
    owner.make(TicketBuilder.ticket().build(), _ -> {});
    hear(owner);
    assertThat(told).last().isInstanceOf(TicketEvent.Proposed.class);
    asked.remove("answer");

    overdue.forEach(Runnable::run);

    assertThat(asked).doesNotContainKey("answer");
  }

  @Test
  void whoIsProposedWhenTheLongestWaitEndsIsNotToldThatItIsOver() {
    Pools pools = asksBoth();
    TicketOwner owner = owner(() -> pools, Runnable::run);
    List<TicketEvent> told = new ArrayList<>();
    owner.make(TicketBuilder.ticket().build(), told::add);
    pass(owner, MatchTimes.DEFAULT.longestWait().minusSeconds(1));
    owner.make(TicketBuilder.ticket().build(), _ -> {});
    pass(owner, Duration.ofSeconds(3));
    assertThat(asked).containsKey("expire");
    assertThat(told).noneMatch(TicketEvent.Ending.class::isInstance);
    hear(owner);
    assertThat(told).last().isInstanceOf(TicketEvent.Proposed.class);
  }

  @Test
  void aNodeThatResumesLeavesATicketToTheNewerStreamElsewhere() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    Ticket ticket = TicketBuilder.ticket().build();
    List<TicketEvent> told = new ArrayList<>();
    owner.make(ticket, told::add);
    takeUpElsewhereAsOfADeadNode(ticket);

    owner.enterAgain(Cohort.ADULT);

    assertThat(told).last().isEqualTo(new TicketEvent.Moved());
    assertThat(fake.line().tickets.get(ticket.participant()).owner()).isEqualTo("there");
    assertThat(fake.line().news).as("the newer stream is told nothing").doesNotContainKey("there");
  }

  @Test
  void whoWasSentBackAndTakenUpElsewhereStaysThere() {
    Pools pools = asksBoth();
    TicketOwner owner = owner(() -> pools, Runnable::run);
    Ticket first = TicketBuilder.ticket().build();
    List<TicketEvent> told = new ArrayList<>();
    owner.make(first, told::add);
    Ticket second = TicketBuilder.ticket().build();
    owner.make(second, _ -> {});
    hear(owner);
    SessionId proposal = fake.line().tickets.get(first.participant()).session();
    owner.answer(Cohort.ADULT, second.participant(), proposal, Verdict.DECLINE);
    takeUpElsewhereAsOfADeadNode(first);

    hear(owner);

    assertThat(told).last().isEqualTo(new TicketEvent.Moved());
    assertThat(fake.line().tickets.get(first.participant()).owner()).isEqualTo("there");
  }

  @Test
  void aStreamWhosePersonWentBeforeItWasAnsweredTakesNothingFromOneThatIsThere() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    Ticket ticket = TicketBuilder.ticket().build();
    List<TicketEvent> told = new ArrayList<>();
    owner.make(ticket, told::add);
    TicketStream gone =
        new TicketStream() {
          @Override
          public void tell(TicketEvent event) {}

          @Override
          public boolean isGone() {
            return true;
          }
        };

    owner.takeUp(Cohort.ADULT, ticket.participant(), ticket.id(), gone).letGo();

    assertThat(told).noneMatch(TicketEvent.Ending.class::isInstance);
    assertThat(state(owner, ticket)).isEqualTo(TicketState.WAITING);
  }

  /// Nobody tells the older owner: it is dead, or the ticket is parked.
  private void takeUpElsewhereAsOfADeadNode(Ticket ticket) {
    fake.park(ticket);
    Pairing pairing = new Pairing(SessionId.random(new SplittableRandom(3)), Acceptance.AT_ONCE);
    assertThat(new FakeTicketPool("there", fake.line()).attach(ticket, pairing))
        .isInstanceOf(Attachment.Stood.class);
  }

  private static Pools asksBoth() {
    PoolRules rules =
        new PoolRules(
            Duration.ofSeconds(8),
            Duration.ofSeconds(20),
            Acceptance.BOTH,
            AiSwitch.OFF,
            Duration.ofSeconds(8));
    return new Pools(Map.of(TicketBuilder.ticket().build().criteria().pool(), rules));
  }

  private static List<Level> levels(List<TicketEvent> told) {
    return told.stream()
        .filter(TicketEvent.Waiting.class::isInstance)
        .map(event -> ((TicketEvent.Waiting) event).level())
        .toList();
  }
}
