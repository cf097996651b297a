package parley.match.core;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.domain.Gender.MAN;
import static parley.domain.Gender.WOMAN;
import static parley.match.core.TicketBuilder.ticket;

import java.util.List;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.domain.SessionId;
import parley.testing.Eventually;

/// What every pool promises of a ticket's way: levels, refusals, proposals, and coming back.
public abstract class TicketCourseContract extends TicketPoolContract {

  @Test
  void aTicketBeginsAtTheFirstLevelThatItsWishesMakePossible() {
    assertThat(stood(ticket().tags("go").languages("en").build()).level())
        .isEqualTo(Level.SAME_TAGS);
    assertThat(stood(ticket().as(WOMAN).seeking(WOMAN).languages("fr").build()).level())
        .isEqualTo(Level.SAME_LANGUAGE);
    assertThat(stood(ticket().as(MAN).seeking(MAN).tags("go").build()).level())
        .isEqualTo(Level.ANYONE);
  }

  @Test
  void twoMeetOnlyAtALevelThatBothHaveReached() {
    Ticket patient = stand(ticket().tags("go").languages("en").build());
    Ticket wide = stand(ticket().tags("tea").languages("en").build());
    assertThat(relax(wide, Level.SAME_LANGUAGE)).isInstanceOf(Relaxation.Stood.class);
    assertThat(relax(wide, Level.ANYONE)).isInstanceOf(Relaxation.Stood.class);
    assertThat(relax(patient, Level.SAME_LANGUAGE))
        .isInstanceOfSatisfying(
            Relaxation.Met.class,
            met -> {
              assertThat(met.match().level()).isEqualTo(Level.SAME_LANGUAGE);
              assertThat(met.match().member(patient.participant()).level())
                  .isEqualTo(Level.SAME_LANGUAGE);
              assertThat(met.match().peerOf(patient.participant()).ticket()).isEqualTo(wide);
            });
    assertThat(state(patient)).isEqualTo(TicketState.MATCHED);
    assertThat(state(wide)).isEqualTo(TicketState.MATCHED);
  }

  @Test
  void relaxingIsOneStepOfAWaitingTicketByItsOwner() {
    Ticket ticket = stand(ticket().tags("go").languages("en").build());
    Relaxation stale = new Relaxation.Stale();
    assertThat(relax(ticket, Level.ANYONE)).as("two steps at once").isEqualTo(stale);
    assertThat(there().relax(ticket, Level.SAME_LANGUAGE, pairing()))
        .as("by a node that does not own it")
        .isEqualTo(stale);
    assertThat(relax(ticket, Level.SAME_LANGUAGE)).isInstanceOf(Relaxation.Stood.class);
    assertThat(relax(ticket, Level.SAME_LANGUAGE))
        .as("again, as after a broken connection")
        .isInstanceOfSatisfying(
            Relaxation.Stood.class,
            stood -> assertThat(stood.standing().level()).isEqualTo(Level.SAME_LANGUAGE));
    here().park(ticket);
    assertThat(relax(ticket, Level.ANYONE)).as("parked").isEqualTo(stale);
  }

  @Test
  void aTicketKeepsItsLevelThroughThePark() {
    Ticket ticket = stand(ticket().tags("go").languages("en").build());
    relax(ticket, Level.SAME_LANGUAGE);
    here().park(ticket);
    Attachment attached = there().attach(ticket, pairing());
    assertThat(((Attachment.Stood) attached).standing().level()).isEqualTo(Level.SAME_LANGUAGE);
    assertThat(met(here().arrive(ticket().languages("en").build(), pairing())).level())
        .isEqualTo(Level.SAME_LANGUAGE);
  }

  @Test
  void aStreamThatHeldATicketGivesWayToANewerOne() {
    Ticket ticket = ticket().build();
    Standing older = stood(ticket);
    Standing again = ((Attachment.Stood) here().attachAgain(ticket, older, pairing())).standing();
    assertThat(here().attachAgain(ticket, older, pairing()))
        .as("repeated, as after a broken connection")
        .isInstanceOf(Attachment.Stood.class);
    here().park(ticket);
    Standing newer = ((Attachment.Stood) there().attach(ticket, pairing())).standing();
    assertThat(newer.attachment()).isGreaterThan(again.attachment());
    assertThat(here().attachAgain(ticket, again, pairing())).isEqualTo(new Attachment.Moved());
    assertThat(there().attachAgain(ticket, newer, pairing())).isInstanceOf(Attachment.Stood.class);
  }

