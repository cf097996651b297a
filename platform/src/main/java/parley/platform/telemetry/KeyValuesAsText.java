package parley.platform.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import net.logstash.logback.composite.AbstractJsonProvider;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;

/// Writes a log line's key-value pairs as fields of the line: numbers and booleans as they are,
/// anything else as its text, so that an id is `"session":"…"` and not an object. Named in
/// `logback.xml`.
public final class KeyValuesAsText extends AbstractJsonProvider<ILoggingEvent> {
  @Override
  public void writeTo(JsonGenerator line, ILoggingEvent event) {
    if (event.getKeyValuePairs() != null) {
      event.getKeyValuePairs().forEach(pair -> write(line, pair));
    }
  }

  private static void write(JsonGenerator line, KeyValuePair pair) {
    line.writeName(pair.key);
    switch (pair.value) {
      case Integer number -> line.writeNumber(number);
      case Long number -> line.writeNumber(number);
      case Double number -> line.writeNumber(number);
      case Boolean flag -> line.writeBoolean(flag);
      case null, default -> line.writeString(String.valueOf(pair.value));
    }
  }
}
