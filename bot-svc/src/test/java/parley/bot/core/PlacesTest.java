package parley.bot.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import parley.bot.core.ReserveOutcome.Full;
import parley.bot.core.ReserveOutcome.Refuses;
import parley.bot.core.ReserveOutcome.Reserved;
import parley.bot.core.conduct.Budget;
import parley.bot.core.conduct.BudgetLimits;
import parley.bot.core.conduct.Conduct;
import parley.domain.Cohort;
import parley.domain.CorrelationId;
import parley.domain.DeviceId;
import parley.domain.SessionId;
import parley.testing.HeldClock;

class PlacesTest {
  private static final Duration HELD = Duration.ofSeconds(10);
  private static final SessionId SESSION = new SessionId("AAAAAAAAAAAAAAAAAAAAAA");

  private final HeldClock clock = HeldClock.at("2026-03-01T12:00:00Z");
  private final Notes notes = new Notes();
  private final List<Runnable> overs = new ArrayList<>();
  private boolean ready = true;
  private final Places places =
      new Places(
          new PlaceRules(2, HELD),
          (_, invitation, over) -> {
            overs.add(over);
            return talk(invitation, over);
          },
          () -> ready,
          notes,
          clock,
          new Random(1));

  @Test
  void aPlaceIsKeptForOneTicketAndLapses() {
    Reservation first = reserved(1);
    clock.pass(Duration.ofSeconds(4));

    Reservation again = reserved(1);

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.peer()).isEqualTo(first.peer());
    assertThat(again.heldFor()).isEqualTo(Duration.ofSeconds(6));
    clock.pass(Duration.ofSeconds(6));
    assertThat(places.invite(first.id(), invitation())).isFalse();
    assertThat(reserved(1).id()).isNotEqualTo(first.id());
    assertThat(notes.all).containsExactly("reserved", "lapsed", "reserved");
  }

  @Test
  void thereAreNeverMoreThanTheRulesAllowKeptAndTakenTogether() {
    Reservation first = reserved(1);
    assertThat(places.invite(first.id(), invitation())).isTrue();
    var _ = reserved(2);
    assertThat(places.reserve(ticket(3))).isEqualTo(new Full());
    clock.pass(HELD);
    var _ = reserved(3);
    assertThat(places.reserve(ticket(4))).isEqualTo(new Full());

    overs.getFirst().run();

    var _ = reserved(4);
    assertThat(places.taken()).isEqualTo(2);
  }

  @Test
  void anInvitationThatIsRepeatedBeginsOneConversation() {
    Reservation kept = reserved(1);
    assertThat(places.invite(kept.id(), invitation())).isTrue();
    assertThat(places.invite(kept.id(), invitation())).isTrue();
    assertThat(overs).hasSize(1);
    assertThat(places.talk(SESSION)).isPresent();

    overs.getFirst().run();

    assertThat(places.talk(SESSION)).isEmpty();
    assertThat(places.invite(kept.id(), invitation())).isFalse();
  }

  @Test
  void aTicketThatComesBackGetsAnotherPlaceThanItsConversation() {
    Reservation kept = reserved(1);
    assertThat(places.invite(kept.id(), invitation())).isTrue();
    assertThat(reserved(1).id()).isNotEqualTo(kept.id());
  }

  @Test
  void whoHasNoWordsOrGoesAwayTakesNobody() {
    ready = false;
    assertThat(places.reserve(ticket(1))).isEqualTo(new Refuses());
    ready = true;
    Reservation kept = reserved(1);

    assertThat(places.shut()).isEmpty();

    assertThat(places.reserve(ticket(2))).isEqualTo(new Refuses());
    assertThat(places.invite(kept.id(), invitation())).isFalse();
  }

  @Test
  void whatIsFreeIsWhatIsNeitherKeptNorTaken() {
    assertThat(places.vacant()).isEqualTo(2);
    assertThat(places.invite(reserved(1).id(), invitation())).isTrue();
    var _ = reserved(2);
    assertThat(places.vacant()).isZero();
    clock.pass(HELD);
    assertThat(places.vacant()).as("nobody came for the second").isEqualTo(1);
    ready = false;
    assertThat(places.vacant()).as("without words").isZero();
    ready = true;
    places.shut();
    assertThat(places.vacant()).as("going away").isZero();
  }

  private Reservation reserved(int ticket) {
    return ((Reserved) places.reserve(ticket(ticket))).reservation();
  }

  private static TicketId ticket(int number) {
    return new TicketId("%022d".formatted(number));
  }

  private static Invitation invitation() {
    Person person = new Person(List.of(), List.of("en"), Cohort.ADULT, new DeviceId("AAAAAAAAAAE"));
    return new Invitation(
        SESSION, SealedGrant.of(new byte[] {1}), HELD, person, new CorrelationId("correlation"));
  }

  private Talk talk(Invitation invitation, Runnable over) {
    HeldStrand strand = new HeldStrand();
    return new Talk(
        new Talk.Parts(
            strand,
            new PromptedTalker(),
            Conduct.load(),
            new Budget(BudgetLimits.DEFAULT).open(invitation.person().device()),
            TalkTimes.DEFAULT,
            Openings.load(),
            clock,
            clock,
            notes),
        invitation.person(),
        over);
  }
}
