package parley.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.domain.Principal;
import parley.match.Seeker.Finding;
import parley.proto.domain.v1.Cohort;
import parley.proto.domain.v1.Gender;
import parley.proto.match.v1.AnswerProposalRequest;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.EstimateWaitRequest;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.GetCurrentRequest;
import parley.proto.match.v1.KeepWaitingRequest;
import parley.proto.match.v1.Level;
import parley.proto.match.v1.Matched;
import parley.proto.match.v1.ProposalAnswer;
import parley.proto.match.v1.ProposalOffered;
import parley.proto.match.v1.RefuseRequest;
import parley.proto.match.v1.RefusedParty;
import parley.proto.match.v1.RelaxStep;
import parley.proto.match.v1.SettleRequest;
import parley.proto.match.v1.WaitEstimate;
import parley.proto.match.v1.WaitingUpdate;
import parley.proto.session.v1.DeliverRequest;
import parley.testing.Eventually;

/// A ticket's way through levels, proposals, refusals and back, as its person sees it: two nodes,
/// over sockets.
class MatchCourseIT {
  private static final Criteria ANYONE = Criteria.getDefaultInstance();

  @TempDir Path folder;
  private final Matches matches = new Matches();
  private final MatchNode one = matches.node("match-1");
  private final MatchNode two = matches.node("match-2");

  @AfterEach
  void close() {
    matches.close();
  }

  @Test
  void aTicketSaysHowItRelaxesAndDoesSo() throws IOException {
    MatchNode quick = quick("talk: {to-language: 2s, to-anyone: 60s}");
    Finding first = matches.seeker(matches.person(), quick).find("request-1", likes("go"));
    WaitingUpdate begin = first.await("it waits", FindPeerResponse::hasWaiting).getWaiting();
    assertThat(begin.getLevel()).isEqualTo(Level.LEVEL_SAME_TAGS);
    assertThat(begin.hasRelaxesIn()).isTrue();
    assertThat(first.events().getFirst().getAccepted().getStepsList())
        .extracting(RelaxStep::getLevel, step -> step.getAfter().getSeconds())
        .containsExactly(
            tuple(Level.LEVEL_SAME_TAGS, 0L),
            tuple(Level.LEVEL_SAME_LANGUAGE, 2L),
            tuple(Level.LEVEL_ANYONE, 60L));
    first.await("it relaxes", event -> level(event) == Level.LEVEL_SAME_LANGUAGE);
    Finding second = matches.seeker(matches.person(), quick).find("request-1", likes("tea"));
    Matched late = second.matched();
    assertThat(late.getReceipt().getLevel()).isEqualTo(Level.LEVEL_SAME_LANGUAGE);
    assertThat(late.getReceipt().getSharedTagsList()).isEmpty();
    assertThat(late.getReceipt().getLanguage()).isEqualTo("en");
    // A fifth of jitter earlier, at most; two clocks that are rounded to milliseconds.
    assertThat(millis(late)).isGreaterThanOrEqualTo(1_598L);
    assertThat(millis(first.matched())).isGreaterThanOrEqualTo(1_598L);
  }

  @Test
  void whoMustNotRelaxFurtherStaysThere() throws IOException {
    MatchNode quick = quick("talk: {to-language: 10ms, to-anyone: 20ms}");
    Criteria strict = likes("go").toBuilder().setWidestLevel(Level.LEVEL_SAME_TAGS).build();
    Finding patient = matches.seeker(matches.person(), quick).find("request-1", strict);
    patient.ticket();
    Finding other = matches.seeker(matches.person(), quick).find("request-1", likes("tea"));
    WaitingUpdate widest =
        other
            .await("the other is at its widest", event -> level(event) == Level.LEVEL_ANYONE)
            .getWaiting();
    assertThat(widest.hasRelaxesIn()).isFalse();
    Finding like = matches.seeker(matches.person(), quick).find("request-1", strict);
    assertThat(like.matched().getSessionId()).isEqualTo(patient.matched().getSessionId());
    assertThat(patient.events())
        .filteredOn(FindPeerResponse::hasWaiting)
        .allSatisfy(
            event -> {
              assertThat(level(event)).isEqualTo(Level.LEVEL_SAME_TAGS);
              assertThat(event.getWaiting().hasRelaxesIn()).isFalse();
            });
  }

