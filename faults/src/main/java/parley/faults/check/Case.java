package parley.faults.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.faults.history.Histories;

/// One conversation, and what of the run is needed to judge it.
record Case(
    String name,
    List<MemberHistory> members,
    KeptLog log,
    Said said,
    Promise promise,
    Faults faults) {
  static Case of(Histories.Conversation conversation, Said said, Promise promise, Faults faults) {
    List<MemberHistory> members = new ArrayList<>();
    for (int seat = 0; seat < conversation.members().size(); seat++) {
      members.add(new MemberHistory(seat, conversation.members().get(seat)));
    }
    return new Case(
        conversation.name(),
        List.copyOf(members),
        new KeptLog(conversation.kept()),
        said,
        promise,
        faults);
  }

  Optional<MemberHistory> numbered(int member) {
    return members.stream().filter(one -> one.number() == member).findFirst();
  }
}
