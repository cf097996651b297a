package parley.match.core;

import java.util.Set;
import parley.match.core.port.AiPeers.Invitation;
import parley.match.core.port.AiPeers.Reservation;

/// Asks for AI peers, for those whom nobody was found for: reserved first, then the ticket is
/// claimed in one step with the searches, then the AI peer is sent, then the person is told. So
/// nobody is won by a person and an AI peer, and nobody is promised one that cannot come.
final class Fallbacks {
  private final TicketOwner.Parts parts;
  private final LiveTickets live;
  private final TicketSteps steps;

  Fallbacks(TicketOwner.Parts parts, LiveTickets live, TicketSteps steps) {
    this.parts = parts;
    this.live = live;
    this.steps = steps;
  }

  /// Once. None there: the ticket keeps its place, and asks again. Blocks.
  void ask(LiveTicket mine) {
    Ticket ticket = mine.ticket();
    if (parts.pools().get().of(ticket.criteria().pool()).ai() == AiSwitch.OFF) {
      mine.endFallback();
      return;
    }
    note(mine, FallbackOutcome.ASKED);
    switch (parts.peers().reserve(ticket.id())) {
      case Reservation.Reserved reserved -> steps.step(mine, held -> claim(held, reserved.peer()));
      case Reservation.Full _ -> none(mine, FallbackOutcome.FULL);
      case Reservation.Refused _ -> none(mine, FallbackOutcome.REFUSED);
      case Reservation.Away _ -> none(mine, FallbackOutcome.AWAY);
    }
  }

  private void claim(LiveTicket mine, AiPeer peer) {
    Standing standing = mine.standing();
    if (standing == null || live.get(mine.ticket().id()) != mine) {
      none(mine, FallbackOutcome.CLAIM_LOST);
      return;
    }
    switch (parts.pool().claim(mine.ticket(), standing.attempt(), peer, parts.sessions().get())) {
      case Claim.Lost _ -> none(mine, FallbackOutcome.CLAIM_LOST);
      case Claim.Claimed claimed -> send(mine, standing, claimed.match());
    }
  }

  /// From here on a proposal for who looks on meanwhile goes to their inbox.
  private void send(LiveTicket mine, Standing standing, AiMatch match) {
    LiveTicket beside =
        match.welcome() == AiWelcome.MEANWHILE ? beside(mine, standing, match) : null;
    if (beside != null) {
      live.replace(mine, beside);
      Match early = mine.proposed(); // It was found between the claim and now.
      if (early != null) {
        var _ = beside.learn(new OwnerNews.Proposed(mine.ticket().id(), early), steps.now());
      }
    }
    if (parts.peers().invite(match) == Invitation.FAILED) {
      if (beside != null) {
        live.replace(beside, mine);
      }
      none(mine, FallbackOutcome.NOT_SENT);
      giveBack(mine, match);
      return;
    }
    note(mine, FallbackOutcome.CAME);
    mine.matchedAi(match);
    if (beside == null) {
      live.release(mine);
    }
  }

  private LiveTicket beside(LiveTicket mine, Standing standing, AiMatch match) {
    Companion companion = new Companion(match.session(), match.peer().node());
    Ticket ticket = mine.ticket();
    LiveTicket beside =
        new LiveTicket(
            ticket, new InboxStream(ticket, companion, parts), parts.pools().get(), steps.now());
    var _ = beside.stood(standing.with(companion), steps.now(), parts.times());
    return beside;
  }

  /// Nobody was told of the match: it is settled as if only the person had come.
  private void giveBack(LiveTicket mine, AiMatch match) {
    parts.pool().settle(mine.ticket().cohort(), match.session(), Set.of(1));
    steps.attach(mine);
  }

  private void none(LiveTicket mine, FallbackOutcome outcome) {
    note(mine, outcome);
    mine.noneCame(steps.now());
  }

  private void note(LiveTicket mine, FallbackOutcome outcome) {
    parts.journal().fallback(mine.ticket(), outcome);
  }
}
