package parley.faults.matching;

import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.faults.matching.Crowd.Stage.Act;
import parley.faults.matching.TicketCall.Event;
import parley.faults.matching.check.Line;
import parley.faults.matching.check.What;
import parley.proto.match.v1.AnswerProposalRequest;
import parley.proto.match.v1.CancelTicketRequest;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.FindPeerRequest;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.KeepWaitingRequest;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.match.v1.MatchServiceGrpc.MatchServiceBlockingStub;
import parley.proto.match.v1.Matched;
import parley.proto.match.v1.NewTicket;
import parley.proto.match.v1.ProposalAnswer;
import parley.proto.match.v1.ProposalOffered;
import parley.proto.match.v1.Receipt;

/// One ticket of one person, from asking to its end, with one change of mind on the way. Everything
/// is noted. Runs on the person's thread.
final class Search {
  /// How soon it is seen that a run calms down.
  private static final long LOOK_NANOS = 400_000_000L;

  private static final long CALL_SECONDS = 3;

  private enum Deed {
    NONE,
    CANCEL,
    RELOAD,
    TAKE_OVER,
    GO_AWAY,
    RELAX,
    SECOND_TAB
  }

  private final Person me;
  private final Crowd crowd;
  private final Random random;
  private final int number;
  private final Criteria wish;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final List<TicketCall> calls = new ArrayList<>();
  private String id = "";
  private @Nullable TicketCall call;
  private long reopenAt;
  private int broken;
  private long heardAt;
  private int level = -1;
  private boolean opened;
  private boolean over;

  Search(Person me, Crowd crowd, Random random) {
    this.me = me;
    this.crowd = crowd;
    this.random = random;
    this.number = crowd.ticket();
    this.wish = me.wish(crowd.words(), random);
  }

  /// Returns when the ticket is over for this person, or the run is.
  void live() {
    crowd.chronicle().note(me.asking(number, wish));
    open();
    Deed deed = drawDeed();
    long deedAt = System.nanoTime() + random.nextInt(1_200) * 1_000_000L;
    long keepEvery = crowd.pace().keepWaitingEvery().toNanos();
    long keepAt = System.nanoTime() + keepEvery;
    while (!over && !crowd.is(Act.OVER)) {
      Event event = poll(nextAt(keepAt, deedAt));
      long now = System.nanoTime();
      if (event != null && event.from().equals(call)) {
        heardAt = now;
        on(event);
      } else if (call == null && now > reopenAt) {
        open();
      } else if (call != null && now - heardAt > crowd.pace().deaf().toNanos()) {
        note(Line.of(What.SILENT, number).with("stream", opened ? "open" : "opening"));
        heardAt = now;
      }
      if (!over && call != null && !id.isEmpty() && now > keepAt) {
        keepAt = now + keepEvery;
        keep(KeepWaitingRequest.newBuilder().setTicketId(id).build());
      }
      if (!over && call != null && !id.isEmpty() && now > deedAt && crowd.is(Act.BUSY)) {
        deedAt = Long.MAX_VALUE;
        act(deed);
      }
    }
    calls.forEach(TicketCall::drop);
  }

  /// When there is something to do, if no event comes.
  private long nextAt(long keepAt, long deedAt) {
    if (call == null) {
      return reopenAt;
    }
    return id.isEmpty() ? Long.MAX_VALUE : crowd.is(Act.BUSY) ? Math.min(keepAt, deedAt) : keepAt;
  }

  private Deed drawDeed() {
    int drawn = random.nextInt(100);
    return drawn < 52
        ? Deed.NONE
        : drawn < 62
            ? Deed.CANCEL
            : drawn < 74
                ? Deed.RELOAD
                : drawn < 82
                    ? Deed.TAKE_OVER
                    : drawn < 88 ? Deed.GO_AWAY : drawn < 94 ? Deed.RELAX : Deed.SECOND_TAB;
  }

