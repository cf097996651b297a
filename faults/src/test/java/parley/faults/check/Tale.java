package parley.faults.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import parley.faults.history.Histories;

/// A run written by hand: Ann and Bob say three texts in `c0001`, Cid and Dot one in `c0002`; then
/// everybody settles and reads again. Each test changes a line or two.
///
/// A line of the shorthand: milliseconds, what, then `s` stream, `a` attachment, `q` sequence, `m`
/// member, `@` offset-check (epoch 7, or epoch:offset-check), and the text after a bar.
final class Tale {
  static final String ANN = "c0001-1";
  static final String BOB = "c0001-2";
  static final String LOG = "c0001-kept";

  private static final String ANN_TELLS =
      """
      10 ENTERING s1 |door native
      20 ENTERED s1 a1 q1 m1 @0-0
      21 CAUGHT_UP s1 @0-0
      30 SENDING s1 q1 |ann one
      40 STORED s1 q1 @1-11
      50 SENDING s1 q2 |ann two
      51 SENDING s1 q2 |ann two
      60 STORED s1 q2 @2-12
      61 DUPLICATE s1 q2 @2-12
      80 READ s1 m2 @3-13 |bob one
      20000 SETTLED
      20001 LETTING_GO s1
      20002 ENTERING s2 |door native
      20010 ENTERED s2 a2 q3 m1 @3-13
      20011 READ s2 q1 m1 @1-11 |ann one
      20012 READ s2 q2 m1 @2-12 |ann two
      20013 READ s2 m2 @3-13 |bob one
      20014 CAUGHT_UP s2 @3-13
      """;

  private static final String BOB_TELLS =
      """
      10 ENTERING s1 |door web
      20 ENTERED s1 a1 q1 m2 @0-0
      21 CAUGHT_UP s1 @0-0
      41 READ s1 m1 @1-11 |ann one
      61 READ s1 m1 @2-12 |ann two
      70 SENDING s1 q1 |bob one
      79 STORED_ASIDE s1 q1 @3-13
      80 STORED s1 q1 @3-13
      20000 SETTLED
      20001 LETTING_GO s1
      20002 ENTERING s2 |door web
      20010 ENTERED s2 a2 q2 m2 @3-13
      20011 READ s2 m1 @1-11 |ann one
      20012 READ s2 m1 @2-12 |ann two
      20013 READ s2 q1 m2 @3-13 |bob one
      20014 CAUGHT_UP s2 @3-13
      """;

  private static final String LOG_TELLS =
      """
      30000 KEPT m1 a1 q1 @1-11 |ann one
      30000 KEPT m1 a1 q2 @2-12 |ann two
      30000 KEPT m2 a1 q1 @3-13 |bob one
      """;

  private static final String CID_TELLS =
      """
      10 ENTERING s1 |door native
      20 ENTERED s1 a1 q1 m1 @9:0-0
      21 CAUGHT_UP s1 @9:0-0
      30 SENDING s1 q1 |cid one
      40 STORED s1 q1 @9:1-91
      20000 SETTLED
      20002 ENTERING s2 |door native
      20010 ENTERED s2 a2 q2 m1 @9:1-91
      20011 READ s2 q1 m1 @9:1-91 |cid one
      20014 CAUGHT_UP s2 @9:1-91
      """;

  private final Map<String, List<String>> files = new TreeMap<>();
  private final List<String> run = new ArrayList<>();

  static Tale clean() {
    Tale tale = new Tale();
    tale.write(ANN, ANN_TELLS);
    tale.write(BOB, BOB_TELLS);
    tale.write(LOG, LOG_TELLS);
    tale.write("c0002-1", CID_TELLS);
    tale.write("c0002-kept", "30000 KEPT m1 a1 q1 @9:1-91 |cid one");
    return tale;
  }

  /// Puts one line in the place of another.
  Tale with(String file, String line, String... others) {
    List<String> lines = files.get(file);
    int at = lines.indexOf(line);
    if (at < 0) {
      throw new IllegalArgumentException("no line '" + line + "' in " + file);
    }
    lines.remove(at);
    lines.addAll(at, List.of(others));
    return this;
  }

  /// Puts lines after a line.
  Tale after(String file, String line, String... more) {
    List<String> all = new ArrayList<>(List.of(line));
    all.addAll(List.of(more));
    return with(file, line, all.toArray(String[]::new));
  }

  Tale without(String file, String line) {
    return with(file, line);
  }

  Tale calmFrom(int millis) {
    run.add(millis + " CALM");
    return this;
  }

  Tale fault(int from, int to) {
    run.add(from + " FAULT_BEGINNING |KILL_NODE");
    run.add(to + " FAULT_OVER |KILL_NODE");
    return this;
  }

  Tale late(int at) {
    run.add(at + " LATE |session-1");
    return this;
  }

  Verdict verdict(Promise promise) {
    Map<String, Histories.Conversation> conversations = new HashMap<>();
    for (String name : List.of("c0001", "c0002")) {
      List<List<parley.faults.history.Noted>> members = new ArrayList<>();
      for (int seat = 1; files.containsKey(name + "-" + seat); seat++) {
        members.add(parsed(name + "-" + seat, files.get(name + "-" + seat)));
      }
      conversations.put(
          name,
          new Histories.Conversation(
              name, members, parsed(name + "-kept", files.get(name + "-kept"))));
    }
    return Checker.check(new Histories(parsed("run", run), conversations), promise);
  }

  private void write(String file, String lines) {
    files.put(file, new ArrayList<>(lines.lines().toList()));
  }

  private static List<parley.faults.history.Noted> parsed(String file, List<String> lines) {
    return Histories.parse(file, lines.stream().map(Tale::json).toList());
  }

  private static String json(String line) {
    int bar = line.indexOf('|');
    String[] words = (bar < 0 ? line : line.substring(0, bar)).strip().split(" +");
    StringBuilder json =
        new StringBuilder("{\"at\":" + words[0] + "000000,\"what\":\"" + words[1] + "\"");
    Arrays.stream(words).skip(2).forEach(word -> json.append(',').append(field(word)));
    return json.append(bar < 0 ? "}" : ",\"text\":\"" + line.substring(bar + 1) + "\"}").toString();
  }

  private static String field(String word) {
    String value = word.substring(1);
    return switch (word.charAt(0)) {
      case 's' -> "\"stream\":" + value;
      case 'a' -> "\"attachment\":" + value;
      case 'q' -> "\"sequence\":" + value;
      case 'm' -> "\"member\":" + value;
      case '@' ->
          "\"place\":["
              + (value.contains(":") ? value : "7:" + value).replaceAll("[:-]", ",")
              + "]";
      default -> throw new IllegalArgumentException("'" + word + "'");
    };
  }
}
