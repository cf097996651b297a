package parley.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.match.Seeker.Finding;
import parley.proto.domain.v1.Gender;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.SettleRequest;
import parley.testing.Eventually;

/// What operators see of matching.
class MatchMetersIT {
  private static final Criteria ANYONE = Criteria.getDefaultInstance();
  private static final Criteria SEEKS_MEN =
      Criteria.newBuilder().addSeeking(Gender.GENDER_MAN).addTags("go").addLanguages("en").build();

  private final Matches matches = new Matches();
  private final MatchNode node = matches.node("match-1", Map.of("tickets.longest-wait", "2s"));

  @AfterEach
  void close() {
    matches.close();
  }

  @Test
  void whatBecomesOfTicketsIsCountedInFewSeries() throws Exception {
    var _ = matches.inboxes();
    Finding waits = matches.seeker(matches.person(), node).find("request-1", SEEKS_MEN);
    waits.ticket();
    Eventually.holds(
        "who waits is counted by pool and level",
        () ->
            page()
                .contains(
                    "parley_match_tickets_waiting{level=\"same_tags\",pool=\"text.talk\"} 1.0"));
    Finding first = matches.seeker(matches.person(), node).find("request-1", ANYONE);
    first.ticket();
    matches.seeker(matches.person(), node).find("request-1", ANYONE).matched();
    SettleRequest alone =
        SettleRequest.newBuilder()
            .setSessionId(first.matched().getSessionId())
            .addEntered(1)
            .build();
    Eventually.holds("it is settled", () -> matches.settlement().settle(alone).hasSettled());
    waits.await("it waited in vain", FindPeerResponse::hasExpired);
    String page = page();
    assertThat(page)
        .contains(
            "parley_match_tickets_matched_total{level=\"anyone\"} 2.0",
            "parley_match_tickets_waited_seconds_count{level=\"anyone\"} 2",
            "parley_match_tickets_ended_total{state=\"expired\"} 1.0",
            "parley_match_matches_settled_total{how=\"one-came\"}",
            "parley_match_refusals_met_total",
            "parley_match_scripts_took_seconds_count{script=");
    assertThat(
            Arrays.stream(page.split("\n"))
                .filter(line -> line.startsWith("parley_match_"))
                .count())
        .as("series of matching")
        .isLessThan(100);
  }

  private String page() {
    return Metrics.of(node);
  }
}
