package parley.bot.core.port;

import java.util.List;
import parley.domain.TalkerKind;

/// Where talkers come from. Thread-safe.
public interface Talkers {
  /// For one conversation.
  Talker begin();

  /// What people are told that they talk with.
  TalkerKind kind();

  /// Who gets the words if they leave the house, as people know it; empty if they stay.
  String provider();

  /// Whether a conversation that begins now would find words. Never blocks.
  boolean isReady();

  /// What must never be said, word for word: what a model was told in secret, and keys.
  List<String> secrets();
}
