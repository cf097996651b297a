package parley.chat;

import parley.client.conversation.ConversationEvent;
import parley.client.search.Lookout;
import parley.client.search.SearchEvent;

/// How a chat shows itself. Called by the chat's thread alone.
interface Screen {
  /// This person is a guest now.
  void guest(String participantId);

  void show(SearchEvent event);

  void show(ConversationEvent event);

  void show(Answer answer);

  void show(Lookout lookout);

  /// Called at least once a second: what was shown for a while may go.
  void timePassed();

  /// Nobody came within the time that this person would wait.
  void nobody();

  /// What can be typed.
  void help(String text);

  /// A line that was typed cannot be acted on; the sentence says why.
  void hint(String sentence);

  /// The server, or the person, said no.
  void refused(String sentence);

  /// The last word.
  void goodbye(ExitCode code);
}
