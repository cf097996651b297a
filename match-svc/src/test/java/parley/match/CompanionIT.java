package parley.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import io.grpc.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.Principal;
import parley.domain.SessionId;
import parley.match.FakeBot.Mood;
import parley.match.Seeker.Finding;
import parley.proto.match.v1.AiWelcome;
import parley.proto.match.v1.AnswerProposalRequest;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.CurrentTicket;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.GetCurrentRequest;
import parley.proto.match.v1.GetCurrentResponse;
import parley.proto.match.v1.KeepWaitingRequest;
import parley.proto.match.v1.KeepWaitingResponse;
import parley.proto.match.v1.Matched;
import parley.proto.match.v1.ProposalAnswer;
import parley.proto.match.v1.ProposalOffered;
import parley.proto.match.v1.TicketState;
import parley.proto.session.v1.DeliverRequest;
import parley.proto.session.v1.InboxNotice;
import parley.proto.token.v1.Grant;
import parley.testing.Eventually;

/// Somebody talks with an AI peer and looks for a person meanwhile: two nodes, bot-svc and
/// session-svc's inboxes over sockets.
class CompanionIT {
  private static final Criteria ANYONE = Criteria.getDefaultInstance();
  private static final Criteria MEANWHILE =
      Criteria.newBuilder()
          .setAiWelcome(AiWelcome.AI_WELCOME_MEANWHILE)
          .setAiAfter(Durations.fromMillis(500))
          .build();

  private final Matches matches = new Matches();
  private final FakeBot bot = matches.bot("bot-1");
  private final List<DeliverRequest> inbox = matches.inboxes();
  private final MatchNode one = matches.node("match-1");
  private final MatchNode two = matches.node("match-2");
  private final Principal talks = matches.person();

  @AfterEach
  void close() {
    matches.close();
  }

  @Test
  void whoLooksOnMeanwhileStaysInLineWithoutAStream() {
    Finding finding = matches.seeker(talks, one).find("request-1", MEANWHILE);
    Matched matched = finding.matched();
    assertThat(matched.getKeepsLooking()).isTrue();
    assertThat(finding.ended()).isEqualTo(Status.OK);
    assertThat(ticket().getState()).isEqualTo(TicketState.TICKET_STATE_WAITING);
    assertThat(ticket().getCompanionSessionId()).isEqualTo(matched.getSessionId());
    assertThat(keep(one, finding.ticket(), AiWelcome.AI_WELCOME_UNSPECIFIED).hasKept()).isTrue();
    assertThat(keep(two, finding.ticket(), AiWelcome.AI_WELCOME_UNSPECIFIED).hasKept()).isTrue();
  }

  @Test
  void whoAcceptsLeavesTheAiPeerForThePerson() {
    Matched ai = matches.seeker(talks, one).find("request-1", MEANWHILE).matched();
    Finding newcomer = matches.seeker(matches.person(), two).find("request-1", ANYONE);
    FindPeerResponse almost = newcomer.await("almost there", FindPeerResponse::hasPeerAsked);
    assertThat(almost.getPeerAsked().getDecidedWithin().getSeconds()).isEqualTo(8);
    ProposalOffered offered = offered();
    assertThat(offered.getReplacesCompanion()).isTrue();
    assertThat(offered.getAnswerWithin().getSeconds()).isEqualTo(8);
    assertThat(answer(two, offered, ProposalAnswer.PROPOSAL_ANSWER_ACCEPT)).isTrue();
    Matched told = notice("matched", InboxNotice::hasMatched).getMatched();
    assertThat(bot.steppedAside).containsExactly(ai.getSessionId());
    assertThat(told.getSessionId()).isEqualTo(newcomer.matched().getSessionId());
    Grant mine = matches.open(told.getGrant().toByteArray());
    Grant theirs = matches.open(newcomer.matched().getGrant().toByteArray());
    assertThat(mine.getReplacesSessionId())
        .isEqualTo(ByteString.copyFrom(new SessionId(ai.getSessionId()).bytes()));
    assertThat(mine.toBuilder().clearReplacesSessionId().build()).isEqualTo(theirs);
    assertThat(current().getSession().getMatched()).isEqualTo(told);
    assertThat(newcomer.events()).noneMatch(FindPeerResponse::hasProposal);
  }

