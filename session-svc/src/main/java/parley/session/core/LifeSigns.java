package parley.session.core;

import java.time.Duration;
import java.util.Optional;
import parley.relay.FactsReply;
import parley.relay.SessionFacts;
import parley.relay.Sign;
import parley.session.core.port.Timers.Alarm;

/// Whether the member behind one stream lives. Whatever it sends is a sign of life, and an answer
/// to a heartbeat is kept for the others; silence, and a stream that is gone, mean away. Not
/// thread-safe: called with the stream's lock held.
final class LifeSigns {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  /// Longer than anybody waits for a member who is away.
  private static final int TRIES = 120;

  private final StreamServices services;
  private final Admission self;
  private final long attachment;
  private final Runnable look;
  private Duration heard;
  private boolean silent;
  private Alarm alarm;

  /// @param look calls [#look] with the lock held
  LifeSigns(StreamServices services, Admission self, long attachment, Runnable look) {
    this.services = services;
    this.self = self;
    this.attachment = attachment;
    this.look = look;
    this.heard = services.ports().timers().now();
    this.alarm = services.ports().timers().after(services.presence().silentAfter(), look);
  }

  /// Something came.
  void lives() {
    heard = services.ports().timers().now();
    if (silent) {
      answered();
    }
  }

  /// An answer to a heartbeat came.
  void answered() {
    heard = services.ports().timers().now();
    silent = false;
    keep(Sign.HERE, 1);
  }

  /// What others know of this very attachment: a sign of life that came another way, or that it was
  /// marked away, which is contradicted if it lives.
  void told(Sign sign) {
    switch (sign) {
      case HERE -> {
        heard = services.ports().timers().now();
        silent = false;
      }
      case AWAY -> {
        if (!silent) {
          keep(Sign.HERE, 1);
        }
      }
    }
  }

  void look() {
    Duration left =
        services.presence().silentAfter().minus(services.ports().timers().now().minus(heard));
    if (!left.isPositive() && !silent) {
      silent = true;
      keep(Sign.AWAY, TRIES);
    }
    Duration next = left.isPositive() ? left : services.presence().silentAfter();
    alarm = services.ports().timers().after(next, look);
  }

  /// The stream is gone; its member may come back.
  void gone() {
    alarm.cancel();
    var _ =
        services
            .ports()
            .timers()
            .after(services.presence().goneAfter(), () -> keep(Sign.AWAY, TRIES));
  }

  /// The stream is gone, and nobody waits for its member.
  void stop() {
    alarm.cancel();
  }

  private void keep(Sign sign, int tries) {
    services
        .relay()
        .note(
            self.session(),
            self.member(),
            attachment,
            sign,
            new FactsReply() {
              @Override
              public void answered(Optional<SessionFacts> facts) {
                // An older attachment moved nobody, and a closed session has nobody to tell.
              }

              @Override
              public void unavailable() {
                if (tries > 1) {
                  var _ = services.ports().timers().after(TRY_AGAIN, () -> keep(sign, tries - 1));
                }
              }
            });
  }
}
