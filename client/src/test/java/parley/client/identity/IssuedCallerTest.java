package parley.client.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.client.call.CallRefused;
import parley.client.call.Face;
import parley.client.conversation.Conversation;
import parley.client.conversation.ConversationState;
import parley.client.fake.FakeAttachment;
import parley.client.fake.FakeDoor;
import parley.proto.session.v1.ReadReceipts;

class IssuedCallerTest {
  private final FakeDoor fake = new FakeDoor(Face.NATIVE);
  private final AtomicInteger issued = new AtomicInteger();
  private final Caller caller =
      new IssuedCaller(fake.door, () -> "issued-" + issued.incrementAndGet());

  @AfterEach
  void close() {
    fake.close();
  }

  @Test
  void aConversationIsEnteredWithATokenThatOthersIssue() {
    try (Conversation _ = enter()) {
      FakeAttachment server = fake.sessions.next().letIn(1, 0);
      assertThat(server.authorization()).isEqualTo("Bearer issued-1");
      assertThat(server.enter().getGrant().toStringUtf8()).isEqualTo("grant");
    }
  }

  @Test
  void aTokenThatIsRefusedIsFollowedByAnotherInTheSameConversation() {
    try (Conversation _ = enter()) {
      fake.sessions.next().cut(Status.UNAUTHENTICATED);
      FakeAttachment second = fake.sessions.next();
      assertThat(second.authorization()).isEqualTo("Bearer issued-2");
      assertThat(second.enter().hasGrant()).isTrue();
    }
  }

  @Test
  void manyWhoseTokenIsRefusedGetOneNewToken() {
    AccessToken refused = caller.accessToken();
    AccessToken next = caller.renewed(refused);
    assertThat(caller.renewed(refused)).isEqualTo(next);
    assertThat(caller.accessToken()).isEqualTo(next);
    assertThat(issued).hasValue(2);
  }

  @Test
  void aTokenIsAskedForAgainWhileThatMayHelp() {
    Caller patient =
        new IssuedCaller(
            fake.door,
            () -> {
              if (issued.incrementAndGet() < 3) {
                throw Status.UNAVAILABLE.asRuntimeException();
              }
              return "issued";
            });
    assertThat(patient.accessToken().text()).isEqualTo("issued");
    assertThat(issued).hasValue(3);
    Caller refused =
        new IssuedCaller(
            fake.door,
            () -> {
              throw Status.INVALID_ARGUMENT.asRuntimeException();
            });
    assertThatThrownBy(refused::accessToken).isInstanceOf(CallRefused.class);
  }

  private Conversation enter() {
    ConversationState state =
        ConversationState.toEnter(
            "s".repeat(22), ByteString.copyFromUtf8("grant"), "", ReadReceipts.READ_RECEIPTS_SHOWN);
    return Conversation.open(fake.door, caller, state, _ -> {});
  }
}
