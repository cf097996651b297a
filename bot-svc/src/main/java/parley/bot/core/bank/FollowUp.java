package parley.bot.core.bank;

import java.util.List;

/// What is replied when a person answers the question before it with one of the cues.
record FollowUp(Place place, List<Cue> cues, List<BankLine> replies) {
  FollowUp {
    cues = List.copyOf(cues);
    replies = List.copyOf(replies);
  }
}
