package parley.bot.core.bank;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorTest {
  private static final Vocabulary ENGLISH = Vocabulary.of("en");

  private final Mirror mirror = new Mirror(ENGLISH);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          I slept through the whole play.; you slept through the whole play; DID
          i was late for work; you were late for work; DID
          I'm in a bus and it smells; you are in a bus; SELF
          we live above a bakery; you live above a bakery; SELF
          ill ask her on saturday; you will ask her on saturday; PLAN
          lost my keys again; you lost your keys; DID
          stuck in the lift with my boss; you are stuck in the lift with your boss; SELF
          my boss never thanks anyone; your boss never thanks anyone; OTHER
          mum sits there all day; your mum sits there all day; OTHER
          he told me in front of everyone; he told you in front of everyone; OTHERS_DID
          Carlos laughed at my hat; Carlos laughed at your hat; OTHERS_DID
          the bank says it was used in Africa; the bank says it was used in Africa; THING
          my old bike; your old bike; PART
          homes look so tiny from up there; homes look so tiny from up there; THING
          I think my boss is going to quit; your boss is going to quit; OTHER
          THEY TOOK MY CHAIR; they took your chair; OTHERS_DID
          """)
  void aClauseIsTurnedRound(String said, String text, Mirror.Kind kind) {
    Mirror.Mirrored mirrored = mirror.of(ENGLISH.read(said)).orElseThrow();

    assertThat(mirrored.text()).isEqualTo(text);
    assertThat(mirrored.kind()).isEqualTo(kind);
  }

  @Test
  void ofSeveralClausesTheOneThatSaysMostIsTaken() {
    assertThat(text("It is fine, I suppose, but my neighbour never answers the door, lol"))
        .isEqualTo("your neighbour never answers the door");
    assertThat(text("well, I used to be an editor because I like order")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "what do i know",
        "you never listen to me",
        "i think so",
        "i want to kill my boss",
        "call me on 0700123456",
        "nice",
        "",
        "Tell me about it"
      })
  void whatIsNoClauseOrMustNotComeBackIsLeftAlone(String said) {
    assertThat(mirror.of(ENGLISH.read(said))).isEmpty();
  }

  @Test
  void aLanguageWithoutTheWordsForItMirrorsNothing() {
    assertThat(new Mirror(Vocabulary.of("de")).of(ENGLISH.read("i was late for work"))).isEmpty();
  }

  private String text(String said) {
    return mirror.of(ENGLISH.read(said)).map(Mirror.Mirrored::text).orElse("");
  }
}
