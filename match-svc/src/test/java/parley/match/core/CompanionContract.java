package parley.match.core;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.match.core.TicketBuilder.ticket;

import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.domain.Gender;
import parley.domain.NodeId;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.domain.TalkerKind;
import parley.testing.Eventually;

/// What every pool promises of AI peers: one who comes instead of a person, and one who talks
/// meanwhile.
public abstract class CompanionContract extends TicketCourseContract {
  private final SplittableRandom chance = new SplittableRandom(17);

  @Test
  void anAiPeerInsteadOfAPersonTakesATicketAsAMatchDoes() {
    Ticket ticket = stand(welcoming(AiWelcome.INSTEAD));
    AiMatch match = claimed(ticket);
    assertThat(match.person().ticket()).isEqualTo(ticket);
    assertThat(match.welcome()).isEqualTo(AiWelcome.INSTEAD);
    HeldTicket held = held(ticket);
    assertThat(held.state()).isEqualTo(TicketState.MATCHED);
    assertThat(held.session()).isEqualTo(match.session());
    assertThat(held.ai()).isEqualTo(match);
    assertThat(held.isWithAi()).isTrue();
    stand(ticket().build());
    assertThat(there().attach(ticket, pairing())).isEqualTo(new Attachment.MetAiBefore(match));
    assertThat(settle(match, 1, 2)).isEqualTo(new Settlement.Met());
    assertThat(settle(match, 1, 2)).as("again").isEqualTo(new Settlement.Met());
    assertThat(state(ticket)).isEqualTo(TicketState.MET);
    assertThat(held(ticket).isWithAi()).isTrue();
  }

  @Test
  void anAiPeerMeanwhileLeavesATicketInLine() {
    Ticket ticket = stand(welcoming(AiWelcome.MEANWHILE));
    AiMatch match = claimed(ticket);
    assertThat(match.welcome()).isEqualTo(AiWelcome.MEANWHILE);
    HeldTicket held = held(ticket);
    assertThat(held.state()).isEqualTo(TicketState.WAITING);
    assertThat(held.companion()).isEqualTo(new Companion(match.session(), match.peer().node()));
    assertThat(settle(match, 1, 2)).isEqualTo(new Settlement.Met());
    assertThat(held(ticket)).isEqualTo(held);
  }

  @Test
  void aTicketIsClaimedOnlyWhileItWaitsHereWelcomesOneAndHasNone() {
    Ticket never = stand(welcoming(AiWelcome.NEVER));
    assertThat(claim(never, 0)).as("unwelcome").isInstanceOf(Claim.Lost.class);
    Ticket ticket = stand(ticket().intent("vent").welcoming(AiWelcome.MEANWHILE).build());
    assertThat(claim(ticket, 1)).as("another attempt").isInstanceOf(Claim.Lost.class);
    assertThat(there().claim(ticket, 0, peer(), session()))
        .as("by a node that does not own it")
        .isInstanceOf(Claim.Lost.class);
    here().park(ticket);
    assertThat(claim(ticket, 0)).as("parked").isInstanceOf(Claim.Lost.class);
    here().attach(ticket, pairing());
    AiPeer peer = peer();
    SessionId session = session();
    Claim claimed = here().claim(ticket, 0, peer, session);
    assertThat(claimed).isInstanceOf(Claim.Claimed.class);
    assertThat(here().claim(ticket, 0, peer, session))
        .as("repeated, as after a broken connection")
        .isEqualTo(claimed);
    assertThat(claim(ticket, 0)).as("with a companion").isInstanceOf(Claim.Lost.class);
    wish(ticket, AiWelcome.INSTEAD);
    assertThat(claim(ticket, 0)).as("out of line").isInstanceOf(Claim.Lost.class);
  }

  @Test
  void whomAPersonTookNoAiPeerTakes() {
    Ticket ticket = stand(welcoming(AiWelcome.INSTEAD));
    Match match = met(there().arrive(ticket().build(), pairing()));
    assertThat(claim(ticket, 0)).isInstanceOf(Claim.Lost.class);
    assertThat(held(ticket).session()).isEqualTo(match.session());
  }