  /// The next event, or nothing, when something is to be done or looked at.
  private @Nullable Event poll(long doneAt) {
    long most = Math.clamp(doneAt - System.nanoTime(), 1_000_000, LOOK_NANOS);
    try {
      return events.poll(most, TimeUnit.NANOSECONDS);
    } catch (InterruptedException hurried) {
      over = true;
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private void open() {
    FindPeerRequest.Builder request = FindPeerRequest.newBuilder();
    if (id.isEmpty()) {
      request.setNewTicket(
          NewTicket.newBuilder().setRequestId("request-" + number).setCriteria(wish));
    } else {
      note(Line.of(What.TAKING_UP, number));
      request.setTicketId(id);
    }
    TicketCall stream = new TicketCall(events);
    calls.add(stream);
    call = stream;
    opened = false;
    level = -1;
    heardAt = System.nanoTime();
    crowd
        .place()
        .node(random)
        .withCallCredentials(me.credentials())
        .findPeer(request.build(), stream);
  }

  private void reopenWithin(int ms) {
    call = null;
    reopenAt = System.nanoTime() + random.nextInt(ms) * 1_000_000L;
  }

  private void on(Event event) {
    FindPeerResponse response = event.response();
    if (response == null) {
      note(Line.of(What.BROKEN, number).with("status", event.end()));
      broken++;
      reopenWithin(400 * Math.min(broken, 4));
      return;
    }
    broken = 0;
    switch (response.getEventCase()) {
      case ACCEPTED -> {
        id = response.getAccepted().getTicketId();
        opened = true;
        note(Line.of(What.ACCEPTED, number).with("id", id));
      }
      case WAITING -> {
        int reached = response.getWaiting().getLevelValue() - 1;
        if (reached != level) {
          level = reached;
          note(Line.of(What.WAITING, number).with("level", level));
        }
      }
      case PROPOSAL -> {
        level = -1;
        answer(response.getProposal());
      }
      case PEER_ASKED -> level = -1; // It said yes on an earlier stream.
      case MATCHED -> matched(response.getMatched());
      case CANCELLED,
          EXPIRED,
          MOVED,
          ALREADY_IN_SESSION,
          ANOTHER_TICKET_LIVE,
          REQUEST_ID_REUSED,
          NO_SUCH_TICKET,
          UNKNOWN_INTENT,
          PAUSED,
          EVENT_NOT_SET -> {
        note(
            Line.of(What.ENDED, number)
                .with("how", response.getEventCase().name().toLowerCase(Locale.ROOT)));
        over = true;
      }
    }
  }

  private void answer(ProposalOffered offer) {
    Line line = Line.of(What.PROPOSED, number).with("proposal", offer.getProposalId());
    note(line);
    int drawn = crowd.is(Act.BUSY) ? random.nextInt(20) : 19;
    if (drawn == 0) {
      return; // Silent.
    }
    boolean yes = drawn > 2;
    Line says = new Line(0, What.ANSWERING, number, line.with("says", yes ? "yes" : "no").facts());
    note(says);
    AnswerProposalRequest request =
        AnswerProposalRequest.newBuilder()
            .setProposalId(offer.getProposalId())
            .setAnswer(
                yes
                    ? ProposalAnswer.PROPOSAL_ANSWER_ACCEPT
                    : ProposalAnswer.PROPOSAL_ANSWER_DECLINE)
            .build();
    String outcome;
    try {
      outcome = calls().answerProposal(request).hasAnswered() ? "answered" : "over";
    } catch (StatusRuntimeException lost) {
      outcome = "unknown";
    }
    note(new Line(0, What.ANSWERED, number, says.with("outcome", outcome).facts()));
  }

  private void matched(Matched matched) {
    Receipt receipt = matched.getReceipt();
    note(
        Line.of(What.MATCHED, number)
            .with("session", matched.getSessionId())
            .with("level", receipt.getLevelValue() - 1)
            .with("tags", receipt.getSharedTagsList().stream().collect(Collectors.joining(",")))
            .with("language", receipt.getLanguage())
            .with(
                "waited",
                receipt.getWaited().getSeconds() * 1_000
                    + receipt.getWaited().getNanos() / 1_000_000)
            .with("attempt", matched.getAttempt())
            .with("members", crowd.meetings().members(matched)));
    call = null;
    if (crowd.is(Act.BUSY) && random.nextInt(8) == 0) {
      // A no-show. The match is over only after the time to enter.
      LockSupport.parkNanos(crowd.pace().enter().toNanos());
      over = true;
      return;
    }
    note(Line.of(What.ENTERING, number).with("session", matched.getSessionId()));
    switch (crowd.meetings().enter(matched, me, number, id)) {
      case MET, NOTHING -> over = true;
      case ALONE -> reopenWithin(50);
    }
  }

  private void act(Deed deed) {
    switch (deed) {
      case NONE -> {}
      case CANCEL -> cancel(number, id);
      case RELOAD -> {
        letGo("");
        reopenWithin(800);
      }
      case TAKE_OVER -> open();
      case GO_AWAY -> {
        letGo("yes");
        over = true;
      }
      case RELAX -> {
        note(Line.of(What.RELAXING, number));
        keep(KeepWaitingRequest.newBuilder().setTicketId(id).setRelaxNow(true).build());
      }
      case SECOND_TAB -> secondTab();
    }
  }

  private void letGo(String forGood) {
    note(Line.of(What.LETTING_GO, number).with("for_good", forGood));
    calls.forEach(TicketCall::drop);
  }

  private void cancel(int ticket, String ticketId) {
    note(Line.of(What.CANCELLING, ticket));
    String outcome;
    try {
      outcome =
          calls()
              .cancelTicket(CancelTicketRequest.newBuilder().setTicketId(ticketId).build())
              .getOutcomeCase()
              .name()
              .toLowerCase(Locale.ROOT);
    } catch (StatusRuntimeException lost) {
      outcome = "unknown";
    }
    note(Line.of(What.CANCELLED, ticket).with("outcome", outcome));
    if (ticket == number && outcome.equals("cancelled")) {
      over = true;
    }
  }

  private void keep(KeepWaitingRequest request) {
    try {
      var _ = calls().keepWaiting(request);
    } catch (StatusRuntimeException lost) {
      // The next one makes up for it.
    }
  }

  /// The same person asks a second time meanwhile, with another wish.
  private void secondTab() {
    int second = crowd.ticket();
    Criteria other = me.wish(crowd.words(), random);
    crowd.chronicle().note(me.asking(second, other));
    BlockingQueue<Event> answers = new LinkedBlockingQueue<>();
    TicketCall tab = new TicketCall(answers);
    crowd
        .place()
        .node(random)
        .withCallCredentials(me.credentials())
        .findPeer(
            FindPeerRequest.newBuilder()
                .setNewTicket(
                    NewTicket.newBuilder().setRequestId("request-" + second).setCriteria(other))
                .build(),
            tab);
    try {
      Event first = answers.poll(CALL_SECONDS, TimeUnit.SECONDS);
      FindPeerResponse response = first == null ? null : first.response();
      if (response == null) {
        note(Line.of(What.BROKEN, second));
      } else if (response.hasAccepted()) {
        String its = response.getAccepted().getTicketId();
        note(Line.of(What.ACCEPTED, second).with("id", its));
        note(Line.of(What.LETTING_GO, second).with("for_good", "yes"));
        cancel(second, its);
      } else {
        note(
            Line.of(What.ENDED, second)
                .with("how", response.getEventCase().name().toLowerCase(Locale.ROOT)));
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    } finally {
      tab.drop();
    }
  }

  private MatchServiceBlockingStub calls() {
    return MatchServiceGrpc.newBlockingStub(crowd.place().channel(random))
        .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
        .withCallCredentials(me.credentials());
  }

  private void note(Line line) {
    crowd.chronicle().note(line);
  }
}