  @Test
  void afterALossTheNewerStreamHasATicketWhicheverEntersFirst() {
    Ticket ticket = ticket().build();
    Standing older = stood(ticket);
    Standing newer = ((Attachment.Stood) there().attach(ticket, pairing())).standing();
    cancel(ticket);
    Ticket lost = ticket().of(ticket.participant()).request("lost").build();
    assertThat(here().arriveAgain(lost, older, pairing())).isInstanceOf(Arrival.Stood.class);
    assertThat(there().arriveAgain(lost, newer, pairing())).isInstanceOf(Arrival.Known.class);
    assertThat(there().attachAgain(lost, newer, pairing())).isInstanceOf(Attachment.Stood.class);
    assertThat(here().attachAgain(lost, older, pairing())).isEqualTo(new Attachment.Moved());
    cancel(lost);
    Ticket again = ticket().of(ticket.participant()).request("lost again").build();
    assertThat(there().arriveAgain(again, newer, pairing())).isInstanceOf(Arrival.Stood.class);
    assertThat(here().arriveAgain(again, older, pairing())).isInstanceOf(Arrival.Known.class);
    assertThat(here().attachAgain(again, older, pairing())).isEqualTo(new Attachment.Moved());
  }

  @Test
  void whoWasRefusedIsPassedOverByEitherOfThemAndByTheirDevices() {
    Ticket one = stand(ticket().build());
    Ticket other = ticket().build();
    here().refuse(Cohort.ADULT, party(one), party(other));
    here().refuse(Cohort.ADULT, party(one), party(other));
    assertThat(there().arrive(other, pairing())).isInstanceOf(Arrival.Stood.class);
    cancel(other);
    Ticket anew = ticket().on(other.device()).build();
    assertThat(there().arrive(anew, pairing())).as("a new guest").isInstanceOf(Arrival.Stood.class);
    cancel(one);
    Ticket oneAnew = ticket().on(one.device()).build();
    assertThat(there().arrive(oneAnew, pairing()))
        .as("a new guest of the other")
        .isInstanceOf(Arrival.Stood.class);
    Match match = met(there().arrive(ticket().build(), pairing()));
    assertThat(match.members().getFirst().ticket()).as("for anybody else").isEqualTo(anew);
  }

  @Test
  void whoIsRefusedWithoutADeviceIsPassedOverToo() {
    Ticket one = stand(ticket().build());
    Ticket other = ticket().build();
    Party nameless = new Party(other.participant(), null);
    here().refuse(Cohort.ADULT, nameless, party(one));
    assertThat(there().arrive(other, pairing())).isInstanceOf(Arrival.Stood.class);
  }

  @Test
  void behindManyWhoAreRefusedTheFirstAcceptableIsFound() {
    Ticket me = ticket().as(MAN).seeking(WOMAN).languages("en").tags("go").build();
    for (int i = 0; i < 60; i++) {
      Ticket refused = ticket().as(WOMAN).seeking(MAN).languages("en").tags("go").build();
      here().refuse(Cohort.ADULT, party(refused), party(me));
      stand(refused);
    }
    Ticket last = stand(ticket().as(WOMAN).seeking(MAN).languages("en").tags("go").build());
    assertThat(met(there().arrive(me, pairing())).members().getFirst().ticket()).isEqualTo(last);
  }

  @Test
  void whoHaveMetDoNotMeetAgainSoon() {
    Ticket one = stand(ticket().build());
    Ticket other = ticket().build();
    settle(met(there().arrive(other, pairing())), 1, 2);
    stand(ticket().of(one.participant()).on(one.device()).request("request-2").build());
    Ticket again = ticket().of(other.participant()).on(other.device()).request("request-2").build();
    assertThat(there().arrive(again, pairing())).isInstanceOf(Arrival.Stood.class);
  }

