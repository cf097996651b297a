package parley.client.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrailersTest {
  @Test
  void aBlockIsReadWithoutRegardToCaseAndSpace() {
    Trailers trailers =
        Trailers.of(
            ByteString.copyFromUtf8("Grpc-Status:8\r\ngrpc-message: wait%21\r\nretry-after:3"));
    assertThat(trailers.status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(trailers.status().getDescription()).isEqualTo("wait!");
    assertThat(
            trailers
                .metadata()
                .get(Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER)))
        .isEqualTo("3");
  }

  @Test
  void binaryMetadataIsBase64WithOrWithoutPadding() {
    for (String encoded : List.of("AQ==", "AQ")) {
      Trailers trailers = Trailers.of(Map.of("details-bin", List.of(encoded)));
      assertThat(
              trailers
                  .metadata()
                  .get(Metadata.Key.of("details-bin", Metadata.BINARY_BYTE_MARSHALLER)))
          .containsExactly(1);
    }
  }

  @Test
  void whatIsOfOneConnectionIsNoMetadata() {
    Trailers trailers =
        Trailers.of(Map.of("Connection", List.of("close"), "retry-after", List.of("3")));
    assertThat(trailers.metadata().keys()).containsExactly("retry-after");
  }

  @Test
  void aBlockWithoutAStatusHasNone() {
    assertThat(Trailers.of(ByteString.copyFromUtf8("x: y\r\n")).status()).isNull();
  }

  @Test
  void aStatusThatIsNoNumberIsUnknown() {
    assertThat(Trailers.of(Map.of("grpc-status", List.of("ok"))).status().getCode())
        .isEqualTo(Status.Code.UNKNOWN);
  }

  @Test
  void messagesArePercentDecodedAndBadEscapesStay() {
    assertThat(Trailers.percentDecoded("caf%C3%A9 100% %zz %2")).isEqualTo("café 100% %zz %2");
  }

  @ParameterizedTest
  @CsvSource({
    "400, INTERNAL",
    "401, UNAUTHENTICATED",
    "403, PERMISSION_DENIED",
    "404, UNIMPLEMENTED",
    "408, DEADLINE_EXCEEDED",
    "413, RESOURCE_EXHAUSTED",
    "429, RESOURCE_EXHAUSTED",
    "431, RESOURCE_EXHAUSTED",
    "500, INTERNAL",
    "502, UNAVAILABLE",
    "503, UNAVAILABLE",
    "504, DEADLINE_EXCEEDED",
    "418, UNKNOWN"
  })
  void aReplyWithoutAStatusIsReadByItsHttpCode(int http, Status.Code code) {
    assertThat(Trailers.ofHttp(http).getCode()).isEqualTo(code);
  }
}
