package parley.bench;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import parley.bot.core.Ending;
import parley.bot.core.Fault;
import parley.bot.core.Improvised;
import parley.bot.core.Interruption;
import parley.bot.core.conduct.FixedLine;
import parley.bot.core.conduct.Judgement;
import parley.bot.core.conduct.Reviewed;
import parley.bot.core.port.Journal;

/// Counts what companions do, by name.
final class TurnJournal implements Journal {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  Map<String, Long> counted() {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((name, count) -> sums.put(name, count.sum()));
    return sums;
  }

  @Override
  public void reserved() {
    add("reserved");
  }

  @Override
  public void full() {
    add("full");
  }

  @Override
  public void refused() {
    add("refused");
  }

  @Override
  public void lapsed() {
    add("lapsed");
  }

  @Override
  public void typingAfter(Duration time) {
    add("typing");
  }

  @Override
  public void firstSentenceAfter(Duration time) {
    add("first sentence");
  }

  @Override
  public void spent(int tokens) {
    add("answers paid for");
  }

  @Override
  public void cancelled(Interruption why) {
    add("stopped " + why);
  }

  @Override
  public void fault(Fault fault) {
    add("fault " + fault);
  }

  @Override
  public void fixedLine(FixedLine which) {
    add("line " + which);
  }

  @Override
  public void judged(Judgement judgement) {
    add("rule " + judgement.getClass().getSimpleName());
  }

  @Override
  public void replaced(Reviewed.Why why) {
    add("replaced " + why);
  }

  @Override
  public void improvised(Improvised how) {
    add("made up " + how);
  }

  @Override
  public void ended(Ending ending) {
    add("ended " + ending);
  }

  private void add(String name) {
    counts.computeIfAbsent(name, _ -> new LongAdder()).increment();
  }
}
