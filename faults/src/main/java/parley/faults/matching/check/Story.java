package parley.faults.matching.check;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All that was noted of a run, put together by ticket, by session and by person.
final class Story {
  private static final int HASH_BYTES = 16;

  private final Line run;
  private final Map<What, List<Line>> general = new EnumMap<>(What.class);
  private final Map<Integer, Ticket> tickets = new TreeMap<>();
  private final Map<String, List<Ticket>> ticketsOf = new TreeMap<>();
  private final Map<String, Session> sessions = new LinkedHashMap<>();
  private final Map<String, List<Session>> sessionsOf = new HashMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private @Nullable Line begun;
  private long length = 1;
  private long end;

  /// @param over with the time that everybody had to find back
  record Fault(String name, long begins, long over) {}

  Story(Stream<Line> history) {
    Iterator<Line> lines = history.iterator();
    run = lines.next();
    end = run.at();
    Map<String, List<Line>> told = new LinkedHashMap<>();
    Map<String, List<Line>> settling = new HashMap<>();
    while (lines.hasNext()) {
      Line line = lines.next();
      length++;
      end = line.at();
      read(line, told, settling);
    }
    for (Ticket ticket : tickets.values()) {
      ticketsOf.computeIfAbsent(ticket.wish().participant(), _ -> new ArrayList<>()).add(ticket);
    }
    Members members = new Members(ticketsOf.keySet());
    told.forEach((id, sides) -> add(id, sides, settling.getOrDefault(id, List.of()), members));
  }

  private void read(Line line, Map<String, List<Line>> told, Map<String, List<Line>> settling) {
    if (line.what() == What.ASKING) {
      tickets.put(line.ticket(), new Ticket(line));
    } else if (line.ticket() != 0) {
      ticket(line.ticket()).add(line);
    } else {
      general.computeIfAbsent(line.what(), _ -> new ArrayList<>()).add(line);
    }
    switch (line.what()) {
      case MATCHED -> {
        List<Line> sides = told.computeIfAbsent(line.fact("session"), _ -> new ArrayList<>(2));
        if (sides.stream().noneMatch(side -> side.ticket() == line.ticket())) {
          sides.add(line);
        }
      }
      case SETTLING, SETTLED ->
          settling.computeIfAbsent(line.fact("session"), _ -> new ArrayList<>(2)).add(line);
      case FAULT_BEGINNING -> begun = line;
      case FAULT_OVER -> {
        if (begun != null) {
          faults.add(new Fault(begun.fact("fault"), begun.at(), line.at() + span("patience")));
          begun = null;
        }
      }
      default -> {}
    }
  }

  private void add(String id, List<Line> sides, List<Line> settling, Members members) {
    List<String> participants =
        sides.size() >= 2
            ? sides.stream().map(side -> ticket(side.ticket()).wish().participant()).toList()
            : members.of(id, sides.getFirst().list("members"));
    Session session = new Session(id, sides, participants, settling, sides.getFirst().at());
    sessions.put(id, session);
    participants.stream()
        .distinct()
        .forEach(one -> sessionsOf.computeIfAbsent(one, _ -> new ArrayList<>()).add(session));
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

  /// Lines that are about no ticket.
  List<Line> all(What what) {
    return general.getOrDefault(what, List.of());
  }

  /// Lines in all.
  long length() {
    return length;
  }

  Set<String> people() {
    return ticketsOf.keySet();
  }

  List<Ticket> ticketsOf(String participant) {
    return ticketsOf.getOrDefault(participant, List.of());
  }

  /// Of all that somebody took part in, as far as that can be told.
  List<Session> sessionsOf(String participant) {
    return sessionsOf.getOrDefault(participant, List.of());
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

  /// How many of each kind.
  Map<String, Integer> faults() {
    Map<String, Integer> kinds = new TreeMap<>();
    faults.forEach(fault -> kinds.merge(fault.name(), 1, Integer::sum));
    return kinds;
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

  /// Finds people by their hashes in a session.
  private static final class Members {
    private final Map<String, byte[]> people = new TreeMap<>();

    Members(Iterable<String> participants) {
      participants.forEach(one -> people.put(one, bytes(one)));
    }

    /// A member's hash, as the page on tokens says: the first 16 bytes of SHA-256 over the bytes of
    /// participant and session.
    List<String> of(String session, List<String> hashes) {
      try {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        byte[] own = bytes(session);
        List<byte[]> wanted = hashes.stream().map(HexFormat.of()::parseHex).toList();
        List<String> found = new ArrayList<>();
        people.forEach(
            (name, bytes) -> {
              sha.update(bytes);
              byte[] hash = Arrays.copyOf(sha.digest(own), HASH_BYTES);
              if (wanted.stream().anyMatch(one -> Arrays.equals(one, hash))) {
                found.add(name);
              }
            });
        return found;
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static byte[] bytes(String text) {
      return Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
