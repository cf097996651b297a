package parley.client.conversation;

import org.jspecify.annotations.Nullable;
import parley.client.call.Door;
import parley.client.call.Face;
import parley.client.call.Loop;
import parley.client.identity.AccessToken;
import parley.client.identity.Caller;
import parley.proto.domain.v1.Position;
import parley.proto.session.v1.Enter;

/// Opens links in the name of one guest: a conversation belongs to the guest who entered it. Runs
/// on the conversation's thread; blocks while a token is fetched.
final class Entrance {
  private final Door door;
  private final Caller caller;
  private final SessionCalls calls;
  private final Loop loop;
  private @Nullable AccessToken token;
  private int guest;
  private boolean renewed;

  Entrance(Door door, Caller caller, SessionCalls calls, Loop loop) {
    this.door = door;
    this.caller = caller;
    this.calls = calls;
    this.loop = loop;
  }

  /// Opens a link.
  ///
  /// @return null if the caller is another guest by now
  /// @throws parley.client.call.CallRefused if there is no token
  @Nullable MemberLink open(Enter.Builder how, MemberLink.Events events) {
    AccessToken good = token == null ? caller.accessToken() : token;
    if (guest != 0 && good.guest() != guest) {
      return null;
    }
    guest = good.guest();
    token = good;
    Position inbox = caller.inbox().reached(guest);
    Enter enter = inbox == null ? how.build() : how.setInboxPosition(inbox).build();
    door.hurry().run();
    return door.face() == Face.NATIVE
        ? NativeLink.open(calls, good, enter, loop, events)
        : WebLink.open(calls, good, enter, loop, events);
  }

  /// What the guest has of its inbox; null for nothing.
  @Nullable Position inbox() {
    return caller.inbox().kept();
  }

  /// The token was good.
  void entered() {
    renewed = false;
  }

  /// A link stopped: the next one asks for the token that is good then, unless one was just
  /// fetched.
  void stopped() {
    if (!renewed) {
      token = null;
    }
  }

  /// The token was refused: fetches another, once.
  ///
  /// @return false if that was done already
  boolean renew() {
    AccessToken used = token;
    if (renewed || used == null) {
      return false;
    }
    renewed = true;
    token = caller.renewed(used);
    return true;
  }
}
