package parley.client.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  private final FrameReader reader = new FrameReader(1000);
  private final List<Frame> frames = new ArrayList<>();

  @Test
  void framesAreTheSameWhereverTheBodyIsSplit() {
    byte[] body =
        WebBodies.body(new byte[] {1, 2, 3}, new byte[0], new byte[] {4, 5})
            .concat(WebBodies.trailers("grpc-status: 0\r\n"))
            .toByteArray();
    List<Frame> whole = read(body);
    assertThat(whole).hasSize(4);
    for (int one = 0; one <= body.length; one++) {
      for (int two = one; two <= body.length; two++) {
        FrameReader split = new FrameReader(1000);
        List<Frame> pieces = new ArrayList<>();
        split.read(ByteBuffer.wrap(body, 0, one), pieces::add);
        split.read(ByteBuffer.wrap(body, one, two - one), pieces::add);
        split.read(ByteBuffer.wrap(body, two, body.length - two), pieces::add);
        assertThat(pieces).as("split at %d and %d", one, two).isEqualTo(whole);
        assertThat(split.isHalfway()).isFalse();
      }
    }
  }

  @Test
  void aBodyThatEndsInsideAFrameIsHalfway() {
    byte[] body = WebBodies.body(new byte[] {1, 2, 3}).toByteArray();
    for (int end = 1; end < body.length; end++) {
      FrameReader half = new FrameReader(1000);
      half.read(ByteBuffer.wrap(body, 0, end), frames::add);
      assertThat(half.isHalfway()).as("ended after %d bytes", end).isTrue();
    }
    assertThat(frames).isEmpty();
  }

  @Test
  void aFrameOfUnknownKindIsRefused() {
    assertThatThrownBy(() -> read(new byte[] {1, 0, 0, 0, 0}))
        .satisfies(
            fault ->
                assertThat(Status.fromThrowable(fault).getCode()).isEqualTo(Status.Code.INTERNAL))
        .hasMessageContaining("kind 1");
  }

  @Test
  void aFrameThatAnnouncesTooMuchIsRefusedBeforeItComes() {
    assertThatThrownBy(() -> read(new byte[] {0, (byte) 0xFF, 0, 0, 0}))
        .satisfies(
            fault ->
                assertThat(Status.fromThrowable(fault).getCode())
                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED))
        .hasMessageContaining("4278190080 bytes");
  }

  @Test
  void aMessageMayBeEmpty() {
    assertThat(read(WebBodies.body(new byte[0]).toByteArray()))
        .containsExactly(new Frame.Message(ByteString.EMPTY));
  }

  private List<Frame> read(byte[] body) {
    List<Frame> found = new ArrayList<>();
    reader.read(ByteBuffer.wrap(body), found::add);
    return found;
  }
}
