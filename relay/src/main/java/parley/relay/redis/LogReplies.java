package parley.relay.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.domain.NodeId;
import parley.domain.Position;
import parley.platform.redis.RedisRefusal;
import parley.relay.AppendOutcome;
import parley.relay.Body;
import parley.relay.Closing;
import parley.relay.Draft;
import parley.relay.LogAnswer;
import parley.relay.LogEntry;
import parley.relay.LogRequest;
import parley.relay.LogState;
import parley.relay.MemberState;
import parley.relay.Receipt;
import parley.relay.SessionFacts;
import parley.relay.Who;

/// Reads the scripts' replies. What the scripts return is written in their headers.
final class LogReplies {
  private static final int STATE_HEADER_BYTES = 14;
  private static final int MEMBER_BYTES = 16;
  private static final int LOG_BYTES = 4;
  private static final int VERSION = 1;
  private static final byte[] NO_OFFSET = {'0'};

  private LogReplies() {}

  static LogAnswer answer(LogRequest request, @Nullable Object reply) {
    if (reply instanceof RedisRefusal refusal) {
      return new LogAnswer.Failed(String.valueOf(refusal.getMessage()));
    }
    if (reply == null) {
      return request instanceof LogRequest.Tick
          ? new LogAnswer.LeasedElsewhere()
          : new LogAnswer.Missing();
    }
    return switch (request) {
      case LogRequest.Open _ -> isLate(reply) ? new LogAnswer.TooLate() : new LogAnswer.Opened();
      case LogRequest.Attach _ ->
          isLate(reply) ? new LogAnswer.TooLate() : new LogAnswer.Facts(facts(list(reply)));
      case LogRequest.Append append -> appended(append.drafts(), reply);
      case LogRequest.Deliver deliver -> appended(List.of(deliver.draft()), reply);
      case LogRequest.Note _ -> signed(list(reply));
      case LogRequest.Receive _ -> received(list(reply));
      case LogRequest.Close _ -> new LogAnswer.Facts(facts(list(reply)));
      case LogRequest.Look _ -> new LogAnswer.Facts(facts(list(reply)));
      case LogRequest.Read _ -> page(list(reply));
      case LogRequest.Tick _ -> new LogAnswer.Ticked(TickReplies.report(list(reply)));
    };
  }

  private static boolean isLate(Object reply) {
    return reply instanceof byte[] word && new String(word, US_ASCII).equals("late");
  }

