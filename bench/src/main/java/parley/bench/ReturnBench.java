package parley.bench;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import parley.backing.FreePort;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.SessionServiceGrpc;

/// How soon the members of a killed session node are back on another, and what each costs there: on
/// few connections, as a door has them, which are open to the other node before. The first kill is
/// the one that members meet; more follow, so that it shows what the other node has to learn.
/// Exact: every text is heard once and in order, those that were on their way at the kill too.
final class ReturnBench {
  private static final int WARM_PAIRS = 300;
  private static final int CONNECTIONS = 8;

  /// Else the driver is as cold as the node, on the same cores.
  private static final int PRACTICE = 3;

  /// It dies before it could use that.
  private static final String UNREHEARSED = "rehearsal: {within: 0s}";

  private static final int BEFORE = 5;
  private static final int AFTER = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final Passport passport;
  private final int pairs;
  private final int kills;
  private final List<String> flags;

  /// @param flags of the nodes' JVMs, beside the usual ones
  ReturnBench(Path folder, Passport passport, int pairs, int kills, List<String> flags) {
    this.folder = folder;
    this.passport = passport;
    this.pairs = pairs;
    this.kills = kills;
    this.flags = List.copyOf(flags);
  }

  void run() {
    try (RedisServer redis = RedisServer.start(RedisOptions.kept(folder, 0));
        MatchStandIn _ = MatchStandIn.over(redis.address())) {
      System.out.printf("the driver's own practice, %d kills:%n", PRACTICE);
      takeOver(redis, "practice", PRACTICE);
      System.out.println("a node that has served, and never taken anybody over:");
      takeOver(redis, "session", kills);
    }
  }

  /// One node takes over the members of so many others.
  private void takeOver(RedisServer redis, String name, int times) {
    int there = FreePort.any();
    try (ServerProcess other = node(name + "-other", redis.address(), there, "");
        Members warm = new Members("127.0.0.1:" + there, passport)) {
      warm.enter(WARM_PAIRS);
      for (int kill = 1; kill <= times; kill++) {
        int here = FreePort.any();
        try (ServerProcess doomed =
                node(name + "-doomed-" + kill, redis.address(), here, UNREHEARSED);
            Doors doors = Doors.to(here, there)) {
          List<Returnee> members = enter(doors);
          members.forEach(member -> member.say(BEFORE));
          await("every text is heard", () -> members.stream().allMatch(m -> m.heard(BEFORE)));
          System.out.printf("kill %d: ", kill);
          measure(members, doomed, other.cpu(), new ProcessCpu(redis.pid()));
        }
      }
    }
  }

  private void measure(
      List<Returnee> members, ServerProcess doomed, ProcessCpu node, ProcessCpu redis) {
    ProcessCpu driver = new ProcessCpu(ProcessHandle.current().pid());
    members.forEach(member -> member.say(AFTER));
    ThreadCosts threads = ThreadCosts.from(node);
    Duration nodeBefore = node.used();
    Duration redisBefore = redis.used();
    Duration driverBefore = driver.used();
    long killed = System.nanoTime();
    doomed.close();
    List<Returnee.Return> returns =
        members.stream()
            .map(m -> m.back().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
            .toList();
    double byNode = each(node.used().minus(nodeBefore), members);
    double byRedis = each(redis.used().minus(redisBefore), members);
    double byDriver = each(driver.used().minus(driverBefore), members);
    await("every text is heard", () -> members.stream().allMatch(m -> m.heard(AFTER)));
    System.out.printf(
        "%d members back on the other, %s; CPU each: node %.3f ms, Redis %.3f ms (driver %.3f);"
            + " all texts heard once, in order%n",
        members.size(),
        after(returns, killed, Returnee.Return::caughtUp),
        byNode,
        byRedis,
        byDriver);
    System.out.printf(
        "    from the kill on: cut noticed %s; let in %s%n",
        after(returns, killed, Returnee.Return::noticed),
        after(returns, killed, Returnee.Return::entered));
    threads.print(members.size());
  }

  private static String after(
      List<Returnee.Return> returns, long killed, ToLongFunction<Returnee.Return> step) {
    long[] at = returns.stream().mapToLong(step).map(nanos -> nanos - killed).sorted().toArray();
    return "median %.0f ms, last %.0f ms"
        .formatted(at[at.length / 2] / 1e6, at[at.length - 1] / 1e6);
  }

  private static double each(Duration used, List<Returnee> members) {
    return used.toNanos() / 1e6 / members.size();
  }

  private List<Returnee> enter(Doors doors) {
    List<Returnee> members = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      SessionId session = passport.session();
      ParticipantId one = passport.participant();
      ParticipantId other = passport.participant();
      Enter enter =
          Enter.newBuilder()
              .setSessionId(session.text())
              .setGrant(passport.grant(session, one, other))
              .build();
      members.add(enter(doors, i, session, one, enter));
      members.add(enter(doors, i, session, other, enter));
    }
    members.forEach(m -> m.entered().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join());
    return members;
  }

  private Returnee enter(Doors doors, int i, SessionId session, ParticipantId who, Enter enter) {
    var credentials = passport.credentials(who, session);
    return Returnee.enter(
        SessionServiceGrpc.newStub(doors.here(i)).withCallCredentials(credentials),
        SessionServiceGrpc.newStub(doors.there(i)).withCallCredentials(credentials),
        enter);
  }

  private ServerProcess node(String id, String redis, int port, String more) {
    try {
      Path config =
          Files.writeString(
              folder.resolve(id + ".yaml"),
              """
              node: {id: %s}
              serving: {address: "127.0.0.1:%d"}
              redis: {address: "%s", prefix: "bench:"}
              auth: {jwks: "%s", seals: "%s"}
              %s
              """
                  .formatted(id, port, redis, passport.jwks(), passport.secrets(), more));
      return ServerProcess.start(
          flags, "parley.session.SessionMain", "--config", config.toString());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static void await(String what, BooleanSupplier holds) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        throw new IllegalStateException("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  /// Connections to both nodes.
  private record Doors(List<ManagedChannel> toHere, List<ManagedChannel> toThere)
      implements AutoCloseable {
    static Doors to(int here, int there) {
      return new Doors(channels(here), channels(there));
    }

    ManagedChannel here(int pair) {
      return toHere.get(pair % CONNECTIONS);
    }

    ManagedChannel there(int pair) {
      return toThere.get(pair % CONNECTIONS);
    }

    @Override
    public void close() {
      toHere.forEach(ManagedChannel::shutdownNow);
      toThere.forEach(ManagedChannel::shutdownNow);
    }

    private static List<ManagedChannel> channels(int port) {
      List<ManagedChannel> channels = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        ManagedChannel channel =
            NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        var _ = channel.getState(true);
        channels.add(channel);
      }
      return List.copyOf(channels);
    }
  }
}
