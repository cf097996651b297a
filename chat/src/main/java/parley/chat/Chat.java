package parley.chat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parley.client.Parley;
import parley.client.call.Loop;
import parley.client.conversation.ConversationEnding;
import parley.client.conversation.ConversationEvent;
import parley.client.identity.Identity;
import parley.client.search.Lookout;
import parley.client.search.Match;
import parley.client.search.PeerSearch;
import parley.client.search.SearchEnding;
import parley.client.search.SearchEvent;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.ProposalOffered;

/// The walk: search, talk, and again on `/next`, until it ends. Takes what happened from the queue
/// one by one, shows it, then acts.
final class Chat implements AutoCloseable {
  private static final Set<String> NEEDS_NOBODY = Set.of("/quit", "/help");

  private final Parley parley;
  private final Identity me;
  private final Criteria criteria;
  private final Manner manner;
  private final Screen screen;
  private final BlockingQueue<Happening> happenings;
  private final Loop timers = new Loop("parley chat timers");
  private final Seat seat;
  private final CompanionDesk companion;
  private final RecourseDesk desk;
  private final Desks desks;
  private final ArrayDeque<String> lines = new ArrayDeque<>();

  private Phase phase = Phase.IDLE;
  private int searches;
  private boolean inputEnded;
  private boolean lingering;
  private boolean impatient;
  private boolean quitting;
  private boolean scriptOver;
  private @Nullable PeerSearch search;
  private @Nullable ExitCode exit;

  private enum Phase {
    /// After a conversation, before the person says what comes next.
    IDLE,
    SEARCHING,
    TALKING,
    LEAVING_FOR_NEXT,
    LEAVING
  }

  Chat(
      Parley parley,
      Identity me,
      Criteria criteria,
      Manner manner,
      Screen screen,
      BlockingQueue<Happening> happenings) {
    this.parley = parley;
    this.me = me;
    this.criteria = criteria;
    this.manner = manner;
    this.screen = screen;
    this.happenings = happenings;
    this.seat = new Seat(parley, me, manner.readReceipts(), happenings::add);
    this.companion = new CompanionDesk(parley, me, screen, happenings::add);
    this.desk = new RecourseDesk(screen, happenings::add);
    this.desks = new Desks(new SearchDesk(screen), companion, desk);
  }

  /// Walks until the end. The caller's thread is the chat's thread.
  ExitCode run() throws InterruptedException {
    startSearch("");
    ExitCode code = exit;
    while (code == null) {
      Happening next = happenings.poll(1, TimeUnit.SECONDS);
      if (next != null) {
        happen(next);
      }
      screen.timePassed();
      code = exit;
    }
    screen.goodbye(code);
    return code;
  }

  @Override
  public void close() {
    timers.close();
    companion.close();
    PeerSearch looking = search;
    if (looking != null) {
      looking.close();
    }
    seat.close();
  }

  private void happen(Happening happening) {
    switch (happening) {
      case Happening.Typed(String line) -> typed(line);
      case Happening.InputEnded() -> {
        inputEnded = true;
        work();
      }
      case Happening.Writing() -> {
        if (phase == Phase.TALKING) {
          seat.typing();
        }
      }
      case Happening.Answered(Answer answer) -> answered(answer);
      case Happening.Searched(SearchEvent event) -> {
        screen.show(event);
        searched(event);
      }
      case Happening.Talked(int talk, ConversationEvent event) -> {
        if (seat.isAt(talk)) {
          screen.show(event);
          talked(event);
        }
      }
      case Happening.LookedOut(Lookout lookout) -> {
        if (companion.lookedOut(lookout)) {
          screen.show(lookout);
        }
      }
      case Happening.PatienceOver(int number) -> {
        if (number == searches && phase == Phase.SEARCHING && search != null) {
          impatient = true;
          search.cancel();
        }
      }
      case Happening.LingerOver() -> {
        if (phase == Phase.TALKING) {
          leave(Phase.LEAVING);
        }
      }
    }
  }

