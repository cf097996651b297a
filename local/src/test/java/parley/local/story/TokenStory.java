package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.client.call.Face;
import parley.client.conversation.ConversationEnding;
import parley.client.conversation.ConversationEvent;
import parley.local.TokenForge;
import parley.proto.match.v1.GetCurrentRequest;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.OpenRequest;
import parley.proto.session.v1.SessionServiceGrpc;

/// The error table of `proto/README.md`, as both faces see it through the door.
class TokenStory {
  private final TokenForge forge = TokenForge.of(SharedMachine.get());

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Face.class)
  void whatTheDoorRefusesIsToldByCodeAlone(Face face) {
    assertThat(knock(face, "")).isEqualTo("UNAUTHENTICATED");
    assertThat(knock(face, "Bearer nonsense")).isEqualTo("UNAUTHENTICATED");
    assertThat(knock(face, "Bearer " + forge.sign("parley", Duration.ofMinutes(1))))
        .as("expired")
        .isEqualTo("UNAUTHENTICATED");
    assertThat(knock(face, "Bearer " + forge.forged(folder.resolve("forged"))))
        .as("signed by nobody we know")
        .isEqualTo("UNAUTHENTICATED");
    assertThat(knock(face, "Bearer " + forge.sign("somebody-else", Duration.ofMinutes(-5))))
        .as("wrong audience")
        .isEqualTo("PERMISSION_DENIED");
    assertThat(knock(face, "Bearer " + forge.sign("parley", Duration.ofMinutes(-5))))
        .as("a good one")
        .isEqualTo("OK");
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void aSessionIsClosedToWhoeverIsNotItsMember(Face face) {
    try (Pair pair = Pair.meet(SharedMachine.door())) {
      Enter stolen =
          Enter.newBuilder()
              .setSessionId(pair.first().found().sessionId())
              .setGrant(pair.first().found().grant())
              .build();
      String thief = forge.sign("parley", Duration.ofMinutes(-5));

      assertThat(enter(face, thief, stolen.getSessionId(), stolen))
          .as("a stolen grant")
          .isEqualTo("PERMISSION_DENIED NOT_MEMBER");
      assertThat(enter(face, thief, "A".repeat(22), stolen))
          .as("another session in the header than in the body")
          .isEqualTo("PERMISSION_DENIED WRONG_SESSION");
      assertThat(
              enter(
                  face,
                  thief,
                  "A".repeat(22),
                  stolen.toBuilder().setSessionId("A".repeat(22)).build()))
          .as("a session that does not exist")
          .isEqualTo("PERMISSION_DENIED NOT_MEMBER");
    }
  }

  @Test
  void aRevokedGuestIsOutWithinASecond() {
    try (Pair pair = Pair.meet(SharedMachine.door())) {
      pair.first().say("hello");
      pair.awaitDelivered(pair.first(), pair.second(), 1);

      long began = System.nanoTime();
      pair.first().identity().revoke();
      ConversationEvent.Ended ended =
          pair.first().heard().await("the stream ended", ConversationEvent.Ended.class);

      assertThat(ended.ending()).isEqualTo(ConversationEnding.REVOKED);
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("a second, and what a busy machine adds")
          .isLessThan(Duration.ofSeconds(4));
    }
  }

  private static String knock(Face face, String authorization) {
    return Knock.at(
        SharedMachine.door(),
        face,
        authorization.isEmpty() ? Map.of() : Map.of("authorization", authorization),
        channel ->
            MatchServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(5, TimeUnit.SECONDS)
                .getCurrent(GetCurrentRequest.getDefaultInstance()));
  }

  private static String enter(Face face, String token, String header, Enter enter) {
    return Knock.at(
        SharedMachine.door(),
        face,
        Map.of("authorization", "Bearer " + token, "x-parley-session", header),
        channel -> first(channel, enter));
  }

  private static void first(Channel channel, Enter enter) {
    SessionServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(5, TimeUnit.SECONDS)
        .open(OpenRequest.newBuilder().setEnter(enter).build())
        .next();
  }
}