  @Test
  void whoDeclinesGoesOnAndSoDoesTheOther() {
    Matched ai = matches.seeker(talks, one).find("request-1", MEANWHILE).matched();
    Finding newcomer = matches.seeker(matches.person(), two).find("request-1", ANYONE);
    ProposalOffered offered = offered();
    assertThat(answer(one, offered, ProposalAnswer.PROPOSAL_ANSWER_DECLINE)).isTrue();
    assertThat(withdrawn(offered)).as("still looking").isTrue();
    Eventually.holds("the other waits", () -> newcomer.events().getLast().hasWaiting());
    assertThat(ticket().getState()).isEqualTo(TicketState.TICKET_STATE_WAITING);
    assertThat(ticket().getCompanionSessionId()).isEqualTo(ai.getSessionId());
    newcomer.hangUp();
    matches
        .seeker(matches.person(), two)
        .find("request-1", ANYONE)
        .await("the next is proposed", FindPeerResponse::hasPeerAsked);
    assertThat(bot.steppedAside).isEmpty();
  }

  @Test
  void whoIsSilentIsOutOfLineUntilTheySayOtherwise() {
    MatchNode quick = matches.node("match-3", Map.of("tickets.answer-within", "300ms"));
    Finding finding = matches.seeker(talks, quick).find("request-1", MEANWHILE);
    Matched ai = finding.matched();
    Finding newcomer = matches.seeker(matches.person(), quick).find("request-1", ANYONE);
    ProposalOffered offered = offered();
    newcomer.await("almost there", FindPeerResponse::hasPeerAsked);
    assertThat(withdrawn(offered)).as("still looking").isFalse();
    Eventually.holds("the other waits", () -> newcomer.events().getLast().hasWaiting());
    newcomer.hangUp();
    assertThat(current().getSession().getSessionId()).isEqualTo(ai.getSessionId());
    assertThat(answer(quick, offered, ProposalAnswer.PROPOSAL_ANSWER_ACCEPT)).as("late").isFalse();
    assertThat(keep(two, finding.ticket(), AiWelcome.AI_WELCOME_UNSPECIFIED).hasNotWaiting())
        .isTrue();
    assertThat(keep(two, finding.ticket(), AiWelcome.AI_WELCOME_MEANWHILE).hasKept()).isTrue();
    assertThat(ticket().getCompanionSessionId()).isEqualTo(ai.getSessionId());
    matches
        .seeker(matches.person(), one)
        .find("request-1", ANYONE)
        .await("the next is proposed", FindPeerResponse::hasPeerAsked);
  }

  @Test
  void whoseNewcomerGoesAwayIsAskedNoMore() {
    matches.seeker(talks, one).find("request-1", MEANWHILE).matched();
    Finding newcomer = matches.seeker(matches.person(), two).find("request-1", ANYONE);
    ProposalOffered offered = offered();
    newcomer.await("almost there", FindPeerResponse::hasPeerAsked);
    newcomer.hangUp();
    assertThat(withdrawn(offered)).as("still looking").isTrue();
    assertThat(answer(one, offered, ProposalAnswer.PROPOSAL_ANSWER_ACCEPT)).isFalse();
    Eventually.holds(
        "it is in line", () -> ticket().getState() == TicketState.TICKET_STATE_WAITING);
  }

  @Test
  void aTicketWhoseNodeDrainsOrDiesIsHeldByWhoeverHearsItsPerson() {
    MatchNode leaves = matches.node("match-3");
    String ticket = matches.seeker(talks, leaves).find("request-1", MEANWHILE).ticket();
    Eventually.holds("it has a companion", () -> !ticket().getCompanionSessionId().isEmpty());
    leaves.drain();
    assertThat(ticket().getState()).isEqualTo(TicketState.TICKET_STATE_PARKED);
    MatchNode dies = matches.node("match-4");
    assertThat(keep(dies, ticket, AiWelcome.AI_WELCOME_UNSPECIFIED).hasKept()).isTrue();
    assertThat(ticket().getState()).isEqualTo(TicketState.TICKET_STATE_WAITING);
    dies.close();
    assertThat(ticket().getState()).isEqualTo(TicketState.TICKET_STATE_PARKED);
    assertThat(ticket().getCompanionSessionId()).isNotEmpty();
    assertThat(keep(two, ticket, AiWelcome.AI_WELCOME_UNSPECIFIED).hasKept()).isTrue();
    matches.seeker(matches.person(), one).find("request-1", ANYONE);
    assertThat(offered().getReplacesCompanion()).isTrue();
  }

