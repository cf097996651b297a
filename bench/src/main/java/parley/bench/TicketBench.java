package parley.bench;

/// Redis time for each ticket.
final class TicketBench {
  private final int[] waiting;

  TicketBench(int[] waiting) {
    this.waiting = waiting.clone();
  }

  void run() {
    System.out.println(waiting.length);
  }
}
