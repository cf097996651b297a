package parley.faults.matching.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// One tale that may be true, and for each rule the same with something that may not.
class MatchingCheckerTest {
  private static final String ANN = "AAAAAAAAAAA";
  private static final String BOB = "BBBBBBBBBBE";
  private static final String CID = "CCCCCCCCCCI";
  private static final String SESSION = "S".repeat(21) + "A";
  private static final String HASHES = "01,02";

  /// By their milliseconds, so that a test says where a line goes.
  private final Map<Integer, Line> tale = new TreeMap<>();

  MatchingCheckerTest() {
    tale.put(
        0,
        Line.of(What.RUN)
            .with("enter", 1_500)
            .with("settle", 1_000)
            .with("park", 4_000)
            .with("patience", 2_000)
            .with("talk", "1000,2000")
            .with("dating", "1000,2000"));
    tale.put(10, asking(1, ANN, "GENDER_WOMAN").with("seeking", "GENDER_MAN"));
    tale.put(20, Line.of(What.ACCEPTED, 1).with("id", "ticket-1"));
    tale.put(30, Line.of(What.WAITING, 1).with("level", 0));
    tale.put(600, asking(2, BOB, "GENDER_MAN"));
    tale.put(610, matched(2, SESSION, 0));
    tale.put(615, matched(1, SESSION, 595));
    tale.put(620, settling(What.SETTLING));
    tale.put(630, settling(What.SETTLED).with("outcome", "settled"));
    tale.put(9_000, Line.of(What.CALM));
  }

  @Test
  void whatMayBeTrueIsNoViolation() {
    assertThat(MatchingChecker.check(lines()).holds())
        .as("%s", MatchingChecker.check(lines()))
        .isTrue();
  }

  @Test
  void aPairThatDoesNotSeekEachOtherIsFound() {
    tale.put(600, asking(2, BOB, "GENDER_WOMAN"));
    found(MatchingRule.WISHES);
  }

  @Test
  void aPairThatIsTooFarOrTooEarlyIsFound() {
    tale.put(600, asking(2, BOB, "GENDER_MAN").with("languages", "fr").with("tags", "tea"));
    found(MatchingRule.LEVEL);
    tale.put(600, asking(2, BOB, "GENDER_MAN"));
    tale.put(610, matched(2, SESSION, 0).with("level", 2));
    tale.put(615, matched(1, SESSION, 595).with("level", 2));
    found(MatchingRule.LEVEL);
  }

  @Test
  void aReceiptThatSaysTooMuchIsFound() {
    tale.put(615, matched(1, SESSION, 595).with("tags", "tea,go"));
    found(MatchingRule.RECEIPT);
  }

  @Test
  void aPairThatIsToldDifferentThingsIsFound() {
    tale.put(615, matched(1, SESSION, 595).with("members", "03,02"));
    found(MatchingRule.PAIR);
  }

  @Test
  void aSecondMatchBeforeTheFirstIsOverIsFound() {
    tale.put(605, asking(3, BOB, "GENDER_MAN"));
    tale.put(616, asking(4, CID, "GENDER_WOMAN"));
    tale.put(617, matched(3, "T".repeat(21) + "A", 0).with("waited", 12));
    tale.put(618, matched(4, "T".repeat(21) + "A", 0));
    found(MatchingRule.ONE_MATCH);
  }

  @Test
  void aTicketThatIsMatchedAfterItsEndIsFound() {
    tale.put(40, Line.of(What.CANCELLING, 1));
    tale.put(50, Line.of(What.CANCELLED, 1).with("outcome", "cancelled"));
    found(MatchingRule.OVER_IS_OVER);
  }

  @Test
  void aRequestThatBrokeUnansweredMayBeTheOneThatIsMatchedAfterAnEnd() {
    tale.put(40, Line.of(What.CANCELLING, 1));
    tale.put(45, asking(3, ANN, "GENDER_WOMAN"));
    tale.put(48, Line.of(What.BROKEN, 3));
    onlyBobIsTold();
    tale.put(50, Line.of(What.CANCELLED, 1).with("outcome", "cancelled"));
    assertThat(MatchingChecker.check(lines()).found(MatchingRule.OVER_IS_OVER)).isFalse();
    tale.put(3_000, Line.of(What.ENDED, 3).with("how", "expired"));
    assertThat(MatchingChecker.check(lines()).found(MatchingRule.OVER_IS_OVER))
        .as("it was there, and did not enter")
        .isFalse();
    tale.put(3_000, Line.of(What.ENDED, 3).with("how", "another_ticket_live"));
    found(MatchingRule.OVER_IS_OVER);
  }

