package parley.chat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.chat.Footer.Part;
import parley.client.call.ProtoTimes;
import parley.client.conversation.ConversationEnding;
import parley.client.conversation.ConversationEvent;
import parley.client.conversation.NotSentReason;
import parley.client.conversation.Recourse.BlockAnswer;
import parley.client.conversation.Recourse.HistoryAnswer;
import parley.client.conversation.Recourse.ReportAnswer;
import parley.client.search.Lookout;
import parley.client.search.Match;
import parley.client.search.SearchEnding;
import parley.client.search.SearchEvent;
import parley.proto.domain.v1.MemberKind;
import parley.proto.match.v1.ProposalOffered;
import parley.proto.match.v1.TicketAccepted;
import parley.proto.match.v1.WaitingUpdate;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Member;
import parley.proto.session.v1.Presence;

/// A chat for a person: words, bubbles, and a line at the foot for what is going on.
final class TerminalScreen implements Screen {
  /// Longer than the pause itself, so that it can be read.
  private static final Duration SLOWED_SHOWN = Duration.ofSeconds(2);

  private static final Duration HERE_SHOWN = Duration.ofSeconds(5);

  private final Paper paper;
  private final Bubbles bubbles;
  private final Clock clock;
  private final Footer footer;
  private final Ticks ticks;
  private final WaitingLine waiting;
  private int ownMember;
  private String announced = "";
  private @Nullable Match current;

  TerminalScreen(Paper paper, Clock clock) {
    this.paper = paper;
    this.bubbles = new Bubbles(clock.getZone());
    this.clock = clock;
    this.footer = new Footer(paper, clock);
    this.ticks = new Ticks(footer);
    this.waiting = new WaitingLine(footer, paper, clock);
  }

  @Override
  public void guest(String participantId) {
    say("Welcome. /help shows what you can do.");
    waiting.begins();
  }

  @Override
  public void show(SearchEvent event) {
    waiting.stops();
    switch (event) {
      case SearchEvent.Accepted(TicketAccepted ticket) -> accepted(ticket);
      case SearchEvent.Waiting(WaitingUpdate update) -> waiting.says(update);
      case SearchEvent.Proposed(ProposalOffered offer) -> {
        footer.clear();
        say(WaitingWords.proposal(offer));
      }
      case SearchEvent.PeerAsked _ -> footer.set(Part.WAY, "almost there: somebody is asked…");
      case SearchEvent.Reconnecting _ -> footer.set(Part.WAY, "reconnecting… your place is kept");
      case SearchEvent.Found(Match match) -> found(match);
      case SearchEvent.Over(SearchEnding ending, String sentence) -> {
        footer.clear();
        if (ending != SearchEnding.CANCELLED) {
          say("The search is over: " + sentence + ".");
        }
      }
    }
  }

  @Override
  public void show(ConversationEvent event) {
    switch (event) {
      case ConversationEvent.Entered(Entered facts) -> entered(facts);
      case ConversationEvent.Resumed(Entered facts) -> {
        footer.clear(Part.WAY);
        members(facts);
      }
      case ConversationEvent.Stored stored -> stored(stored);
      case ConversationEvent.NotSent(var text, var reason) -> {
        print(bubbles.mine(clock.instant(), text.text(), "✗", paper.width()));
        say("not sent: " + notSent(reason));
      }
      case ConversationEvent.Said said -> said(said);
      case ConversationEvent.PersonProposed made -> say(CompanionWords.proposal(made));
      case ConversationEvent.ProposalWithdrawn(var _, Lookout lookout) ->
          say(CompanionWords.withdrawn(lookout));
      case ConversationEvent.PersonFound(Match match) -> found(match);
      case ConversationEvent.Slowed(Duration pause) ->
          footer.set(
              Part.PACE, "slow down a little; your words are kept", pause.plus(SLOWED_SHOWN));
      case ConversationEvent.PeerTyping(int _, Duration lives) ->
          footer.set(Part.TYPING, "your peer is writing…", lives);
      case ConversationEvent.Receipt receipt -> ticks.receipt(receipt);
      case ConversationEvent.MemberChanged(var member) -> changed(member);
      case ConversationEvent.Reconnecting _ -> {
        footer.clear(Part.TYPING);
        footer.set(Part.WAY, "reconnecting… your words are kept");
      }
      case ConversationEvent.Reset reset -> {
        ticks.reset(reset.reason());
        say("Some of what was said could not be kept. The conversation goes on.");
      }
      case ConversationEvent.Ended ended -> {
        footer.clear();
        say(ended(ended));
      }
    }
  }

  @Override
  public void show(Answer answer) {
    switch (answer) {
      case Answer.Blocked(var came) -> say(blocked(came));
      case Answer.Reported(var came) -> say(reported(came));
      case Answer.History(HistoryAnswer.Page page) -> history(page);
      case Answer.History(HistoryAnswer.TextGone()) -> say("What was said is no longer kept.");
      case Answer.Failed(String command, String sentence) ->
          say(command + " did not work: " + sentence + ". Try it again.");
    }
  }

  @Override
  public void show(Lookout lookout) {
    say(CompanionWords.lookout(lookout));
  }

  @Override
  public void timePassed() {
    waiting.timePassed();
    footer.timePassed();
  }

  @Override
  public void nobody() {
    say("Nobody came this time. Try again a little later, or with fewer wishes.");
  }

  @Override
  public void help(String text) {
    for (String one : text.split(" · ", -1)) {
      say(one);
    }
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
    footer.clear();
    say("Goodbye.");
  }

