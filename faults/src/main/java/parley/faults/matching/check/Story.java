package parley.faults.matching.check;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// All that was noted of a run, put together by ticket and by session.
final class Story {
  private static final int HASH_BYTES = 16;

  private final Line run;
  private final List<Line> lines;
  private final Map<Integer, Ticket> tickets = new TreeMap<>();
  private final Map<String, Session> sessions = new LinkedHashMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private final long end;

  /// @param over with the time that everybody had to find back
  record Fault(String name, long begins, long over) {}

  Story(List<Line> lines) {
    this.lines = List.copyOf(lines);
    this.run = lines.getFirst();
    this.end = lines.getLast().at();
    for (Line line : lines) {
      if (line.what() == What.ASKING) {
        tickets.put(line.ticket(), new Ticket(line));
      } else if (line.ticket() != 0) {
        ticket(line.ticket()).add(line);
      }
    }
    readFaults();
    readSessions();
  }

  long end() {
    return end;
  }

  /// A duration of this run in nanoseconds.
  long span(String name) {
    return run.number(name) * 1_000_000;
  }

  /// How long an intent takes to a level, in nanoseconds.
  long reaches(String intent, int level) {
    return level == 0 ? 0 : Long.parseLong(run.list(intent).get(level - 1)) * 1_000_000;
  }

  List<Line> all(What what) {
    return lines.stream().filter(line -> line.what() == what).toList();
  }

  Iterable<Ticket> tickets() {
    return tickets.values();
  }

  Ticket ticket(int number) {
    Ticket ticket = tickets.get(number);
    if (ticket == null) {
      throw new IllegalArgumentException("nobody asked for ticket " + number);
    }
    return ticket;
  }

  int size() {
    return tickets.size();
  }

  Iterable<Session> sessions() {
    return sessions.values();
  }

  int matches() {
    return sessions.size();
  }

  int faults() {
    return faults.size();
  }

  /// Whether the store forgot everything in this time.
  boolean forgot(long from, long to) {
    return faults.stream()
        .anyMatch(
            fault ->
                fault.name().startsWith("EMPTY") && fault.begins() <= to && fault.over() >= from);
  }

  /// When the store forgot everything for the first time after this moment, or was about to then.
  long forgetsAt(long from) {
    return faults.stream()
        .filter(fault -> fault.name().startsWith("EMPTY") && fault.over() >= from)
        .mapToLong(Fault::begins)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /// Whether nothing was broken in this time.
  boolean calm(long from, long to) {
    return faults.stream().noneMatch(fault -> fault.begins() <= to && fault.over() >= from);
  }

  /// The longest stretch of this time in which nothing was broken.
  long longestCalm(long from, long to) {
    long longest = 0;
    long since = from;
    for (Fault fault : faults) {
      if (fault.over() >= since && fault.begins() <= to) {
        longest = Math.max(longest, fault.begins() - since);
        since = Math.max(since, fault.over());
      }
    }
    return Math.max(longest, to - since);
  }

  /// The other ticket of a session that both were told of.
  Optional<Ticket> peer(Session session, Ticket mine) {
    return session.told().stream()
        .map(line -> ticket(line.ticket()))
        .filter(ticket -> ticket.number() != mine.number())
        .findFirst();
  }

  private void readFaults() {
    long grace = span("patience");
    Line begun = null;
    for (Line line : lines) {
      if (line.what() == What.FAULT_BEGINNING) {
        begun = line;
      } else if (line.what() == What.FAULT_OVER && begun != null) {
        faults.add(new Fault(begun.fact("fault"), begun.at(), line.at() + grace));
        begun = null;
      }
    }
  }

  private void readSessions() {
    Map<String, List<Line>> told = new LinkedHashMap<>();
    Map<String, List<Line>> settling = new LinkedHashMap<>();
    for (Line line : lines) {
      String session = line.fact("session");
      if (line.what() == What.MATCHED) {
        List<Line> sides = told.computeIfAbsent(session, _ -> new ArrayList<>());
        if (sides.stream().noneMatch(side -> side.ticket() == line.ticket())) {
          sides.add(line);
        }
      } else if (line.what() == What.SETTLING || line.what() == What.SETTLED) {
        settling.computeIfAbsent(session, _ -> new ArrayList<>()).add(line);
      }
    }
    Set<String> people = new TreeSet<>();
    tickets.values().forEach(ticket -> people.add(ticket.wish().participant()));
    told.forEach(
        (id, sides) ->
            sessions.put(
                id,
                new Session(
                    id,
                    sides,
                    participants(id, sides, people),
                    settling.getOrDefault(id, List.of()),
                    sides.getFirst().at())));
  }

  private List<String> participants(String session, List<Line> sides, Set<String> people) {
    if (sides.size() >= 2) {
      return sides.stream().map(side -> ticket(side.ticket()).wish().participant()).toList();
    }
    List<String> hashes = sides.getFirst().list("members");
    return people.stream().filter(one -> hashes.contains(hash(one, session))).toList();
  }

  /// A member's hash, as the page on tokens says: the first 16 bytes of SHA-256 over the bytes of
  /// participant and session.
  private static String hash(String participant, String session) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(Base64.getUrlDecoder().decode(participant.getBytes(StandardCharsets.US_ASCII)));
      sha.update(Base64.getUrlDecoder().decode(session.getBytes(StandardCharsets.US_ASCII)));
      return HexFormat.of().formatHex(Arrays.copyOf(sha.digest(), HASH_BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