  @Test
  void whoseAiPeerDidNotComeIsBackWithTheOldRankAndWithoutIt() {
    for (AiWelcome welcome : new AiWelcome[] {AiWelcome.INSTEAD, AiWelcome.MEANWHILE}) {
      Ticket ticket = welcoming(welcome);
      Standing before = ((Arrival.Stood) here().arrive(ticket, pairing())).standing();
      AiMatch match = claimed(ticket);
      Settlement alone = new Settlement.PeerNeverCame(ticket.participant(), ticket.id());
      assertThat(settle(match, 1)).isEqualTo(alone);
      assertThat(held(ticket).companion()).isNull();
      assertThat(settle(match, 1)).as("again").isEqualTo(alone);
      assertThat(state(ticket)).isEqualTo(TicketState.PARKED);
      assertThat(held(ticket).companion()).isNull();
      Eventually.holds(
          "its owner is told", () -> newsHere().contains(new OwnerNews.Returned(ticket.id())));
      Standing after = ((Attachment.Stood) here().attach(ticket, pairing())).standing();
      assertThat(after.rank()).isEqualTo(before.rank());
      assertThat(after.attempt()).isEqualTo(1);
      assertThat(settle(match, 1)).as("long after").isEqualTo(alone);
      assertThat(state(ticket)).isEqualTo(TicketState.WAITING);
      cancel(ticket);
    }
  }

  @Test
  void whoDidNotComeToTheirAiPeerIsOutOfLine() {
    Ticket instead = stand(welcoming(AiWelcome.INSTEAD));
    AiMatch match = claimed(instead);
    assertThat(settle(match, 2)).isEqualTo(new Settlement.NobodyCame());
    assertThat(state(instead)).isEqualTo(TicketState.EXPIRED);
    Ticket meanwhile = stand(welcoming(AiWelcome.MEANWHILE));
    assertThat(settle(claimed(meanwhile), 2)).isEqualTo(new Settlement.NobodyCame());
    assertThat(state(meanwhile)).isEqualTo(TicketState.PARKED);
    assertThat(held(meanwhile).companion()).isNull();
  }

  @Test
  void aStreamThatTakesATicketUpLooksForAPersonAgain() {
    Ticket waiting = withCompanion();
    assertThat(there().attach(waiting, pairing()))
        .isInstanceOfSatisfying(
            Attachment.Stood.class,
            stood -> assertThat(stood.standing().ai().companion()).isNull());
    assertThat(held(waiting).companion()).isNull();
    cancel(waiting);
    Ticket talked = ticket().welcoming(AiWelcome.INSTEAD).build();
    Standing before = ((Arrival.Stood) here().arrive(talked, pairing())).standing();
    settle(claimed(talked), 1, 2);
    assertThat(there().attach(talked, pairing()))
        .as("met with an AI peer")
        .isInstanceOfSatisfying(
            Attachment.Stood.class,
            stood -> assertThat(stood.standing().rank()).isEqualTo(before.rank()));
    assertThat(state(talked)).isEqualTo(TicketState.WAITING);
    assertThat(met(here().arrive(ticket().build(), pairing())).members().getFirst().ticket())
        .isEqualTo(talked);
  }

  @Test
  void aParkedTicketWithACompanionIsAdoptedByAnyNode() {
    Ticket ticket = withCompanion();
    Companion companion = held(ticket).companion();
    here().park(ticket);
    assertThat(held(ticket).companion()).isEqualTo(companion);
    assertThat(there().adopt(ticket, pairing()))
        .isInstanceOfSatisfying(
            Attachment.Stood.class,
            stood -> assertThat(stood.standing().ai().companion()).isEqualTo(companion));
    assertThat(state(ticket)).isEqualTo(TicketState.WAITING);
    assertThat(here().adopt(ticket, pairing())).as("back").isInstanceOf(Attachment.Stood.class);
    Ticket alone = stand(ticket().intent("vent").build());
    here().park(alone);
    assertThat(there().adopt(alone, pairing())).isInstanceOf(Attachment.Over.class);
    assertThat(state(alone)).isEqualTo(TicketState.PARKED);
  }

  @Test
  void whoWantsNoPersonAnyMoreLeavesTheLineAndComesBackWithTheRank() {
    Ticket ticket = ticket().welcoming(AiWelcome.MEANWHILE).build();
    Standing before = ((Arrival.Stood) here().arrive(ticket, pairing())).standing();
    AiMatch match = claimed(ticket);
    assertThat(wish(ticket, AiWelcome.INSTEAD).state()).isEqualTo(TicketState.MET);
    assertThat(held(ticket).session()).isEqualTo(match.session());
    Eventually.holds(
        "the owner is told", () -> newsHere().contains(new OwnerNews.Rests(ticket.id())));
    stand(ticket().build());
    assertThat(there().adopt(ticket, pairing())).isInstanceOf(Attachment.Over.class);
    assertThat(wish(ticket, AiWelcome.MEANWHILE).isWithAi()).isTrue();
    assertThat(there().adopt(ticket, pairing()))
        .as("somebody waits: both are taken, and this one is asked")
        .isInstanceOfSatisfying(
            Attachment.Proposed.class,
            asked -> assertThat(asked.standing().rank()).isEqualTo(before.rank()));
  }