  @Test
  void whoAsksRelaxesNowFromAnyNode() {
    Seeker first = matches.seeker(matches.person(), one);
    Finding waiting = first.find("request-1", likes("go"));
    KeepWaitingRequest relax =
        KeepWaitingRequest.newBuilder().setTicketId(waiting.ticket()).setRelaxNow(true).build();
    assertThat(first.calls().keepWaiting(relax).hasKept()).isTrue();
    waiting.await("it relaxes", event -> level(event) == Level.LEVEL_SAME_LANGUAGE);
    Principal other = matches.person();
    Finding late = matches.seeker(other, one).find("request-1", likes("tea"));
    KeepWaitingRequest far = relax.toBuilder().setTicketId(late.ticket()).build();
    assertThat(matches.seeker(other, two).calls().keepWaiting(far).hasKept()).isTrue();
    assertThat(late.matched().getReceipt().getLevel()).isEqualTo(Level.LEVEL_SAME_LANGUAGE);
  }

  @Test
  void estimatesHideFewAndTellThePriceOfEachWish() {
    for (int i = 0; i < 12; i++) {
      Criteria seeksMen = Criteria.newBuilder().addSeeking(Gender.GENDER_MAN).build();
      Principal woman = matches.person(parley.domain.Gender.WOMAN);
      matches.seeker(woman, i % 2 == 0 ? one : two).find("request-1", seeksMen).ticket();
    }
    Seeker man = matches.seeker(matches.person(parley.domain.Gender.MAN), one);
    EstimateWaitRequest seeksMen =
        EstimateWaitRequest.newBuilder()
            .setCriteria(likes("go").toBuilder().addSeeking(Gender.GENDER_MAN))
            .build();
    Eventually.holds(
        "both nodes have told how many wait",
        () ->
            man.calls().estimateWait(seeksMen).getEstimate().getWithoutSeeking().getPeopleWaiting()
                == 12);
    WaitEstimate estimate = man.calls().estimateWait(seeksMen).getEstimate();
    assertThat(estimate.hasPeopleWaiting()).as("no man waits: hidden").isFalse();
    assertThat(estimate.hasTypical()).as("nobody was matched").isFalse();
    assertThat(estimate.hasWithoutTags()).isTrue();
    assertThat(estimate.hasWithoutLanguages()).isTrue();
    EstimateWaitRequest plain = EstimateWaitRequest.newBuilder().setCriteria(ANYONE).build();
    assertThat(man.calls().estimateWait(plain).getEstimate().hasWithoutSeeking()).isFalse();
    EstimateWaitRequest odd =
        EstimateWaitRequest.newBuilder()
            .setCriteria(Criteria.newBuilder().setIntent("dance"))
            .build();
    assertThat(man.calls().estimateWait(odd).hasUnknownIntent()).isTrue();
  }

  @Test
  void whoWasRefusedOverTheMeshIsNotMet() {
    Principal refuser = matches.person();
    Principal refused = matches.person();
    RefuseRequest request =
        RefuseRequest.newBuilder()
            .setCohort(Cohort.COHORT_ADULT)
            .setBy(party(refuser))
            .setWhom(party(refused))
            .build();
    assertThat(matches.refusal().refuse(request).hasRefused()).isTrue();
    assertThat(matches.refusal().refuse(request).hasRefused()).isTrue();
    Finding first = matches.seeker(refuser, one).find("request-1", ANYONE);
    first.ticket();
    Finding second = matches.seeker(refused, two).find("request-1", ANYONE);
    second.ticket();
    Finding third = matches.seeker(matches.person(), two).find("request-1", ANYONE);
    assertThat(third.matched().getSessionId()).isEqualTo(first.matched().getSessionId());
    assertThat(second.events()).noneMatch(FindPeerResponse::hasMatched);
  }

