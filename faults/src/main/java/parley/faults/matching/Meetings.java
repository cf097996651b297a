package parley.faults.matching;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import parley.domain.SessionId;
import parley.faults.matching.check.Line;
import parley.faults.matching.check.What;
import parley.platform.auth.MemberHash;
import parley.platform.auth.Purpose;
import parley.platform.auth.Seals;
import parley.proto.domain.v1.Cohort;
import parley.proto.match.v1.Matched;
import parley.proto.match.v1.RefusalServiceGrpc;
import parley.proto.match.v1.RefuseRequest;
import parley.proto.match.v1.RefusedParty;
import parley.proto.match.v1.SettleRequest;
import parley.proto.match.v1.SettlementServiceGrpc;
import parley.proto.session.v1.DeliverRequest;
import parley.proto.session.v1.DeliverResponse;
import parley.proto.session.v1.Delivered;
import parley.proto.session.v1.InboxServiceGrpc.InboxServiceImplBase;
import parley.proto.token.v1.Grant;

/// Does what session-svc does for matching: sees who enters, says so when both have or the time is
/// over, again and again until it is answered; takes what inboxes are told; passes on refusals.
final class Meetings extends InboxServiceImplBase {
  private static final Duration CALL = Duration.ofSeconds(2);
  private static final Duration AGAIN = Duration.ofMillis(100);
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(20);

  private final MatchPlace place;
  private final Chronicle chronicle;
  private final Pace pace;
  private final Seals seals;
  private final Map<String, Meeting> meetings = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Boolean>> inboxes = new ConcurrentHashMap<>();

  /// What entering came to.
  enum Outcome {
    MET,
    /// The other never came, and the inbox said so.
    ALONE,
    /// Too late, or the match is not known any more.
    NOTHING
  }

  /// One who entered.
  record Guest(Person person, int ticket, String ticketId, int member) {}

  Meetings(MatchPlace place, Chronicle chronicle, Pace pace) {
    this.place = place;
    this.chronicle = chronicle;
    this.pace = pace;
    this.seals = place.seals();
  }

  /// The members of a match, by their hashes.
  String members(Matched matched) {
    return grant(matched).getMembersList().stream()
        .map(member -> HexFormat.of().formatHex(member.getParticipantHash().toByteArray()))
        .collect(Collectors.joining(","));
  }

  /// Enters, and waits for what comes of it.
  Outcome enter(Matched matched, Person person, int ticket, String ticketId) {
    ByteString mine =
        ByteString.copyFrom(
            MemberHash.of(person.who().participant(), new SessionId(matched.getSessionId())));
    int member = grant(matched).getMembers(0).getParticipantHash().equals(mine) ? 1 : 2;
    Meeting meeting =
        meetings.computeIfAbsent(
            matched.getSessionId(), session -> Meeting.begin(session, pace, this::settle));
    if (!meeting.enter(new Guest(person, ticket, ticketId, member))) {
      return Outcome.NOTHING;
    }
    Outcome outcome = meeting.awaitOutcome();
    if (outcome == Outcome.ALONE) {
      return awaitInbox(ticketId) ? Outcome.ALONE : Outcome.NOTHING;
    }
    return outcome;
  }

  /// Returns when it is done; noted before and after.
  void refuse(Person by, Person whom, Random random) {
    Line about =
        Line.of(What.REFUSING).with("device", by.who().device()).with("other", whom.who().device());
    chronicle.note(about);
    RefuseRequest request =
        RefuseRequest.newBuilder()
            .setCohort(Cohort.COHORT_ADULT)
            .setBy(party(by))
            .setWhom(party(whom))
            .build();
    untilAnswered(
        () ->
            RefusalServiceGrpc.newBlockingStub(place.mesh(random))
                .withDeadlineAfter(CALL.toMillis(), TimeUnit.MILLISECONDS)
                .refuse(request));
    chronicle.note(new Line(0, What.REFUSED, 0, about.facts()));
  }

