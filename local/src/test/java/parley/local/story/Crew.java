package parley.local.story;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import parley.client.call.Face;
import parley.client.conversation.ConversationEvent;

/// Several pairs, on both faces, who all say the same words.
record Crew(List<Pair> pairs) implements AutoCloseable {
  static Crew of(String door, int count) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pairs.add(Pair.meet(door, Face.NATIVE, i % 2 == 0 ? Face.NATIVE : Face.WEB));
    }
    return new Crew(pairs);
  }

  void everybodySays(String word) {
    everybody().forEach(person -> person.say(word));
  }

  boolean everybodyHeard(List<String> words) {
    return everybody()
        .allMatch(person -> person.messages().equals(words) && person.stored() == words.size());
  }

  boolean lostNothing() {
    return pairs.stream().allMatch(Pair::lostNothing);
  }

  /// How many pairs were cut and came back.
  long reconnected() {
    return pairs.stream()
        .filter(pair -> Stream.of(pair.first(), pair.second()).anyMatch(Crew::cameBack))
        .count();
  }

  /// Why streams ended before the end, in the words of the client.
  List<String> breaks() {
    return everybody()
        .flatMap(person -> person.heard().all(ConversationEvent.Reconnecting.class).stream())
        .map(ConversationEvent.Reconnecting::why)
        .toList();
  }

  @Override
  public void close() {
    pairs.forEach(Pair::close);
  }

  private Stream<Person> everybody() {
    return pairs.stream().flatMap(pair -> Stream.of(pair.first(), pair.second()));
  }

  private static boolean cameBack(Person person) {
    return !person.heard().all(ConversationEvent.Resumed.class).isEmpty();
  }
}
