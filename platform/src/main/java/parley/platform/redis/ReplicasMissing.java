package parley.platform.redis;

/// The primary executed a batch and too few replicas have it in time: whether it stays is unknown.
final class ReplicasMissing extends RuntimeException {
  private static final long serialVersionUID = 1;

  ReplicasMissing(int have, int required) {
    super(have + " replicas have the batch, expected " + required);
  }
}
