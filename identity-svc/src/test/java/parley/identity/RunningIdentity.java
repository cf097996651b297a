package parley.identity;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import parley.domain.NodeId;
import parley.identity.core.Rules;
import parley.platform.auth.AccessKeyFiles;
import parley.platform.auth.SealFiles;
import parley.platform.config.HostPort;
import parley.platform.config.Settings;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;

/// Nodes of identity-svc over one Redis and one set of keys, for tests.
final class RunningIdentity implements AutoCloseable {
  private final Lifecycle lifecycle = new Lifecycle();
  private final Map<String, String> settings = new HashMap<>();

  /// Makes keys and secrets in the folder.
  RunningIdentity(Path folder, String redis, String prefix) {
    AccessKeyFiles.create(folder.resolve("keys"));
    SealFiles.create(folder.resolve("seals.yaml"));
    settings.put("auth.keys", folder.resolve("keys").toString());
    settings.put("auth.jwks", AccessKeyFiles.jwks(folder.resolve("keys")).toString());
    settings.put("auth.seals", folder.resolve("seals.yaml").toString());
    settings.put("node.id", "identity-1");
    settings.put("redis.address", redis);
    settings.put("redis.prefix", prefix);
    settings.put("guests.terms", Rules.TERMS);
    settings.put("guests.work.asked", "never");
  }

  /// Differs from the others' in this setting.
  RunningIdentity with(String name, String value) {
    settings.put(name, value);
    return this;
  }

  IdentityNode start(String node) {
    IdentityConfig config = IdentityConfig.read(Settings.of(settings));
    return lifecycle.own(IdentityNode.start(config, NodeContext.of(new NodeId(node))));
  }

  ManagedChannel channel(HostPort address) {
    ManagedChannel channel =
        Grpc.newChannelBuilder(address.toString(), InsecureChannelCredentials.create()).build();
    lifecycle.own(() -> channel.shutdownNow());
    return channel;
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