  @Test
  void whatIsWishedOfAiPeersIsKeptAndItsOwnerToldOnce() {
    Ticket ticket = stand(welcoming(AiWelcome.MEANWHILE));
    assertThat(wish(ticket, AiWelcome.NEVER).state()).isEqualTo(TicketState.WAITING);
    assertThat(claim(ticket, 0)).isInstanceOf(Claim.Lost.class);
    Eventually.holds(
        "the owner is told",
        () -> newsHere().contains(new OwnerNews.Wished(ticket.id(), AiWelcome.NEVER)));
    here().park(ticket);
    Standing back = ((Attachment.Stood) there().attach(ticket, pairing())).standing();
    assertThat(back.ai().welcome()).isEqualTo(AiWelcome.NEVER);
    ParticipantId stranger = ticket().build().participant();
    assertThat(there().wish(Cohort.ADULT, stranger, ticket.id(), AiWelcome.INSTEAD)).isEmpty();
  }

  @Test
  void whoHasACompanionIsAskedFirstAndTheOtherCountsAsHavingAccepted() {
    Ticket talks = withCompanion();
    Ticket newcomer = ticket().build();
    Match match = proposed(newcomer);
    assertThat(match.isAccepted(newcomer.participant())).isTrue();
    assertThat(match.isAccepted(talks.participant())).isFalse();
    assertThat(state(talks)).isEqualTo(TicketState.PROPOSED);
    assertThat(answer(talks, match, Verdict.ACCEPT)).isEqualTo(ProposalOutcome.ANSWERED);
    assertThat(state(newcomer)).isEqualTo(TicketState.MATCHED);
    assertThat(held(talks).companion()).as("to be left").isNotNull();
    assertThat(held(talks).isWithAi()).isFalse();
    settle(match, 1, 2);
    assertThat(held(talks).companion()).isNull();
    assertThat(state(talks)).isEqualTo(TicketState.MET);
  }

  @Test
  void whoComesBackToLineWithACompanionIsAskedToo() {
    Ticket newcomer = ticket().build();
    Ticket talks = withCompanion();
    here().park(talks);
    stand(newcomer);
    assertThat(there().adopt(talks, pairing()))
        .isInstanceOfSatisfying(
            Attachment.Proposed.class,
            asked -> {
              assertThat(asked.match().isAccepted(newcomer.participant())).isTrue();
              assertThat(asked.match().isAccepted(talks.participant())).isFalse();
            });
  }

  @Test
  void twoWithCompanionsAreBothAsked() {
    Ticket one = withCompanion();
    here().park(one);
    Ticket other = withCompanion();
    Match match = ((Attachment.Proposed) here().adopt(one, pairing())).match();
    assertThat(match.accepted()).isEmpty();
    answer(one, match, Verdict.ACCEPT);
    assertThat(state(other)).isEqualTo(TicketState.PROPOSED);
    answer(other, match, Verdict.ACCEPT);
    assertThat(state(one)).isEqualTo(TicketState.MATCHED);
  }

  @Test
  void whoDeclinesKeepsTheCompanionAndBothGoOn() {
    Ticket talks = withCompanion();
    Companion companion = held(talks).companion();
    Ticket newcomer = ticket().build();
    Match match = proposed(newcomer);
    assertThat(answer(talks, match, Verdict.DECLINE)).isEqualTo(ProposalOutcome.ANSWERED);
    Eventually.holds(
        "its owner is told",
        () -> newsHere().contains(new OwnerNews.Returned(talks.id(), OwnerNews.Why.DECLINED)));
    assertThat(held(talks).companion()).isEqualTo(companion);
    assertThat(here().adopt(talks, pairing())).isInstanceOf(Attachment.Stood.class);
    assertThat(there().attach(newcomer, pairing()))
        .as("the two never meet again")
        .isInstanceOf(Attachment.Stood.class);
  }

  @Test
  void whoDeclinesForACompanionMayDoSoAgainAndAgain() {
    Ticket talks = withCompanion();
    for (int i = 0; i < 4; i++) {
      Ticket newcomer = ticket().build();
      answer(talks, proposed(newcomer), Verdict.DECLINE);
      assertThat(state(talks)).isEqualTo(TicketState.PARKED);
      cancel(newcomer);
      assertThat(here().adopt(talks, pairing())).isInstanceOf(Attachment.Stood.class);
    }
  }

