package parley.platform.telemetry;

import com.google.protobuf.ByteString;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import parley.platform.config.HostPort;
import parley.platform.http.HttpAnswer;
import parley.platform.http.HttpPort;

/// All meters in Prometheus' text format.
public final class MetricsPage {
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private MetricsPage() {}

  /// Serves `/metrics`, which also tell how many log lines were discarded.
  ///
  /// @throws IllegalStateException with a sentence if the address cannot be had
  public static HttpPort open(HostPort where, PrometheusMeterRegistry meters) {
    LogLines.count(meters);
    return HttpPort.open(
        where, "/metrics", () -> HttpAnswer.ok(TYPE, ByteString.copyFromUtf8(meters.scrape())));
  }
}
