package parley.envoy.door;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.extensions.access_loggers.stream.v3.StdoutAccessLog;

/// One JSON line for each call, written at its end, with the same names as the services' logs, so
/// that one match can be followed. Neither query strings nor client addresses are written: a
/// participant is not tied to a place.
final class AccessLines {
  private AccessLines() {}

  static AccessLog toStandardOutput() {
    return AccessLog.newBuilder()
        .setName("envoy.access_loggers.stdout")
        .setTypedConfig(
            Typed.any(
                StdoutAccessLog.newBuilder()
                    .setLogFormat(
                        SubstitutionFormatString.newBuilder()
                            .setJsonFormat(line())
                            .setOmitEmptyValues(true))
                    .build()))
        .build();
  }

  private static Struct line() {
    Struct.Builder line = Struct.newBuilder();
    put(line, "time", "%START_TIME(%Y-%m-%dT%H:%M:%S.%3fZ)%");
    put(line, "service", "door");
    put(line, "call", "%PATH(NQ:ORIG_OR_PATH)%");
    // A call that is refused before the router has only Envoy's own id.
    put(line, "correlation", "%REQ(" + DoorNames.CORRELATION_HEADER + "?x-request-id)%");
    put(line, "session", "%REQ(" + DoorNames.SESSION_HEADER + ")%");
    put(
        line,
        "participant",
        "%DYNAMIC_METADATA(" + DoorNames.JWT + ":" + DoorNames.CLAIMS + ":sub)%");
    put(line, "protocol", "%PROTOCOL%");
    put(line, "status", "%RESPONSE_CODE%");
    put(line, "grpc", "%GRPC_STATUS_NUMBER%");
    put(line, "details", "%RESPONSE_CODE_DETAILS%");
    put(line, "flags", "%RESPONSE_FLAGS%");
    put(line, "millis", "%DURATION%");
    put(line, "received", "%BYTES_RECEIVED%");
    put(line, "sent", "%BYTES_SENT%");
    put(line, "node", "%UPSTREAM_HOST%");
    return line.build();
  }

  private static void put(Struct.Builder line, String name, String value) {
    line.putFields(name, Value.newBuilder().setStringValue(value).build());
  }
}
