/// One machine: every service in one JVM behind a real Envoy, and the nodes as processes of their
/// own.
@NullMarked
package parley.local;

import org.jspecify.annotations.NullMarked;
