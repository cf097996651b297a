package parley.client.identity;

/// An access token, and which one it is: a caller whose token was refused says which, so that many
/// callers who are refused at once cause one refresh.
///
/// @param number grows by one with each token
/// @param guest grows by one with each guest: a session belongs to the guest who entered it
public record AccessToken(String text, int number, int guest) {
  @Override
  public String toString() {
    return "access token " + number;
  }
}
