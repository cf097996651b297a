package parley.client.search;

import java.time.Duration;
import parley.client.call.Loop;
import parley.client.call.ProtoTimes;
import parley.proto.match.v1.TicketAccepted;

/// Gives signs of life for a ticket in line, and sees when its stream falls silent. Runs on the
/// search's thread alone.
final class TicketWatch {
  private static final int UPDATES_MISSED_UNTIL_CUT = 3;

  private final Loop loop;
  private final Runnable sign;
  private final Runnable silent;
  private Duration keepWaitingEvery = Duration.ZERO;
  private Duration longestSilence = Duration.ZERO;
  private Loop.Timer beat = () -> {};
  private Loop.Timer watch = () -> {};

  TicketWatch(Loop loop, Runnable sign, Runnable silent) {
    this.loop = loop;
    this.sign = sign;
    this.silent = silent;
  }

  /// In line, by the server's times.
  void accepted(TicketAccepted ticket) {
    keepWaitingEvery = ProtoTimes.duration(ticket.getKeepWaitingEvery());
    longestSilence =
        ProtoTimes.duration(ticket.getUpdateAtLeast()).multipliedBy(UPDATES_MISSED_UNTIL_CUT);
    beatLater();
    heard();
  }

  /// Something came by the stream.
  void heard() {
    watch.cancel();
    if (longestSilence.isPositive()) {
      watch = loop.after(longestSilence, silent);
    }
  }

  /// There is no stream, and no sign until there is one.
  void stop() {
    beat.cancel();
    watch.cancel();
  }

  Duration keepWaitingEvery() {
    return keepWaitingEvery;
  }

  private void beatLater() {
    beat.cancel();
    if (keepWaitingEvery.isPositive()) {
      beat =
          loop.after(
              keepWaitingEvery,
              () -> {
                sign.run();
                beatLater();
              });
    }
  }
}
