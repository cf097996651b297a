package parley.client.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parley.client.call.Face;
import parley.client.fake.FakeDoor;
import parley.client.identity.Identity;
import parley.proto.domain.v1.Position;
import parley.proto.session.v1.Envelope;

/// Over connections that are cut at any moment, every text is stored once, in the order of writing,
/// and every member sees the log as it is.
class OnceInOrderTest {
  private static final int TEXTS = 60;

  static Stream<Arguments> runs() {
    return IntStream.range(0, 20)
        .boxed()
        .flatMap(seed -> Stream.of(Arguments.of(Face.NATIVE, seed), Arguments.of(Face.WEB, seed)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void whateverIsCutTextsAreStoredOnceAndTheLogIsSeenAsItIs(Face face, int seed) {
    FakeRelay relay = new FakeRelay(new Random(seed));
    Heard heard = new Heard();
    List<String> written = IntStream.range(0, TEXTS).mapToObj(i -> "text " + i).toList();
    List<Position> seen = new ArrayList<>();
    List<String> stored = new ArrayList<>();
    try (FakeDoor fake = new FakeDoor(face, relay);
        Identity me = fake.guest();
        Conversation talk = Conversation.open(fake.door, me, Stage.fresh(), heard)) {
      written.forEach(talk::send);
      while (stored.size() < TEXTS) {
        switch (heard.next(ConversationEvent.class)) {
          case ConversationEvent.Stored event -> {
            seen.add(event.position());
            stored.add(event.text().text());
          }
          case ConversationEvent.Message event -> seen.add(event.position());
          case ConversationEvent.NotSent event -> throw new AssertionError(event);
          case ConversationEvent.Ended event -> throw new AssertionError(event);
          default -> {
            // Reconnecting and the like.
          }
        }
      }
    }
    assertThat(stored).isEqualTo(written);
    assertThat(relay.own()).isEqualTo(written);
    assertThat(seen)
        .isEqualTo(relay.all().stream().map(Envelope::getPosition).limit(seen.size()).toList());
  }
}