  /// @param ticket to go on with; empty for a new one
  private void startSearch(String ticket) {
    companion.close();
    phase = Phase.SEARCHING;
    impatient = false;
    quitting = false;
    scriptOver = false;
    searches++;
    int number = searches;
    search =
        parley.searchOn(
            me, criteria, ticket, event -> happenings.add(new Happening.Searched(event)));
    Duration patience = manner.patience();
    if (patience != null) {
      var _ = timers.after(patience, () -> happenings.add(new Happening.PatienceOver(number)));
    }
  }

  private void searched(SearchEvent event) {
    switch (event) {
      case SearchEvent.Found _ when impatient || quitting -> {
        // Found while giving up: not entered, the other goes back to the place it had.
        search = null;
        phase = Phase.IDLE;
        searchOver(SearchEnding.CANCELLED);
      }
      case SearchEvent.Found(Match match) -> {
        search = null;
        companion.met(match);
        seat.take(match);
      }
      case SearchEvent.Over(SearchEnding ending, String _) -> {
        search = null;
        phase = Phase.IDLE;
        searchOver(ending);
      }
      case SearchEvent.Proposed(ProposalOffered made) -> {
        desks.search().proposed(made);
        work();
      }
      case SearchEvent.Accepted _,
          SearchEvent.Waiting _,
          SearchEvent.PeerAsked _,
          SearchEvent.Reconnecting _ ->
          work();
    }
  }

  /// Goes from an AI to a person: entering there is what ends the talk here.
  private void switchTo(Match match) {
    companion.close();
    phase = Phase.SEARCHING;
    seat.take(match);
  }

  private void searchOver(SearchEnding ending) {
    if (ending == SearchEnding.CANCELLED && impatient) {
      screen.nobody();
      exit = ExitCode.NOBODY_CAME;
    } else {
      exit = ExitCode.of(ending);
    }
  }

  private void talked(ConversationEvent event) {
    switch (event) {
      case ConversationEvent.Entered(var facts) -> {
        phase = Phase.TALKING;
        desk.entered(seat.entered(), facts);
        lingering = false;
        work();
      }
      case ConversationEvent.Stored _, ConversationEvent.NotSent _ -> {
        seat.answered();
        work();
      }
      case ConversationEvent.Ended ended -> ended(ended);
      case ConversationEvent.Message message -> seat.read(message.position());
      case ConversationEvent.PersonProposed made -> {
        companion.proposed(made);
        work();
      }
      case ConversationEvent.ProposalWithdrawn made -> {
        companion.withdrawn(made);
        work();
      }
      case ConversationEvent.PersonFound(Match match) -> switchTo(match);
      case ConversationEvent.Disclosure _,
          ConversationEvent.Slowed _,
          ConversationEvent.PeerTyping _,
          ConversationEvent.Receipt _,
          ConversationEvent.MemberChanged _,
          ConversationEvent.Reconnecting _,
          ConversationEvent.Resumed _,
          ConversationEvent.Reset _ -> {
        // Shown; nothing to do.
      }
    }
  }

  private void ended(ConversationEvent.Ended ended) {
    Phase before = phase;
    phase = Phase.IDLE;
    seat.close();
    Optional<String> lookingOn = companion.ticketAfter(ended);
    boolean startOver =
        ended.next() == ConversationEvent.WhatNext.START_OVER
            && ended.ending() != ConversationEnding.REFUSED
            && ended.ending() != ConversationEnding.REVOKED;
    if (before == Phase.LEAVING_FOR_NEXT || startOver || lookingOn.isPresent()) {
      startSearch(lookingOn.orElseGet(companion::ticket));
    } else if (ended.ending() == ConversationEnding.REFUSED
        || ended.ending() == ConversationEnding.REVOKED) {
      exit = ExitCode.REFUSED;
    } else if (before == Phase.LEAVING) {
      exit = ExitCode.CLEAN;
    } else if (manner.kind() == Manner.Kind.SCRIPT) {
      scriptAfterEnd();
    } else {
      work();
    }
  }

