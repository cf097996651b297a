package parley.client.search;

import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.client.call.Door;
import parley.client.call.Loop;
import parley.client.identity.Identity;
import parley.proto.match.v1.AiWelcome;
import parley.proto.match.v1.ProposalAnswer;
import parley.proto.match.v1.ProposalOffered;

/// What goes on of a search while an AI peer talks with the person: their ticket may stay in line,
/// and is kept there by signs of life. If a person comes, the inbox of the conversation asks.
///
/// Methods may be called by any thread and do not block, `endTicket` and `close` excepted. All
/// state lives on its own thread, which asks the server one thing after the other.
public final class Companionship implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Companionship.class);

  private final Identity identity;
  private final String ticketId;
  private final Duration every;
  private final Consumer<Lookout> listener;
  private final TicketCalls calls;
  private final Loop loop = new Loop("parley companionship");

  private Lookout lookout;
  private Loop.Timer beat = () -> {};

  private Companionship(Door door, Identity identity, Match match, Consumer<Lookout> listener) {
    this.identity = identity;
    this.ticketId = match.ticketId();
    this.every = match.keepWaitingEvery();
    this.listener = listener;
    this.calls = new TicketCalls(door, match.correlationId());
    this.lookout = match.keepsLooking() ? Lookout.KEPT : Lookout.RESTS;
  }

  /// @param match with an AI peer, as a search told it
  /// @param listener hears of every change, and of `UNKNOWN` when something that was asked for
  ///   could not be; called on this companionship's thread
  public static Companionship begin(
      Door door, Identity identity, Match match, Consumer<Lookout> listener) {
    Companionship begun = new Companionship(door, identity, match, listener);
    begun.loop.post(begun::beatLater);
    return begun;
  }

  /// Takes part in the search again, at the old place in line.
  public void keepLooking() {
    wish(AiWelcome.AI_WELCOME_MEANWHILE, Lookout.KEPT);
  }

  /// Nobody else is to come, till further notice.
  public void rest() {
    wish(AiWelcome.AI_WELCOME_INSTEAD, Lookout.RESTS);
  }

  /// A proposal came to nothing, and this is how the ticket stands.
  public void withdrawn(Lookout now) {
    loop.post(() -> become(now));
  }

  /// Says yes or no to a person. An answer that is lost, or late, counts as none.
  public void answer(ProposalOffered offer, ProposalAnswer answer) {
    loop.aside(() -> calls.answer(identity, offer.getProposalId(), answer));
  }

  /// Ends the ticket: the person goes for good. Returns once the server was told, or could not be.
  public void endTicket() {
    var _ = calls.cancel(identity, ticketId);
  }

  /// Gives no sign of life any more; the ticket is not ended. No event begins after this returns,
  /// unless it is called by the listener.
  @Override
  public void close() {
    loop.finish();
  }

  private void wish(AiWelcome welcome, Lookout ifKept) {
    loop.post(
        () -> {
          Lookout told = calls.lookout(identity, ticketId, welcome);
          granted(told == Lookout.KEPT ? ifKept : told);
        });
  }

  private void granted(Lookout told) {
    if (told == Lookout.UNKNOWN) {
      tell(told);
    } else {
      become(told);
    }
  }

  private void become(Lookout now) {
    boolean news = now != lookout && now != Lookout.UNKNOWN;
    if (news) {
      lookout = now;
      beatLater();
      tell(now);
    }
  }

  private void beatLater() {
    beat.cancel();
    if (lookout == Lookout.KEPT && every.isPositive()) {
      beat = loop.after(every, this::giveSign);
    }
  }

  private void giveSign() {
    become(calls.lookout(identity, ticketId, AiWelcome.AI_WELCOME_UNSPECIFIED));
    beatLater();
  }

  private void tell(Lookout now) {
    try {
      listener.accept(now);
    } catch (RuntimeException fault) {
      LOG.error("the listener failed at {}", now, fault);
    }
  }
}
