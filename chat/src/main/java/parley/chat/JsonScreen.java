package parley.chat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import parley.client.call.ProtoTimes;
import parley.client.conversation.ConversationEvent;
import parley.client.conversation.OwnText;
import parley.client.conversation.Recourse.HistoryAnswer;
import parley.client.search.Lookout;
import parley.client.search.Match;
import parley.client.search.SearchEvent;
import parley.proto.domain.v1.Position;
import parley.proto.match.v1.ProposalOffered;
import parley.proto.match.v1.WaitingUpdate;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Member;

/// A line of JSON for each event, in the order in which they happened. Each has `event` and `time`
/// (when this program saw it); `at` is the server's time. Peers are named by member, never
/// otherwise.
final class JsonScreen implements Screen {
  private final PrintStream out;
  private final Clock clock;

  JsonScreen(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void guest(String participantId) {
    print(line("guest", "participant", participantId));
  }

  @Override
  public void show(SearchEvent event) {
    print(
        switch (event) {
          case SearchEvent.Accepted(var ticket) -> {
            JsonObject line = line("accepted", "ticket", ticket.getTicketId());
            line.addProperty("correlation", ticket.getCorrelationId());
            yield line;
          }
          case SearchEvent.Waiting(WaitingUpdate update) -> waiting(update);
          case SearchEvent.Proposed(ProposalOffered offer) -> offer("proposed", offer);
          case SearchEvent.PeerAsked(var within) ->
              number("peer_asked", "decided_ms", within.toMillis());
          case SearchEvent.Reconnecting(int tries, var pause) ->
              reconnecting(tries, pause.toMillis(), "the search");
          case SearchEvent.Found(Match match) -> matched("matched", match);
          case SearchEvent.Over(var ending, String sentence) -> {
            JsonObject line = line("search_over", "reason", Words.of(ending));
            line.addProperty("text", sentence);
            yield line;
          }
        });
  }

  @Override
  public void show(ConversationEvent event) {
    print(
        switch (event) {
          case ConversationEvent.Entered(Entered facts) -> entered("entered", facts);
          case ConversationEvent.Resumed(Entered facts) -> entered("resumed", facts);
          case ConversationEvent.Stored stored -> stored(stored);
          case ConversationEvent.NotSent(OwnText text, var reason) -> {
            JsonObject line = own("not_sent", text);
            line.addProperty("reason", Words.of(reason));
            yield line;
          }
          case ConversationEvent.Message message -> message(message);
          case ConversationEvent.Disclosure(var position, var at, String text) -> {
            JsonObject line = at(line("disclosure", "text", text), position);
            line.addProperty("at", at.toString());
            yield line;
          }
          case ConversationEvent.PersonProposed(var offer, var _) -> offer("proposal", offer);
          case ConversationEvent.PersonFound(Match match) -> matched("switched", match);
          case ConversationEvent.ProposalWithdrawn(String proposal, Lookout lookout) -> {
            JsonObject line = line("withdrawn", "proposal", proposal);
            line.addProperty("lookout", Words.of(lookout));
            yield line;
          }
          case ConversationEvent.Slowed(var pause) -> number("slowed", "ms", pause.toMillis());
          case ConversationEvent.PeerTyping(int member, var lives) -> {
            JsonObject line = number("typing", "member", member);
            line.addProperty("ms", lives.toMillis());
            yield line;
          }
          case ConversationEvent.Receipt(int member, int delivered, int read) -> {
            JsonObject line = number("receipt", "member", member);
            line.addProperty("delivered", Integer.toUnsignedLong(delivered));
            line.addProperty("read", Integer.toUnsignedLong(read));
            yield line;
          }
          case ConversationEvent.MemberChanged(Member member) -> member(line("member"), member);
          case ConversationEvent.Reconnecting(int tries, var pause, String why) ->
              reconnecting(tries, pause.toMillis(), why);
          case ConversationEvent.Reset(var reason, Position resumeAt) ->
              at(line("reset", "reason", Words.of(reason)), resumeAt);
          case ConversationEvent.Ended(var ending, var next, String sentence) -> {
            JsonObject line = line("end", "reason", Words.of(ending));
            line.addProperty("next", Words.of(next));
            line.addProperty("text", sentence);
            yield line;
          }
        });
  }

  @Override
  public void show(Answer answer) {
    print(
        switch (answer) {
          case Answer.Blocked(var came) -> line("blocked", "answer", Words.of(came));
          case Answer.Reported(var came) -> line("reported", "answer", Words.of(came));
          case Answer.History(HistoryAnswer.Page page) -> history(page);
          case Answer.History(HistoryAnswer.TextGone()) -> line("history", "answer", "text_gone");
          case Answer.Failed(String command, String sentence) -> {
            JsonObject line = line("failed", "command", command);
            line.addProperty("text", sentence);
            yield line;
          }
        });
  }

  @Override
  public void show(Lookout lookout) {
    print(line("lookout", "lookout", Words.of(lookout)));
  }

  /// Every line has its own time.
  @Override
  public void timePassed() {}

  @Override
  public void nobody() {
    print(line("nobody", "text", "nobody came within the time given by --wait"));
  }

  @Override
  public void help(String text) {
    print(line("help", "text", text));
  }

  @Override
  public void hint(String sentence) {
    print(line("hint", "text", sentence));
  }

  @Override
  public void refused(String sentence) {
    print(line("refused", "text", sentence));
  }

  @Override
  public void goodbye(ExitCode code) {
    print(number("exit", "code", code.number()));
  }

  private JsonObject waiting(WaitingUpdate update) {
    JsonObject line = line("waiting", "level", Words.of(update.getLevel()));
    if (update.hasPlace()) {
      line.addProperty("place", update.getPlace());
    }
    if (update.hasEstimatedWait()) {
      line.addProperty("estimated_ms", ProtoTimes.duration(update.getEstimatedWait()).toMillis());
    }
    if (update.hasPeopleWaiting()) {
      line.addProperty("people", update.getPeopleWaiting());
    }
    if (update.hasRelaxesIn()) {
      line.addProperty("relaxes_ms", ProtoTimes.duration(update.getRelaxesIn()).toMillis());
    }
    if (update.hasAiIn()) {
      line.addProperty("ai_ms", ProtoTimes.duration(update.getAiIn()).toMillis());
    }
    line.addProperty("ai_away", update.getAiAway());
    return line;
  }

  private JsonObject offer(String event, ProposalOffered offer) {
    JsonObject line = line(event, "proposal", offer.getProposalId());
    line.addProperty("answer_ms", ProtoTimes.duration(offer.getAnswerWithin()).toMillis());
    line.add("shared_tags", array(offer.getReceipt().getSharedTagsList()));
    line.addProperty("language", offer.getReceipt().getLanguage());
    return line;
  }

  private JsonObject matched(String event, Match match) {
    JsonObject line = line(event, "session", match.sessionId());
    line.addProperty("peer", Words.of(match.peerKind()));
    line.addProperty("keeps_looking", match.keepsLooking());
    line.addProperty("attempt", match.attempt());
    line.add("shared_tags", array(match.receipt().getSharedTagsList()));
    line.addProperty("language", match.receipt().getLanguage());
    line.addProperty("level", Words.of(match.receipt().getLevel()));
    line.addProperty("waited_ms", ProtoTimes.duration(match.receipt().getWaited()).toMillis());
    line.addProperty("correlation", match.correlationId());
    return line;
  }

  private JsonObject entered(String event, Entered facts) {
    JsonObject line = line(event, "session", facts.getSessionId());
    line.addProperty("member", facts.getMemberId());
    JsonArray members = new JsonArray();
    facts.getMembersList().forEach(one -> members.add(member(new JsonObject(), one)));
    line.add("members", members);
    line.addProperty("next_sequence", facts.getNextSequence());
    line.addProperty("match", facts.getCorrelationId());
    return line;
  }

  private JsonObject stored(ConversationEvent.Stored stored) {
    JsonObject line = own("stored", stored.text());
    Position position = stored.position();
    if (position != null) {
      at(line, position);
    }
    if (stored.at() != null) {
      line.addProperty("at", stored.at().toString());
    }
    return line;
  }

  private JsonObject message(ConversationEvent.Message message) {
    JsonObject line = number("message", "member", message.memberId());
    line.addProperty("kind", Words.of(message.kind()));
    line.addProperty("text", message.text());
    at(line, message.position());
    line.addProperty("at", message.at().toString());
    return line;
  }

  private JsonObject history(HistoryAnswer.Page page) {
    JsonObject line = line("history", "answer", "page");
    JsonArray said = new JsonArray();
    for (ConversationEvent.Said one : page.said()) {
      JsonObject words = new JsonObject();
      if (one instanceof ConversationEvent.Message message) {
        words.addProperty("member", message.memberId());
        words.addProperty("kind", Words.of(message.kind()));
      }
      words.addProperty("text", one.text());
      at(words, one.position());
      words.addProperty("at", one.at().toString());
      said.add(words);
    }
    line.add("said", said);
    line.addProperty("older", !page.olderCursor().isEmpty());
    return line;
  }

  private JsonObject reconnecting(int tries, long millis, String why) {
    JsonObject line = number("reconnecting", "tries", tries);
    line.addProperty("in_ms", millis);
    line.addProperty("text", why);
    return line;
  }

  private JsonObject own(String event, OwnText text) {
    JsonObject line = number(event, "number", text.number());
    line.addProperty("text", text.text());
    return line;
  }

  private static JsonObject member(JsonObject line, Member member) {
    line.addProperty("member", member.getMemberId());
    line.addProperty("kind", Words.of(member.getKind()));
    line.addProperty("presence", Words.of(member.getPresence()));
    return line;
  }

  private static JsonObject at(JsonObject line, Position position) {
    line.addProperty("epoch", Integer.toUnsignedLong(position.getEpoch()));
    line.addProperty("offset", Integer.toUnsignedLong(position.getOffset()));
    return line;
  }

  private static JsonArray array(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private JsonObject number(String event, String name, long value) {
    JsonObject line = line(event);
    line.addProperty(name, value);
    return line;
  }

  private JsonObject line(String event, String name, String value) {
    JsonObject line = line(event);
    line.addProperty(name, value);
    return line;
  }

  private JsonObject line(String event) {
    JsonObject line = new JsonObject();
    line.addProperty("event", event);
    line.addProperty("time", clock.instant().toString());
    return line;
  }

  private void print(JsonObject line) {
    out.print(Harmless.json(line.toString()) + "\n");
    out.flush();
  }
}
