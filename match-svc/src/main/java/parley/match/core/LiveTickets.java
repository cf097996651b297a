package parley.match.core;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The tickets whose streams end at this node, each held by its newest stream.
final class LiveTickets {
  private static final int LOCKS = 512;

  private final Map<TicketId, LiveTicket> tickets = new ConcurrentHashMap<>();
  private final ReentrantLock[] locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);

  /// The newer stream has it; the older one is told.
  void hold(LiveTicket newer) {
    LiveTicket older = tickets.put(newer.ticket().id(), newer);
    if (older != null) {
      older.end(new TicketEvent.Moved());
    }
  }

  /// The one in place of the other, unless a newer stream has it; nobody is told.
  void replace(LiveTicket older, LiveTicket newer) {
    tickets.replace(older.ticket().id(), older, newer);
  }

  /// Nothing if a newer stream has it.
  void release(LiveTicket ticket) {
    tickets.remove(ticket.ticket().id(), ticket);
  }

  @Nullable LiveTicket get(TicketId id) {
    return tickets.get(id);
  }

  Collection<LiveTicket> all() {
    return tickets.values();
  }

  /// What opens, parks or enters one ticket in the pool goes one after the other, so that a late
  /// parking never hits the stream that came after. For virtual threads; a step may block.
  void oneAtATime(TicketId id, Runnable step) {
    ReentrantLock lock = locks[Math.floorMod(id.hashCode(), LOCKS)];
    lock.lock();
    try {
      step.run();
    } finally {
      lock.unlock();
    }
  }
}
