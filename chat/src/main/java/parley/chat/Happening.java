package parley.chat;

import parley.client.conversation.ConversationEvent;
import parley.client.search.Lookout;
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

  /// @param talk which conversation, counted from 1: what an older one still says is over
  record Talked(int talk, ConversationEvent event) implements Happening {}

  /// Whether a person may come to somebody who talks with an AI.
  record LookedOut(Lookout lookout) implements Happening {}

  record Answered(Answer answer) implements Happening {}

  /// Nobody came within the patience given with the search of this number.
  record PatienceOver(int search) implements Happening {}

  /// It was stayed long enough after the end of input.
  record LingerOver() implements Happening {}
}
