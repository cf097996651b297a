package parley.faults.talk;

import com.google.protobuf.ByteString;
import parley.client.call.Face;
import parley.client.identity.Identity;

/// A place in one conversation, and who takes it.
///
/// @param conversation its name in this run, `c0007`
/// @param number 1 or 2
public record Seat(
    String conversation,
    int number,
    Face face,
    Identity identity,
    String session,
    ByteString grant,
    Table table) {
  String author() {
    return conversation + "." + number;
  }
}
