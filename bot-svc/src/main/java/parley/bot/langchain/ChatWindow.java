package parley.bot.langchain;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.TokenCountEstimator;
import java.util.ArrayList;
import java.util.List;
import parley.bot.core.Line;
import parley.bot.core.Prompt;

/// The part of a conversation that a model is reminded of: what it is told first, then the newest
/// lines that fit into so many tokens, then the question. The history is core's, so what was
/// stopped or failed leaves nothing behind to be repaired.
final class ChatWindow {
  /// Roles and separators, about.
  private static final int TOKENS_A_MESSAGE = 4;

  /// Some models' templates want a person's message first.
  private static final String BEGINNING = "(The conversation begins.)";

  private final SystemPrompt system;
  private final TokenCountEstimator tokens;
  private final int memoryTokens;

  ChatWindow(SystemPrompt system, TokenCountEstimator tokens, int memoryTokens) {
    this.system = system;
    this.tokens = tokens;
    this.memoryTokens = memoryTokens;
  }

  /// @param tokens of all of it, about
  record View(List<ChatMessage> messages, int tokens) {}

  View of(Prompt prompt) {
    List<Line> lines = newest(prompt.memory());
    List<ChatMessage> messages = new ArrayList<>();
    messages.add(SystemMessage.from(system.of(prompt)));
    if (lines.isEmpty() || lines.getFirst().who() == Line.Who.PEER) {
      messages.add(UserMessage.from(BEGINNING));
    }
    lines.add(new Line(Line.Who.PERSON, prompt.said()));
    joined(lines).forEach(line -> messages.add(message(line)));
    int all =
        messages.stream().mapToInt(one -> tokens.estimateTokenCountInMessage(one)).sum()
            + TOKENS_A_MESSAGE;
    return new View(List.copyOf(messages), all);
  }

  int count(String text) {
    return tokens.estimateTokenCountInText(text);
  }

  private List<Line> newest(List<Line> memory) {
    List<Line> kept = new ArrayList<>();
    int left = memoryTokens;
    for (Line line : memory.reversed()) {
      left -= count(line.text()) + TOKENS_A_MESSAGE;
      if (left < 0) {
        break;
      }
      kept.addFirst(line);
    }
    return kept;
  }

  /// Lines of one side in a row are one message: templates want turns.
  private static List<Line> joined(List<Line> lines) {
    List<Line> joined = new ArrayList<>();
    for (Line line : lines) {
      if (!joined.isEmpty() && joined.getLast().who() == line.who()) {
        joined.add(new Line(line.who(), joined.removeLast().text() + "\n" + line.text()));
      } else {
        joined.add(line);
      }
    }
    return joined;
  }

  private static ChatMessage message(Line line) {
    return switch (line.who()) {
      case PERSON -> UserMessage.from(line.text());
      case PEER -> AiMessage.from(line.text());
    };
  }
}
