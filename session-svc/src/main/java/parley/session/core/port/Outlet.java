package parley.session.core.port;

import java.util.List;
import parley.session.core.Frame;
import parley.session.core.Refusal;

/// The one writer of a stream, whichever face it has. Called with the stream's lock held; does not
/// block and does not call back.
public interface Outlet {
  /// False if the reader is too far behind: then none of the frames was taken.
  boolean send(List<Frame> frames);

  /// The last frames, after those that wait.
  void end(List<Frame> last);

  /// The last frame, instead of those that wait.
  void endAtOnce(Frame last);

  /// Instead of any frame.
  void refuse(Refusal refusal);

  /// So many more frames may come up.
  void takeMore(int frames);

  /// Whether frames would leave at once.
  boolean ready();
}
