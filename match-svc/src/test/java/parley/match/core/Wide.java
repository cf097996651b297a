package parley.match.core;

import java.util.Optional;
import parley.match.core.port.TicketPool;

/// Tickets that relax as far as they may, at once.
public final class Wide {
  private Wide() {}

  /// Arrives and relaxes until somebody is found; finding nobody, it stands at its widest.
  public static Optional<Match> search(TicketPool pool, Ticket ticket, Pairing pairing) {
    Arrival arrival = pool.arrive(ticket, pairing);
    if (arrival instanceof Arrival.Met met) {
      return Optional.of(met.match());
    }
    Level level = ((Arrival.Stood) arrival).standing().level();
    for (Level to : Level.values()) {
      boolean isFurther = to.compareTo(level) > 0 && to.compareTo(ticket.widest()) <= 0;
      if (isFurther && pool.relax(ticket, to, pairing) instanceof Relaxation.Met met) {
        return Optional.of(met.match());
      }
    }
    return Optional.empty();
  }
}
