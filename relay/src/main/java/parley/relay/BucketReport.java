package parley.relay;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a look at a bucket told.
///
/// @param at by the store's clock
/// @param looked how many sessions were looked at; as many as asked for means that more may be due
/// @param outbox how many entries wait in its outbox
/// @param oldest id of the first of them; null if there is none
/// @param newest id of the last of them; null if there is none
/// @param dropped how many the outbox could not take since the last look
public record BucketReport(
    Instant at,
    int looked,
    long outbox,
    @Nullable String oldest,
    @Nullable String newest,
    long dropped,
    List<Finding> findings) {
  public BucketReport {
    findings = List.copyOf(findings);
  }
}
