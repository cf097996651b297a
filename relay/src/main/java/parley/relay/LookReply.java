package parley.relay;

/// Waits for a look at a bucket; called by the relay's thread after the commit, must not block.
public interface LookReply {
  void looked(BucketReport report);

  /// Another node looks after this bucket.
  void leasedElsewhere();

  /// Unknown: the log could not be reached.
  void unavailable();
}
