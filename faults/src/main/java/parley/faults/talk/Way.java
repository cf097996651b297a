package parley.faults.talk;

import io.grpc.Channel;
import parley.client.call.Face;

/// One way to a session node.
///
/// @param name `door native`, `door web`, `session-2 straight`
/// @param hurry makes the channel connect now, if it was waiting to try again
public record Way(String name, Face face, Channel channel, Runnable hurry) {}
