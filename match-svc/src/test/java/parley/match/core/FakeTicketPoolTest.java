package parley.match.core;

import java.util.List;
import parley.match.core.port.TicketPool;

class FakeTicketPoolTest extends CompanionContract {
  private final FakeLine line = new FakeLine();

  @Override
  protected TicketPool here() {
    return new FakeTicketPool("here", line);
  }

  @Override
  protected TicketPool there() {
    return new FakeTicketPool("there", line);
  }

  @Override
  protected List<OwnerNews> newsHere() {
    return line.news.getOrDefault("here", List.of());
  }
}
