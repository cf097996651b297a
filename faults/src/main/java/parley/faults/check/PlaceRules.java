package parley.faults.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parley.faults.history.Noted;
import parley.faults.history.Place;

/// What two who look at one place must see, and whose words may be there at all.
final class PlaceRules {
  private final Case the;
  private final Findings findings;
  private final Map<Place, Seen> seen = new HashMap<>();
  private final Map<Long, Seen> byOffset = new HashMap<>();

  /// What may stand at a place by all that was seen of it.
  private record Seen(Place place, int author, Set<String> words, Noted first) {}

  PlaceRules(Case the, Findings findings) {
    this.the = the;
    this.findings = findings;
  }

  void check() {
    for (Noted entry : the.log().entries()) {
      compare(entry, entry.line().member(), Set.of(entry.text()));
    }
    for (MemberHistory member : the.members()) {
      for (Noted line : member.lines()) {
        observed(member, line);
      }
    }
  }

  private void observed(MemberHistory member, Noted line) {
    switch (line.what()) {
      case READ -> {
        findings.observed();
        fromHere(line);
        compare(line, line.line().member(), Set.of(line.text()));
        kept(line);
      }
      case STORED, STORED_ASIDE -> {
        findings.observed();
        compare(line, member.number(), member.wordsUnder(line.line().sequence()));
      }
      case DUPLICATE -> {
        if (line.place() != null) {
          findings.observed();
          compare(line, member.number(), member.wordsUnder(line.line().sequence()));
        }
      }
      default -> {
        // No observation of a place in a log.
      }
    }
  }

  /// The words were said before, here, by the member who is named.
  private void fromHere(Noted read) {
    Said.Saying saying = the.said().of(read.text());
    if (saying == null) {
      findings.broken(Rule.NOT_FOREIGN, the.name(), "a text that nobody said", read);
      return;
    }
    Optional<MemberHistory> author = the.numbered(read.line().member());
    boolean byAuthor =
        author.isPresent() && the.said().isBy(read.text(), the.name(), author.get().seat());
    if (!byAuthor || saying.first().at() > read.at()) {
      findings.broken(
          Rule.NOT_FOREIGN,
          the.name(),
          "a text of another session or author, or from before it was said",
          saying.first(),
          read);
    }
  }

  private void kept(Noted read) {
    if (the.promise() == Promise.KEPT && the.log().at(read.place()) == null) {
      findings.broken(Rule.READ_IS_KEPT, the.name(), "no such entry in the log", read);
    }
  }

  private void compare(Noted line, int author, Set<String> words) {
    Place place = KeptLog.placeOf(line);
    Seen before = seen.get(place);
    if (before == null) {
      Seen now = new Seen(place, author, words, line);
      seen.put(place, now);
      alone(now);
      return;
    }
    Set<String> both = new HashSet<>(before.words());
    both.retainAll(words);
    if (before.author() != author || both.isEmpty()) {
      findings.broken(
          Rule.PLACES_AGREE, the.name(), "one place, two contents", before.first(), line);
    } else {
      seen.put(place, new Seen(place, author, both, before.first()));
    }
  }

  /// Where nothing is ever lost, an offset is given once.
  private void alone(Seen now) {
    if (the.promise() == Promise.KEPT) {
      Seen other = byOffset.putIfAbsent(now.place().offset(), now);
      if (other != null) {
        findings.broken(
            Rule.PLACES_AGREE, the.name(), "one offset, two entries", other.first(), now.first());
      }
    }
  }
}
