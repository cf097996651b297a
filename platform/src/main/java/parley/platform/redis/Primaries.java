package parley.platform.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;

/// Who is primary for which key, as the servers said when they were asked: on a cluster the owner
/// of the key's slot; else, for all keys, the first of the addresses that answers as a primary,
/// where one with the required number of replicas goes before one without. (An old primary that
/// comes back after a failover is one without.)
public final class Primaries {
  private static final int SLOTS = 16_384;
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Pattern REPLICA = Pattern.compile("slave\\d+:.*state=online.*lag=\\d+.*");
  private static final int LONGEST_LAG_SECONDS = 10;

  /// RESP2, in which every answer here is a list.
  private static final JedisClientConfig CLIENT =
      DefaultJedisClientConfig.builder()
          .from(RedisStore.clientConfig(PATIENCE))
          .protocol(RedisProtocol.RESP2)
          .build();

  /// By slot, a null without owner; a single one for all slots if there is no cluster.
  private final @Nullable HostAndPort[] owners;

  private final List<HostAndPort> all;

  private Primaries(@Nullable HostAndPort[] owners) {
    this.owners = owners;
    this.all =
        Arrays.stream(owners)
            .filter(Objects::nonNull)
            .distinct()
            .sorted(Comparator.comparing(HostAndPort::toString))
            .toList();
  }

  /// Asks the addresses in their order.
  ///
  /// @throws RedisUnknown if none of them is a primary or knows one
  public static Primaries find(RedisConfig config) {
    Primaries lacking = null;
    Map<String, String> faults = new TreeMap<>();
    for (var address : config.addresses()) {
      HostAndPort where = new HostAndPort(address.host(), address.port());
      try (Connection connection = new Connection(where, CLIENT)) {
        connection.connect();
        Primaries cluster = cluster(connection);
        if (cluster != null) {
          return cluster;
        }
        Primaries alone = new Primaries(new HostAndPort[] {where});
        if (replicas(connection) >= config.replicas().required()) {
          return alone;
        }
        lacking = lacking == null ? alone : lacking;
      } catch (JedisException unfit) {
        faults.put(where.toString(), String.valueOf(unfit.getMessage()));
      }
    }
    if (lacking == null) {
      throw new RedisUnknown("no primary: " + faults, new JedisException(faults.toString()));
    }
    return lacking;
  }

  /// How many there are.
  public int count() {
    return all.size();
  }

  /// Which of them has the key: 0 to [#count] - 1.
  ///
  /// @throws RedisUnknown if the cluster has lost that slot
  public int indexOf(byte[] key) {
    return all.indexOf(of(key));
  }

  public boolean isCluster() {
    return owners.length > 1;
  }

  /// Who has this key, or this channel.
  ///
  /// @throws RedisUnknown if the cluster has lost that slot
  public HostAndPort of(byte[] key) {
    HostAndPort owner = isCluster() ? owners[slot(key)] : owners[0];
    if (owner == null) {
      throw new RedisUnknown("nobody has slot " + slot(key), new JedisException("CLUSTERDOWN"));
    }
    return owner;
  }

  /// The same after one slot has moved.
  Primaries with(int slot, HostAndPort owner) {
    @Nullable HostAndPort[] moved = owners.clone();
    moved[slot] = owner;
    return new Primaries(moved);
  }

  static int slot(byte[] key) {
    return JedisClusterCRC16.getSlot(key);
  }

  /// Null if the server is part of none.
  private static @Nullable Primaries cluster(Connection connection) {
    connection.sendCommand(Protocol.Command.CLUSTER, "SLOTS");
    List<Object> ranges;
    try {
      ranges = connection.getObjectMultiBulkReply();
    } catch (JedisDataException refused) {
      if (String.valueOf(refused.getMessage()).contains("disabled")) {
        return null;
      }
      throw refused;
    }
    @Nullable HostAndPort[] owners = new HostAndPort[SLOTS];
    for (Object range : ranges) {
      List<?> fields = (List<?>) range;
      List<?> primary = (List<?>) fields.get(2);
      String host = text(primary.get(0));
      HostAndPort owner =
          new HostAndPort(
              host.isEmpty() ? connection.getHostAndPort().getHost() : host,
              Math.toIntExact((Long) primary.get(1)));
      Arrays.fill(
          owners,
          Math.toIntExact((Long) fields.get(0)),
          Math.toIntExact((Long) fields.get(1)) + 1,
          owner);
    }
    return new Primaries(owners);
  }

  /// Whether a batch could be committed at this server now, as far as its replicas go. A replica
  /// counts while it has answered within ten seconds.
  ///
  /// @throws JedisException if the connection broke
  static boolean hasEnoughReplicas(Connection connection, ReplicaRule rule) {
    connection.sendCommand(Protocol.Command.INFO, "replication");
    String info = connection.getBulkReply();
    long follow =
        info.lines()
            .filter(line -> REPLICA.matcher(line).matches())
            .filter(line -> lag(line) <= LONGEST_LAG_SECONDS)
            .count();
    boolean stops = rule.shortage() == ReplicaRule.Shortage.STOP;
    return info.contains("role:master") && (follow >= rule.required() || !stops);
  }

  private static long lag(String line) {
    return Long.parseLong(line.substring(line.indexOf("lag=") + 4).split(",", 2)[0].strip());
  }

  /// @throws JedisException if it is no primary
  private static int replicas(Connection connection) {
    connection.sendCommand(Protocol.Command.ROLE);
    List<Object> role = connection.getObjectMultiBulkReply();
    String kind = text(role.getFirst());
    if (!kind.equals("master")) {
      throw new JedisException("role is '" + kind + "', expected master");
    }
    return ((List<?>) role.get(2)).size();
  }

  private static String text(Object bulk) {
    return new String((byte[]) bulk, StandardCharsets.UTF_8);
  }
}
