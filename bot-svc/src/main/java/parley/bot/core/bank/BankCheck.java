package parley.bot.core.bank;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.conduct.Tongue;

/// Looks for what must not be in a bank: too few or too many phrasings and replies, replies that
/// are too long, that the conduct would not let out, slots that nothing fills, and texts that occur
/// twice or nearly so.
final class BankCheck {
  private static final int LONGEST_REPLY = 200;
  // What a slot takes in a reply, at the most that is usual.
  private static final String FILLED = "x".repeat(20);

  private final Vocabulary vocabulary;
  private final Conduct conduct;
  private final Tongue tongue;

  BankCheck(Vocabulary vocabulary, Conduct conduct, Tongue tongue) {
    this.vocabulary = vocabulary;
    this.conduct = conduct;
    this.tongue = tongue;
  }

  List<TextFault> faults(List<Exchange> exchanges) {
    Set<String> remembered =
        exchanges.stream()
            .flatMap(exchange -> captured(exchange.phrasings()).stream())
            .filter(slot -> !slot.equals(SmallTalk.SAID_LAST))
            .collect(Collectors.toSet());
    remembered.add(SmallTalk.SUM);
    remembered.addAll(CarryOn.SLOTS);
    List<TextFault> faults = new ArrayList<>();
    for (Exchange exchange : exchanges) {
      counts(exchange, faults);
      slots(exchange, remembered, faults);
      lines(exchange).forEach(line -> wording(line, faults));
    }
    twice(exchanges, faults);
    return faults;
  }

  private static void counts(Exchange exchange, List<TextFault> faults) {
    int said = exchange.phrasings().size();
    int replies = exchange.replies().size();
    boolean asked = !exchange.carriesOn() && exchange.about().isEmpty();
    int least = exchange.patterns().isEmpty() ? 2 : 0;
    if (asked && (said < least || said > 5)) {
      faults.add(new TextFault(exchange.place(), "has " + said + " phrasings, expected 2 to 5"));
    }
    int fewest = exchange.idea() == null ? 2 : 1;
    if (replies < fewest || (replies > 4 && !isAList(exchange))) {
      faults.add(new TextFault(exchange.place(), "has " + replies + " replies, expected 2 to 4"));
    }
  }

  private static boolean isAList(Exchange exchange) {
    return exchange.phrasings().isEmpty() || exchange.serves() == Exchange.Serves.AGAIN;
  }

  private void wording(BankLine line, List<TextFault> faults) {
    int length = line.text().length() - line.slots().size() * 4 + line.slots().size() * 20;
    if (length > LONGEST_REPLY || line.text().isEmpty()) {
      faults.add(
          new TextFault(
              line.place(), "reply has " + length + " characters, expected 1 to " + LONGEST_REPLY));
    }
    conduct
        .faultOf(line.text(), tongue)
        .ifPresent(
            why ->
                faults.add(
                    new TextFault(line.place(), "reply is against the conduct's rules: " + why)));
    if (!Phrasing.SLOT.matcher(line.text()).replaceAll(FILLED).matches("[^{}]*")) {
      faults.add(new TextFault(line.place(), "braces are not those of a slot like {it}"));
    }
  }

  private static void slots(Exchange exchange, Set<String> remembered, List<TextFault> faults) {
    for (Phrasing phrasing : exchange.phrasings()) {
      phrasing(phrasing, faults);
    }
    need(exchange.replies(), captured(exchange.phrasings()), remembered, faults);
    boolean plainPhrasing = exchange.phrasings().stream().anyMatch(one -> one.slot().isEmpty());
    if (plainPhrasing && exchange.replies().stream().allMatch(BankLine::hasSlots)) {
      faults.add(
          new TextFault(exchange.place(), "every reply needs a slot, not every phrasing has one"));
    }
    for (FollowUp followUp :
        exchange.replies().stream().flatMap(one -> one.followUps().stream()).toList()) {
      List<Phrasing> cues = followUp.cues().stream().map(Cue::phrasing).toList();
      cues.forEach(cue -> phrasing(cue, faults));
      need(followUp.replies(), captured(cues), remembered, faults);
      if (followUp.replies().isEmpty()) {
        faults.add(new TextFault(followUp.place(), "has no reply"));
      }
    }
  }

  private static void phrasing(Phrasing phrasing, List<TextFault> faults) {
    long slots = phrasing.words().stream().filter(word -> word.startsWith("{")).count();
    boolean stray = Phrasing.SLOT.matcher(phrasing.text()).replaceAll("").matches(".*[{}].*");
    if (slots > 1 || stray) {
      faults.add(new TextFault(phrasing.place(), "expected at most one slot like {it}"));
    }
    if (phrasing.words().isEmpty()) {
      faults.add(new TextFault(phrasing.place(), "phrasing has no words"));
    }
  }

  private static void need(
      List<BankLine> replies,
      Set<String> captured,
      Set<String> remembered,
      List<TextFault> faults) {
    for (BankLine reply : replies) {
      reply.slots().stream()
          .filter(slot -> !captured.contains(slot) && !remembered.contains(slot))
          .forEach(
              slot ->
                  faults.add(
                      new TextFault(reply.place(), "no phrasing fills the slot {" + slot + "}")));
    }
  }

  private static Set<String> captured(List<Phrasing> phrasings) {
    return phrasings.stream()
        .flatMap(phrasing -> phrasing.slot().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Every line that may be said.
  private static Stream<BankLine> lines(Exchange exchange) {
    return exchange.replies().stream()
        .flatMap(
            reply ->
                Stream.concat(
                    Stream.of(reply),
                    reply.followUps().stream().flatMap(followUp -> followUp.replies().stream())));
  }

  private void twice(List<Exchange> exchanges, List<TextFault> faults) {
    NearTwins phrasings = new NearTwins("phrasing");
    NearTwins replies = new NearTwins("reply");
    for (Exchange exchange : exchanges) {
      exchange.phrasings().forEach(one -> phrasings.add(one.place(), one.words()));
      lines(exchange).forEach(one -> replies.add(one.place(), vocabulary.words(one.text())));
    }
    phrasings.faults(faults);
    replies.faults(faults);
  }
}
