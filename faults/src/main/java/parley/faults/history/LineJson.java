package parley.faults.history;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// Lines as JSON, and back. A place is written as three numbers.
final class LineJson {
  private LineJson() {}

  static String write(Line line) {
    StringWriter out = new StringWriter(160);
    try (JsonWriter json = new JsonWriter(out)) {
      json.beginObject().name("at").value(line.at()).name("what").value(line.what().name());
      number(json, "stream", line.stream());
      number(json, "attachment", line.attachment());
      number(json, "sequence", line.sequence());
      number(json, "member", line.member());
      Place place = line.place();
      if (place != null) {
        json.name("place").beginArray().value(place.epoch()).value(place.offset());
        json.value(place.check()).endArray();
      }
      if (!line.text().isEmpty()) {
        json.name("text").value(line.text());
      }
      json.endObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toString();
  }

  /// @throws IllegalArgumentException if it is no line
  static Line read(String written) {
    Line line = null;
    try (JsonReader json = new JsonReader(new StringReader(written))) {
      json.beginObject();
      long at = 0;
      while (json.hasNext()) {
        String name = json.nextName();
        if (name.equals("at")) {
          at = json.nextLong();
        } else if (name.equals("what")) {
          line = Line.of(What.valueOf(json.nextString())).at(at);
        } else if (line != null) {
          line = field(line, name, json);
        }
      }
      if (line == null || json.peek() != JsonToken.END_OBJECT) {
        throw new IllegalArgumentException("line is '" + written + "', expected at, what, ...");
      }
      return line;
    } catch (IOException | IllegalStateException torn) {
      throw new IllegalArgumentException("line is '" + written + "', expected JSON", torn);
    }
  }

  private static Line field(Line line, String name, JsonReader json) throws IOException {
    return switch (name) {
      case "stream" -> line.on(json.nextInt());
      case "attachment" -> line.attachment(json.nextLong());
      case "sequence" -> line.sequence(json.nextLong());
      case "member" -> line.member(json.nextInt());
      case "place" -> {
        json.beginArray();
        Place place = new Place(json.nextInt(), json.nextLong(), json.nextInt());
        json.endArray();
        yield line.place(place);
      }
      case "text" -> line.text(json.nextString());
      default ->
          throw new IllegalArgumentException("field is '" + name + "', expected one of Line's");
    };
  }

  private static void number(JsonWriter json, String name, long value) throws IOException {
    if (value != 0) {
      json.name(name).value(value);
    }
  }
}
