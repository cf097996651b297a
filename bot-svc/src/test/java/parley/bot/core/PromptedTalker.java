package parley.bot.core;

import java.util.ArrayList;
import java.util.List;
import parley.bot.core.port.Talker;

/// A talker whose words a test gives.
final class PromptedTalker implements Talker {
  final List<Prompt> prompts = new ArrayList<>();
  final List<Listener> listeners = new ArrayList<>();
  int cancelled;

  @Override
  public Utterance answer(Prompt prompt, Listener listener) {
    prompts.add(prompt);
    listeners.add(listener);
    return () -> {
      cancelled++;
      return 7;
    };
  }

  Prompt asked() {
    return prompts.getLast();
  }

  void says(String sentence) {
    listeners.getLast().sentence(sentence);
  }

  void isDone(int tokens) {
    listeners.getLast().done(tokens);
  }

  void fails() {
    listeners.getLast().failed(Fault.SILENT, 0);
  }
}
