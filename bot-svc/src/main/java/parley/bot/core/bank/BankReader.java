package parley.bot.core.bank;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.bot.core.conduct.ConductFaults;
import parley.bot.core.conduct.PhraseBook;

/// Reads the exchanges of a file. What it cannot read it skips and notes as a fault.
final class BankReader {
  private final Vocabulary vocabulary;
  private final List<TextFault> faults;
  private final List<Exchange> exchanges = new ArrayList<>();
  private Topic topicOfFile = Topic.ANY;
  private @Nullable Block block;

  private BankReader(Vocabulary vocabulary, List<TextFault> faults) {
    this.vocabulary = vocabulary;
    this.faults = faults;
  }

  /// @param faults gets what is wrong with the lines
  static List<Exchange> read(List<TextLine> lines, Vocabulary vocabulary, List<TextFault> faults) {
    BankReader reader = new BankReader(vocabulary, faults);
    for (TextLine line : lines) {
      reader.take(line);
    }
    reader.close();
    return reader.exchanges;
  }

  private void take(TextLine line) {
    String text = line.text();
    if (text.isEmpty()) {
      close();
    } else if (text.startsWith("? ")) {
      open(line).phrasings.add(Phrasing.of(line.place(), rest(text), vocabulary));
    } else if (text.startsWith("~ ")) {
      pattern(line);
    } else if (text.startsWith("! ")) {
      open(line).replies.add(BankLine.alone(line.place(), rest(text)));
    } else if (text.startsWith("> ")) {
      follow(line);
    } else if (text.equals("unasked")) {
      open(line).unasked = true;
    } else if (text.equals("again")) {
      open(line).serves = Exchange.Serves.AGAIN;
    } else if (text.startsWith("topic:")) {
      topic(line);
    } else if (text.startsWith("mood:")) {
      mood(line);
    } else if (text.startsWith("idea:")) {
      open(line).idea = line.afterColon();
    } else if (text.startsWith("about:")) {
      about(line);
    } else {
      faults.add(
          new TextFault(
              line.place(),
              "is '"
                  + text
                  + "', expected '? ', '~ ', '! ', '> ', 'topic:', 'mood:', 'idea:', 'about:',"
                  + " 'unasked' or 'again'"));
    }
  }

  private void pattern(TextLine line) {
    try {
      PhraseBook.read("", "[one]\n" + rest(line.text()), List.of("one"));
      open(line).patterns.add(rest(line.text()));
    } catch (ConductFaults wrong) {
      faults.add(new TextFault(line.place(), String.valueOf(wrong.getMessage())));
    }
  }

  private static String rest(String text) {
    return text.substring(2).strip();
  }

  private Block open(TextLine line) {
    if (block == null) {
      block = new Block(line.place(), topicOfFile);
    }
    return block;
  }

  /// A topic that stands alone is that of the exchanges after it.
  private void topic(TextLine line) {
    try {
      Topic topic = new Topic(line.afterColon());
      if (block == null) {
        topicOfFile = topic;
      } else {
        block.topic = topic;
      }
    } catch (IllegalArgumentException e) {
      faults.add(new TextFault(line.place(), String.valueOf(e.getMessage())));
    }
  }

  private void mood(TextLine line) {
    Optional<Mood> mood = Mood.named(line.afterColon());
    open(line).mood = mood.orElse(null);
    if (mood.isEmpty()) {
      faults.add(
          new TextFault(
              line.place(),
              "mood is '" + line.afterColon() + "', expected one of " + List.of(Mood.values())));
    }
  }

  private void about(TextLine line) {
    Vocabulary.alternatives(line.afterColon()).stream()
        .map(vocabulary::words)
        .filter(words -> !words.isEmpty())
        .forEach(open(line).about::add);
  }

  private void follow(TextLine line) {
    String[] sides = rest(line.text()).split("=>", 2);
    Block open = open(line);
    if (sides.length != 2 || open.replies.isEmpty()) {
      faults.add(
          new TextFault(line.place(), "expected '> cue | cue => reply | reply' below a reply"));
      return;
    }
    List<Cue> cues =
        Vocabulary.alternatives(sides[0]).stream().flatMap(cue -> cues(line.place(), cue)).toList();
    List<BankLine> replies =
        Vocabulary.alternatives(sides[1]).stream()
            .map(reply -> BankLine.alone(line.place(), reply))
            .toList();
    BankLine asked = open.replies.removeLast();
    List<FollowUp> all = new ArrayList<>(asked.followUps());
    all.add(new FollowUp(line.place(), cues, replies));
    open.replies.add(new BankLine(asked.place(), asked.text(), all));
  }

  private Stream<Cue> cues(Place place, String cue) {
    if (!cue.startsWith("@")) {
      return Stream.of(new Cue(Phrasing.of(place, cue, vocabulary), Cue.Where.ANYWHERE));
    }
    List<String> group = vocabulary.group(cue.substring(1));
    if (group.isEmpty()) {
      faults.add(new TextFault(place, "there is no group '" + cue + "' in words.txt"));
    }
    return group.stream()
        .map(one -> new Cue(Phrasing.of(place, one, vocabulary), Cue.Where.OPENING));
  }

  private void close() {
    if (block != null) {
      exchanges.add(block.exchange(faults));
      block = null;
    }
  }

  /// The lines of one exchange while they are read.
  private static final class Block {
    private final Place place;
    private final List<Phrasing> phrasings = new ArrayList<>();
    private final List<String> patterns = new ArrayList<>();
    private final List<List<String>> about = new ArrayList<>();
    private final List<BankLine> replies = new ArrayList<>();
    private Topic topic;
    private @Nullable Mood mood;
    private @Nullable String idea;
    private boolean unasked;
    private Exchange.Serves serves = Exchange.Serves.ONCE;

    Block(Place place, Topic topic) {
      this.place = place;
      this.topic = topic;
    }

    Exchange exchange(List<TextFault> faults) {
      long ways =
          Stream.of(unasked, !phrasings.isEmpty() || !patterns.isEmpty(), !about.isEmpty())
              .filter(way -> way)
              .count();
      if (ways != 1) {
        faults.add(
            new TextFault(place, "expected phrasings ('? ', '~ '), or 'about:', or 'unasked'"));
      }
      return new Exchange(place, topic, mood, serves, idea, patterns, phrasings, about, replies);
    }
  }
}
