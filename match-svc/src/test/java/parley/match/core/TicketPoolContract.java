package parley.match.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static parley.domain.Gender.MAN;
import static parley.domain.Gender.NONBINARY;
import static parley.domain.Gender.WOMAN;
import static parley.match.core.TicketBuilder.ticket;

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
    assertThat(here().arrive(alone, session())).isInstanceOf(Arrival.Stood.class);
    assertThat(state(alone)).isEqualTo(TicketState.WAITING);
  }

  @Test
  void twoWhoSeekEachOtherMeetAtOnceAndBothOwnersKnow() {
    Ticket waiting = stand(ticket().as(WOMAN).seeking(MAN).build());
    Ticket arriving = ticket().as(MAN).seeking(WOMAN).build();
    SessionId session = session();
    Match match = met(there().arrive(arriving, session));
    assertThat(match.session()).isEqualTo(session);
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
    Match match = met(there().arrive(ticket().as(MAN).build(), session()));
    assertThat(match.members().getFirst().ticket().gender()).isEqualTo(WOMAN);
    match = met(there().arrive(ticket().as(MAN).build(), session()));
    assertThat(match.members().getFirst().ticket()).isEqualTo(unstated);
  }

  @Test
  void differentIntentsNeverMeet() {
    stand(ticket().intent("talk").build());
    stand(ticket().intent("vent").build());
  }

  @Test
  void theMostSharedTagsComeFirstThenLanguageThenWhoWaitedLongest() {
    Ticket oldest = stand(ticket().as(MAN).seeking(WOMAN).languages("fr").build());
    Ticket speaks = stand(ticket().as(MAN).seeking(WOMAN).languages("en").tags("tea").build());
    Ticket one = stand(ticket().as(MAN).seeking(WOMAN).languages("en").tags("go").build());
    Ticket two = stand(ticket().as(MAN).seeking(WOMAN).languages("en").tags("go", "jazz").build());
    assertThat(woman("go", "jazz")).isEqualTo(two);
    assertThat(woman("go", "jazz")).isEqualTo(one);
    assertThat(woman("go", "jazz")).isEqualTo(speaks);
    assertThat(woman("go", "jazz")).isEqualTo(oldest);
  }

  @Test
  void sameTagsInDifferentLanguagesAreNoSharedTags() {
    Ticket first = stand(ticket().as(MAN).seeking(WOMAN).languages("fr").build());
    stand(ticket().as(MAN).seeking(WOMAN).languages("de").tags("go").build());
    assertThat(woman("go")).isEqualTo(first);
  }

  @Test
  void theSameRequestIsTheSameTicket() {
    Ticket first = stand(ticket().build());
    assertThat(there().arrive(first, session()))
        .asInstanceOf(type(Arrival.Known.class))
        .extracting(Arrival.Known::held)
        .isEqualTo(new HeldTicket(first, TicketState.WAITING, null));
  }

  @Test
  void aSecondTicketOfAParticipantIsRefusedWhileTheFirstIsLive() {
    Ticket first = stand(ticket().build());
    Ticket second = ticket().of(first.participant()).request("request-2").build();
    assertThat(there().arrive(second, session()))
        .asInstanceOf(type(Arrival.Occupied.class))
        .extracting(Arrival.Occupied::other)
        .isEqualTo(new HeldTicket(first, TicketState.WAITING, null));
  }

  @Test
  void aParkedTicketIsFoundByNobodyAndComesBackWithItsRank() {
    Ticket first = ticket().as(WOMAN).seeking(MAN).build();
    Standing before = ((Arrival.Stood) here().arrive(first, session())).standing();
    stand(ticket().as(WOMAN).seeking(MAN).build());
    here().park(first);
    assertThat(state(first)).isEqualTo(TicketState.PARKED);
    Attachment attached = there().attach(first, session());
    assertThat(attached).isInstanceOf(Attachment.Stood.class);
    Standing after = ((Attachment.Stood) attached).standing();
    assertThat(after.rank()).isEqualTo(before.rank());
    assertThat(after.attachment()).isEqualTo(before.attachment() + 1);
    Match match = met(here().arrive(ticket().as(MAN).seeking(WOMAN).build(), session()));
    assertThat(match.members().getFirst().ticket()).isEqualTo(first);
  }

  @Test
  void whoComesBackFromTheParkLooksFirst() {
    Ticket parked = stand(ticket().as(WOMAN).seeking(MAN).build());
    here().park(parked);
    Ticket passing = stand(ticket().as(MAN).seeking(WOMAN).build());
    assertThat(there().attach(parked, session()))
        .asInstanceOf(type(Attachment.Met.class))
        .satisfies(met -> assertThat(met.match().members().getFirst().ticket()).isEqualTo(passing));
  }

  @Test
  void aWaitingTicketChangesHandsAndItsOlderOwnerIsTold() {
    Ticket ticket = stand(ticket().build());
    assertThat(there().attach(ticket, session())).isInstanceOf(Attachment.Stood.class);
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
    assertThat(there().attach(other, session())).isEqualTo(new Attachment.NoTicket());
    assertThat(there().attach(ticket().build(), session())).isEqualTo(new Attachment.NoTicket());
  }

  @Test
  void aMatchedTicketIsTakenUpWithTheSameMatch() {
    Ticket waiting = stand(ticket().build());
    Match match = met(there().arrive(ticket().build(), session()));
    assertThat(there().attach(waiting, session())).isEqualTo(new Attachment.MetBefore(match));
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
  void aMatchedTicketIsNotCancelled() {
    Ticket waiting = stand(ticket().build());
    there().arrive(ticket().build(), session());
    assertThat(cancel(waiting)).isEqualTo(new Ending.NotWaiting(TicketState.MATCHED));
    assertThat(there().expire(Cohort.ADULT, waiting.participant(), waiting.id()))
        .isEqualTo(new Ending.NotWaiting(TicketState.MATCHED));
  }

  @Test
  void nobodyEndsOrKeepsATicketThatIsNotTheirs() {
    Ticket ticket = stand(ticket().build());
    ParticipantId stranger = ticket().build().participant();
    assertThat(there().cancel(Cohort.ADULT, stranger, ticket.id()))
        .isEqualTo(new Ending.NoTicket());
    assertThat(there().keep(Cohort.ADULT, stranger, ticket.id())).isEqualTo(new Ending.NoTicket());
    assertThat(state(ticket)).isEqualTo(TicketState.WAITING);
  }

  @Test
  void keepingAtTheWrongNodeReachesTheOwner() {
    Ticket ticket = stand(ticket().build());
    assertThat(there().keep(Cohort.ADULT, ticket.participant(), ticket.id()))
        .isEqualTo(new Ending.Done());
    Eventually.holds(
        "the owner hears it", () -> newsHere().contains(new OwnerNews.Heard(ticket.id())));
  }

  @Test
  void settlingEndsBothAndTheyMayArriveAnewAtOnce() {
    Ticket came = stand(ticket().as(WOMAN).seeking(MAN).build());
    Ticket stayedAway = ticket().as(MAN).seeking(WOMAN).build();
    Match match = met(there().arrive(stayedAway, session()));
    assertThat(here().settle(Cohort.ADULT, match.session(), Set.of(1))).isTrue();
    assertThat(here().settle(Cohort.ADULT, match.session(), Set.of(1, 2))).isTrue();
    assertThat(state(came)).isEqualTo(TicketState.MET);
    assertThat(state(stayedAway)).isEqualTo(TicketState.EXPIRED);
    stand(ticket().of(came.participant()).request("request-2").as(WOMAN).seeking(MAN).build());
    assertThat(here().settle(Cohort.ADULT, match.session(), Set.of())).isTrue();
    assertThat(state(came)).isEqualTo(TicketState.WAITING);
  }

  @Test
  void aMatchThatWasNeverMadeCannotBeSettled() {
    assertThat(here().settle(Cohort.ADULT, session(), Set.of(1, 2))).isFalse();
  }

  @Test
  void aTicketEntersAgainWithTheRankItHad() {
    stand(ticket().as(WOMAN).seeking(MAN).build());
    Ticket lost = ticket().as(WOMAN).seeking(MAN).build();
    Rank rank = new Rank(1);
    assertThat(here().arriveAgain(lost, rank, session()))
        .asInstanceOf(type(Arrival.Stood.class))
        .satisfies(stood -> assertThat(stood.standing().rank()).isEqualTo(rank));
    Match match = met(there().arrive(ticket().as(MAN).seeking(WOMAN).build(), session()));
    assertThat(match.members().getFirst().ticket()).isEqualTo(lost);
  }

  @Test
  void theCensusCountsWhoStandsBySide() {
    Ticket one = stand(ticket().as(WOMAN).seeking(MAN).build());
    stand(ticket().as(WOMAN).seeking(MAN).build());
    Ticket gone = stand(ticket().as(WOMAN).seeking(MAN).build());
    here().park(gone);
    Census census = there().census(Cohort.ADULT, one.criteria().pool());
    assertThat(census.crowds()).containsOnlyKeys(one.side());
    assertThat(census.crowds().get(one.side()).size()).isEqualTo(2);
  }

  private Ticket woman(String... tags) {
    Ticket arriving = ticket().as(WOMAN).seeking(MAN).languages("en").tags(tags).build();
    return met(there().arrive(arriving, session())).members().getFirst().ticket();
  }

  private Ticket stand(Ticket ticket) {
    assertThat(here().arrive(ticket, session())).isInstanceOf(Arrival.Stood.class);
    return ticket;
  }

  private Ending cancel(Ticket ticket) {
    return there().cancel(Cohort.ADULT, ticket.participant(), ticket.id());
  }

  private TicketState state(Ticket ticket) {
    return there().find(Cohort.ADULT, ticket.participant()).orElseThrow().state();
  }

  private SessionId session() {
    return SessionId.random(random);
  }

  private static Match met(Arrival arrival) {
    assertThat(arrival).isInstanceOf(Arrival.Met.class);
    return ((Arrival.Met) arrival).match();
  }
}