  @Test
  void inAPoolThatAsksBothTheyAreMatchedOnceBothAccept() {
    Seeker her = matches.seeker(matches.person(), one);
    Seeker him = matches.seeker(matches.person(), two);
    Finding hers = her.find("request-1", dating());
    hers.ticket();
    Finding his = him.find("request-1", dating());
    ProposalOffered offered = proposal(his);
    assertThat(proposal(hers).getProposalId()).isEqualTo(offered.getProposalId());
    assertThat(offered.getAnswerWithin().getSeconds()).isEqualTo(8);
    assertThat(answer(her, offered, ProposalAnswer.PROPOSAL_ANSWER_ACCEPT)).isTrue();
    assertThat(answer(him, offered, ProposalAnswer.PROPOSAL_ANSWER_ACCEPT)).isTrue();
    assertThat(his.matched().getSessionId()).isEqualTo(hers.matched().getSessionId());
    assertThat(his.matched().getGrant()).isEqualTo(hers.matched().getGrant());
    assertThat(answer(him, offered, ProposalAnswer.PROPOSAL_ANSWER_DECLINE)).isFalse();
  }

  @Test
  void whoIsDeclinedGoesOnWaitingAndIsNotAskedAboutThemAgain() {
    Seeker her = matches.seeker(matches.person(), one);
    Seeker him = matches.seeker(matches.person(), two);
    Finding hers = her.find("request-1", dating());
    hers.ticket();
    Finding his = him.find("request-1", dating());
    ProposalOffered offered = proposal(his);
    answer(her, offered, ProposalAnswer.PROPOSAL_ANSWER_ACCEPT);
    answer(him, offered, ProposalAnswer.PROPOSAL_ANSWER_DECLINE);
    Eventually.holds("both wait again", () -> waitsLast(hers) && waitsLast(his));
    Finding third = matches.seeker(matches.person(), two).find("request-1", dating());
    assertThat(proposal(third).getProposalId()).isNotEqualTo(offered.getProposalId());
    Eventually.holds(
        "the first in line is asked about the third",
        () -> proposals(hers).contains(proposal(third).getProposalId()));
    assertThat(proposals(his)).containsExactly(offered.getProposalId());
  }

  @Test
  void whoDeclinesAgainAndAgainIsToldToPause() {
    Principal picky = matches.person();
    Seeker seeker = matches.seeker(picky, one);
    Finding finding = seeker.find("request-1", dating());
    finding.ticket();
    for (int i = 0; i < 3; i++) {
      Finding other = matches.seeker(matches.person(), two).find("request-1", dating());
      answer(seeker, proposal(other), ProposalAnswer.PROPOSAL_ANSWER_DECLINE);
      other.await("it waits again", FindPeerResponse::hasWaiting);
      other.hangUp();
      int declined = i + 1;
      Eventually.holds(
          "it waits again, or pauses",
          () -> ended(finding) || (waitsLast(finding) && proposals(finding).size() == declined));
    }
    FindPeerResponse paused = finding.await("it pauses", FindPeerResponse::hasPaused);
    assertThat(paused.getPaused().getRetryAfter().getSeconds()).isBetween(1L, 30L);
    matches
        .seeker(picky, two)
        .find("request-2", dating())
        .await("so does the next", FindPeerResponse::hasPaused);
  }

  @Test
  void whosePeerNeverCameIsToldAndIsBackInLineWithTheOldPlace() {
    List<DeliverRequest> told = matches.inboxes();
    Principal who = matches.person();
    Finding first = matches.seeker(who, one).find("request-1", ANYONE);
    first.ticket();
    Finding absent = matches.seeker(matches.person(), two).find("request-1", ANYONE);
    absent.ticket();
    String session = first.matched().getSessionId();
    SettleRequest settle = SettleRequest.newBuilder().setSessionId(session).addEntered(1).build();
    Eventually.holds(
        "the settlement is answered once the inbox is told",
        () -> matches.settlement().settle(settle).hasSettled());
    assertThat(matches.settlement().settle(settle).hasSettled()).as("again").isTrue();
    assertThat(told)
        .allSatisfy(
            delivery -> {
              assertThat(delivery.getParticipantId())
                  .isEqualTo(ByteString.copyFrom(who.participant().bytes()));
              assertThat(delivery.getNotice().getPeerNeverCame().getTicketId())
                  .isEqualTo(first.ticket());
            })
        .extracting(DeliverRequest::getDeliveryId)
        .as("one delivery, however often it is repeated")
        .hasSizeGreaterThan(1)
        .containsOnly(told.getFirst().getDeliveryId());
    Finding back = matches.seeker(who, two).takeUp(first.ticket());
    assertThat(back.ticket()).isEqualTo(first.ticket());
    Finding peer = matches.seeker(matches.person(), one).find("request-1", ANYONE);
    assertThat(back.matched().getSessionId()).isEqualTo(peer.matched().getSessionId());
    assertThat(back.matched().getAttempt()).isEqualTo(1);
    assertThat(peer.matched().getAttempt()).isZero();
    matches
        .seeker(matches.person(), one)
        .takeUp(absent.ticket())
        .await("nobody else's", FindPeerResponse::hasNoSuchTicket);
  }

