package parley.client.fake;

import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import parley.client.call.ClientTimes;
import parley.client.call.Door;
import parley.client.call.Face;
import parley.client.identity.GuestWish;
import parley.client.identity.Identity;
import parley.proto.domain.v1.Gender;

/// A way to fake services inside this JVM. What the web face adds is how it uses the calls; its
/// framing has tests of its own.
public final class FakeDoor implements AutoCloseable {
  public static final GuestWish WISH =
      new GuestWish(1990, Gender.GENDER_WOMAN, terms -> true, null);

  /// Short, so that no test waits for long.
  public static final ClientTimes TIMES =
      new ClientTimes(
          Duration.ofSeconds(2),
          Duration.ofMillis(1),
          Duration.ofMillis(4),
          Duration.ofSeconds(2),
          Duration.ofMillis(200),
          Duration.ofSeconds(1));

  public final FakeIdentityService identities = new FakeIdentityService();
  public final FakeMatchService matches = new FakeMatchService();
  public final FakeSessionService sessions = new FakeSessionService();

  /// How often the channel was told to connect now.
  public final AtomicInteger hurries = new AtomicInteger();

  public final Door door;
  private final Server server;
  private final ManagedChannel channel;

  public FakeDoor(Face face) {
    this(face, null);
  }

  /// With another session service than the scripted one.
  public FakeDoor(Face face, BindableService relay) {
    String name = UUID.randomUUID().toString();
    try {
      server =
          InProcessServerBuilder.forName(name)
              .intercept(new HeadersSeen())
              .addService(identities)
              .addService(matches)
              .addService(relay == null ? sessions : relay)
              .build()
              .start();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    door = new Door(channel, face, TIMES, new Random(1), hurries::incrementAndGet);
  }

  public Identity guest() {
    return Identity.create(door, WISH);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
