package parley.bot.smollm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import parley.bot.core.Improvised;
import parley.bot.core.port.Improviser;
import parley.domain.NodeId;
import parley.platform.lifecycle.NodeContext;

/// A process with the small model of its own: prints the first line that it makes up, and ends as
/// ours do. With `middle` it ends while it makes up the next.
final class TalkProcess {
  private TalkProcess() {}

  public static void main(String[] args) throws InterruptedException {
    SmolLm model =
        new SmolLm(Path.of(args[0]), Duration.ofMinutes(1), NodeContext.of(new NodeId("talk-1")));
    NativeModel shared = NativeModel.of(Path.of(args[0]));
    model.warm();
    while (!shared.isReady()) {
      Thread.onSpinWait();
    }
    CountDownLatch made = new CountDownLatch(1);
    Improviser.Scene scene =
        new Improviser.Scene(List.of(), List.of(), "i just got a new bike and it is red");
    var _ =
        model.improvise(
            scene,
            new Improviser.Audience() {
              @Override
              public Improviser.Wish hears(String line) {
                System.out.println("line: " + line);
                made.countDown();
                return Improviser.Wish.NO_OTHER;
              }

              @Override
              public void over(Improvised why) {
                System.out.println("over: " + why);
                made.countDown();
              }
            });
    if (args.length == 1) {
      made.await();
    }
    System.exit(0);
  }
}
