package parley.chat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.client.search.PeerSearch;
import parley.proto.match.v1.AiWelcome;
import parley.proto.match.v1.ProposalAnswer;
import parley.proto.match.v1.ProposalOffered;

/// `/relax`, `/accept`, `/decline` and `/no-ai`: about the search that goes on. Used by the chat's
/// thread.
final class SearchDesk {
  static final String HELP =
      "while looking, /relax takes more people now, /accept and /decline answer, "
          + "/no-ai waits for people only";

  private static final Set<String> COMMANDS = Set.of("/relax", "/accept", "/decline", "/no-ai");

  private final Screen screen;
  private @Nullable ProposalOffered offer;

  SearchDesk(Screen screen) {
    this.screen = screen;
  }

  static boolean takes(String line) {
    return COMMANDS.contains(line);
  }

  void proposed(ProposalOffered made) {
    offer = made;
  }

  /// @param looking null if nobody is looked for
  void act(String line, @Nullable PeerSearch looking) {
    switch (line) {
      case "/relax" -> relax(looking);
      case "/no-ai" -> noAi(looking);
      case "/accept" -> answer(looking, ProposalAnswer.PROPOSAL_ANSWER_ACCEPT);
      default -> answer(looking, ProposalAnswer.PROPOSAL_ANSWER_DECLINE);
    }
  }

  private void relax(@Nullable PeerSearch looking) {
    if (looking == null) {
      screen.hint("you are not looking for anybody");
    } else {
      looking.relax();
      screen.hint("looking further now, as far as your wishes go");
    }
  }

  /// `/keep-looking` and `/just-us` before an AI is there: whether one may come, and what then.
  void welcomeAi(String line, PeerSearch looking) {
    switch (line) {
      case "/keep-looking" -> looking.welcomeAi(AiWelcome.AI_WELCOME_MEANWHILE);
      case "/just-us" -> looking.welcomeAi(AiWelcome.AI_WELCOME_INSTEAD);
      default -> screen.hint("nobody is here for you just now");
    }
  }

  private void noAi(@Nullable PeerSearch looking) {
    if (looking == null) {
      screen.hint("you are not looking for anybody");
    } else {
      looking.welcomeAi(AiWelcome.AI_WELCOME_NEVER);
    }
  }

  private void answer(@Nullable PeerSearch looking, ProposalAnswer answer) {
    ProposalOffered asked = offer;
    offer = null;
    if (looking == null || asked == null) {
      screen.hint("nobody is proposed to you now");
    } else {
      looking.answer(asked, answer);
    }
  }
}
