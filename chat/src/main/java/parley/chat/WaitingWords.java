package parley.chat;

import java.time.Duration;
import java.util.ArrayList;
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
  private static final String SEPARATOR = " · ";

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
            .map(
                step ->
                    "from "
                        + minutes(ProtoTimes.duration(step.getAfter()))
                        + " "
                        + later(step.getLevel()))
            .collect(Collectors.joining("; "));
    return first(steps.getFirst().getLevel()) + " first; " + later + ". /relax does not wait.";
  }

  /// What goes on: `0:05 looking for somebody who likes what you like · wider in 3 s · place 3…`,
  /// the weightiest first; what does not fit is left out.
  ///
  /// @param waited since the search began
  /// @param old since the update came
  /// @param width columns
  static String now(WaitingUpdate update, Duration waited, Duration old, int width) {
    StringBuilder words = new StringBuilder(minutes(waited) + " " + level(update.getLevel()));
    for (String part : parts(update, old)) {
      if (words.length() + SEPARATOR.length() + part.length() + 1 <= width) {
        words.append(SEPARATOR).append(part);
      }
    }
    return words.append('…').toString();
  }

  private static List<String> parts(WaitingUpdate update, Duration old) {
    List<String> parts = new ArrayList<>();
    if (update.hasRelaxesIn()) {
      Duration left = ProtoTimes.duration(update.getRelaxesIn()).minus(old);
      parts.add(left.toSeconds() > 0 ? "wider in " + about(left) : "wider any moment");
    }
    if (update.hasPlace()) {
      parts.add(update.getPlace() <= 1 ? "first in line" : "place " + update.getPlace());
    }
    if (update.hasEstimatedWait()) {
      parts.add("about " + about(ProtoTimes.duration(update.getEstimatedWait())));
    }
    if (update.getAiAway()) {
      parts.add("no AI is free just now");
    } else if (update.hasAiIn()) {
      parts.add("an AI in " + about(ProtoTimes.duration(update.getAiIn()).minus(old)));
    }
    if (update.hasPeopleWaiting()) {
      parts.add(update.getPeopleWaiting() + " people wait");
    }
    return parts;
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

  private static String minutes(Duration time) {
    return "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
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
      case LEVEL_SAME_TAGS -> "looking for somebody who likes the same";
      case LEVEL_SAME_LANGUAGE -> "looking for somebody who speaks your language";
      case LEVEL_ANYONE, LEVEL_UNSPECIFIED, UNRECOGNIZED -> "looking for anyone who fits";
    };
  }
}
