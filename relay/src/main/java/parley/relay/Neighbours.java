package parley.relay;

import java.util.List;
import java.util.function.Consumer;
import parley.domain.NodeId;

/// The other nodes' relays.
public interface Neighbours extends AutoCloseable {
  /// Best effort, in order for one node; does not block.
  void tell(NodeId node, List<Notice> notices);

  /// Called once, before anything can arrive. `notices` gets what other nodes tell; `missed` is run
  /// when some may have been lost. Both on a thread of the neighbours; neither may block.
  void listen(Consumer<List<Notice>> notices, Runnable missed);

  @Override
  void close();
}
