package parley.chat;

import parley.client.conversation.ConversationEvent;
import parley.client.search.SearchEvent;

/// What the chat's one queue holds.
sealed interface Happening {
  /// A line of input.
  record Typed(String line) implements Happening {}

  /// The person is writing a line.
  record Writing() implements Happening {}

  /// There will be no more input.
  record InputEnded() implements Happening {}

  record Searched(SearchEvent event) implements Happening {}

  record Talked(ConversationEvent event) implements Happening {}

  record Answered(Answer answer) implements Happening {}

  /// Nobody came within the patience given with the search of this number.
  record PatienceOver(int search) implements Happening {}

  /// It was stayed long enough after the end of input.
  record LingerOver() implements Happening {}
}