  @Test
  void whosePeerNeverCameGoesBackWithTheOldRankAndMeetsSomebodyElse() {
    Ticket came = ticket().as(WOMAN).seeking(MAN).build();
    Standing before = stood(came);
    stand(ticket().as(WOMAN).seeking(MAN).build());
    Ticket stayedAway = ticket().as(MAN).seeking(WOMAN).build();
    Match match = met(there().arrive(stayedAway, pairing()));
    Settlement alone = new Settlement.PeerNeverCame(came.participant(), came.id());
    assertThat(settle(match, 1)).isEqualTo(alone);
    assertThat(settle(match, 1)).as("again").isEqualTo(alone);
    assertThat(state(stayedAway)).isEqualTo(TicketState.EXPIRED);
    assertThat(state(came)).isEqualTo(TicketState.PARKED);
    Eventually.holds(
        "its owner is told", () -> newsHere().contains(new OwnerNews.Returned(came.id())));
    Standing after = ((Attachment.Stood) here().attach(came, pairing())).standing();
    assertThat(after.rank()).isEqualTo(before.rank());
    assertThat(after.attempt()).isEqualTo(1);
    Match next = met(there().arrive(ticket().as(MAN).seeking(WOMAN).build(), pairing()));
    assertThat(next.members().getFirst().ticket()).isEqualTo(came);
    assertThat(next.members().getFirst().attempt()).isEqualTo(1);
    assertThat(settle(match, 1)).as("long after").isEqualTo(alone);
    assertThat(state(came)).isEqualTo(TicketState.MATCHED);
  }

  @Test
  void twoWhoAcceptAreMatched() {
    Ticket one = stand(ticket().build());
    Ticket other = ticket().build();
    Match match = proposed(other);
    assertThat(state(one)).isEqualTo(TicketState.PROPOSED);
    assertThat(state(other)).isEqualTo(TicketState.PROPOSED);
    assertThat(answer(one, match, Verdict.ACCEPT)).isEqualTo(ProposalOutcome.ANSWERED);
    assertThat(state(one)).isEqualTo(TicketState.PROPOSED);
    assertThat(answer(one, match, Verdict.TIME_UP)).isEqualTo(ProposalOutcome.EARLY);
    assertThat(answer(other, match, Verdict.ACCEPT)).isEqualTo(ProposalOutcome.ANSWERED);
    assertThat(state(one)).isEqualTo(TicketState.MATCHED);
    assertThat(state(other)).isEqualTo(TicketState.MATCHED);
    Eventually.holds(
        "the owner is told that it is asked, then that it is matched",
        () -> newsHere().size() == 2 && newsHere().getLast() instanceof OwnerNews.PeerFound);
    assertThat(newsHere().getFirst()).isInstanceOf(OwnerNews.Proposed.class);
    assertThat(answer(one, match, Verdict.DECLINE)).as("late").isEqualTo(ProposalOutcome.OVER);
  }

  @Test
  void aDeclinedPairNeverMeetsAgainAndBothGoBackWithTheirRanks() {
    Ticket accepts = ticket().build();
    Standing before = stood(accepts);
    Ticket declines = ticket().build();
    Match match = proposed(declines);
    answer(accepts, match, Verdict.ACCEPT);
    assertThat(answer(declines, match, Verdict.DECLINE)).isEqualTo(ProposalOutcome.ANSWERED);
    assertThat(state(accepts)).isEqualTo(TicketState.PARKED);
    Eventually.holds(
        "the owner is told",
        () -> newsHere().contains(new OwnerNews.Returned(accepts.id(), OwnerNews.Why.DECLINED)));
    Attachment back = here().attach(accepts, pairing());
    assertThat(((Attachment.Stood) back).standing().rank()).isEqualTo(before.rank());
    assertThat(there().attach(declines, pairing())).isInstanceOf(Attachment.Stood.class);
  }

  @Test
  void nobodyElseAnswersAProposal() {
    stand(ticket().build());
    Match match = proposed(ticket().build());
    Ticket stranger = ticket().build();
    assertThat(answer(stranger, match, Verdict.DECLINE)).isEqualTo(ProposalOutcome.OVER);
    assertThat(there().answer(Cohort.ADULT, stranger.participant(), session(), Verdict.ACCEPT))
        .isEqualTo(ProposalOutcome.OVER);
    assertThat(state(match.members().getFirst().ticket())).isEqualTo(TicketState.PROPOSED);
  }

