package parley.session.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parley.domain.SessionId;
import parley.relay.Bucket;
import parley.relay.BucketReport;
import parley.relay.FactsReply;
import parley.relay.Finding;
import parley.relay.LookReply;
import parley.relay.Lost;
import parley.relay.NodeLife;
import parley.relay.Relay;
import parley.relay.SessionFacts;
import parley.session.core.port.Journal;
import parley.session.core.port.LiveNodes;
import parley.session.core.port.Timers;

/// Looks after watched sessions, bucket by bucket, and closes those whose time is over. Each bucket
/// has a node that looks after it before all others; the others look seldom, and take over when it
/// stops. Whoever looks, and how often, changes nothing but the delay.
public final class BucketWatch {
  /// A turn through all buckets is made in so many steps, so that no batch is full of looks.
  private static final int STEPS = 8;

  /// Every so many turns also at buckets that others look after.
  private static final int TURNS_FOR_OTHERS = 3;

  /// While the log cannot be reached, those who wait for it come first.
  private static final Duration REST = Duration.ofSeconds(10);

  private final Relay relay;
  private final List<Errands> errands;
  private final LiveNodes nodes;
  private final Journal journal;
  private final Timers timers;
  private final PresenceTimes times;
  private volatile Duration restsUntil = Duration.ofNanos(Long.MIN_VALUE);

  public BucketWatch(
      Relay relay,
      List<Errands> errands,
      LiveNodes nodes,
      Journal journal,
      Timers timers,
      PresenceTimes times) {
    this.relay = relay;
    this.errands = List.copyOf(errands);
    this.nodes = nodes;
    this.journal = journal;
    this.timers = timers;
    this.times = times;
  }

  /// From now on, as long as the timers run.
  public void start() {
    step(0);
  }

  private void step(int number) {
    if (timers.now().compareTo(restsUntil) >= 0) {
      lookAround(number);
    }
    var _ = timers.after(times.lookEvery().dividedBy(STEPS), () -> step(number + 1));
  }

  private void lookAround(int number) {
    List<NodeLife> lives = nodes.lives();
    boolean othersToo = number / STEPS % TURNS_FOR_OTHERS == 0;
    for (Bucket bucket : Bucket.all()) {
      if (bucket.number() % STEPS == number % STEPS && (othersToo || isOurs(bucket, lives))) {
        look(bucket, lives);
      }
    }
  }

  /// The node with the highest number for this bucket: when nodes come or go, few buckets move.
  private boolean isOurs(Bucket bucket, List<NodeLife> lives) {
    int own = weight(bucket, relay.self());
    return lives.stream().allMatch(node -> weight(bucket, node) <= own);
  }

  /// Spread by the finalizer of MurmurHash3 (Austin Appleby, public domain).
  private static int weight(Bucket bucket, NodeLife node) {
    int mixed = node.node().text().hashCode() * 31 + bucket.number();
    mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
    mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
    return mixed ^ (mixed >>> 16);
  }

  private void look(Bucket bucket, List<NodeLife> lives) {
    relay.look(
        bucket,
        times.rule(),
        lives,
        new LookReply() {
          @Override
          public void looked(BucketReport report) {
            act(bucket, lives, report);
          }

          @Override
          public void leasedElsewhere() {
            journal.leftToOthers(bucket);
          }

          @Override
          public void unavailable() {
            restsUntil = timers.now().plus(REST);
          }
        });
  }

  private void act(Bucket bucket, List<NodeLife> lives, BucketReport report) {
    journal.looked(bucket, report);
    for (Finding finding : report.findings()) {
      switch (finding) {
        case Finding.NoShow(var session) -> close(session, CloseReason.NO_SHOW);
        case Finding.TooOld(var session) -> close(session, CloseReason.TIME_UP);
        case Finding.NotBack(var session, var lost) -> closeIfLost(session, lost);
        case Finding.WentAway _ -> journal.wentAway();
      }
    }
    String newest = report.newest();
    if (newest != null) {
      errands.forEach(errand -> errand.newest(bucket, newest));
    }
    if (report.looked() >= times.rule().sessions()) {
      look(bucket, lives);
    }
  }

  private void close(SessionId session, CloseReason why) {
    relay.close(session, why.byNobody(), new Reaped(session, why));
  }

  private void closeIfLost(SessionId session, Lost lost) {
    CloseReason why = CloseReason.LOST;
    relay.closeIfLost(session, why.by(lost.member()), lost, new Reaped(session, why));
  }

  /// A session that is not closed now is found again.
  private final class Reaped implements FactsReply {
    private final SessionId session;
    private final CloseReason why;

    Reaped(SessionId session, CloseReason why) {
      this.session = session;
      this.why = why;
    }

    @Override
    public void answered(Optional<SessionFacts> facts) {
      if (facts.isPresent() && facts.get().closing() != null) {
        journal.reaped(session, why.forOthers());
        errands.forEach(errand -> errand.soon(Bucket.of(session)));
      }
    }

    @Override
    public void unavailable() {
      // As above.
    }
  }
}
