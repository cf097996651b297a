package parley.platform.notice;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.BinaryJedisShardedPubSub;
import redis.clients.jedis.Connection;

/// Gives what comes on a channel to the listener.
final class Hearing {
  private static final Logger LOG = LoggerFactory.getLogger(Hearing.class);

  private final NoticeListener listener;
  private final Runnable alive;

  /// @param alive run whenever anything comes
  Hearing(NoticeListener listener, Runnable alive) {
    this.listener = listener;
    this.alive = alive;
  }

  /// Returns when the server ends the subscription.
  ///
  /// @throws redis.clients.jedis.exceptions.JedisException if the connection broke
  void hear(Connection connection, byte[] channel, Kind kind) {
    switch (kind) {
      case PLAIN -> new Plain().proceed(connection, channel);
      case SHARDED -> new Sharded().proceed(connection, channel);
    }
  }

  private void subscribed() {
    alive.run();
    listener.missed();
  }

  /// A node's word to itself holds nothing.
  private void heard(byte[] notice) {
    alive.run();
    if (notice.length > 0) {
      try {
        listener.noticed(notice);
      } catch (RuntimeException fault) {
        LOG.atError().setCause(fault).log("notice failed");
      }
    }
  }

  /// How a channel is subscribed.
  enum Kind {
    PLAIN,
    SHARDED
  }

  private final class Plain extends BinaryJedisPubSub {
    @Override
    public void onSubscribe(byte[] channel, int count) {
      subscribed();
    }

    @Override
    public void onMessage(byte[] channel, byte[] notice) {
      heard(notice);
    }
  }

  private final class Sharded extends BinaryJedisShardedPubSub {
    @Override
    public void onSSubscribe(byte[] channel, int count) {
      subscribed();
    }

    @Override
    public void onSMessage(byte[] channel, byte[] notice) {
      heard(notice);
    }
  }
}
