package parley.session.core;

/// What a member is reported for.
public enum ReportReason {
  HARASSMENT,
  SEXUAL_CONTENT,
  MINOR_IN_DANGER,
  VIOLENCE,
  SPAM,
  OTHER
}