  @Test
  void whoAnswersWhenTheirNodeIsGoneIsToldByAnother() {
    MatchNode dies = matches.node("match-3");
    matches.seeker(talks, dies).find("request-1", MEANWHILE).matched();
    Finding newcomer = matches.seeker(matches.person(), two).find("request-1", ANYONE);
    ProposalOffered offered = offered();
    dies.close();
    assertThat(answer(one, offered, ProposalAnswer.PROPOSAL_ANSWER_ACCEPT)).isTrue();
    assertThat(notice("matched", InboxNotice::hasMatched).getMatched().getSessionId())
        .isEqualTo(newcomer.matched().getSessionId());
  }

  @Test
  void whoLooksAgainHasNoCompanionAndAStreamOfTheirOwn() {
    Finding finding = matches.seeker(talks, one).find("request-1", MEANWHILE);
    finding.matched();
    bot.mood = Mood.FULL;
    Finding again = matches.seeker(talks, two).takeUp(finding.ticket());
    again.await("it waits", FindPeerResponse::hasWaiting);
    assertThat(ticket().getCompanionSessionId()).isEmpty();
    Finding newcomer = matches.seeker(matches.person(), one).find("request-1", ANYONE);
    assertThat(newcomer.matched().getSessionId()).isEqualTo(again.matched().getSessionId());
    assertThat(inbox).isEmpty();
  }

  @Test
  void whoSaysNothingForLongIsParkedAndThenOver() {
    MatchNode strict =
        matches.node("match-3", Map.of("tickets.silence", "3s", "tickets.kept-in-park", "600ms"));
    matches.seeker(talks, strict).find("request-1", MEANWHILE).matched();
    Eventually.holds("it is parked", () -> ticket().getState() == TicketState.TICKET_STATE_PARKED);
    Eventually.holds("it is over", () -> current().hasNothing());
  }

  @Test
  void whatIsSaidAtAnotherNodeKeepsTheTicketToo() {
    MatchNode strict = matches.node("match-3", Map.of("tickets.silence", "2s"));
    Finding finding = matches.seeker(talks, strict).find("request-1", MEANWHILE);
    finding.matched();
    Instant later = Instant.now().plusSeconds(4);
    Seeker elsewhere = matches.seeker(talks, two);
    KeepWaitingRequest meanwhile =
        KeepWaitingRequest.newBuilder()
            .setTicketId(finding.ticket())
            .setAiWelcome(AiWelcome.AI_WELCOME_MEANWHILE)
            .build();
    Eventually.holds(
        "it is said for longer than one may be silent",
        () -> elsewhere.calls().keepWaiting(meanwhile).hasKept() && Instant.now().isAfter(later));
    Finding newcomer = matches.seeker(matches.person(), strict).find("request-1", ANYONE);
    newcomer.await("its owner has it still", FindPeerResponse::hasPeerAsked);
    assertThat(Metrics.of(strict)).doesNotContain("ended_total{state=\"parked\"}");
  }

  @Test
  void whoWantsNoPersonAnyMoreLeavesTheLineAndMayComeBack() {
    Finding finding = matches.seeker(talks, one).find("request-1", MEANWHILE);
    Matched ai = finding.matched();
    for (MatchNode node : List.of(one, two)) {
      assertThat(keep(node, finding.ticket(), AiWelcome.AI_WELCOME_INSTEAD).hasKept()).isTrue();
      assertThat(current().getSession().getSessionId()).isEqualTo(ai.getSessionId());
      assertThat(keep(node, finding.ticket(), AiWelcome.AI_WELCOME_MEANWHILE).hasKept()).isTrue();
      assertThat(ticket().getState()).isEqualTo(TicketState.TICKET_STATE_WAITING);
      assertThat(ticket().getCompanionSessionId()).isEqualTo(ai.getSessionId());
    }
  }

