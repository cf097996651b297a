package parley.domain;

import java.util.regex.Pattern;

/// One running process or in-process node of a service, for example `match-1`. Unique while it
/// lives.
public record NodeId(String text) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

  public NodeId {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "node id is '"
              + text
              + "', expected 1 to 63 of a-z, 0-9, '.' and '-', not starting with a sign");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
