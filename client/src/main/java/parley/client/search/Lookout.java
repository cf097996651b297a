package parley.client.search;

/// Whether a person may still come to somebody who talks with an AI peer.
public enum Lookout {
  /// The ticket is in line.
  KEPT,
  /// The ticket is out of line until somebody asks for it again.
  RESTS,
  /// The ticket is over: nobody comes by it any more.
  OVER,
  /// The server could not be asked; it is as it was.
  UNKNOWN
}
