package parley.session.core;

import parley.relay.Bucket;

/// What is done about entries of outboxes, one purpose each. Any thread; returns at once.
public interface Errands {
  /// Something was written for this bucket, perhaps.
  void soon(Bucket bucket);

  /// The newest entry of a bucket, as a look told it: this node does what it has not done yet.
  void newest(Bucket bucket, String id);
}
