package parley.match.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static parley.domain.Gender.MAN;
import static parley.domain.Gender.NONBINARY;
import static parley.domain.Gender.WOMAN;
import static parley.match.core.TicketBuilder.ticket;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.port.TicketPool;
import parley.testing.Eventually;

/// What every pool promises, seen from two nodes.
public abstract class TicketPoolContract {
  private final RandomGenerator random = new SplittableRandom(7);

  protected abstract TicketPool here();

  protected abstract TicketPool there();

  /// What the node `here` has been told so far; may come late.
  protected abstract List<OwnerNews> newsHere();

  @Test
  void whoIsAloneStandsInLine() {
    Ticket alone = ticket().build();
    assertThat(here().arrive(alone, pairing())).isInstanceOf(Arrival.Stood.class);
    assertThat(state(alone)).isEqualTo(TicketState.WAITING);
  }

  @Test
  void twoWhoSeekEachOtherMeetAtOnceAndBothOwnersKnow() {
    Ticket waiting = stand(ticket().as(WOMAN).seeking(MAN).build());
    Ticket arriving = ticket().as(MAN).seeking(WOMAN).build();
    Pairing pairing = pairing();
    Match match = met(there().arrive(arriving, pairing));
    assertThat(match.session()).isEqualTo(pairing.session());
    assertThat(match.members()).extracting(MatchMember::ticket).containsExactly(waiting, arriving);
    assertThat(state(waiting)).isEqualTo(TicketState.MATCHED);
    assertThat(state(arriving)).isEqualTo(TicketState.MATCHED);
    Eventually.holds(
        "the waiting ticket's owner is told of the match",
        () -> newsHere().contains(new OwnerNews.PeerFound(waiting.id(), match)));
  }

  @Test
  void aWishThatOnlyOneOfThemHasKeepsThemApart() {
    stand(ticket().as(WOMAN).seeking(WOMAN).build());
    stand(ticket().as(MAN).seeking(WOMAN).build());
    stand(ticket().as(NONBINARY).build());
  }

  @Test
  void whoStatesNoGenderMeetsOnlyThoseWhoSeekAnyone() {
    stand(ticket().as(WOMAN).seeking(WOMAN, MAN, NONBINARY).build());
    stand(ticket().seeking(WOMAN).build());
    Ticket unstated = stand(ticket().seeking(MAN).build());
    Match match = met(there().arrive(ticket().as(MAN).build(), pairing()));
    assertThat(match.members().getFirst().ticket().gender()).isEqualTo(WOMAN);
    match = met(there().arrive(ticket().as(MAN).build(), pairing()));
    assertThat(match.members().getFirst().ticket()).isEqualTo(unstated);
  }

  @Test
  void differentIntentsNeverMeet() {
    stand(ticket().intent("talk").build());
    stand(ticket().intent("vent").build());
  }

  @Test
  void theMostSharedTagsComeFirstThenLanguageThenWhoWaitedLongest() {
    Ticket oldest = wide(ticket().as(MAN).seeking(WOMAN).languages("fr").build());
    Ticket speaks = wide(ticket().as(MAN).seeking(WOMAN).languages("en").tags("tea").build());
    Ticket one = wide(ticket().as(MAN).seeking(WOMAN).languages("en").tags("go").build());
    Ticket two = wide(ticket().as(MAN).seeking(WOMAN).languages("en").tags("go", "jazz").build());
    assertThat(woman("go", "jazz")).isEqualTo(two);
    assertThat(woman("go", "jazz")).isEqualTo(one);
    assertThat(woman("go", "jazz")).isEqualTo(speaks);
    assertThat(woman("go", "jazz")).isEqualTo(oldest);
  }

  @Test
  void sameTagsInDifferentLanguagesAreNoSharedTags() {
    Ticket first = wide(ticket().as(MAN).seeking(WOMAN).languages("fr").build());
    wide(ticket().as(MAN).seeking(WOMAN).languages("de").tags("go").build());
    assertThat(woman("go")).isEqualTo(first);
  }

  @Test
  void theSameRequestIsTheSameTicket() {
    Ticket first = stand(ticket().build());
    assertThat(there().arrive(first, pairing()))
        .asInstanceOf(type(Arrival.Known.class))
        .extracting(Arrival.Known::held)
        .isEqualTo(new HeldTicket(first, TicketState.WAITING, null, null));
  }

