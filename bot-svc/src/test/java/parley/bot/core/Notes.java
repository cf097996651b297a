package parley.bot.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import parley.bot.core.conduct.FixedLine;
import parley.bot.core.conduct.Judgement;
import parley.bot.core.conduct.Reviewed;
import parley.bot.core.port.Journal;

/// A journal that keeps what it is told, one word each.
public final class Notes implements Journal {
  public final List<String> all = new CopyOnWriteArrayList<>();

  @Override
  public void reserved() {
    all.add("reserved");
  }

  @Override
  public void full() {
    all.add("full");
  }

  @Override
  public void refused() {
    all.add("refused");
  }

  @Override
  public void lapsed() {
    all.add("lapsed");
  }

  @Override
  public void typingAfter(Duration time) {
    all.add("typing after " + time.toMillis());
  }

  @Override
  public void firstSentenceAfter(Duration time) {
    all.add("sentence after " + time.toMillis());
  }

  @Override
  public void spent(int tokens) {
    all.add("spent " + tokens);
  }

  @Override
  public void cancelled(Interruption why) {
    all.add("cancelled " + why);
  }

  @Override
  public void fault(Fault fault) {
    all.add("fault " + fault);
  }

  @Override
  public void fixedLine(FixedLine which) {
    all.add("line " + which);
  }

  @Override
  public void judged(Judgement judgement) {
    all.add("judged " + judgement.getClass().getSimpleName());
  }

  @Override
  public void replaced(Reviewed.Why why) {
    all.add("replaced " + why);
  }

  @Override
  public void improvised(Improvised how) {
    all.add("improvised " + how);
  }

  @Override
  public void ended(Ending ending) {
    all.add("ended " + ending);
  }
}
