package parley.match.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.domain.Gender;
import parley.domain.Mode;
import parley.domain.ParticipantId;

class CriteriaWordsTest {
  @ParameterizedTest
  @CsvSource({"Go,go", "'  tea  ',tea", "ＧＯ,go", "Straße,straße", "ﬁlm,film", "İstanbul,i̇stanbul"})
  void tagsThatMeanTheSameAreTheSame(String written, String compared) {
    assertThat(Tag.of(written).text()).isEqualTo(compared);
    assertThat(Tag.of(Tag.of(written).text())).isEqualTo(Tag.of(written));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u3000",
        "a\u0007b",
        "a\u202Eb",
        "ﷺﷺ",
        "123456789012345678901234567890123"
      })
  void whatIsNoTagIsRefused(String written) {
    assertThatIllegalArgumentException().isThrownBy(() -> Tag.of(written));
  }

  @ParameterizedTest
  @CsvSource({
    "en-GB,en",
    "EN,en",
    "eng,en",
    "iw,he",
    "zh-Hant-TW,zh",
    "zh-yue,yue",
    "deu-AT,de",
    "fil,fil"
  })
  void languagesAreComparedByTheirPrimarySubtag(String written, String code) {
    assertThat(Language.of(written).code()).isEqualTo(code);
  }

  @Test
  void whatNamesNoLanguageIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Language.of("und"));
  }

  @Test
  void repeatedTagsAndLanguagesCountOnce() {
    Ticket ticket = TicketBuilder.ticket().tags("go", "Go ").languages("en-GB", "en-US").build();
    assertThat(ticket.criteria().tags()).containsExactly(Tag.of("go"));
    assertThat(ticket.criteria().languages()).containsExactly(Language.of("en"));
  }

  @Test
  void seekingNobodyInParticularIsSeekingAnyone() {
    assertThat(Seeking.of(List.of())).isEqualTo(Seeking.ANYONE);
    assertThat(Seeking.of(List.of(Gender.WOMAN, Gender.MAN, Gender.NONBINARY)))
        .isNotEqualTo(Seeking.ANYONE);
  }

  @Test
  void aTicketIdIsMadeOfItsPersonAndRequestAlone() {
    ParticipantId one = TicketBuilder.ticket().build().participant();
    ParticipantId other = TicketBuilder.ticket().build().participant();
    assertThat(TicketId.of(one, "request-1"))
        .isEqualTo(TicketId.of(one, "request-1"))
        .isNotEqualTo(TicketId.of(one, "request-2"))
        .isNotEqualTo(TicketId.of(other, "request-1"));
    assertThat(TicketId.of(new ParticipantId("AAAAAAAAAAA"), "request-1").text())
        .as("fixed for ever: clients keep it")
        .isEqualTo("zbnVY7sN2UyZD387_07IJw");
  }

  @Test
  void thePoolIsNamedByModeAndIntent() {
    assertThat(new Pool(Mode.TEXT, "talk").text()).isEqualTo("text.talk");
  }
}
