package parley.session.core.port;

import java.util.List;
import parley.relay.NodeLife;

/// The nodes of this service whose lease lasts. Does not block.
public interface LiveNodes {
  /// Empty if that is not known just now.
  List<NodeLife> lives();
}
