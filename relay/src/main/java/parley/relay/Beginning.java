package parley.relay;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a watched session begins with: kept in the step that makes it, and never changed.
///
/// @param about what the service that uses the relay wants to find in the outbox; not read here
/// @param opening the body of its first entry, which no member wrote; null if it begins empty
/// @param patience how long members may be away who are not waited for as all are, by number
public record Beginning(Body about, @Nullable Body opening, Map<Integer, Duration> patience) {
  public Beginning {
    patience = Map.copyOf(patience);
  }
}
