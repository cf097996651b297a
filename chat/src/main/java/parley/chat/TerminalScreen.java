package parley.chat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import parley.client.call.ProtoTimes;
import parley.client.conversation.ConversationEnding;
import parley.client.conversation.ConversationEvent;
import parley.client.conversation.NotSentReason;
import parley.client.search.Match;
import parley.client.search.SearchEnding;
import parley.client.search.SearchEvent;
import parley.proto.domain.v1.MemberKind;
import parley.proto.match.v1.ProposalOffered;
import parley.proto.match.v1.TicketAccepted;
import parley.proto.match.v1.WaitingUpdate;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Presence;

/// A chat for a person: words, bubbles, and a line at the foot for what is going on.
final class TerminalScreen implements Screen {
  private final Paper paper;
  private final Bubbles bubbles;
  private final Clock clock;
  private int ownMember;
  private String announced = "";

  TerminalScreen(Paper paper, Clock clock) {
    this.paper = paper;
    this.bubbles = new Bubbles(clock.getZone());
    this.clock = clock;
  }

  @Override
  public void guest(String participantId) {
    say("Welcome. /help shows what you can do.");
    paper.footer("looking for somebody…");
  }

  @Override
  public void show(SearchEvent event) {
    switch (event) {
      case SearchEvent.Accepted(TicketAccepted ticket) -> accepted(ticket);
      case SearchEvent.Waiting(WaitingUpdate update) -> paper.footer(WaitingWords.now(update));
      case SearchEvent.Proposed(ProposalOffered offer) -> {
        paper.footer("");
        say(WaitingWords.proposal(offer));
      }
      case SearchEvent.Reconnecting _ -> paper.footer("reconnecting… your place is kept");
      case SearchEvent.Found(Match match) -> found(match);
      case SearchEvent.Over(SearchEnding ending, String sentence) -> {
        paper.footer("");
        if (ending != SearchEnding.CANCELLED) {
          say("The search is over: " + sentence + ".");
        }
      }
    }
  }

  @Override
  public void show(ConversationEvent event) {
    switch (event) {
      case ConversationEvent.Entered(Entered facts) -> {
        ownMember = facts.getMemberId();
        paper.footer("");
      }
      case ConversationEvent.Resumed _ -> paper.footer("");
      case ConversationEvent.Stored stored -> {
        Instant at = stored.at() == null ? clock.instant() : stored.at();
        print(bubbles.mine(at, stored.text().text(), "✓", paper.width()));
      }
      case ConversationEvent.NotSent(var text, var reason) -> {
        print(bubbles.mine(clock.instant(), text.text(), "✗", paper.width()));
        say("not sent: " + notSent(reason));
      }
      case ConversationEvent.Message message -> message(message);
      case ConversationEvent.Disclosure(_, var _, String text) -> say(text);
      case ConversationEvent.Slowed _ -> paper.footer("slow down a little; your words are kept");
      case ConversationEvent.PeerTyping _ -> paper.footer("your peer is writing…");
      case ConversationEvent.Receipt _ -> paper.footer("read");
      case ConversationEvent.MemberChanged(var member) -> presence(member.getPresence());
      case ConversationEvent.Reconnecting _ -> paper.footer("reconnecting… your words are kept");
      case ConversationEvent.Reset _ ->
          say("Some of what was said could not be kept. The conversation goes on.");
      case ConversationEvent.Ended ended -> {
        paper.footer("");
        say(ended(ended.ending(), ended.sentence()));
      }
    }
  }

  @Override
  public void nobody() {
    say("Nobody came this time. Try again a little later, or with fewer wishes.");
  }

  @Override
  public void help(String text) {
    say(text);
  }

  @Override
  public void hint(String sentence) {
    say(sentence);
  }

  @Override
  public void refused(String sentence) {
    say("That did not work: " + sentence + ".");
  }

  @Override
  public void goodbye(ExitCode code) {
    paper.footer("");
    say("Goodbye.");
  }

  private void message(ConversationEvent.Message message) {
    if (message.memberId() == ownMember) {
      print(bubbles.mine(message.at(), message.text(), "✓", paper.width()));
    } else {
      paper.footer("");
      print(bubbles.theirs(message.at(), message.text(), paper.width()));
    }
  }

  /// Said once for each ticket: who comes back after a break knows it.
  private void accepted(TicketAccepted ticket) {
    paper.footer("looking for somebody…");
    String plan = WaitingWords.plan(ticket.getStepsList());
    if (!ticket.getTicketId().equals(announced) && !plan.isEmpty()) {
      say(plan);
    }
    announced = ticket.getTicketId();
  }

  private void found(Match match) {
    paper.footer("");
    List<String> why = new ArrayList<>();
    if (match.receipt().getSharedTagsCount() > 0) {
      why.add("you both like " + String.join(", ", match.receipt().getSharedTagsList()));
    }
    if (!match.receipt().getLanguage().isEmpty()) {
      why.add("you both speak " + match.receipt().getLanguage());
    }
    why.add("you waited " + ProtoTimes.duration(match.receipt().getWaited()).toSeconds() + " s");
    String who =
        match.peerKind() == MemberKind.MEMBER_KIND_AI ? "An AI is here" : "Somebody is here";
    say(who + ": " + String.join(", ", why) + ". Say hello.");
  }

  private void presence(Presence presence) {
    switch (presence) {
      case PRESENCE_HERE -> paper.footer("");
      case PRESENCE_AWAY -> paper.footer("your peer is away for the moment");
      case PRESENCE_LEFT -> paper.footer("your peer has left");
      case PRESENCE_EXPECTED, PRESENCE_UNSPECIFIED, UNRECOGNIZED -> {
        // Nothing to say.
      }
    }
  }

  private static String notSent(NotSentReason reason) {
    return switch (reason) {
      case CLOSED -> "the conversation is over";
      case RESET -> "the server lost track of it";
      case TOO_LONG -> "it is too long";
      case NOT_PLAIN_TEXT -> "it is empty, or has characters that cannot be shown";
      case CONTENT_DIFFERS -> "this conversation is open elsewhere, too";
      case REFUSED -> "the server does not take it";
    };
  }

  private static String ended(ConversationEnding ending, String sentence) {
    String again = " /next meets somebody else, /quit leaves.";
    return switch (ending) {
      case LEFT -> "Your peer has left." + again;
      case LOST -> "Your peer was lost on the way." + again;
      case TIME_UP -> "Time is up." + again;
      case CLOSED_BY_OPERATOR -> "The conversation was closed." + again;
      case NO_SHOW -> "Your peer did not come. Looking for somebody else.";
      case YOU_LEFT -> "You have left.";
      case TAKEN_OVER -> "The conversation is open elsewhere now." + again;
      case REVOKED -> "This guest was signed out.";
      case HUMAN_FOUND -> "A person is here for you.";
      case REFUSED -> "You could not be let in: " + sentence + ".";
      case OTHER -> "The conversation is over." + again;
    };
  }

  private void say(String text) {
    print(bubbles.plain(text, paper.width()));
  }

  private void print(List<String> lines) {
    lines.forEach(paper::line);
  }
}
