package parley.session.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.session.redis.StoredBodies;

class ComplaintTest {
  /// PostgreSQL keeps no U+0000.
  @ParameterizedTest
  @CsvSource({"0", "7", "13", "127", "155"})
  void aControlCharacterOfTheCommentIsASpace(int control) {
    assertThat(complaint("rude" + (char) control + "words").comment()).isEqualTo("rude words");
  }

  @Test
  void linesAndTabsAndAllOtherWordsStay() {
    String comment = "one\n\ttwo \u05e9\u05dc\u05d5\u05dd \uD83D\uDE00";

    assertThat(complaint(comment).comment()).isEqualTo(comment);
  }

  @Test
  void whatWasStoredByAnOlderVersionIsReadSo() {
    StoredBodies bodies = new StoredBodies();

    assertThat(bodies.complaint(2, bodies.encode(complaint("a\u0000b"))).comment())
        .isEqualTo("a b");
  }

  private static Complaint complaint(String comment) {
    return new Complaint(2, "request-1", ReportReason.SPAM, comment);
  }
}