  @Test
  void whoStartsAgainIsGivenTheMatchWithItsGrant() {
    Principal who = matches.person();
    Finding first = matches.seeker(who, one).find("request-1", ANYONE);
    first.ticket();
    matches.seeker(matches.person(), two).find("request-1", ANYONE);
    Matched matched = first.matched();
    assertThat(
            matches
                .seeker(who, two)
                .calls()
                .getCurrent(GetCurrentRequest.getDefaultInstance())
                .getSession()
                .getMatched())
        .isEqualTo(matched);
  }

  @Test
  void poolsChangeWithoutARestart() throws IOException {
    Path file = Files.writeString(folder.resolve("pools.yaml"), "intents: [talk]");
    MatchNode node = matches.node("match-3", Map.of("pools.file", file.toString()));
    Criteria dance = Criteria.newBuilder().setIntent("dance").build();
    Seeker early = matches.seeker(matches.person(), node);
    early.find("request-1", dance).await("unknown", FindPeerResponse::hasUnknownIntent);
    Files.writeString(file, "intents: [talk, dance]");
    Eventually.holds(
        "the new pool is open",
        () -> {
          Finding finding = matches.seeker(matches.person(), node).find("request-2", dance);
          Eventually.holds("it is answered", () -> !finding.events().isEmpty());
          return finding.events().getFirst().hasAccepted();
        });
    Files.writeString(file, "intents: [talk, dance]\ntalk: {to-anyone: soon}");
    Finding marker = matches.seeker(matches.person(), node).find("request-3", dance);
    assertThat(marker.ticket()).as("a fault leaves the pools").isNotEmpty();
  }

  private MatchNode quick(String rules) throws IOException {
    Path file = Files.writeString(folder.resolve("quick.yaml"), "intents: [talk]\n" + rules);
    return matches.node("match-3", Map.of("pools.file", file.toString()));
  }

  private static Criteria likes(String tag) {
    return Criteria.newBuilder().addTags(tag).addLanguages("en").build();
  }

  private static Criteria dating() {
    return Criteria.newBuilder().setIntent("dating").build();
  }

  private static RefusedParty party(Principal who) {
    return RefusedParty.newBuilder()
        .setParticipantId(ByteString.copyFrom(who.participant().bytes()))
        .setDeviceId(ByteString.copyFrom(who.device().bytes()))
        .build();
  }

  private static Level level(FindPeerResponse event) {
    return event.getWaiting().getLevel();
  }

  private static long millis(Matched matched) {
    return matched.getReceipt().getRelaxedAfter().getSeconds() * 1000
        + matched.getReceipt().getRelaxedAfter().getNanos() / 1_000_000;
  }

  private static boolean answer(Seeker who, ProposalOffered offered, ProposalAnswer answer) {
    AnswerProposalRequest request =
        AnswerProposalRequest.newBuilder()
            .setProposalId(offered.getProposalId())
            .setAnswer(answer)
            .build();
    return who.calls().answerProposal(request).hasAnswered();
  }

  private static ProposalOffered proposal(Finding finding) {
    return finding.await("it is asked", FindPeerResponse::hasProposal).getProposal();
  }

  private static Set<String> proposals(Finding finding) {
    return finding.events().stream()
        .filter(FindPeerResponse::hasProposal)
        .map(event -> event.getProposal().getProposalId())
        .collect(Collectors.toSet());
  }

  private static boolean waitsLast(Finding finding) {
    return finding.events().getLast().hasWaiting();
  }

  private static boolean ended(Finding finding) {
    return finding.end() != null;
  }
}
