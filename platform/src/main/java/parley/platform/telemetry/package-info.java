/// Metrics over HTTP and JSON log lines.
@NullMarked
package parley.platform.telemetry;

import org.jspecify.annotations.NullMarked;
