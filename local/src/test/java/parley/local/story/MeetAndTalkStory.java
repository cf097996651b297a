package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.client.call.Face;
import parley.client.conversation.ConversationEnding;
import parley.client.conversation.ConversationEvent;
import parley.client.search.Match;
import parley.proto.domain.v1.Gender;

class MeetAndTalkStory {
  @ParameterizedTest
  @CsvSource({"NATIVE,NATIVE", "NATIVE,WEB", "WEB,NATIVE", "WEB,WEB"})
  void twoStrangersMeetTalkAndPartOverAnyTwoFaces(Face one, Face other) {
    try (Pair pair = Pair.meet(SharedMachine.door(), one, other)) {
      List<String> words = IntStream.range(0, 15).mapToObj(i -> "word " + i + " ü 你好").toList();
      words.forEach(pair.first()::say);
      words.forEach(pair.second()::say);

      pair.awaitDelivered(pair.first(), pair.second(), words.size());
      pair.awaitDelivered(pair.second(), pair.first(), words.size());
      assertThat(pair.second().messages()).isEqualTo(words);
      assertThat(pair.first().messages()).isEqualTo(words);
      assertThat(pair.wasQuiet()).isTrue();

      pair.first().leave();
      assertThat(ended(pair.first())).isEqualTo(ConversationEnding.YOU_LEFT);
      assertThat(ended(pair.second())).isEqualTo(ConversationEnding.LEFT);
    }
  }

  @Test
  void bothAreToldWhyTheyWereMatchedAndOnlyWhatBothHave() {
    Wishes woman =
        new Wishes(
            Gender.GENDER_WOMAN,
            List.of(Gender.GENDER_MAN),
            List.of("Receipt-Story", "Rowing"),
            List.of("de", "en"));
    Wishes man =
        new Wishes(
            Gender.GENDER_MAN,
            List.of(Gender.GENDER_WOMAN),
            List.of("receipt-story ", "Chess"),
            List.of("en-GB"));
    try (Person first = Person.arrive(SharedMachine.door(), Face.NATIVE, woman).seekAndWait();
        Person second = Person.arrive(SharedMachine.door(), Face.WEB, man).seek()) {
      Match hers = first.found();
      Match his = second.found();

      assertThat(hers.sessionId()).isEqualTo(his.sessionId());
      assertThat(hers.receipt().getSharedTagsList()).containsExactly("receipt-story");
      assertThat(his.receipt().getSharedTagsList()).containsExactly("receipt-story");
      assertThat(hers.receipt().getLanguage()).isEqualTo("en");
    }
  }

  @Test
  void nextMeetsSomebodyElseAtOnceAndTheSamePersonNotAgain() {
    Wishes wishes = Wishes.anyone("next-story");
    try (Pair pair = Pair.enter(arrive(wishes), arrive(wishes));
        Person third = arrive(wishes)) {
      pair.first().leave();
      ended(pair.first());
      ended(pair.second());

      pair.first().seekAndWait();
      pair.second().seekAndWait();
      third.seek();

      assertThat(third.found().sessionId()).isEqualTo(pair.first().found().sessionId());
      assertThat(pair.second().isFound()).isFalse();
    }
  }

  private static Person arrive(Wishes wishes) {
    return Person.arrive(SharedMachine.door(), Face.NATIVE, wishes);
  }

  private static ConversationEnding ended(Person person) {
    return person.heard().await("the conversation ended", ConversationEvent.Ended.class).ending();
  }
}
