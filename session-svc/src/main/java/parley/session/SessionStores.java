package parley.session;

import parley.platform.discovery.MeshChannels;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.relay.History;
import parley.relay.redis.RedisHistory;
import parley.session.clients.MeshRefusals;
import parley.session.core.ConversationPorts;
import parley.session.core.Disclosures;
import parley.session.core.port.Bodies;
import parley.session.core.port.Journal;
import parley.session.core.port.Refusals;
import parley.session.core.port.Timers;

/// What a node's members need besides talking: somewhere to read back and report, and somebody to
/// tell of blocks.
final class SessionStores implements AutoCloseable {
  private final Lifecycle lifecycle = new Lifecycle();
  private final History history;
  private final Refusals refusals;

  private SessionStores(SessionConfig config, MeshChannels others, NodeContext context) {
    try {
      history = lifecycle.own(RedisHistory.open(config.redis(), config.retention(), context));
      refusals = new MeshRefusals(others);
    } catch (RuntimeException failure) {
      lifecycle.close();
      throw failure;
    }
  }

  static SessionStores open(SessionConfig config, MeshChannels others, NodeContext context) {
    return new SessionStores(config, others, context);
  }

  ConversationPorts ports(Bodies bodies, Journal journal, Timers timers) {
    return new ConversationPorts(bodies, Disclosures.load(), journal, timers, history, refusals);
  }

  /// Also for what is brought to the archive.
  History history() {
    return history;
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