  @Test
  void aSecondTicketOfAParticipantIsRefusedWhileTheFirstIsLive() {
    Ticket first = stand(ticket().build());
    Ticket second = ticket().of(first.participant()).request("request-2").build();
    assertThat(there().arrive(second, pairing()))
        .asInstanceOf(type(Arrival.Occupied.class))
        .extracting(Arrival.Occupied::other)
        .isEqualTo(new HeldTicket(first, TicketState.WAITING, null, null));
  }

  @Test
  void aParkedTicketIsFoundByNobodyAndComesBackWithItsRank() {
    Ticket first = ticket().as(WOMAN).seeking(MAN).build();
    Standing before = ((Arrival.Stood) here().arrive(first, pairing())).standing();
    stand(ticket().as(WOMAN).seeking(MAN).build());
    here().park(first);
    assertThat(state(first)).isEqualTo(TicketState.PARKED);
    Attachment attached = there().attach(first, pairing());
    assertThat(attached).isInstanceOf(Attachment.Stood.class);
    Standing after = ((Attachment.Stood) attached).standing();
    assertThat(after.rank()).isEqualTo(before.rank());
    assertThat(after.attachment()).isEqualTo(before.attachment() + 1);
    Match match = met(here().arrive(ticket().as(MAN).seeking(WOMAN).build(), pairing()));
    assertThat(match.members().getFirst().ticket()).isEqualTo(first);
  }

  @Test
  void whoComesBackFromTheParkLooksFirst() {
    Ticket parked = stand(ticket().as(WOMAN).seeking(MAN).build());
    here().park(parked);
    Ticket passing = stand(ticket().as(MAN).seeking(WOMAN).build());
    assertThat(there().attach(parked, pairing()))
        .asInstanceOf(type(Attachment.Met.class))
        .satisfies(met -> assertThat(met.match().members().getFirst().ticket()).isEqualTo(passing));
  }

  @Test
  void aWaitingTicketChangesHandsAndItsOlderOwnerIsTold() {
    Ticket ticket = stand(ticket().build());
    assertThat(there().attach(ticket, pairing())).isInstanceOf(Attachment.Stood.class);
    Eventually.holds(
        "the older owner is told",
        () -> newsHere().contains(new OwnerNews.TakenOver(ticket.id(), 1)));
    here().park(ticket);
    assertThat(state(ticket))
        .as("parked by a node that no longer owns it")
        .isEqualTo(TicketState.WAITING);
  }

  @Test
  void aTicketThatIsNotKnownCannotBeTakenUp() {
    Ticket ticket = stand(ticket().build());
    Ticket other = ticket().of(ticket.participant()).request("request-9").build();
    assertThat(there().attach(other, pairing())).isEqualTo(new Attachment.NoTicket());
    assertThat(there().attach(ticket().build(), pairing())).isEqualTo(new Attachment.NoTicket());
  }

  @Test
  void aMatchedTicketIsTakenUpWithTheSameMatch() {
    Ticket waiting = stand(ticket().build());
    Match match = met(there().arrive(ticket().build(), pairing()));
    assertThat(there().attach(waiting, pairing())).isEqualTo(new Attachment.MetBefore(match));
  }

  @Test
  void cancellingEndsATicketAndMayBeRepeated() {
    Ticket ticket = stand(ticket().build());
    assertThat(cancel(ticket)).isEqualTo(new Ending.Done());
    assertThat(cancel(ticket)).isEqualTo(new Ending.Done());
    assertThat(state(ticket)).isEqualTo(TicketState.CANCELLED);
    Eventually.holds(
        "the owner is told", () -> newsHere().contains(new OwnerNews.Cancelled(ticket.id())));
    stand(ticket().build());
  }

  @Test
  void aMatchedTicketIsCancelledAndDoesNotExpireByItself() {
    Ticket waiting = stand(ticket().build());
    Ticket arriving = ticket().build();
    Match match = met(there().arrive(arriving, pairing()));
    assertThat(there().expire(Cohort.ADULT, waiting.participant(), waiting.id()))
        .isEqualTo(new Ending.NotWaiting(TicketState.MATCHED, match.session()));
    assertThat(cancel(waiting)).isEqualTo(new Ending.Done());
    assertThat(state(waiting)).isEqualTo(TicketState.CANCELLED);
    assertThat(settle(match, 2))
        .isEqualTo(new Settlement.PeerNeverCame(arriving.participant(), arriving.id()));
    assertThat(state(arriving)).isEqualTo(TicketState.PARKED);
    assertThat(state(waiting)).isEqualTo(TicketState.CANCELLED);
  }

