package parley.chat;

import parley.client.conversation.Recourse.BlockAnswer;
import parley.client.conversation.Recourse.HistoryAnswer;
import parley.client.conversation.Recourse.ReportAnswer;

/// What came of a command that asked the server something.
sealed interface Answer {
  record Blocked(BlockAnswer answer) implements Answer {}

  record Reported(ReportAnswer answer) implements Answer {}

  record History(HistoryAnswer answer) implements Answer {}

  /// The server did not answer, or refused.
  record Failed(String command, String sentence) implements Answer {}
}
