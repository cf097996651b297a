package parley.bot.core;

/// How a conversation of an AI peer ended.
public enum Ending {
  /// The person left, or the session ended otherwise for them.
  PERSON_LEFT,
  /// The person did not come back, or never came.
  PERSON_LOST,
  /// A person was found in place of the AI peer.
  HUMAN_FOUND,
  /// Nobody went on after the AI peer had stepped aside.
  STEPPED_ASIDE,
  /// The provider failed too often.
  PROVIDER_GONE,
  /// What a conversation, or a device on one day, may cost was spent.
  BUDGET_OVER,
  /// This node went away.
  SHUTDOWN,
  /// The AI peer could not enter in time.
  NEVER_ENTERED,
  /// The session ended for another reason.
  OTHER
}
