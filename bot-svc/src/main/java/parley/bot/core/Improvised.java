package parley.bot.core;

/// What became of a line that a model made up.
public enum Improvised {
  SAID,
  /// The model is still being read, or cannot be.
  NOT_READY,
  /// Others wait for it: this one would come too late.
  BUSY,
  /// It did not come in time.
  LATE,
  FAILED,
  /// All tries were used up.
  NONE_FITS,
  /// Nothing, or no whole sentence.
  EMPTY,
  TOO_LONG,
  /// Marks of a prompt, of a program, of another speaker.
  MARKS,
  /// The person's own words.
  ECHO,
  /// What was said in this conversation before.
  REPEATS,
  /// An example, word for word.
  COPIED,
  LOOPS,
  /// Of being a person, of a life, a body, feelings; or what else the conduct does not let out.
  CLAIM,
  /// Speaks of itself, or as if it were the person.
  WRONG_PERSON,
  /// Cheers at bad news, or is sorry about good ones.
  WRONG_MOOD,
  /// Names and numbers that nobody has named; what it tells of the world, which is often wrong.
  MADE_UP,
  /// Nothing in it is about what was said, or nothing at all is in it.
  OFF_TOPIC,
  RUDE
}
