package parley.domain;

/// What a member of a session is; said by the server alone.
public enum MemberKind {
  PERSON,
  AI
}