  @Test
  void aProposedTicketThatIsTakenUpIsAskedAgain() {
    Ticket one = stand(ticket().build());
    Match match = proposed(ticket().build());
    assertThat(there().attach(one, pairing()))
        .isInstanceOfSatisfying(
            Attachment.Proposed.class, asked -> assertThat(asked.match()).isEqualTo(match));
    assertThat(cancel(one)).isEqualTo(new Ending.NotWaiting(TicketState.PROPOSED, match.session()));
    here().park(one);
    assertThat(state(one)).isEqualTo(TicketState.PROPOSED);
  }

  @Test
  void whoDeclinesAgainAndAgainPauses() {
    Ticket picky = stand(ticket().build());
    for (int i = 0; i < 3; i++) {
      Match match = proposed(ticket().build());
      answer(picky, match, Verdict.DECLINE);
      cancel(match.members().getLast().ticket());
      if (i < 2) {
        assertThat(here().attach(picky, pairing())).isInstanceOf(Attachment.Stood.class);
      }
    }
    assertThat(state(picky)).isEqualTo(TicketState.CANCELLED);
    Eventually.holds(
        "the owner is told for how long",
        () ->
            newsHere().getLast() instanceof OwnerNews.Paused paused && paused.lasts().isPositive());
    Ticket next = ticket().of(picky.participant()).on(picky.device()).request("another").build();
    assertThat(here().arrive(next, pairing()))
        .isInstanceOfSatisfying(
            Arrival.Paused.class, paused -> assertThat(paused.left()).isPositive());
  }

  @Test
  void keepingAtTheWrongNodePassesOnTheWishToRelaxAndTheLevelItIsAbout() {
    Ticket ticket = stand(ticket().build());
    there().keep(Cohort.ADULT, ticket.participant(), ticket.id(), Sign.RELAX_NOW);
    Eventually.holds(
        "the owner hears it",
        () ->
            newsHere()
                .equals(List.of(new OwnerNews.Heard(ticket.id(), Sign.RELAX_NOW, ticket.start()))));
  }

  @Test
  void whatIsSaidLateOfAnEarlierTicketIsNotPassedOnToTheNextOne() {
    Ticket ticket = stand(ticket().build());
    TicketId earlier = TicketId.of(ticket.participant(), "an earlier request");
    assertThat(there().keep(Cohort.ADULT, ticket.participant(), earlier, Sign.RELAX_NOW))
        .isEqualTo(new Ending.NoTicket());
    there().keep(Cohort.ADULT, ticket.participant(), ticket.id(), Sign.STILL_HERE);
    Eventually.holds(
        "only what was said of this one is heard",
        () ->
            newsHere()
                .equals(
                    List.of(new OwnerNews.Heard(ticket.id(), Sign.STILL_HERE, ticket.start()))));
  }

  @Test
  void aMatchIsFoundWithItsTicketUntilItIsSettled() {
    Ticket one = stand(ticket().build());
    Match match = met(there().arrive(ticket().build(), pairing()));
    assertThat(there().find(Cohort.ADULT, one.participant()))
        .contains(new HeldTicket(one, TicketState.MATCHED, match.session(), match));
    settle(match, 1, 2);
    assertThat(there().find(Cohort.ADULT, one.participant()))
        .contains(new HeldTicket(one, TicketState.MET, match.session(), null));
  }

  private Standing stood(Ticket ticket) {
    return ((Arrival.Stood) here().arrive(ticket, pairing())).standing();
  }

  private Relaxation relax(Ticket ticket, Level to) {
    return here().relax(ticket, to, pairing());
  }

  private SessionId session() {
    return pairing().session();
  }

  private Match proposed(Ticket arriving) {
    Arrival arrival = there().arrive(arriving, new Pairing(session(), Acceptance.BOTH));
    assertThat(arrival).isInstanceOf(Arrival.Proposed.class);
    return ((Arrival.Proposed) arrival).match();
  }

  private ProposalOutcome answer(Ticket ticket, Match match, Verdict verdict) {
    return there().answer(Cohort.ADULT, ticket.participant(), match.session(), verdict);
  }

  private static Party party(Ticket ticket) {
    return new Party(ticket.participant(), ticket.device());
  }
}
