package parley.match.redis;

import parley.domain.Cohort;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.Pool;
import parley.platform.redis.RedisConfig;

/// Every key of match-svc. All of one cohort carry its hash tag and so lie on one node of a
/// cluster; scripts derive inside the same tag `q:` (queues), `no:`, `declined:` and `block:`
/// (refusals), `declines:` and `pause:` (of who declines too often) and `reaper`.
public record MatchKeys(String prefix) {

  public static MatchKeys of(RedisConfig redis) {
    return new MatchKeys(redis.prefix());
  }

  /// A participant's last ticket.
  String ticket(Cohort cohort, ParticipantId participant) {
    return tag(cohort) + "t:" + participant;
  }

  /// Hash: each owner's lease, `gen`, the last rank.
  String nodes(Cohort cohort) {
    return tag(cohort) + "nodes";
  }

  /// Stream: what an owner must learn.
  String inbox(Cohort cohort, OwnerId owner) {
    return tag(cohort) + "in:" + owner.text();
  }

  /// Hash: what each node knows of who waits in one pool.
  String crowd(Cohort cohort, Pool pool) {
    return tag(cohort) + "crowd:" + pool.text();
  }

  String match(Cohort cohort, SessionId session) {
    return tag(cohort) + "match:" + session;
  }

  /// Stream: blocks that are not in PostgreSQL yet.
  String backlog(Cohort cohort) {
    return tag(cohort) + "blocks";
  }

  /// There once all blocks were read into this Redis.
  String whole(Cohort cohort) {
    return tag(cohort) + "blocks-whole";
  }

  private String tag(Cohort cohort) {
    return prefix + "{m" + cohort.code() + "}";
  }
}
