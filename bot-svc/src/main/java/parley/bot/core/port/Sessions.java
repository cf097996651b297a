package parley.bot.core.port;

import parley.bot.core.Ending;
import parley.bot.core.Invitation;
import parley.domain.ParticipantId;

/// The way into conversations, as a member like any other.
public interface Sessions {
  /// Enters, in the background, and comes back by itself whenever the connection or the node at its
  /// other end is gone. `Events` hear of it from then on.
  Voice enter(ParticipantId peer, Invitation invitation, Events events);

  /// What an AI peer does in a conversation. Any thread; nothing blocks.
  interface Voice {
    /// Writes a line, at most 500 characters.
    ///
    /// @param settled runs once, on any thread: the line is stored, or never will be
    void say(String line, Runnable settled);

    /// Shows that a line is being written; for some seconds. More often than needed is harmless.
    void typing();

    /// Leaves for good once all that was said is stored, or soon. `ended` follows.
    void leave();

    /// Lets go without leaving; nothing is told after it returns.
    void close();
  }

  /// What happens in a conversation. One call at a time, in order, on a thread of the adapter's.
  interface Events {
    /// In, for the first time.
    void entered();

    /// The person wrote a message.
    void heard(String text);

    /// The person is writing.
    void personTyping();

    /// Over. The last event of all.
    void ended(Ending ending);
  }
}
