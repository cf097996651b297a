package parley.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.envoyproxy.controlplane.cache.v3.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.domain.NodeId;
import parley.platform.config.HostPort;
import parley.platform.config.Settings;
import parley.platform.discovery.NodeState;
import parley.platform.discovery.RegisteredNode;
import parley.platform.discovery.Room;
import parley.platform.discovery.ServiceName;

class DoorPublisherTest {
  private static final HostPort PLACE = new HostPort("127.0.0.1", 7000);

  @TempDir Path folder;

  private final List<Snapshot> told = new ArrayList<>();
  private CertificateFiles files;

  @BeforeEach
  void write() throws IOException {
    files =
        new CertificateFiles(
            Files.writeString(folder.resolve("chain.pem"), "chain"),
            Files.writeString(folder.resolve("key.pem"), "key"));
    Files.writeString(folder.resolve("jwks.json"), "{}");
  }

  @Test
  void nodesComeAndGoWhileACertificateCannotBeRead() throws IOException {
    DoorPublisher publisher = publisher();
    publisher.accept(List.of(node("match-1")));
    Files.delete(files.key());

    publisher.accept(List.of(node("match-1"), node("match-2")));

    assertThat(told).hasSize(2);
  }

  @Test
  void withoutACertificateThatWasEverReadNothingIsTold() throws IOException {
    Files.delete(files.key());

    assertThatThrownBy(() -> publisher().accept(List.of(node("match-1"))))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(told).isEmpty();
  }

  @Test
  void whatDidNotChangeIsToldOnce() {
    DoorPublisher publisher = publisher();
    publisher.accept(List.of(node("match-1")));
    publisher.accept(List.of(node("match-1")));

    assertThat(told).hasSize(1);
  }

  @Test
  void whatTheDoorDoesNotRouteToIsNotTold() {
    DoorPublisher publisher = publisher();
    RegisteredNode bot =
        new RegisteredNode(ServiceName.BOT, new NodeId("bot-1"), PLACE, PLACE, NodeState.READY);
    publisher.accept(List.of(node("match-1"), bot.with(new Room(2))));
    publisher.accept(List.of(node("match-1"), bot.with(new Room(1))));

    assertThat(told).hasSize(1);
  }

  private DoorPublisher publisher() {
    DoorConfig config =
        DoorConfig.read(
            Settings.of(
                Map.of(
                    "node.id",
                    "door-1",
                    "redis.address",
                    "127.0.0.1:6379",
                    "auth.jwks",
                    folder.resolve("jwks.json").toString())));
    return new DoorPublisher(config.rules(), PLACE, Optional.of(files), told::add);
  }

  private static RegisteredNode node(String id) {
    return new RegisteredNode(ServiceName.MATCH, new NodeId(id), PLACE, PLACE, NodeState.READY);
  }
}
