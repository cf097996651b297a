package parley.chat;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parley.client.Parley;
import parley.client.conversation.ConversationEnding;
import parley.client.conversation.ConversationEvent;
import parley.client.conversation.ConversationEvent.WhatNext;
import parley.client.identity.Identity;
import parley.client.search.Companionship;
import parley.client.search.Lookout;
import parley.client.search.Match;
import parley.proto.domain.v1.MemberKind;
import parley.proto.match.v1.ProposalAnswer;
import parley.proto.match.v1.ProposalOffered;

/// `/switch`, `/stay`, `/keep-looking` and `/just-us`: about the search that goes on while an AI
/// talks with this person. Used by the chat's thread.
final class CompanionDesk {
  static final String HELP =
      "with an AI, /keep-looking and /just-us say whether a person may come, "
          + "/switch and /stay answer when one is here";

  private static final Set<String> ANSWERS = Set.of("/switch", "/stay");
  private static final Set<String> WISHES = Set.of("/keep-looking", "/just-us");

  private final Parley parley;
  private final Identity me;
  private final Screen screen;
  private final Consumer<Happening> happenings;
  private @Nullable Companionship companionship;
  private @Nullable ProposalOffered offer;
  private boolean deciding;
  private String ticket = "";
  private Lookout lookout = Lookout.OVER;

  CompanionDesk(Parley parley, Identity me, Screen screen, Consumer<Happening> happenings) {
    this.parley = parley;
    this.me = me;
    this.screen = screen;
    this.happenings = happenings;
  }

  static boolean takes(String line) {
    return ANSWERS.contains(line) || WISHES.contains(line);
  }

  /// A search found this peer.
  void met(Match match) {
    close();
    if (match.peerKind() == MemberKind.MEMBER_KIND_AI && !match.ticketId().isEmpty()) {
      ticket = match.ticketId();
      lookout = match.keepsLooking() ? Lookout.KEPT : Lookout.RESTS;
      companionship =
          parley.companionship(me, match, now -> happenings.accept(new Happening.LookedOut(now)));
    }
  }

  void proposed(ConversationEvent.PersonProposed made) {
    offer = made.offer();
  }

  void withdrawn(ConversationEvent.ProposalWithdrawn made) {
    offer = null;
    deciding = false;
    Companionship current = companionship;
    if (current != null) {
      current.withdrawn(made.lookout());
    }
  }

  /// @return false if nobody talks with an AI any more: it came too late
  boolean lookedOut(Lookout now) {
    if (now != Lookout.UNKNOWN) {
      lookout = now;
    }
    return companionship != null;
  }

  /// The ticket to look on with after this end; empty if the end is no reason to look on.
  Optional<String> ticketAfter(ConversationEvent.Ended ended) {
    boolean left = ended.ending() == ConversationEnding.LEFT && lookout == Lookout.KEPT;
    boolean lost = ended.next() == WhatNext.START_OVER;
    return companionship != null && (left || lost) ? Optional.of(ticket) : Optional.empty();
  }

  /// The ticket to look on with when the person meets somebody else; empty for a new one.
  String ticket() {
    return companionship == null ? "" : ticket;
  }

  /// An answer that a script wrote waits until somebody asks, and what comes after it for what
  /// comes of it.
  boolean isEarly(String line) {
    return companionship != null && (deciding || (offer == null && ANSWERS.contains(line)));
  }

  void act(String line) {
    Companionship current = companionship;
    if (current == null) {
      screen.hint("you are not talking with an AI");
      return;
    }
    switch (line) {
      case "/switch" -> answer(current, ProposalAnswer.PROPOSAL_ANSWER_ACCEPT);
      case "/stay" -> answer(current, ProposalAnswer.PROPOSAL_ANSWER_DECLINE);
      case "/keep-looking" -> current.keepLooking();
      default -> current.rest();
    }
  }

  /// Whoever goes for good is not to be found any more.
  void quit() {
    Companionship current = companionship;
    if (current != null) {
      current.endTicket();
    }
  }

  void close() {
    Companionship current = companionship;
    companionship = null;
    offer = null;
    deciding = false;
    if (current != null) {
      current.close();
    }
  }

  private void answer(Companionship current, ProposalAnswer answer) {
    ProposalOffered asked = offer;
    offer = null;
    if (asked == null) {
      screen.hint("nobody is here for you just now");
    } else {
      deciding = true;
      current.answer(asked, answer);
    }
  }
}
