package parley.bot.core.conduct;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import parley.bot.core.conduct.HelpLines.Numbers;
import parley.bot.core.conduct.Judgement.Danger;
import parley.bot.core.conduct.Judgement.Emergency;

/// The fixed path: kind words and whom to call.
record Emergencies(Function<String, LineBook> lines, HelpLines helpLines) {

  /// @param understood the language in which the danger was found, and is answered
  Emergency answer(Danger danger, String understood, Speech speech) {
    LineBook book = lines.apply(understood);
    int turn = speech.turn();
    Numbers near = helpLines.near(speech.tongue());
    String comes =
        say(book, speech, near.comes(), EmergencyLine.COMES, EmergencyLine.COMES_SOMEWHERE);
    String listens =
        say(book, speech, near.listens(), EmergencyLine.LISTENS, EmergencyLine.LISTENS_SOMEWHERE);
    String toChildren =
        say(
            book,
            speech,
            near.toChildren(),
            EmergencyLine.LISTENS_TO_CHILDREN,
            EmergencyLine.LISTENS_TO_CHILDREN_SOMEWHERE);
    return switch (danger) {
      case SELF_HARM ->
          new Emergency(
              danger,
              List.of(
                  book.say(EmergencyLine.SELF_HARM, turn, speech.heard()), listens + " " + comes));
      case MEDICAL ->
          new Emergency(
              danger,
              List.of(
                  say(
                      book,
                      speech,
                      near.comes(),
                      EmergencyLine.COMES_NOW,
                      EmergencyLine.COMES_NOW_SOMEWHERE),
                  book.say(EmergencyLine.MEDICAL, turn, speech.heard())));
      case VIOLENCE ->
          new Emergency(
              danger,
              List.of(
                  book.say(EmergencyLine.VIOLENCE, turn, speech.heard()), comes + " " + listens));
      case MINOR_IN_SEXUAL_CONTEXT ->
          new Emergency(
              danger,
              List.of(
                  book.say(EmergencyLine.MINOR_IN_SEXUAL_CONTEXT, turn, speech.heard()),
                  toChildren + " " + comes));
    };
  }

  private static String say(
      LineBook book,
      Speech speech,
      Optional<String> numbers,
      EmergencyLine known,
      EmergencyLine somewhere) {
    return numbers
        .map(
            these ->
                book.say(known, speech.turn(), speech.heard())
                    .replace(EmergencyLine.NUMBERS, these))
        .orElseGet(() -> book.say(somewhere, speech.turn(), speech.heard()));
  }
}