  @Test
  void aNewcomerWhoGoesAwayIsNoLongerProposedAndMayMeetLater() {
    Ticket talks = withCompanion();
    Ticket newcomer = ticket().build();
    Match match = proposed(newcomer);
    assertThat(answer(newcomer, match, Verdict.WITHDRAW)).isEqualTo(ProposalOutcome.ANSWERED);
    Eventually.holds(
        "the owner is told",
        () -> newsHere().contains(new OwnerNews.Returned(talks.id(), OwnerNews.Why.WITHDRAWN)));
    assertThat(here().adopt(talks, pairing())).isInstanceOf(Attachment.Stood.class);
    assertThat(state(newcomer)).isEqualTo(TicketState.PARKED);
    Attachment again = there().attach(newcomer, pairing());
    assertThat(again).isInstanceOf(Attachment.Proposed.class);
    Match second = ((Attachment.Proposed) again).match();
    assertThat(answer(newcomer, second, Verdict.DECLINE)).as("was not asked").isNotNull();
    assertThat(here().adopt(talks, pairing())).isInstanceOf(Attachment.Stood.class);
    assertThat(there().attach(newcomer, pairing()))
        .as("twice in a row: not for a while")
        .isInstanceOfSatisfying(
            Attachment.Stood.class, stood -> assertThat(stood.standing().ai().calm()).isPositive());
  }

  @Test
  void afterTwoProposalsInARowANewcomerIsFoundByTheFreeAlone() {
    Ticket newcomer = ticket().build();
    for (int i = 0; i < 2; i++) {
      Ticket talks = withCompanion();
      Match match =
          i == 0
              ? proposed(newcomer)
              : ((Attachment.Proposed) there().attach(newcomer, pairing())).match();
      answer(talks, match, Verdict.DECLINE);
    }
    Ticket third = withCompanion();
    assertThat(there().attach(newcomer, pairing())).isInstanceOf(Attachment.Stood.class);
    here().park(third);
    assertThat(here().adopt(third, pairing()))
        .as("nor do they find it")
        .isInstanceOf(Attachment.Stood.class);
    assertThat(met(here().arrive(ticket().build(), pairing())).members().getFirst().ticket())
        .as("the free do: rank counts")
        .isEqualTo(newcomer);
  }

  @Test
  void amongEqualsTheFreeComeFirst() {
    Ticket talks = ticket().welcoming(AiWelcome.MEANWHILE).as(Gender.WOMAN).build();
    stand(talks);
    claimed(talks);
    Ticket free = ticket().seeking(Gender.MAN).as(Gender.WOMAN).build();
    stand(free);
    Ticket man = ticket().as(Gender.MAN).build();
    assertThat(met(there().arrive(man, pairing())).members().getFirst().ticket()).isEqualTo(free);
  }

  @Test
  void whoseOwnerLostEverythingEntersAgainWithTheCompanion() {
    Companion companion = new Companion(session(), new NodeId("bot-1"));
    AiStanding ai = new AiStanding(AiWelcome.MEANWHILE, null, companion);
    Ticket ticket = welcoming(AiWelcome.MEANWHILE);
    Standing before =
        new Standing(new Rank(1), 1, Level.ANYONE, 0, Duration.ZERO, Duration.ZERO, ai);
    here().arriveAgain(ticket, before, pairing());
    assertThat(held(ticket).companion()).isEqualTo(companion);
  }

  private Ticket withCompanion() {
    Ticket ticket = stand(welcoming(AiWelcome.MEANWHILE));
    claimed(ticket);
    return ticket;
  }

  private static Ticket welcoming(AiWelcome welcome) {
    return ticket().welcoming(welcome).build();
  }

  private AiMatch claimed(Ticket ticket) {
    Claim claim = claim(ticket, 0);
    assertThat(claim).isInstanceOf(Claim.Claimed.class);
    return ((Claim.Claimed) claim).match();
  }

  private Claim claim(Ticket ticket, int attempt) {
    return here().claim(ticket, attempt, peer(), session());
  }

  private AiPeer peer() {
    return new AiPeer(
        ParticipantId.random(chance),
        new NodeId("bot-1"),
        "r".repeat(22),
        TalkerKind.BUILT_IN,
        "Somebody");
  }

  private SessionId session() {
    return SessionId.random(chance);
  }

  private Settlement settle(AiMatch match, Integer... entered) {
    return there().settle(Cohort.ADULT, match.session(), Set.of(entered));
  }

  private HeldTicket held(Ticket ticket) {
    return there().find(Cohort.ADULT, ticket.participant()).orElseThrow();
  }

  private HeldTicket wish(Ticket ticket, AiWelcome welcome) {
    return there().wish(Cohort.ADULT, ticket.participant(), ticket.id(), welcome).orElseThrow();
  }

  private Match proposed(Ticket arriving) {
    Arrival arrival = there().arrive(arriving, pairing());
    assertThat(arrival).isInstanceOf(Arrival.Proposed.class);
    return ((Arrival.Proposed) arrival).match();
  }

  private ProposalOutcome answer(Ticket ticket, Match match, Verdict verdict) {
    return there().answer(Cohort.ADULT, ticket.participant(), match.session(), verdict);
  }
}
