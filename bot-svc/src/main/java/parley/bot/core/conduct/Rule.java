package parley.bot.core.conduct;

import java.util.Locale;

/// What the phrases of a section of `rules.txt` are looked for.
enum Rule {
  // In what a person says.
  SELF_HARM,
  /// A life in danger now from illness, injury or poison.
  MEDICAL,
  VIOLENCE,
  CHILD_ABUSE,
  /// Somebody under age; a danger together with `SEXUAL`.
  UNDER_AGE,
  SEXUAL,
  ASKS_WHAT_YOU_ARE,
  WANTS_CONTACT,
  WANTS_TO_MEET,
  // In what somebody wants to say to a person.
  LEAKS,
  HARMS,
  CLAIMS,
  /// What people say out of politeness and a program cannot mean ("glad to hear it"): forgiven to a
  /// provider, not to the companion, whether written beforehand or made up. Need not be there.
  POLITE_CLAIMS,
  OFFERS_TO_MEET,
  OFFERS_CONTACT,
  ADDRESS;

  String section() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// How many phrases a language has of it at least.
  int least() {
    return this == POLITE_CLAIMS ? 0 : 1;
  }

  /// The section of what looks like it and is harmless; need not be there.
  String exceptions() {
    return "not " + section();
  }
}
