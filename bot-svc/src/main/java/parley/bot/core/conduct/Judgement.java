package parley.bot.core.conduct;

import java.util.List;

/// What to do with a person's message. Everything but [Plain] is answered with the lines it brings,
/// as they are, and no model sees the message.
///
/// The lines are in the language in which the message was understood, which need not be the one the
/// person named. They are not to be reviewed: help lines are phone numbers.
public sealed interface Judgement {

  /// To be answered by whatever talks.
  ///
  /// @param text the message without role markers and control tokens; never blank
  record Plain(String text) implements Judgement {}

  /// Somebody may be in danger. Comes before everything else.
  ///
  /// From here on the conversation goes on gently, to its end: no jokes, no games, nothing that
  /// brightens up; [FixedLine#GENTLE] has lines that fit. What is said differs from turn to turn,
  /// the numbers stay.
  ///
  /// @param lines each a message of its own, in this order: first kind words, then whom to call;
  ///   where minutes count ([Danger#MEDICAL]), whom to call comes first
  record Emergency(Danger danger, List<String> lines) implements Judgement {
    public Emergency {
      lines = List.copyOf(lines);
    }
  }

  /// "Are you human?" and its like.
  record AsksWhatYouAre(String line) implements Judgement {}

  /// "Shall we meet?"
  record WantsToMeet(String line) implements Judgement {}

  /// Asks for a number, an account, an address, a photo or a call, or gives their own.
  record WantsContact(String line) implements Judgement {}

  /// Dangers, the most pressing first.
  enum Danger {
    SELF_HARM,
    /// A life in danger now from illness, injury or poison, of the person or of somebody with them.
    MEDICAL,
    /// Who asks for, offers or tells of a minor in a sexual context, or of being one in it.
    MINOR_IN_SEXUAL_CONTEXT,
    /// Threatened, done or suffered.
    VIOLENCE
  }
}
