package parley.faults.check;

/// What is proved, in the words that a person reads when it is not so.
public enum Rule {
  LOG_WHOLE("a kept log has every offset from 1 on, once, in one epoch"),
  NOT_FOREIGN("nothing of another session and nothing that nobody said before is in a log or read"),
  ONCE("no text is twice in a log"),
  AUTHORS_ORDER("a member's texts stand in the log by their sequences, none missing"),
  FENCED("what is first sent by an attachment after a newer one had entered is not stored"),
  ACKNOWLEDGED_IS_KEPT("each acknowledged text is in the log, at its place, with the same words"),
  READ_IS_KEPT("what was read stays in the log"),
  PLACES_AGREE("two observations of one place agree"),
  CONTIGUOUS("reads of a stream have no gap and no repetition between resets"),
  OWN_AS_STORED("an own text comes back as stored while live, never as an envelope"),
  RESET_NAMED("a reset says why"),
  RESET_NEEDED("a reset is told only when something cannot be kept"),
  DIVERGENCE_TOLD("nothing follows a place that the log lost, but a reset"),
  CAUGHT_UP_TRUE("caught up comes when the tip at entering was reached"),
  ANSWERED("each text that a calm stream takes is answered in time"),
  DELIVERED("each text stored in calm is read in time by every open stream of the peer"),
  HERE_IS_TOLD("whoever is in, and has been in for a while undisturbed, is not told away"),
  CAME_BACK("each member comes back, settles and can read the log from its start");

  private final String sentence;

  Rule(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
