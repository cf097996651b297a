package parley.bot.core.game;

import java.util.List;

/// Something that has an answer.
///
/// @param answers what counts as right; the first is the one that is told
/// @param hint helps; may be empty
record Question(String text, List<String> answers, String hint) {
  Question {
    answers = List.copyOf(answers);
  }

  String answer() {
    return answers.getFirst();
  }

  boolean isAnsweredBy(Heard heard) {
    return answers.stream()
        .map(answer -> answer.replaceFirst("^(an?|the|your|eine?|der|die|das|dein|den) ", ""))
        .anyMatch(heard::nearlyHolds);
  }
}
