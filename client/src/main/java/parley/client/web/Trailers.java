package parley.client.web;

import com.google.common.io.BaseEncoding;
import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a call ended, read from a trailers frame or from HTTP headers.
///
/// @param status the door's or the server's; null if the block has none
record Trailers(@Nullable Status status, Metadata metadata) {
  private static final String STATUS = "grpc-status";
  private static final String MESSAGE = "grpc-message";
  private static final BaseEncoding BASE64 = BaseEncoding.base64();

  /// What the two ends of one HTTP connection tell each other is no metadata: RFC 9110, 7.6.1.
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  static Trailers of(Map<String, List<String>> headers) {
    Metadata metadata = new Metadata();
    headers.forEach((name, values) -> values.forEach(value -> put(metadata, name, value)));
    return new Trailers(status(first(headers, STATUS), first(headers, MESSAGE)), metadata);
  }

  static Trailers of(ByteString block) {
    Metadata metadata = new Metadata();
    String code = null;
    String message = null;
    for (String line : block.toString(StandardCharsets.ISO_8859_1).split("\r?\n", -1)) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        continue;
      }
      String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      switch (name) {
        case STATUS -> code = value;
        case MESSAGE -> message = value;
        default -> put(metadata, name, value);
      }
    }
    return new Trailers(status(code, message), metadata);
  }

  /// What a reply that carries no gRPC status at all is taken for: the same table by which the door
  /// maps its own refusals.
  static Status ofHttp(int httpStatus) {
    Status status =
        switch (httpStatus) {
          case 400, 500 -> Status.INTERNAL;
          case 401 -> Status.UNAUTHENTICATED;
          case 403 -> Status.PERMISSION_DENIED;
          case 404 -> Status.UNIMPLEMENTED;
          case 408, 504 -> Status.DEADLINE_EXCEEDED;
          case 413, 429, 431 -> Status.RESOURCE_EXHAUSTED;
          case 502, 503 -> Status.UNAVAILABLE;
          default -> Status.UNKNOWN;
        };
    return status.withDescription("HTTP " + httpStatus);
  }

  private static @Nullable Status status(@Nullable String code, @Nullable String message) {
    if (code == null) {
      return null;
    }
    if (!code.matches("[0-9]{1,2}")) {
      return Status.UNKNOWN.withDescription("grpc-status is '" + code + "', expected a number");
    }
    Status status = Status.fromCodeValue(Integer.parseInt(code));
    return message == null ? status : status.withDescription(percentDecoded(message));
  }

  /// Bytes that are not plain travel as %XX; what is not well-formed stays as it is.
  static String percentDecoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && i + 2 < text.length() && isHex(text, i + 1) && isHex(text, i + 2)) {
        bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static boolean isHex(String text, int at) {
    return Character.digit(text.charAt(at), 16) >= 0;
  }

  private static void put(Metadata metadata, String name, String value) {
    if (HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
      return;
    }
    try {
      if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        metadata.put(Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER), BASE64.decode(value));
      } else if (!name.equals(STATUS) && !name.equals(MESSAGE)) {
        metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
      }
    } catch (IllegalArgumentException notMetadata) {
      // A header that gRPC has no name or no form for tells a caller nothing.
      return;
    }
  }

  private static @Nullable String first(Map<String, List<String>> headers, String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? null : values.getFirst();
  }
}
