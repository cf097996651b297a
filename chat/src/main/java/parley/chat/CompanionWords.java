package parley.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.client.conversation.ConversationEnding;
import parley.client.conversation.ConversationEvent;
import parley.client.conversation.ConversationEvent.WhatNext;
import parley.client.search.Lookout;
import parley.client.search.Match;
import parley.proto.domain.v1.MemberKind;

/// An AI, and the person who may come after it, in words for a person.
final class CompanionWords {
  /// Before every word of an AI.
  static final String LABEL = "[AI] ";

  /// At the foot for as long as the talk lasts.
  static final String WITH_AN_AI = "you are talking with an AI, not a person";

  private CompanionWords() {}

  static boolean isAi(@Nullable Match match) {
    return match != null && match.peerKind() == MemberKind.MEMBER_KIND_AI;
  }

  /// Who is there.
  static String here(Match match) {
    return isAi(match) ? "An AI is here, not a person" : "Somebody is here";
  }

  /// What goes on meanwhile.
  static String after(Match match) {
    if (!isAi(match)) {
      return "";
    }
    return match.keepsLooking()
        ? " You stay in line for a person; /just-us takes you out."
        : " /keep-looking looks for a person meanwhile.";
  }

  static String proposal(ConversationEvent.PersonProposed made) {
    List<String> tags = made.offer().getReceipt().getSharedTagsList();
    String likes = tags.isEmpty() ? "" : " who also likes " + String.join(", ", tags);
    return "[a person is here"
        + likes
        + ": /switch or /stay, "
        + made.answerWithin().toSeconds()
        + " s]";
  }

  static String withdrawn(Lookout lookout) {
    return lookout == Lookout.KEPT
        ? "[not this time; you keep your place in line]"
        : "[there was no answer, so you are out of line: /keep-looking goes back]";
  }

  static String lookout(Lookout lookout) {
    return switch (lookout) {
      case KEPT -> "You are in line again: if a person comes, you are asked.";
      case RESTS -> "Just the two of you: nobody else is looked for.";
      case OVER -> "Your place in line is over; /next looks anew.";
      case UNKNOWN -> "The server could not be asked. Try it again.";
    };
  }

  /// How a talk with an AI ended; empty if an AI is no matter in it.
  static String ended(Match match, ConversationEvent.Ended ended) {
    if (!isAi(match)) {
      return "";
    }
    boolean again = ended.next() == WhatNext.START_OVER;
    if (ended.ending() == ConversationEnding.LOST && again) {
      return "The AI was lost on the way. You are back in line.";
    }
    return ended.ending() == ConversationEnding.LEFT && match.keepsLooking()
        ? "The AI has left. You are back in line."
        : "";
  }
}
