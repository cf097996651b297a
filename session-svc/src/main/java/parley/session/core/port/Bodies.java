package parley.session.core.port;

import parley.relay.Body;
import parley.session.core.About;
import parley.session.core.Complaint;
import parley.session.core.Content;

/// Messages, and what is kept beside a session, as they are stored. The same content is always the
/// same bytes.
public interface Bodies {
  Body encode(Content content);

  Content decode(Body body);

  Body encode(About about);

  Body encode(Complaint complaint);

  /// @throws IllegalArgumentException if it is none
  About about(Body body);

  /// What was said of this member.
  ///
  /// @throws IllegalArgumentException if it is none
  Complaint complaint(int whom, Body body);
}
