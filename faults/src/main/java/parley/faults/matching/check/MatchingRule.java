package parley.faults.matching.check;

/// What is proved, in the words that a person reads when it is not so.
public enum MatchingRule {
  WISHES("nobody is paired against a wish of either"),
  LEVEL("a pair is near enough for its level, and both had come to that level"),
  RECEIPT("a receipt says what both gave, and nothing else"),
  PAIR("a session has two people, and both are told the same"),
  TOLD("who is matched is told"),
  ONE_MATCH("nobody is in two matches that are not void"),
  ONE_LIVE("nobody has two tickets that live"),
  OVER_IS_OVER("a ticket that is over is not matched"),
  VOID_IS_OVER("a match that came to nothing is not told again"),
  NEWEST("the newest stream of a ticket keeps it"),
  RANK("a ticket keeps the place it was made with"),
  REFUSED("two who must not meet do not"),
  BOTH_ACCEPT("who is asked is matched only if both accept"),
  BACK_IN_LINE("whose peer never came is told so, and is back in line"),
  WAITS_BESIDE("nobody waits beside somebody who fits"),
  SPOKEN_TO("an open stream is never silent for long"),
  STORE("in line stand those who wait, and nobody else");

  private final String sentence;

  MatchingRule(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
