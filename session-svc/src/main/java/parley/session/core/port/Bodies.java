package parley.session.core.port;

import parley.relay.Body;
import parley.session.core.Content;

/// Messages as they are stored. The same content is always the same bytes.
public interface Bodies {
  Body encode(Content content);

  Content decode(Body body);
}