  @Test
  void theMatchOfAnEarlierTicketThatWasEnteredAgainIsNotOneOfTheCancelled() {
    tale.put(35, Line.of(What.FAULT_BEGINNING).with("fault", "EMPTY_STORE"));
    tale.put(36, Line.of(What.FAULT_OVER).with("fault", "EMPTY_STORE"));
    cancelASecondTicket();
    assertThat(MatchingChecker.check(lines()).found(MatchingRule.OVER_IS_OVER)).isFalse();
    tale.put(615, matched(3, SESSION, 555));
    found(MatchingRule.OVER_IS_OVER);
  }

  @Test
  void aMatchThatOnlyThePeerWasToldOfIsOneOfTheCancelledUnlessTheStoreForgotAnEarlierTicket() {
    cancelASecondTicket();
    onlyBobIsTold();
    found(MatchingRule.OVER_IS_OVER);
    tale.put(35, Line.of(What.FAULT_BEGINNING).with("fault", "EMPTY_STORE"));
    tale.put(36, Line.of(What.FAULT_OVER).with("fault", "EMPTY_STORE"));
    assertThat(MatchingChecker.check(lines()).found(MatchingRule.OVER_IS_OVER)).isFalse();
    tale.put(33, Line.of(What.LETTING_GO, 1));
    found(MatchingRule.OVER_IS_OVER);
  }

  private void cancelASecondTicket() {
    tale.put(40, asking(3, ANN, "GENDER_WOMAN"));
    tale.put(45, Line.of(What.ACCEPTED, 3).with("id", "ticket-3"));
    tale.put(48, Line.of(What.CANCELLING, 3));
    tale.put(50, Line.of(What.CANCELLED, 3).with("outcome", "cancelled"));
  }

  private void onlyBobIsTold() {
    tale.put(610, matched(2, SESSION, 0).with("members", hash(ANN) + "," + hash(BOB)));
    tale.remove(615);
  }

  @Test
  void aNewestStreamThatMustGiveWayIsFound() {
    tale.put(40, Line.of(What.TAKING_UP, 1));
    tale.put(50, Line.of(What.TAKING_UP, 1));
    tale.put(60, Line.of(What.ACCEPTED, 1).with("id", "ticket-1"));
    tale.put(70, Line.of(What.ENDED, 1).with("how", "moved"));
    assertThat(MatchingChecker.check(lines()).found(MatchingRule.NEWEST))
        .as("the one before was not answered")
        .isFalse();
    tale.put(45, Line.of(What.ACCEPTED, 1).with("id", "ticket-1"));
    found(MatchingRule.NEWEST);
  }

  @Test
  void aRankThatIsTooNewIsFound() {
    tale.put(615, matched(1, SESSION, 100));
    found(MatchingRule.RANK);
  }

  @Test
  void whoRefusedEachOtherAndMeetIsFound() {
    Line about =
        Line.of(What.REFUSING).with("device", "device-" + BOB).with("other", "device-" + ANN);
    tale.put(100, about);
    tale.put(110, new Line(0, What.REFUSED, 0, about.facts()));
    found(MatchingRule.REFUSED);
  }

  @Test
  void whoIsMatchedWithoutAcceptingIsFound() {
    tale.put(10, asking(1, ANN, "GENDER_WOMAN").with("intent", "dating"));
    tale.put(600, asking(2, BOB, "GENDER_MAN").with("intent", "dating"));
    found(MatchingRule.BOTH_ACCEPT);
  }

  @Test
  void whoCameAloneAndIsNotToldIsFound() {
    Line alone = Line.of(What.SETTLED).with("session", SESSION).with("entered", "1");
    tale.put(630, alone.with("outcome", "settled"));
    found(MatchingRule.BACK_IN_LINE);
    tale.put(625, Line.of(What.TOLD_ALONE).with("id", "ticket-1"));
    assertThat(MatchingChecker.check(lines()).found(MatchingRule.BACK_IN_LINE)).isFalse();
  }

  @Test
  void whoIsToldOfAMatchAgainAfterItCameToNothingIsFound() {
    Line alone = Line.of(What.SETTLED).with("session", SESSION).with("entered", "1");
    tale.put(625, Line.of(What.TOLD_ALONE).with("id", "ticket-1"));
    tale.put(630, alone.with("outcome", "settled"));
    tale.put(640, Line.of(What.TAKING_UP, 1));
    tale.put(650, Line.of(What.WAITING, 1).with("level", 0));
    assertThat(MatchingChecker.check(lines()).holds())
        .as("%s", MatchingChecker.check(lines()))
        .isTrue();
    tale.put(3_000, matched(1, SESSION, 595));
    found(MatchingRule.VOID_IS_OVER);
  }

