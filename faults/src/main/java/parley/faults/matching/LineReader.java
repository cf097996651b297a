package parley.faults.matching;

import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import parley.faults.matching.check.Line;
import parley.faults.matching.check.What;

/// Reads the lines of one history. The same word is the same object in all of them, so that a
/// million lines fit into a few hundred megabytes. Used by one thread.
final class LineReader {
  private final Map<String, String> words = new HashMap<>();

  Line read(String json) {
    long at = 0;
    What what = What.RUN;
    int ticket = 0;
    Map<String, String> facts = Map.of();
    try (JsonReader in = new JsonReader(new StringReader(json))) {
      in.beginObject();
      while (in.hasNext()) {
        switch (in.nextName()) {
          case "at" -> at = in.nextLong();
          case "what" -> what = What.valueOf(in.nextString());
          case "ticket" -> ticket = in.nextInt();
          case "facts" -> facts = facts(in);
          default -> in.skipValue();
        }
      }
    } catch (IOException notALine) {
      throw new UncheckedIOException("not a line of a history: " + json, notALine);
    }
    return new Line(at, what, ticket, facts);
  }

  private Map<String, String> facts(JsonReader in) throws IOException {
    Map<String, String> facts = new HashMap<>();
    in.beginObject();
    while (in.hasNext()) {
      facts.put(word(in.nextName()), word(in.nextString()));
    }
    in.endObject();
    return Map.copyOf(facts);
  }

  private String word(String text) {
    String known = words.putIfAbsent(text, text);
    return known == null ? text : known;
  }
}
