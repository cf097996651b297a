package parley.chat;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.proto.domain.v1.Gender;

class QuestionsTest {
  private final List<String> asked = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final ArrayDeque<String> answers = new ArrayDeque<>();
  private final Questions questions =
      new Questions(
          question -> {
            asked.add(question);
            return answers.remove();
          },
          new Notes(),
          "de");

  @Test
  void onlyWhatIsMissingIsAskedAndAgainUntilItIsUnderstood() {
    ChatOptions options = new ChatOptions();
    options.gender = Gender.GENDER_WOMAN;
    options.languages = List.of("en");
    answers.addAll(List.of("last century", "1990", "", "tea, chess"));
    questions.complete(options);
    assertThat(options.born).isEqualTo(1990);
    assertThat(options.seeking).isEmpty();
    assertThat(options.tags).containsExactly("tea", "chess");
    assertThat(asked).hasSize(4).allMatch(question -> question.length() < 80);
    assertThat(told)
        .containsExactly(
            "  year of birth is 'last century', expected four digits, for example 1990");
  }

  @Test
  void whoSaysNothingSpeaksTheMachinesLanguage() {
    assertThat(languagesBy("")).containsExactly("de");
    assertThat(asked).allMatch(question -> question.contains("Enter is de"));
  }

  @Test
  void whoeverSpeaksWhateverSaysSo() {
    assertThat(languagesBy("any")).isEmpty();
    assertThat(languagesBy("pt-BR, en")).containsExactly("pt-BR", "en");
  }

  @Test
  void termsWantAYesOrANo() {
    answers.addAll(List.of("maybe", "yes", "no"));
    assertThat(questions.acceptTerms("v1", "http://127.0.0.1:8080/")).isTrue();
    assertThat(questions.acceptTerms("v1", "")).isFalse();
    assertThat(told)
        .containsExactly(
            "The server's terms are version v1:",
            "  read them at http://127.0.0.1:8080/",
            "  answer is 'maybe', expected yes or no",
            "The server's terms are version v1:",
            "  ask who runs it where to read them.");
    assertThat(asked).hasSize(3).allMatch(question -> question.length() < 80);
  }

  private List<String> languagesBy(String answer) {
    ChatOptions options = new ChatOptions();
    options.born = 1990;
    options.gender = Gender.GENDER_WOMAN;
    options.seeking = List.of();
    options.tags = List.of();
    answers.add(answer);
    questions.complete(options);
    return requireNonNull(options.languages);
  }

  private final class Notes implements Paper {
    @Override
    public void line(String text) {
      told.add(text);
    }

    @Override
    public void footer(String text) {}

    @Override
    public int width() {
      return 80;
    }
  }
}
