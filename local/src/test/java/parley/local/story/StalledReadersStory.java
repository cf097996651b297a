package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.local.LocalMachine;
import parley.local.MemoryOf;
import parley.local.NodeProcess;
import parley.local.Progress;
import parley.platform.discovery.ServiceName;
import parley.platform.lifecycle.Lifecycle;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.Presence;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.Text;
import parley.proto.session.v1.TextOutcome;
import parley.testing.Eventually;

/// A thousand people stop reading while they are written to, and one pair talks on; all through the
/// door, at one node.
class StalledReadersStory {
  private static final int STALLED = 1_000;
  private static final int STREAMS_A_CONNECTION = 100;
  private static final int WINDOW = 64 * 1024;
  private static final int ROUNDS = 16;
  private static final String LONG_TEXT = "x".repeat(16_000);
  private static final int GOOD_TEXTS = 20;
  private static final long ROOM = 64L << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> WHOLE_HEAP =
      List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");

  private final Lifecycle lifecycle = new Lifecycle();

  @Test
  void aThousandStalledReadersHurtOnlyThemselves() {
    try (lifecycle) {
      LocalMachine machine =
          lifecycle.own(
              LocalMachine.start(
                  SharedMachine.plan()
                      .with(ServiceName.SESSION, 0)
                      .with("session", "text.max-code-points", "16000")
                      .with("session", "presence.silent-after", "30m")
                      .with("session", "pace.burst", "1000"),
                  Progress.SILENT));
      NodeProcess node =
          lifecycle.own(
              NodeProcess.start(machine, ServiceName.SESSION, "session-whole", WHOLE_HEAP));
      Pair good = lifecycle.own(Pair.meet(machine.door()));
      List<Feeder> feeders = feeders(machine);
      List<Duration> calm = talk(good, GOOD_TEXTS);
      MemoryOf before = MemoryOf.process(node.pid());

      List<Duration> busy = new ArrayList<>();
      long most = 0;
      for (int round = 1; round <= ROUNDS; round++) {
        feed(feeders, round);
        busy.addAll(talk(good, GOOD_TEXTS));
        most = Math.max(most, MemoryOf.process(node.pid()).beyond(before));
      }

      long slow = node.log().lines().filter(line -> line.contains("slow_reader")).count();
      System.out.printf(
          "%d stalled readers: %d MiB more at most, %d ended as slow; median delivery %s ms calm,"
              + " %s ms meanwhile%n",
          STALLED, most >> 20, slow, median(calm), median(busy));
      assertThat(most).as("bytes beyond before").isLessThan(ROOM);
      assertThat(slow).as("ended as slow readers").isPositive();
      assertThat(feeders).noneMatch(feeder -> feeder.hasEnded);
      assertThat(good.wasQuiet()).isTrue();
    }
  }

  private List<Feeder> feeders(LocalMachine machine) {
    Mint mint = Mint.of(machine);
    List<Feeder> feeders = new ArrayList<>();
    for (int i = 0; i < STALLED; i += STREAMS_A_CONNECTION) {
      Channel deaf = connect(machine);
      Channel speaking = connect(machine);
      for (int j = 0; j < STREAMS_A_CONNECTION; j++) {
        Mint.Match match = mint.match();
        match.stub(deaf, match.first()).converse(new Deaf(match));
        Feeder feeder = new Feeder(match);
        match.stub(speaking, match.second()).converse(feeder);
        feeders.add(feeder);
      }
    }
    Eventually.holds(
        "everybody has entered",
        PATIENCE,
        () -> feeders.stream().allMatch(feeder -> feeder.peerIsHere));
    return feeders;
  }

  private Channel connect(LocalMachine machine) {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(machine.door())
            .usePlaintext()
            .flowControlWindow(WINDOW)
            .build();
    lifecycle.own(channel::shutdownNow);
    return channel;
  }

  /// One more text to each stalled reader.
  private static void feed(List<Feeder> feeders, int round) {
    feeders.forEach(feeder -> feeder.say(round, LONG_TEXT));
    Eventually.holds(
        "the texts of round " + round + " are stored",
        PATIENCE,
        () -> feeders.stream().allMatch(feeder -> feeder.stored.get() == round));
  }

  /// How long each text took to the other.
  private static List<Duration> talk(Pair pair, int texts) {
    return IntStream.range(0, texts)
        .mapToObj(
            _ -> {
              int heard = pair.second().messages().size();
              long began = System.nanoTime();
              pair.first().say("are you still there?");
              Eventually.holds("the other hears it", () -> pair.second().messages().size() > heard);
              return Duration.ofNanos(System.nanoTime() - began);
            })
        .toList();
  }

  private static long median(List<Duration> durations) {
    long[] millis = durations.stream().mapToLong(Duration::toMillis).toArray();
    Arrays.sort(millis);
    return millis[millis.length / 2];
  }

  /// Enters and never reads.
  private record Deaf(Mint.Match match)
      implements ClientResponseObserver<ClientFrame, ServerFrame> {
    @Override
    public void beforeStart(ClientCallStreamObserver<ClientFrame> up) {
      up.disableAutoRequestWithInitial(0);
      up.setOnReadyHandler(
          new Runnable() {
            private boolean entered;

            @Override
            public void run() {
              if (!entered) {
                entered = true;
                up.onNext(ClientFrame.newBuilder().setEnter(match.enter()).build());
              }
            }
          });
    }

    @Override
    public void onNext(ServerFrame frame) {}

    @Override
    public void onError(Throwable cut) {}

    @Override
    public void onCompleted() {}
  }

  /// Writes to a stalled reader.
  private static final class Feeder implements ClientResponseObserver<ClientFrame, ServerFrame> {
    private final Mint.Match match;
    private final AtomicInteger stored = new AtomicInteger();
    private volatile boolean peerIsHere;
    private volatile boolean hasEnded;
    private volatile @Nullable ClientCallStreamObserver<ClientFrame> up;
    private boolean entered;

    Feeder(Mint.Match match) {
      this.match = match;
    }

    void say(int sequence, String text) {
      ClientCallStreamObserver<ClientFrame> open = up;
      if (open != null) {
        open.onNext(
            ClientFrame.newBuilder()
                .setText(Text.newBuilder().setSequence(sequence).setText(text))
                .build());
      }
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ClientFrame> call) {
      up = call;
      call.setOnReadyHandler(
          () -> {
            if (!entered) {
              entered = true;
              call.onNext(ClientFrame.newBuilder().setEnter(match.enter()).build());
            }
          });
    }

    @Override
    public void onNext(ServerFrame frame) {
      stored.addAndGet(
          (int) frame.getOutcomesList().stream().filter(TextOutcome::hasStored).count());
      boolean all =
          frame.hasEntered()
              && frame.getEntered().getMembersList().stream()
                  .allMatch(member -> member.getPresence() == Presence.PRESENCE_HERE);
      boolean came =
          frame.hasMember()
              && frame.getMember().getMember().getPresence() == Presence.PRESENCE_HERE;
      peerIsHere |= all || came;
      hasEnded |= frame.hasEnd();
    }

    @Override
    public void onError(Throwable cut) {
      hasEnded = true;
    }

    @Override
    public void onCompleted() {
      hasEnded = true;
    }
  }
}