  /// What a script wrote for this peer is of no use to another. What it asks about this one is
  /// answered first.
  private void scriptAfterEnd() {
    scriptOver = true;
    while (!desk.isBusy() && !lines.isEmpty()) {
      String line = lines.remove();
      if (line.equals("/next")) {
        startSearch(companion.ticket());
        return;
      } else if (RecourseDesk.takes(line)) {
        desk.act(line);
      }
    }
    if (!desk.isBusy()) {
      exit = ExitCode.CLEAN;
    }
  }

  private void answered(Answer answer) {
    desk.answered(answer);
    screen.show(answer);
    if (scriptOver) {
      scriptAfterEnd();
    } else {
      work();
    }
  }

  private void typed(String line) {
    lines.add(line);
    work();
  }

  /// Acts on the lines that can be acted on now.
  private void work() {
    while (exit == null && !lines.isEmpty() && isTimeFor(lines.element())) {
      act(lines.remove());
    }
    if (exit == null && lines.isEmpty() && inputEnded && !desk.isBusy()) {
      afterInput();
    }
  }

  /// What a script writes for a peer waits for one, and what comes after it waits with it. What a
  /// person writes waits for a peer who is found and not yet entered to.
  private boolean isTimeFor(String line) {
    boolean comesFirst =
        desk.isBusy()
            || (RecourseDesk.takes(line) && seat.waitsForAnswers())
            || companion.isEarly(line);
    if (manner.kind() == Manner.Kind.SCRIPT && comesFirst) {
      return false;
    }
    return switch (phase) {
      case TALKING, IDLE -> true;
      case SEARCHING ->
          NEEDS_NOBODY.contains(line)
              || SearchDesk.takes(line)
              || (!seat.isTaken() && manner.kind() == Manner.Kind.PERSON);
      case LEAVING, LEAVING_FOR_NEXT -> false;
    };
  }

  private void act(String line) {
    switch (line) {
      case "" -> {
        // Nothing to say.
      }
      case "/next" -> next();
      case "/quit" -> quit();
      case "/typing" -> seat.typing();
      case "/help" -> screen.help(Help.TEXT);
      default -> {
        if (desks.takes(line)) {
          desks.act(line, search);
        } else if (line.startsWith("/") && !line.startsWith("//")) {
          screen.hint("there is no '" + line + "'; /help shows what there is");
        } else {
          say(line.startsWith("//") ? line.substring(1) : line);
        }
      }
    }
  }

  private void say(String text) {
    if (phase == Phase.TALKING) {
      seat.say(text);
    } else {
      screen.hint("nobody is there to hear you yet");
    }
  }

  private void next() {
    switch (phase) {
      case TALKING -> leave(Phase.LEAVING_FOR_NEXT);
      case IDLE -> startSearch(companion.ticket());
      case SEARCHING, LEAVING, LEAVING_FOR_NEXT -> screen.hint("you are looking already");
    }
  }

  private void quit() {
    PeerSearch looking = search;
    if (seat.isTaken()) {
      leave(Phase.LEAVING);
    } else if (looking != null) {
      quitting = true;
      looking.cancel();
    } else {
      exit = ExitCode.CLEAN;
    }
  }

  private void leave(Phase leaving) {
    phase = leaving;
    seat.leave();
    if (leaving == Phase.LEAVING) {
      companion.quit();
    }
  }

  private void afterInput() {
    if (manner.kind() == Manner.Kind.PERSON) {
      quit();
    } else if (phase == Phase.TALKING && !seat.waitsForAnswers() && !lingering) {
      lingering = true;
      var _ = timers.after(manner.linger(), () -> happenings.add(new Happening.LingerOver()));
    }
  }
}