  private void entered(Entered facts) {
    ownMember = facts.getMemberId();
    footer.clear();
    ticks.entered();
    members(facts);
    if (CompanionWords.isAi(current)) {
      footer.set(Part.LABEL, CompanionWords.WITH_AN_AI);
    }
  }

  private void stored(ConversationEvent.Stored stored) {
    Instant at = stored.at() == null ? clock.instant() : stored.at();
    print(bubbles.mine(at, stored.text().text(), "✓", paper.width()));
    ticks.stored(stored.position());
  }

  private void said(ConversationEvent.Said said) {
    footer.clear(Part.TYPING);
    if (said instanceof ConversationEvent.Message message && message.memberId() == ownMember) {
      ticks.stored(message.position());
    } else {
      ticks.heard();
    }
    bubble(said);
  }

  private void bubble(ConversationEvent.Said said) {
    switch (said) {
      case ConversationEvent.Disclosure words -> say(words.text());
      case ConversationEvent.Message mine when mine.memberId() == ownMember ->
          print(bubbles.mine(mine.at(), mine.text(), "✓", paper.width()));
      case ConversationEvent.Message theirs -> {
        String label = theirs.kind() == MemberKind.MEMBER_KIND_AI ? CompanionWords.LABEL : "";
        print(bubbles.theirs(theirs.at(), label + theirs.text(), paper.width()));
      }
    }
  }

  private void history(HistoryAnswer.Page page) {
    say(page.said().isEmpty() ? "Nothing was said." : "— what was said —");
    page.said().forEach(this::bubble);
    if (!page.said().isEmpty()) {
      say(
          page.olderCursor().isEmpty()
              ? "— from the beginning —"
              : "— /history more shows older —");
    }
  }

  /// Said once for each ticket: who comes back after a break knows it.
  private void accepted(TicketAccepted ticket) {
    boolean isNew = !ticket.getTicketId().equals(announced);
    if (isNew) {
      waiting.begins();
    } else {
      waiting.goesOn();
    }
    String plan = WaitingWords.plan(ticket.getStepsList());
    if (isNew && !plan.isEmpty()) {
      say(plan);
    }
    announced = ticket.getTicketId();
  }

  private void found(Match match) {
    current = match;
    footer.clear();
    List<String> why = new ArrayList<>();
    if (match.receipt().getSharedTagsCount() > 0) {
      why.add("you both like " + String.join(", ", match.receipt().getSharedTagsList()));
    }
    if (!match.receipt().getLanguage().isEmpty()) {
      why.add("you both speak " + match.receipt().getLanguage());
    }
    why.add("you waited " + ProtoTimes.duration(match.receipt().getWaited()).toSeconds() + " s");
    String who = CompanionWords.here(match);
    say(who + ": " + String.join(", ", why) + ". Say hello." + CompanionWords.after(match));
  }

  private void members(Entered facts) {
    facts.getMembersList().stream()
        .filter(member -> member.getMemberId() != ownMember)
        .forEach(member -> peer(member.getPresence()));
  }

  private void changed(Member member) {
    if (member.getMemberId() != ownMember) {
      if (member.getPresence() == Presence.PRESENCE_HERE) {
        footer.set(Part.PEER, "your peer is here", HERE_SHOWN);
      } else {
        peer(member.getPresence());
      }
    }
  }

  private void peer(Presence presence) {
    switch (presence) {
      case PRESENCE_HERE -> footer.clear(Part.PEER);
      case PRESENCE_EXPECTED -> footer.set(Part.PEER, "your peer is on the way…");
      case PRESENCE_AWAY -> {
        footer.clear(Part.TYPING);
        footer.set(Part.PEER, "your peer is away for the moment");
      }
      case PRESENCE_LEFT -> footer.set(Part.PEER, "your peer has left");
      case PRESENCE_UNSPECIFIED, UNRECOGNIZED -> {
        // Nothing to say.
      }
    }
  }

  private static String blocked(BlockAnswer answer) {
    return switch (answer) {
      case BLOCKED -> "Blocked. You two do not meet again. /next meets somebody else.";
      case NO_SUCH_MEMBER -> "Nobody has come whom you could block.";
      case NOT_UNDERSTOOD -> "The server says what this program does not know.";
    };
  }

  private static String reported(ReportAnswer answer) {
    return switch (answer) {
      case REPORTED ->
          "Reported: what was said is kept for whoever runs this server. /next meets somebody"
              + " else.";
      case NO_SUCH_MEMBER -> "Nobody has come whom you could report.";
      case TEXT_GONE -> "What was said is no longer kept, so it cannot be reported.";
      case NOT_UNDERSTOOD -> "The server says what this program does not know.";
    };
  }

  private static String notSent(NotSentReason reason) {
    return switch (reason) {
      case CLOSED -> "the conversation is over";
      case RESET -> "the server lost track of it; say it again if you like";
      case TOO_LONG -> "it is too long";
      case NOT_PLAIN_TEXT -> "it is empty, or has characters that cannot be shown";
      case CONTENT_DIFFERS -> "this conversation is open elsewhere, too";
      case REFUSED -> "the server does not take it";
    };
  }

  private String ended(ConversationEvent.Ended ended) {
    Match match = current;
    String withAi = match == null ? "" : CompanionWords.ended(match, ended);
    return withAi.isEmpty() ? ended(ended.ending(), ended.sentence()) : withAi;
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
