package parley.relay;

import java.time.Duration;

/// @param batchMessages requests in one batch
/// @param batchBytes what a batch may hold and be answered with, about
/// @param sessionMessages requests of one session in one batch; the rest waits its turn
/// @param queuedMessages appends that may wait; beyond it they are not taken
/// @param queuedBytes bytes of bodies that may wait
/// @param page entries read at once
/// @param pageBytes where a page ends before that; a page has one new entry at least
/// @param replay entries that are replayed; who is further behind is reset
/// @param linger how long a batch waits for company; only while batches stay small although more
///   than one request comes in the time of one. Zero: never
/// @param compareEvery how often tips are compared while a session's members are not all here
public record RelayLimits(
    int batchMessages,
    long batchBytes,
    int sessionMessages,
    int queuedMessages,
    long queuedBytes,
    int page,
    int pageBytes,
    int replay,
    Duration linger,
    Duration compareEvery) {
  public static final RelayLimits DEFAULTS =
      new RelayLimits(
          512,
          4L << 20,
          64,
          20_000,
          32L << 20,
          100,
          64 << 10,
          500,
          Duration.ofNanos(200_000),
          Duration.ofSeconds(2));
}
