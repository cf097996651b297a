package parley.bot.core.conduct;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import parley.domain.DeviceId;

/// How much one node's AI peers may say: to one person in one conversation, and to one device on
/// one day, by UTC. Kept in memory and per node: who comes to another node, or after a restart,
/// starts anew there. Every thread may use it.
public final class Budget {
  private final BudgetLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<DeviceId, Spent> today = new LinkedHashMap<>(16, 0.75f, true);
  private LocalDate day = LocalDate.EPOCH;

  public Budget(BudgetLimits limits) {
    this.limits = limits;
  }

  /// One conversation with the person on this device.
  public Share open(DeviceId device) {
    return new Share(device);
  }

  /// What became of a budget after a turn, or before the first.
  public enum Left {
    ENOUGH,
    /// Said once in a conversation: [FixedLine#BUDGET_NEAR].
    NEAR_ITS_END,
    /// Nothing is left for this conversation: [FixedLine#BUDGET_OVER].
    CONVERSATION_OVER,
    /// Nothing is left for this device today: [FixedLine#DAY_OVER].
    DAY_OVER
  }

  /// What one conversation may spend.
  public final class Share {
    private final DeviceId device;
    private Spent spent = Spent.NOTHING;
    private boolean toldNear;

    private Share(DeviceId device) {
      this.device = device;
    }

    /// What is left, without spending anything; never `NEAR_ITS_END`.
    public Left left(Instant now) {
      lock.lock();
      try {
        return over(ofToday(now));
      } finally {
        lock.unlock();
      }
    }

    /// One turn was answered.
    ///
    /// @param tokens what it cost in both directions; 0 for a fixed line or one of a bank
    public Left spend(int tokens, Instant now) {
      if (tokens < 0) {
        throw new IllegalArgumentException("tokens are " + tokens + ", expected 0 or more");
      }
      lock.lock();
      try {
        Spent ofToday = ofToday(now).and(tokens);
        spent = spent.and(tokens);
        keep(ofToday);
        Left left = over(ofToday);
        boolean near = isNear(spent, limits.conversation()) || isNear(ofToday, limits.day());
        if (left == Left.ENOUGH && near && !toldNear) {
          toldNear = true;
          return Left.NEAR_ITS_END;
        }
        return left;
      } finally {
        lock.unlock();
      }
    }

    /// An answer was stopped, and has cost this all the same. No turn is counted.
    ///
    /// @param tokens as for [#spend]
    public void charge(int tokens, Instant now) {
      lock.lock();
      try {
        spent = spent.withoutATurn(tokens);
        keep(ofToday(now).withoutATurn(tokens));
      } finally {
        lock.unlock();
      }
    }

    private Left over(Spent ofToday) {
      if (ofToday.reaches(limits.day(), 100)) {
        return Left.DAY_OVER;
      }
      return spent.reaches(limits.conversation(), 100) ? Left.CONVERSATION_OVER : Left.ENOUGH;
    }

    private boolean isNear(Spent amount, Spent limit) {
      return amount.reaches(limit, limits.nearPercent());
    }

    private Spent ofToday(Instant now) {
      LocalDate date = LocalDate.ofInstant(now, ZoneOffset.UTC);
      if (date.isAfter(day)) {
        day = date;
        today.clear();
      }
      return today.getOrDefault(device, Spent.NOTHING);
    }

    private void keep(Spent ofToday) {
      today.put(device, ofToday);
      if (today.size() > limits.devices()) {
        today.remove(today.keySet().iterator().next());
      }
    }
  }
}