  @Test
  void nobodyEndsOrKeepsATicketThatIsNotTheirs() {
    Ticket ticket = stand(ticket().build());
    ParticipantId stranger = ticket().build().participant();
    assertThat(there().cancel(Cohort.ADULT, stranger, ticket.id()))
        .isEqualTo(new Ending.NoTicket());
    assertThat(there().keep(Cohort.ADULT, stranger, ticket.id(), Sign.STILL_HERE))
        .isEqualTo(new Ending.NoTicket());
    assertThat(state(ticket)).isEqualTo(TicketState.WAITING);
  }

  @Test
  void keepingAtTheWrongNodeReachesTheOwner() {
    Ticket ticket = stand(ticket().build());
    assertThat(there().keep(Cohort.ADULT, ticket.participant(), ticket.id(), Sign.STILL_HERE))
        .isEqualTo(new Ending.Done());
    Eventually.holds(
        "the owner hears it",
        () ->
            newsHere().contains(new OwnerNews.Heard(ticket.id(), Sign.STILL_HERE, ticket.start())));
  }

  @Test
  void whoBothEnteredHaveMetAndMayArriveAnewAtOnce() {
    Ticket one = stand(ticket().as(WOMAN).seeking(MAN).build());
    Ticket other = ticket().as(MAN).seeking(WOMAN).build();
    Match match = met(there().arrive(other, pairing()));
    assertThat(settle(match, 1, 2)).isEqualTo(new Settlement.Met());
    assertThat(settle(match, 1, 2)).isEqualTo(new Settlement.Met());
    assertThat(state(one)).isEqualTo(TicketState.MET);
    assertThat(state(other)).isEqualTo(TicketState.MET);
    stand(ticket().of(one.participant()).request("request-2").as(WOMAN).seeking(MAN).build());
    assertThat(settle(match, 1, 2)).isEqualTo(new Settlement.Met());
    assertThat(state(one)).isEqualTo(TicketState.WAITING);
  }

  @Test
  void whereNobodyEnteredBothHaveExpired() {
    Ticket one = stand(ticket().build());
    Match match = met(there().arrive(ticket().build(), pairing()));
    assertThat(settle(match)).isEqualTo(new Settlement.NobodyCame());
    assertThat(state(one)).isEqualTo(TicketState.EXPIRED);
  }

  @Test
  void aMatchThatWasNeverMadeCannotBeSettled() {
    assertThat(here().settle(Cohort.ADULT, pairing().session(), Set.of(1, 2)))
        .isEqualTo(new Settlement.NoMatch());
  }

  @Test
  void aTicketEntersAgainWithTheRankItHad() {
    stand(ticket().as(WOMAN).seeking(MAN).build());
    Ticket lost = ticket().as(WOMAN).seeking(MAN).build();
    Standing before =
        new Standing(
            new Rank(1), 1, Level.ANYONE, 2, Duration.ZERO, Duration.ZERO, AiStanding.NONE);
    assertThat(here().arriveAgain(lost, before, pairing()))
        .asInstanceOf(type(Arrival.Stood.class))
        .satisfies(stood -> assertThat(stood.standing().rank()).isEqualTo(before.rank()))
        .satisfies(stood -> assertThat(stood.standing().attempt()).isEqualTo(2));
    Match match = met(there().arrive(ticket().as(MAN).seeking(WOMAN).build(), pairing()));
    assertThat(match.members().getFirst().ticket()).isEqualTo(lost);
  }

  private Ticket woman(String... tags) {
    Ticket arriving = ticket().as(WOMAN).seeking(MAN).languages("en").tags(tags).build();
    return Wide.search(there(), arriving, pairing()).orElseThrow().members().getFirst().ticket();
  }

  /// Stands as far as it may.
  final Ticket wide(Ticket ticket) {
    assertThat(Wide.search(here(), ticket, pairing())).isEmpty();
    return ticket;
  }

  final Settlement settle(Match match, Integer... entered) {
    return here().settle(Cohort.ADULT, match.session(), Set.of(entered));
  }

  Ticket stand(Ticket ticket) {
    assertThat(here().arrive(ticket, pairing())).isInstanceOf(Arrival.Stood.class);
    return ticket;
  }

  Ending cancel(Ticket ticket) {
    return there().cancel(Cohort.ADULT, ticket.participant(), ticket.id());
  }

  TicketState state(Ticket ticket) {
    return there().find(Cohort.ADULT, ticket.participant()).orElseThrow().state();
  }

  Pairing pairing() {
    return new Pairing(SessionId.random(random), Acceptance.AT_ONCE);
  }

  static Match met(Arrival arrival) {
    assertThat(arrival).isInstanceOf(Arrival.Met.class);
    return ((Arrival.Met) arrival).match();
  }
}
