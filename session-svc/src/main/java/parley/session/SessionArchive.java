package parley.session;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.postgres.PostgresConfig;
import parley.platform.postgres.PostgresStore;
import parley.relay.Outbox;
import parley.relay.OutboxEntry;
import parley.relay.OutboxReader;
import parley.session.core.ArchiveErrands;
import parley.session.core.EntryReader;
import parley.session.core.Errands;
import parley.session.core.port.Timers;
import parley.session.jooq.JooqArchive;
import parley.session.jooq.WeekRoom;

/// What a node does so that what must last does: brings it from the outbox to PostgreSQL, and keeps
/// room for it there, looking every hour or so. PostgreSQL may come, go and stay away.
final class SessionArchive implements AutoCloseable {
  private static final OutboxReader READER =
      new OutboxReader(
          "archive",
          Set.of(OutboxEntry.Kind.OPENED, OutboxEntry.Kind.CLOSED, OutboxEntry.Kind.REPORTED),
          Duration.ofSeconds(20));
  private static final Duration ROOM_EVERY = Duration.ofHours(1);

  private final Lifecycle lifecycle = new Lifecycle();
  private final ArchiveErrands errands;
  private final WeekRoom room;
  private final RandomGenerator random;
  private final Thread keeper;

  private SessionArchive(
      SessionConfig config,
      PostgresConfig at,
      Outbox outbox,
      EntryReader reader,
      Timers timers,
      NodeContext context) {
    random = context.random();
    PostgresStore postgres = lifecycle.own(PostgresStore.open(at, context));
    room = new WeekRoom(at, config.keeping());
    errands =
        lifecycle.own(
            new ArchiveErrands(
                outbox,
                READER,
                reader,
                new ArchiveErrands.Parts(
                    new JooqArchive(postgres, room), new ArchiveMeters(context.meters()), timers),
                context.id()));
    keeper = Thread.ofVirtual().name(context.id() + "-weeks").start(this::keepRoom);
  }

  static SessionArchive open(
      SessionConfig config,
      PostgresConfig at,
      Outbox outbox,
      EntryReader reader,
      Timers timers,
      NodeContext context) {
    return new SessionArchive(config, at, outbox, reader, timers, context);
  }

  Errands errands() {
    return errands;
  }

  @Override
  public void close() {
    keeper.interrupt();
    try {
      keeper.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    lifecycle.close();
  }

  private void keepRoom() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(ROOM_EVERY.toNanos() / 2 + random.nextLong(ROOM_EVERY.toNanos()));
      if (!Thread.currentThread().isInterrupted()) {
        room.keep();
        errands.again();
      }
    }
  }
}