  @Test
  void whatWasToldLateMayHaveBeenOverBefore() {
    String session = "T".repeat(21) + "A";
    tale.remove(620);
    tale.remove(630);
    tale.put(5, asking(4, BOB, "GENDER_MAN"));
    tale.put(100, asking(3, CID, "GENDER_WOMAN"));
    tale.put(2_900, matched(3, session, 0));
    tale.put(2_910, matched(4, session, 0));
    assertThat(MatchingChecker.check(lines()).found(MatchingRule.ONE_MATCH)).isFalse();
    tale.put(2_900, matched(3, session, 2_000));
    found(MatchingRule.ONE_MATCH);
  }

  @Test
  void whoWaitsBesideSomebodyWhoFitsIsFoundUnlessSomethingWasBroken() {
    wait(3, CID, "GENDER_NONBINARY", 1_000);
    wait(4, BOB, "GENDER_NONBINARY", 1_100);
    found(MatchingRule.WAITS_BESIDE);
    tale.put(1_200, Line.of(What.FAULT_BEGINNING).with("fault", "KILL_NODE"));
    tale.put(8_000, Line.of(What.FAULT_OVER).with("fault", "KILL_NODE"));
    assertThat(MatchingChecker.check(lines()).found(MatchingRule.WAITS_BESIDE)).isFalse();
  }

  @Test
  void whoWaitsAndDoesNotStandInTheStoreIsFoundAndTheOtherWayRound() {
    wait(3, CID, "GENDER_NONBINARY", 1_000);
    Line kept = Line.of(What.KEPT_TICKET).with("participant", CID).with("id", "x");
    tale.put(8_000, kept.with("state", "P"));
    found(MatchingRule.STORE);
    tale.put(8_000, kept.with("state", "W"));
    tale.put(8_001, Line.of(What.KEPT_ENTRY).with("participant", CID).with("queue", "q"));
    assertThat(MatchingChecker.check(lines()).found(MatchingRule.STORE)).isFalse();
    tale.put(8_002, Line.of(What.KEPT_ENTRY).with("participant", BOB).with("queue", "q"));
    found(MatchingRule.STORE);
  }

  @Test
  void twoTicketsThatLiveAndASilentStreamAreFound() {
    wait(3, CID, "GENDER_NONBINARY", 1_000);
    wait(4, CID, "GENDER_NONBINARY", 1_100);
    tale.put(8_000, Line.of(What.SILENT, 4));
    found(MatchingRule.ONE_LIVE);
    found(MatchingRule.SPOKEN_TO);
  }

  private void wait(int ticket, String who, String gender, int at) {
    tale.put(at, asking(ticket, who, gender));
    tale.put(at + 10, Line.of(What.ACCEPTED, ticket).with("id", "ticket-" + ticket));
    tale.put(at + 20, Line.of(What.WAITING, ticket).with("level", 0));
  }

  private void found(MatchingRule rule) {
    MatchingVerdict verdict = MatchingChecker.check(lines());
    assertThat(verdict.found(rule)).as("%s", verdict).isTrue();
  }

  private List<Line> lines() {
    return tale.entrySet().stream()
        .map(entry -> entry.getValue().at(entry.getKey() * 1_000_000L))
        .toList();
  }

  private static Line asking(int ticket, String who, String gender) {
    return Line.of(What.ASKING, ticket)
        .with("participant", who)
        .with("device", "device-" + who)
        .with("gender", gender)
        .with("seeking", "")
        .with("intent", "talk")
        .with("tags", "go")
        .with("languages", "en")
        .with("widest", 2);
  }

  private static Line matched(int ticket, String session, int waited) {
    return Line.of(What.MATCHED, ticket)
        .with("session", session)
        .with("level", 0)
        .with("tags", "go")
        .with("language", "en")
        .with("waited", waited)
        .with("attempt", 0)
        .with("members", HASHES);
  }

  /// As a grant names a member.
  private static String hash(String participant) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(Base64.getUrlDecoder().decode(participant));
      byte[] hash = sha.digest(Base64.getUrlDecoder().decode(SESSION));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Line settling(What what) {
    return Line.of(what).with("session", SESSION).with("entered", "1,2");
  }
}
