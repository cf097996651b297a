package parley.identity.core;

/// What a guest gets: two texts, nothing that is logged.
public record Tokens(String access, String refresh) {
  @Override
  public String toString() {
    return "Tokens[…]";
  }
}
