package parley.chat;

import org.jspecify.annotations.Nullable;
import parley.client.search.PeerSearch;

/// Who acts on which command: about the search, about an AI and who may come after it, about what
/// was said.
record Desks(SearchDesk search, CompanionDesk companion, RecourseDesk recourse) {
  boolean takes(String line) {
    return SearchDesk.takes(line) || CompanionDesk.takes(line) || RecourseDesk.takes(line);
  }

  /// @param looking null if nobody is looked for
  void act(String line, @Nullable PeerSearch looking) {
    if (looking != null && CompanionDesk.takes(line)) {
      search.welcomeAi(line, looking);
    } else if (SearchDesk.takes(line)) {
      search.act(line, looking);
    } else if (CompanionDesk.takes(line)) {
      companion.act(line);
    } else {
      recourse.act(line);
    }
  }
}