  @Test
  void whoHadAnAiPeerInsteadMayLookOnMeanwhile() {
    Criteria instead = MEANWHILE.toBuilder().setAiWelcome(AiWelcome.AI_WELCOME_INSTEAD).build();
    Finding finding = matches.seeker(talks, one).find("request-1", instead);
    Matched ai = finding.matched();
    assertThat(keep(two, finding.ticket(), AiWelcome.AI_WELCOME_MEANWHILE).hasKept()).isTrue();
    assertThat(ticket().getCompanionSessionId()).isEqualTo(ai.getSessionId());
    Finding newcomer = matches.seeker(matches.person(), one).find("request-1", ANYONE);
    answer(one, offered(), ProposalAnswer.PROPOSAL_ANSWER_ACCEPT);
    newcomer.matched();
  }

  @Test
  void whoTalksKeepsTheCompanionThoughRedisForgetsEverything() {
    MatchNode quick =
        matches.node("match-3", Map.of("discovery.lease", "2s", "discovery.beat", "100ms"));
    Matched ai = matches.seeker(talks, quick).find("request-1", MEANWHILE).matched();
    matches.forget();
    Eventually.holds(
        "it is in line again, with its companion",
        () -> ticket().getCompanionSessionId().equals(ai.getSessionId()));
  }

  @Test
  void operatorsSeeWhatCameOfSwitches() {
    matches.seeker(talks, one).find("request-1", MEANWHILE).matched();
    Finding newcomer = matches.seeker(matches.person(), two).find("request-1", ANYONE);
    answer(one, offered(), ProposalAnswer.PROPOSAL_ANSWER_ACCEPT);
    newcomer.matched();
    notice("matched", InboxNotice::hasMatched);
    assertThat(Metrics.of(one))
        .contains(
            "parley_match_switches_total{outcome=\"asked\"} 1.0",
            "parley_match_switches_total{outcome=\"accepted\"} 1.0");
  }

  private GetCurrentResponse current() {
    return matches.seeker(talks, two).calls().getCurrent(GetCurrentRequest.getDefaultInstance());
  }

  private CurrentTicket ticket() {
    return current().getTicket();
  }

  private KeepWaitingResponse keep(MatchNode at, String ticket, AiWelcome welcome) {
    return matches
        .seeker(talks, at)
        .calls()
        .keepWaiting(
            KeepWaitingRequest.newBuilder().setTicketId(ticket).setAiWelcome(welcome).build());
  }

  private boolean answer(MatchNode at, ProposalOffered offered, ProposalAnswer answer) {
    AnswerProposalRequest request =
        AnswerProposalRequest.newBuilder()
            .setProposalId(offered.getProposalId())
            .setAnswer(answer)
            .build();
    return matches.seeker(talks, at).calls().answerProposal(request).hasAnswered();
  }

  private ProposalOffered offered() {
    return notice("proposal", InboxNotice::hasProposal).getProposal();
  }

  private boolean withdrawn(ProposalOffered offered) {
    return notice(
            "withdrawn",
            told -> told.getProposalWithdrawn().getProposalId().equals(offered.getProposalId()))
        .getProposalWithdrawn()
        .getStillLooking();
  }

  /// The first such notice in this person's inbox; waits for it.
  private InboxNotice notice(String name, Predicate<InboxNotice> kind) {
    ByteString mine = ByteString.copyFrom(talks.participant().bytes());
    Eventually.holds("the inbox is told: " + name, () -> find(mine, kind) != null);
    return find(mine, kind);
  }

  private InboxNotice find(ByteString whose, Predicate<InboxNotice> kind) {
    return inbox.stream()
        .filter(told -> told.getParticipantId().equals(whose))
        .map(DeliverRequest::getNotice)
        .filter(kind)
        .findFirst()
        .orElse(null);
  }
}