  private static LogAnswer appended(List<Draft> drafts, Object reply) {
    List<?> answers = reply instanceof List<?> several ? several : List.of(reply);
    ByteBuffer before = ByteBuffer.wrap((byte[]) answers.getFirst());
    int epoch = before.getInt();
    long next = Integer.toUnsignedLong(before.getInt());
    int previousCheck = before.getInt();
    List<AppendOutcome> outcomes = new ArrayList<>(drafts.size());
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      byte[] answer = answers.size() == 1 ? null : (byte[]) answers.get(i + 1);
      if (answer == null || answer[0] == 'S') {
        outcomes.add(
            new AppendOutcome.Stored(new Position(epoch, next++, draft.check()), draft.at()));
      } else {
        outcomes.add(outcome(epoch, ByteBuffer.wrap(answer)));
      }
    }
    return new LogAnswer.Appended(epoch, previousCheck, outcomes);
  }

  private static AppendOutcome outcome(int epoch, ByteBuffer answer) {
    char kind = (char) answer.get();
    return switch (kind) {
      case 'D' -> {
        long offset = Integer.toUnsignedLong(answer.getInt());
        yield new AppendOutcome.Duplicate(
            Optional.of(new Position(epoch, offset, answer.getInt())));
      }
      case 'd' -> new AppendOutcome.Duplicate(Optional.empty());
      case 'C' -> new AppendOutcome.ContentDiffers();
      case 'O' -> new AppendOutcome.OutOfOrder(Integer.toUnsignedLong(answer.getInt()));
      case 'A' -> new AppendOutcome.StaleAttachment();
      case 'N' -> new AppendOutcome.NotOpen();
      default ->
          throw new IllegalStateException(
              "append answered '" + kind + "', expected one of SDdCOAN");
    };
  }

  private static LogAnswer page(List<?> reply) {
    return new LogAnswer.Page(state(ByteBuffer.wrap((byte[]) reply.get(0))), entries(reply.get(1)));
  }

  /// Entries of a log as a stream's reply has them.
  static List<LogEntry> entries(Object reply) {
    List<?> raw = list(reply);
    List<LogEntry> entries = new ArrayList<>(raw.size());
    for (Object entry : raw) {
      List<?> idAndFields = list(entry);
      entries.add(entry((byte[]) idAndFields.get(0), list(idAndFields.get(1))));
    }
    return entries;
  }

  private static LogEntry entry(byte[] id, List<?> fields) {
    String text = new String(id, US_ASCII);
    long offset = Long.parseLong(text.substring(0, text.indexOf('-')));
    ByteBuffer value = ByteBuffer.wrap((byte[]) fields.get(1));
    int member = Byte.toUnsignedInt(value.get());
    value.getInt(); // the attachment it came from
    long sequence = Integer.toUnsignedLong(value.getInt());
    int check = value.getInt();
    Instant at = Instant.ofEpochMilli(value.getLong());
    byte[] body = new byte[value.remaining()];
    value.get(body);
    return new LogEntry(offset, check, member, sequence, at, Body.of(body));
  }

  private static LogAnswer signed(List<?> reply) {
    boolean changed = reply.getFirst().equals(1L);
    return new LogAnswer.Signed(changed, facts(reply.subList(1, reply.size())));
  }

  private static LogAnswer received(List<?> reply) {
    boolean changed = reply.getFirst().equals(1L);
    return new LogAnswer.Received(changed, facts(reply.subList(1, reply.size())));
  }

  private static SessionFacts facts(List<?> reply) {
    Map<String, byte[]> fields = new HashMap<>();
    List<?> flat = list(reply.get(1));
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      fields.put(text(flat.get(i)), (byte[]) flat.get(i + 1));
    }
    LogState state = state(ByteBuffer.wrap((byte[]) reply.get(0)));
    Map<Integer, NodeId> nodes = new HashMap<>();
    Set<Integer> away = new HashSet<>();
    Map<Integer, Who> who = new HashMap<>();
    Map<Integer, Receipt> receipts = new HashMap<>();
    for (int member = 1; member <= state.members().size(); member++) {
      byte[] node = fields.get("n" + member);
      if (node != null) {
        nodes.put(member, new NodeId(text(node)));
      }
      if (fields.containsKey("a" + member)) {
        away.add(member);
      }
      byte[] bearer = fields.get("w" + member);
      if (bearer != null) {
        who.put(member, StoredWho.read(ByteBuffer.wrap(bearer)));
      }
      byte[] delivered = fields.get("d" + member);
      if (delivered != null) {
        byte[] read = fields.getOrDefault("r" + member, NO_OFFSET);
        receipts.put(member, new Receipt(offset(delivered), offset(read)));
      }
    }
    byte[] why = fields.get("why");
    byte[] by = fields.get("by");
    Closing closing =
        why == null || by == null
            ? null
            : new Closing(Integer.parseInt(text(by)), Integer.parseInt(text(why)));
    return new SessionFacts(state, nodes, away, who, receipts, closing);
  }

  static LogState state(ByteBuffer in) {
    int bytes = in.remaining();
    int version = in.get();
    int rest = (bytes - STATE_HEADER_BYTES) % MEMBER_BYTES;
    if (version != VERSION || (rest != 0 && rest != LOG_BYTES)) {
      throw new IllegalStateException(
          "state has version " + version + " and " + bytes + " bytes, expected version 1");
    }
    int epoch = in.getInt();
    boolean open = in.get() == 1;
    Position tip = new Position(epoch, Integer.toUnsignedLong(in.getInt()), in.getInt());
    List<MemberState> members = new ArrayList<>();
    while (in.remaining() >= MEMBER_BYTES) {
      members.add(
          new MemberState(
              Integer.toUnsignedLong(in.getInt()),
              Integer.toUnsignedLong(in.getInt()),
              Integer.toUnsignedLong(in.getInt()),
              in.getInt()));
    }
    return new LogState(open, tip, members);
  }

  private static long offset(byte[] decimal) {
    return Long.parseLong(text(decimal));
  }

  private static List<?> list(Object reply) {
    return (List<?>) reply;
  }

  private static String text(Object reply) {
    return new String((byte[]) reply, US_ASCII);
  }
}
