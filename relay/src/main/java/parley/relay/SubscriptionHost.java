package parley.relay;

/// What a subscription needs of the loop that drives it.
interface SubscriptionHost {
  /// Runs it soon, on the loop's thread.
  void later(Runnable task);

  /// The page comes by [Subscription#page].
  void read(Subscription reader, long from, int count);

  /// Something was given: its batch will end.
  void touched(Subscription subscription);

  /// It has ended.
  void gone(Subscription subscription);

  RelayLimits limits();

  RelayMetrics metrics();
}
