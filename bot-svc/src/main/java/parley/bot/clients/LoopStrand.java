package parley.bot.clients;

import java.time.Duration;
import parley.bot.core.port.Strand;
import parley.client.call.Loop;

/// A strand on the client's loop: one virtual thread.
public final class LoopStrand implements Strand {
  private final Loop loop;

  public LoopStrand(String name) {
    this.loop = new Loop(name);
  }

  @Override
  public void post(Runnable task) {
    loop.post(task);
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    return loop.after(delay, task)::cancel;
  }

  @Override
  public void close() {
    loop.finish();
  }
}
