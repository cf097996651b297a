package parley.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.relay.redis.ScriptStage.ONE;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.relay.Body;
import parley.relay.Closing;
import parley.relay.Draft;
import parley.relay.LogAnswer;
import parley.relay.LogRequest;
import parley.relay.Receipt;
import parley.relay.redis.ScriptStage.Server;

/// How far members have come, against a real Redis: alone, after it forgot the scripts, and as one
/// of three masters.
class ReceiptScriptsIT {
  private ScriptStage stage;

  @AfterEach
  void close() {
    stage.close();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void theHigherNumberStaysAndReadMeansDelivered(Server server) {
    stage(server, 9);

    assertThat(receive(1, new Receipt(5, 2))).isTrue();
    assertThat(receive(1, new Receipt(4, 1))).as("lower").isFalse();
    assertThat(receive(1, new Receipt(0, 7))).isTrue();

    assertThat(stage.look().receipts()).containsOnly(Map.entry(2, new Receipt(7, 7)));
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void nobodyAcknowledgesBeyondTheTip(Server server) {
    stage(server, 3);

    assertThat(receive(1, new Receipt(4_000_000_000L, 4_000_000_000L))).isTrue();

    assertThat(stage.look().receipts().get(2)).isEqualTo(new Receipt(3, 3));
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void anOlderAttachmentAndAClosedSessionKeepNothing(Server server) {
    stage(server, 3);
    stage.attach(2, ONE);

    assertThat(receive(1, new Receipt(1, 1))).as("of the older attachment").isFalse();
    assertThat(receive(2, new Receipt(2, 1))).isTrue();
    stage.close(new Closing(1, 1), null);
    assertThat(receive(2, new Receipt(3, 3))).as("after the end").isFalse();

    assertThat(stage.look().receipts().get(2)).isEqualTo(new Receipt(2, 1));
  }

  private boolean receive(long attachment, Receipt upTo) {
    return ((LogAnswer.Received)
            stage.run(new LogRequest.Receive(stage.session, 2, attachment, upTo)))
        .changed();
  }

  private void stage(Server server, int said) {
    stage = new ScriptStage(server, LogRetention.DEFAULTS);
    stage.open(null);
    stage.attach(1, ONE);
    stage.attach(2, ONE);
    for (int i = 1; i <= said; i++) {
      Draft draft = new Draft(1, 1, i, 100 + i, Instant.EPOCH, Body.of(new byte[] {1}));
      stage.run(new LogRequest.Append(stage.session, List.of(draft)));
    }
  }
}
