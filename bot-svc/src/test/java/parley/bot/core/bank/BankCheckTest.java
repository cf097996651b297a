package parley.bot.core.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.bot.core.conduct.PhraseBook;

class BankCheckTest {
  private static final String GOOD =
      """
      topic: pets
      ? i have a cat
      ? my cat is called {pet}
      ! Who chose the cat?
      > {it} => {it} chose well.
      ! What does the cat get away with?
      """;

  @Test
  void textsWithoutFaultAreTaken() {
    assertThatCode(() -> SmallBanks.texts(GOOD)).doesNotThrowAnyException();
    assertThat(SmallBanks.texts(GOOD).exchanges()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          ! What does the cat get away with?; # gone; test.txt:2: has 1 replies
          ? i have a cat; # gone; test.txt:3: has 1 phrasings
          ! Who chose the cat?; ! Me too.; test.txt:4: reply is against the conduct's rules: CLAIM
          ! Who chose the cat?; ! I love that cat.; test.txt:4: reply is against the conduct's rules: CLAIM
          ! Who chose the cat?; ! Look at cats.com now.; test.txt:4: reply is against the conduct's rules: LINK
          ! Who chose the cat?; ! See https://cats there.; test.txt:4: reply is against the conduct's rules: LINK
          ! Who chose the cat?; ! Ask @cats there.; test.txt:4: reply is against the conduct's rules: CONTACT
          ! Who chose the cat?; ! Call 5550123 there.; test.txt:4: reply is against the conduct's rules: CONTACT
          ! Who chose the cat?; ! Who chose {name}?; test.txt:4: no phrasing fills the slot {name}
          ! Who chose the cat?; ! Who chose {pet?; test.txt:4: braces are not those of a slot
          ! Who chose the cat?; ! What does the cat get away with?; test.txt:6: reply is nearly that of test.txt:4
          ? i have a cat; ? i have a {cat and a {dog}; test.txt:2: expected at most one slot
          ? i have a cat; ? i have {it} and {it}; test.txt:2: expected at most one slot
          ? i have a cat; ? ...; test.txt:2: phrasing has no words
          ? i have a cat; mood: odd; test.txt:2: mood is 'odd', expected one of
          topic: pets; topic: Pets!; test.txt:1: topic is 'Pets!'
          topic: pets; pets; test.txt:1: is 'pets', expected '? '
          > {it} => {it} chose well.; > {it} => {pet} and {whom}.; test.txt:5: no phrasing fills the slot {whom}
          > {it} => {it} chose well.; > {it}; test.txt:5: expected '> cue
          > {it} => {it} chose well.; > @odd => Well.; test.txt:5: there is no group '@odd'
          > {it} => {it} chose well.; > {it} =>; test.txt:5: has no reply
          > {it} => {it} chose well.; > {it} => Who chose the cat?; test.txt:5: reply is nearly
          """)
  void aFaultIsFoundWithItsPlace(String line, String planted, String fault) {
    assertThatThrownBy(() -> SmallBanks.texts(GOOD.replace(line, planted)))
        .isInstanceOf(FaultyTexts.class)
        .hasMessageContaining(fault);
  }

  @Test
  void aReplyThatIsTooLongIsFound() {
    assertThatThrownBy(() -> SmallBanks.texts(GOOD.replace("Who chose", "Who " + "so ".repeat(70))))
        .hasMessageContaining("test.txt:4: reply has 223 characters, expected 1 to 200");
  }

  @Test
  void aPhrasingOfTwoExchangesIsFoundHoweverItIsWritten() {
    String twice = GOOD + "\n? I have a CAT!\n? im a cat person\n! One.\n! Two.\n";
    assertThatThrownBy(() -> SmallBanks.texts(twice))
        .hasMessageContaining("test.txt:8: phrasing is nearly that of test.txt:2");
  }

  @Test
  void longTextsThatDifferInAWordAreTwins() {
    String one = "one two three four five six seven eight nine ten";
    String content = GOOD + "\n? a b\n? c d\n! %s.\n! %s eleven!\n".formatted(one, one);
    assertThatThrownBy(() -> SmallBanks.texts(content))
        .hasMessageContaining("test.txt:11: reply is nearly that of test.txt:10");
    assertThatCode(() -> SmallBanks.texts(content.replace("eleven", "eleven twelve")))
        .doesNotThrowAnyException();
  }

  @Test
  void repliesThatAllNeedASlotDoNotServeAPlainPhrasing() {
    String content = "? i have a cat\n? my cat is called {pet}\n! {pet}!\n! Who named {pet}?\n";
    assertThatThrownBy(() -> SmallBanks.texts(content))
        .hasMessageContaining("test.txt:1: every reply needs a slot");
  }

  @Test
  void onlyWhatIsServedAgainHasManyReplies() {
    String many = "? joke\n? a joke\n%s! One.\n! Two.\n! Three.\n! Four.\n! Five.\n";
    assertThatThrownBy(() -> SmallBanks.texts(many.formatted("")))
        .hasMessageContaining("test.txt:1: has 5 replies, expected 2 to 4");
    assertThatCode(() -> SmallBanks.texts(many.formatted("again\n"))).doesNotThrowAnyException();
  }

  @Test
  void phrasingsAreNeededUnlessNobodyAsks() {
    assertThatThrownBy(() -> SmallBanks.texts("! One.\n! Two.\n"))
        .hasMessageContaining("expected phrasings");
    assertThatCode(() -> SmallBanks.texts("unasked\n! One.\n! Two.\n")).doesNotThrowAnyException();
  }

  @Test
  void allFaultsAreToldAtOnce() {
    String content = GOOD.replace("Who chose the cat?", "Me too: see, {name}.");
    assertThatThrownBy(() -> SmallBanks.texts(content))
        .hasMessageContaining("2 faults")
        .hasMessageContaining("rules: CLAIM")
        .hasMessageContaining("{name}");
  }

  @Test
  void aWordListThatIsNoneIsAFault() {
    assertThatThrownBy(
            () ->
                BankTexts.of(
                    TextLine.of("words.txt", "fillers: well"),
                    PhraseBook.EMPTY,
                    Ideas.NONE,
                    List.of(TextLine.of("test.txt", GOOD))))
        .hasMessageContaining("words.txt:1: is 'fillers: well', expected");
  }
}
