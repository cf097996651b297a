package parley.client.search;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parley.client.call.Loop;
import parley.client.identity.Identity;
import parley.proto.match.v1.AiWelcome;

/// What a person wished since the search began: said of the ticket that lives, or as soon as one
/// does. Only the loop calls it.
final class Wishes {
  private final Loop loop;
  private final TicketCalls calls;
  private final Identity identity;
  private final Supplier<String> ticket;
  private @Nullable AiWelcome ai;
  private boolean sayingAi;
  private boolean further;

  /// @param ticket the id of the one that lives, empty if none does
  Wishes(Loop loop, TicketCalls calls, Identity identity, Supplier<String> ticket) {
    this.loop = loop;
    this.calls = calls;
    this.identity = identity;
    this.ticket = ticket;
  }

  /// Takes the next level, once.
  void lookFurther() {
    String of = ticket.get();
    further = of.isEmpty();
    if (!further) {
      loop.aside(() -> calls.relax(identity, of));
    }
  }

  /// Whether an AI peer may come, from now on.
  void welcomeAi(AiWelcome welcome) {
    ai = welcome;
    sayAi();
  }

  /// A new ticket has the wish of AI peers that the search began with.
  void ticketLives() {
    sayAi();
    if (further) {
      lookFurther();
    }
  }

  /// One word after the other, so that the last one counts.
  private void sayAi() {
    AiWelcome now = ai;
    String of = ticket.get();
    if (now == null || sayingAi || of.isEmpty()) {
      return;
    }
    sayingAi = true;
    loop.aside(
        () -> {
          try {
            calls.welcomeAi(identity, of, now);
          } finally {
            loop.post(() -> saidAi(of, now));
          }
        });
  }

  private void saidAi(String of, AiWelcome said) {
    sayingAi = false;
    if (said != ai || !of.equals(ticket.get())) {
      sayAi();
    }
  }
}
