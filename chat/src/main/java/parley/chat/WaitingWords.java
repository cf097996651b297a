package parley.chat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import parley.client.call.ProtoTimes;
import parley.proto.match.v1.Level;
import parley.proto.match.v1.ProposalOffered;
import parley.proto.match.v1.RelaxStep;
import parley.proto.match.v1.WaitingUpdate;

/// Waiting, in words for a person.
final class WaitingWords {
  private WaitingWords() {}

  /// What is going to happen: `Same tags first; from 0:08 anyone who speaks your language; from
  /// 0:20 anyone.` Empty if there is but one step.
  static String plan(List<RelaxStep> steps) {
    if (steps.size() < 2) {
      return "";
    }
    String later =
        IntStream.range(1, steps.size())
            .mapToObj(steps::get)
            .map(step -> "from " + minutes(step) + " " + later(step.getLevel()))
            .collect(Collectors.joining("; "));
    return first(steps.getFirst().getLevel()) + " first; " + later + ". /relax does not wait.";
  }

  static String now(WaitingUpdate update) {
    StringBuilder words = new StringBuilder("looking for ").append(level(update.getLevel()));
    if (update.hasPlace()) {
      words.append(update.getPlace() <= 1 ? " · you are next" : " · place " + update.getPlace());
    }
    if (update.hasEstimatedWait()) {
      words.append(" · about ").append(about(ProtoTimes.duration(update.getEstimatedWait())));
    }
    if (update.hasPeopleWaiting()) {
      words.append(" · ").append(update.getPeopleWaiting()).append(" people are waiting");
    }
    if (update.getAiAway()) {
      words.append(" · no AI is free just now");
    } else if (update.hasAiIn()) {
      words.append(" · an AI in ").append(about(ProtoTimes.duration(update.getAiIn())));
    }
    return words.append('…').toString();
  }

  static String proposal(ProposalOffered offer) {
    List<String> tags = offer.getReceipt().getSharedTagsList();
    String likes = tags.isEmpty() ? "" : " who also likes " + String.join(", ", tags);
    return "Somebody is there"
        + likes
        + ". /accept or /decline within "
        + ProtoTimes.duration(offer.getAnswerWithin()).toSeconds()
        + " s.";
  }

  private static String minutes(RelaxStep step) {
    Duration after = ProtoTimes.duration(step.getAfter());
    return "%d:%02d".formatted(after.toMinutes(), after.toSecondsPart());
  }

  private static String about(Duration wait) {
    return wait.toSeconds() < 60
        ? Math.max(1, wait.toSeconds()) + " s"
        : Math.ceilDiv(wait.toSeconds(), 60) + " min";
  }

  private static String first(Level level) {
    return switch (level) {
      case LEVEL_SAME_TAGS -> "Same tags";
      case LEVEL_SAME_LANGUAGE -> "Your language";
      case LEVEL_ANYONE, LEVEL_UNSPECIFIED, UNRECOGNIZED -> "Anyone";
    };
  }

  private static String later(Level level) {
    return switch (level) {
      case LEVEL_SAME_TAGS -> "the same tags";
      case LEVEL_SAME_LANGUAGE -> "anyone who speaks your language";
      case LEVEL_ANYONE, LEVEL_UNSPECIFIED, UNRECOGNIZED -> "anyone";
    };
  }

  private static String level(Level level) {
    return switch (level) {
      case LEVEL_SAME_TAGS -> "somebody who likes what you like";
      case LEVEL_SAME_LANGUAGE -> "somebody who speaks your language";
      case LEVEL_ANYONE, LEVEL_UNSPECIFIED, UNRECOGNIZED -> "anyone who fits";
    };
  }
}
