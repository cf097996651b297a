package parley.faults.check;

import parley.faults.history.Histories;

/// Holds the histories of a run against the promise.
public final class Checker {
  private Checker() {}

  public static Verdict check(Histories histories, Promise promise) {
    Said said = Said.in(histories);
    Findings findings = new Findings();
    Faults faults = Faults.in(histories.run());
    for (Histories.Conversation conversation : histories.conversations().values()) {
      Case one = Case.of(conversation, said, promise, faults);
      new LogRules(one, findings).check();
      new PlaceRules(one, findings).check();
      for (MemberHistory member : one.members()) {
        new AcknowledgementRules(one, member, findings).check();
        for (StreamHistory stream : member.streams()) {
          new StreamRules(one, member, findings).check(stream);
        }
        new TimeRules(one, member, findings).check();
        new PresenceRules(one, member, findings).check();
      }
    }
    return findings.verdict(histories.conversations().size(), said);
  }
}
