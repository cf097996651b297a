package parley.relay.redis;

import java.util.List;
import java.util.function.Consumer;
import parley.domain.NodeId;
import parley.platform.lifecycle.NodeContext;
import parley.platform.notice.NoticeListener;
import parley.platform.notice.Notices;
import parley.platform.redis.RedisConfig;
import parley.relay.Neighbours;
import parley.relay.Notice;

/// The other nodes' relays by Redis Pub/Sub: one PUBLISH for each node and batch, with everything
/// in it.
public final class RedisNeighbours implements Neighbours {
  private final Notices notices;

  private RedisNeighbours(Notices notices) {
    this.notices = notices;
  }

  /// @param service whose nodes these are
  public static RedisNeighbours open(RedisConfig redis, String service, NodeContext context) {
    return new RedisNeighbours(Notices.open(redis, service, context));
  }

  @Override
  public void tell(NodeId node, List<Notice> told) {
    notices.publish(node, NoticeCodec.write(told));
  }

  @Override
  public void listen(Consumer<List<Notice>> listener, Runnable missed) {
    notices.listen(
        new NoticeListener() {
          @Override
          public void noticed(byte[] notice) {
            listener.accept(NoticeCodec.read(notice));
          }

          @Override
          public void missed() {
            missed.run();
          }
        });
  }

  @Override
  public void close() {
    notices.close();
  }
}