  @Override
  public void deliver(DeliverRequest request, StreamObserver<DeliverResponse> caller) {
    String ticket = request.getNotice().getPeerNeverCame().getTicketId();
    chronicle.note(Line.of(What.TOLD_ALONE).with("id", ticket));
    inbox(ticket).complete(true);
    caller.onNext(
        DeliverResponse.newBuilder().setDelivered(Delivered.getDefaultInstance()).build());
    caller.onCompleted();
  }

  private Outcome settle(String session, List<Guest> came) {
    String tickets =
        came.stream()
            .map(guest -> Integer.toString(guest.ticket()))
            .collect(Collectors.joining(","));
    chronicle.note(Line.of(What.SETTLING).with("session", session).with("entered", tickets));
    SettleRequest request =
        SettleRequest.newBuilder()
            .setSessionId(session)
            .addAllEntered(came.stream().map(Guest::member).toList())
            .setCohort(Cohort.COHORT_ADULT)
            .build();
    Random random = new Random(session.hashCode());
    boolean settled =
        untilAnswered(
                () ->
                    SettlementServiceGrpc.newBlockingStub(place.mesh(random))
                        .withDeadlineAfter(CALL.toMillis(), TimeUnit.MILLISECONDS)
                        .settle(request))
            .hasSettled();
    chronicle.note(
        Line.of(What.SETTLED)
            .with("session", session)
            .with("entered", tickets)
            .with("outcome", settled ? "settled" : "none"));
    return !settled ? Outcome.NOTHING : came.size() == 2 ? Outcome.MET : Outcome.ALONE;
  }

  private boolean awaitInbox(String ticket) {
    CompletableFuture<Boolean> told = inbox(ticket);
    boolean heard =
        told.completeOnTimeout(false, TOLD_WITHIN.toMillis(), TimeUnit.MILLISECONDS).join();
    inboxes.remove(ticket);
    return heard;
  }

  private CompletableFuture<Boolean> inbox(String ticket) {
    return inboxes.computeIfAbsent(ticket, _ -> new CompletableFuture<>());
  }

  private Grant grant(Matched matched) {
    try {
      byte[] grant = matched.getGrant().toByteArray();
      return Grant.parseFrom(seals.open(Purpose.GRANT, grant).orElseThrow());
    } catch (IOException notAGrant) {
      throw new UncheckedIOException(notAGrant);
    }
  }

  private static RefusedParty party(Person person) {
    return RefusedParty.newBuilder()
        .setParticipantId(ByteString.copyFrom(person.who().participant().bytes()))
        .setDeviceId(ByteString.copyFrom(person.who().device().bytes()))
        .build();
  }

  private static <T> T untilAnswered(Supplier<T> call) {
    while (true) {
      try {
        return call.get();
      } catch (StatusRuntimeException away) {
        LockSupport.parkNanos(AGAIN.toNanos());
        if (Thread.currentThread().isInterrupted()) {
          throw away;
        }
      }
    }
  }

  /// One session: open until both are in, or the time to enter is over; then it is closed, and only
  /// then settled.
  private static final class Meeting {
    private final List<Guest> guests = new ArrayList<>();
    private final CompletableFuture<Void> full = new CompletableFuture<>();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private boolean closed;

    interface Settling {
      Outcome settle(String session, List<Guest> came);
    }

    static Meeting begin(String session, Pace pace, Settling settling) {
      Meeting meeting = new Meeting();
      Thread.ofVirtual()
          .name("settle-" + session)
          .start(
              () -> {
                meeting
                    .full
                    .completeOnTimeout(null, pace.enter().toMillis(), TimeUnit.MILLISECONDS)
                    .join();
                meeting.outcome.complete(settling.settle(session, meeting.close()));
              });
      return meeting;
    }

    synchronized boolean enter(Guest guest) {
      if (closed) {
        return false;
      }
      guests.add(guest);
      if (guests.size() == 2) {
        full.complete(null);
      }
      return true;
    }

    Outcome awaitOutcome() {
      return outcome.join();
    }

    private synchronized List<Guest> close() {
      closed = true;
      return List.copyOf(guests);
    }
  }
}
