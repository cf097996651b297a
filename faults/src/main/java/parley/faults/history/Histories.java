package parley.faults.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// All that was written of one run: `run.jsonl`, and for each conversation `c0007-1.jsonl` and
/// `c0007-2.jsonl` by its members and `c0007-kept.jsonl`, its log as it was kept.
///
/// @param conversations by their names, `c0007`
public record Histories(List<Noted> run, Map<String, Conversation> conversations) {
  private static final String SUFFIX = ".jsonl";

  /// @param members one history for each, in the order of their files
  public record Conversation(String name, List<List<Noted>> members, List<Noted> kept) {
    public Conversation {
      members = List.copyOf(members);
      kept = List.copyOf(kept);
    }
  }

  public Histories {
    run = List.copyOf(run);
    conversations = Map.copyOf(conversations);
  }

  public static Path ofRun(Path folder) {
    return folder.resolve("run" + SUFFIX);
  }

  /// @param seat 1 or 2
  public static Path ofMember(Path folder, String conversation, int seat) {
    return folder.resolve(conversation + "-" + seat + SUFFIX);
  }

  public static Path ofKept(Path folder, String conversation) {
    return folder.resolve(conversation + "-kept" + SUFFIX);
  }

  /// Reads a folder.
  ///
  /// @throws IllegalArgumentException if it has a line that is none
  public static Histories read(Path folder) {
    Map<String, Conversation> conversations = new TreeMap<>();
    for (String name : names(folder)) {
      List<List<Noted>> members = new ArrayList<>();
      for (int seat = 1; Files.exists(ofMember(folder, name, seat)); seat++) {
        members.add(lines(ofMember(folder, name, seat)));
      }
      conversations.put(name, new Conversation(name, members, lines(ofKept(folder, name))));
    }
    return new Histories(lines(ofRun(folder)), conversations);
  }

  /// Takes lines as they stand in a file.
  public static List<Noted> parse(String file, List<String> written) {
    List<Noted> lines = new ArrayList<>(written.size());
    for (String line : written) {
      lines.add(new Noted(file, lines.size() + 1, LineJson.read(line)));
    }
    return lines;
  }

  private static List<Noted> lines(Path file) {
    try {
      return Files.exists(file)
          ? parse(String.valueOf(file.getFileName()), Files.readAllLines(file))
          : List.of();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches("c\\d+-1\\.jsonl"))
          .map(name -> name.substring(0, name.indexOf('-')))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
