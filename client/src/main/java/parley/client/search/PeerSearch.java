package parley.client.search;

import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.client.call.Advice;
import parley.client.call.Backoff;
import parley.client.call.CallRefused;
import parley.client.call.Door;
import parley.client.call.Loop;
import parley.client.call.ProtoTimes;
import parley.client.identity.AccessToken;
import parley.client.identity.GuestDenied;
import parley.client.identity.Identity;
import parley.proto.match.v1.AiWelcome;
import parley.proto.match.v1.AnotherTicketLive;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.FindPeerRequest;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.FindPeerResponse.EventCase;
import parley.proto.match.v1.NewTicket;
import parley.proto.match.v1.ProposalAnswer;
import parley.proto.match.v1.ProposalOffered;
import parley.proto.match.v1.TicketAccepted;
import parley.proto.match.v1.TicketState;

/// One press of the button: a ticket, kept alive until it finds a peer or is over.
///
/// A stream that breaks is opened again by the ticket's id, with back-off and full jitter; the
/// server keeps the place in line meanwhile. A ticket that the server no longer knows after a break
/// is replaced by a new one. All state lives on the search's thread.
public final class PeerSearch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerSearch.class);
  private static final Set<EventCase> ENDINGS =
      Set.of(EventCase.CANCELLED, EventCase.EXPIRED, EventCase.ALREADY_IN_SESSION);

  private final Door door;
  private final Identity identity;
  private final SearchListener listener;
  private final Criteria criteria;
  private final String correlationId;
  private final TicketCalls calls;
  private final Loop loop = new Loop("parley search");
  private final Backoff backoff;
  private final TicketWatch watch = new TicketWatch(loop, this::giveSign, this::lookAgain);
  private final Wishes wishes;

  private String requestId;
  private String ticketId;
  private boolean wasInLine;
  private volatile @Nullable TicketStream stream;
  private @Nullable AccessToken token;
  private int tokensRefused;
  private boolean over;
  private boolean cancelling;
  private boolean replaced;

  private PeerSearch(
      Door door, Identity identity, Criteria criteria, String ticketId, SearchListener listener) {
    this.ticketId = ticketId;
    this.door = door;
    this.identity = identity;
    this.criteria = criteria;
    this.listener = listener;
    this.correlationId = identity.correlationOfNewSearch();
    this.requestId = door.newId();
    this.calls = new TicketCalls(door, correlationId);
    this.backoff = door.backoff();
    this.wishes = new Wishes(loop, calls, identity, () -> over ? "" : this.ticketId);
  }

  /// Begins to search.
  ///
  /// @param listener hears everything, from `Accepted` to `Found` or `Over`
  public static PeerSearch start(
      Door door, Identity identity, Criteria criteria, SearchListener listener) {
    return takeUp(door, identity, criteria, "", listener);
  }

  /// Goes on with a ticket that had a peer who is lost, at its old place in line; with a new one if
  /// that ticket is over.
  public static PeerSearch takeUp(
      Door door, Identity identity, Criteria criteria, String ticketId, SearchListener listener) {
    PeerSearch search = new PeerSearch(door, identity, criteria, ticketId, listener);
    search.loop.post(search::attach);
    return search;
  }

  /// Follows this search, and the conversation it leads to, through the logs of all services.
  public String correlationId() {
    return correlationId;
  }

  /// Ends the ticket; `Over(CANCELLED)` follows, or `Found` if a match came first.
  public void cancel() {
    loop.post(
        () -> {
          cancelling = true;
          if (!over && !ticketId.isEmpty()) {
            cancelTicket();
          } else if (!over && stream == null) {
            end(SearchEnding.CANCELLED, "cancelled");
          } else if (!over) {
            var _ = loop.after(door.times().leaveWithin(), this::giveUpUnanswered);
          }
        });
  }

  /// No ticket came, so there is none to cancel; one that still comes is parked, and ends by
  /// itself.
  private void giveUpUnanswered() {
    if (!over && ticketId.isEmpty()) {
      end(SearchEnding.CANCELLED, "cancelled");
    }
  }

  /// Takes the next level now instead of later, or as soon as there is a ticket. Nothing follows if
  /// there is none.
  public void relax() {
    loop.post(wishes::lookFurther);
  }

  /// Changes whether an AI peer may come while nobody is there: now, or as soon as there is a
  /// ticket.
  public void welcomeAi(AiWelcome welcome) {
    loop.post(() -> wishes.welcomeAi(welcome));
  }

  /// Says yes or no to what was proposed. An answer that is lost, or late, counts as none.
  public void answer(ProposalOffered offer, ProposalAnswer answer) {
    loop.post(() -> loop.aside(() -> calls.answer(identity, offer.getProposalId(), answer)));
  }

  /// Leaves without a word, as a closed tab does: the server keeps the place for a while. No event
  /// begins after this returns, unless it is called by the listener.
  @Override
  public void close() {
    loop.close();
    TicketStream current = stream;
    if (current != null) {
      current.cancel();
    }
  }

  private void attach() {
    if (over) {
      return;
    }
    try {
      AccessToken good = token == null ? identity.accessToken() : token;
      token = good;
      door.hurry().run();
      TicketStream opened = new TicketStream(loop, new StreamEvents());
      stream = opened;
      calls.find(request(), good, opened);
    } catch (CallRefused | GuestDenied refused) {
      noToken(refused);
    }
  }

  private void noToken(RuntimeException refused) {
    if (refused instanceof CallRefused call
        && (call.advice() instanceof Advice.Retry || call.advice() instanceof Advice.Wait)) {
      retry(backoff.next());
    } else {
      end(SearchEnding.REFUSED, String.valueOf(refused.getMessage()));
    }
  }

  private FindPeerRequest request() {
    return ticketId.isEmpty()
        ? FindPeerRequest.newBuilder()
            .setNewTicket(NewTicket.newBuilder().setRequestId(requestId).setCriteria(criteria))
            .build()
        : FindPeerRequest.newBuilder().setTicketId(ticketId).build();
  }

  private void on(FindPeerResponse response) {
    if (!wasInLine && !ticketId.isEmpty() && ENDINGS.contains(response.getEventCase())) {
      startAnew(); // what was taken up was over before
      return;
    }
    switch (response.getEventCase()) {
      case ACCEPTED -> accepted(response.getAccepted());
      case WAITING -> tell(new SearchEvent.Waiting(response.getWaiting()));
      case MATCHED -> {
        finish();
        tell(
            new SearchEvent.Found(
                Match.of(
                    response.getMatched(), ticketId, watch.keepWaitingEvery(), correlationId)));
      }
      case CANCELLED -> end(SearchEnding.CANCELLED, "cancelled");
      case EXPIRED -> end(SearchEnding.EXPIRED, "nobody came in the longest time to wait");
      case MOVED -> end(SearchEnding.MOVED, "the search goes on elsewhere");
      case ALREADY_IN_SESSION ->
          end(SearchEnding.ALREADY_IN_SESSION, "you are in a conversation already");
      case ANOTHER_TICKET_LIVE -> another(response.getAnotherTicketLive());
      case NO_SUCH_TICKET, REQUEST_ID_REUSED -> startAnew();
      case UNKNOWN_INTENT ->
          end(
              SearchEnding.REFUSED,
              "intent is '"
                  + criteria.getIntent()
                  + "', expected one of "
                  + response.getUnknownIntent().getIntentsList());
      case PAUSED ->
          end(
              SearchEnding.PAUSED,
              "search again in "
                  + ProtoTimes.duration(response.getPaused().getRetryAfter()).toSeconds()
                  + " s");
      case PROPOSAL -> tell(new SearchEvent.Proposed(response.getProposal()));
      case PEER_ASKED ->
          tell(
              new SearchEvent.PeerAsked(
                  ProtoTimes.duration(response.getPeerAsked().getDecidedWithin())));
      case EVENT_NOT_SET -> LOG.debug("skipped {}", response.getEventCase());
    }
  }

  /// A ticket that nobody holds is one that was left without a word, made by other wishes perhaps:
  /// it gives way to what is wished now.
  private void another(AnotherTicketLive other) {
    if (other.getState() == TicketState.TICKET_STATE_PARKED && !replaced) {
      replaced = true;
      letGo();
      loop.aside(
          () -> {
            var _ = calls.cancel(identity, other.getTicketId());
            loop.post(this::attach);
          });
    } else {
      end(SearchEnding.ANOTHER_TICKET_LIVE, "you are looking for somebody already");
    }
  }

  private void accepted(TicketAccepted ticket) {
    ticketId = ticket.getTicketId();
    wasInLine = true;
    tokensRefused = 0;
    backoff.reset();
    tell(new SearchEvent.Accepted(ticket));
    if (cancelling) {
      cancelTicket();
    }
    wishes.ticketLives();
    watch.accepted(ticket);
  }

  /// The server does not know the ticket any more; the wish still stands.
  private void startAnew() {
    ticketId = "";
    requestId = door.newId();
    letGo();
    retry(backoff.next());
  }

  private void giveSign() {
    String kept = ticketId;
    loop.aside(
        () -> {
          if (!calls.keepWaiting(identity, kept)) {
            loop.post(() -> lookAgain(kept));
          }
        });
  }

  private void lookAgain() {
    lookAgain(ticketId);
  }

  /// The server says that this ticket does not wait, or says nothing for long, though the stream
  /// seems open: the connection may be gone without a word. Taking it up tells what became of it.
  private void lookAgain(String lost) {
    if (!over && stream != null && lost.equals(ticketId)) {
      letGo();
      retry(backoff.next());
    }
  }

  private void cancelTicket() {
    String ended = ticketId;
    loop.aside(
        () -> {
          boolean gone = calls.cancel(identity, ended);
          loop.post(
              () -> {
                if (gone && !over) {
                  end(SearchEnding.CANCELLED, "cancelled");
                }
              });
        });
  }

  /// The stream stopped without an ending event.
  private void broken(Status status, @Nullable Metadata trailers) {
    letGo();
    AccessToken used = token;
    token = null;
    switch (Advice.of(status, trailers)) {
      case Advice.Refresh() -> anotherToken(used, status, tokensRefused + 1);
      case Advice.NewGuest() -> anotherToken(used, status, Math.max(tokensRefused + 1, 2));
      case Advice.Wait(Duration pause) -> retry(pause.plus(backoff.next()));
      case Advice.Retry() -> retry(backoff.next());
      case Advice.Stop() -> end(SearchEnding.REFUSED, CallRefused.sentence(status));
    }
  }

  /// The first refusal of a token is answered by a refresh, the second by a new guest, for whom the
  /// old guest's ticket is none.
  private void anotherToken(@Nullable AccessToken used, Status status, int refusals) {
    tokensRefused = refusals;
    if (used == null || tokensRefused > 2) {
      end(SearchEnding.REFUSED, CallRefused.sentence(status));
      return;
    }
    try {
      AccessToken next = tokensRefused == 1 ? identity.renewed(used) : identity.ofNewGuest(used);
      token = next;
      if (next.guest() == used.guest()) {
        attach();
      } else {
        startAnew();
      }
    } catch (CallRefused | GuestDenied refused) {
      noToken(refused);
    }
  }

  private void retry(Duration wait) {
    if (cancelling && ticketId.isEmpty()) {
      end(SearchEnding.CANCELLED, "cancelled");
      return;
    }
    tell(new SearchEvent.Reconnecting(backoff.tries(), wait));
    var _ = loop.after(wait, this::attach);
  }

  private void end(SearchEnding ending, String sentence) {
    finish();
    tell(new SearchEvent.Over(ending, sentence));
  }

  private void finish() {
    over = true;
    letGo();
  }

  private void letGo() {
    watch.stop();
    TicketStream current = stream;
    stream = null;
    if (current != null) {
      current.cancel();
    }
  }

  private void tell(SearchEvent event) {
    try {
      listener.on(event);
    } catch (RuntimeException fault) {
      LOG.error("the listener failed at {}", event, fault);
    }
  }

  private final class StreamEvents implements TicketStream.Events {
    @Override
    public void message(TicketStream from, FindPeerResponse response) {
      if (from.equals(stream) && !over) {
        watch.heard();
        on(response);
      }
    }

    @Override
    public void ended(TicketStream from, Status status, @Nullable Metadata trailers) {
      if (from.equals(stream) && !over) {
        broken(status, trailers);
      }
    }
  }
}
