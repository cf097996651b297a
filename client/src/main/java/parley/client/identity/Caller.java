package parley.client.identity;

import java.util.function.Function;

/// In whose name calls are made, and the access tokens that say so: a guest ([Identity]), or
/// whoever is given tokens by others ([IssuedCaller]). Thread-safe; calls block, on a virtual
/// thread cheaply.
public interface Caller {
  /// Where reading the inbox goes on.
  InboxPlace inbox();

  /// A token that is good now.
  ///
  /// @throws parley.client.call.CallRefused if there is none
  AccessToken accessToken();

  /// The token after the one that was refused: another one if it has come already.
  ///
  /// @throws parley.client.call.CallRefused if there is none
  AccessToken renewed(AccessToken refused);

  /// Runs a unary call with a token: tries again as the error table says, and with another token if
  /// the first was refused.
  ///
  /// @throws parley.client.call.CallRefused if that did not help
  <R> R call(Function<AccessToken, R> call);
}
