/// How Envoy gets its snapshots: one aggregated stream (ADS), state of the world.
@NullMarked
package parley.envoy.xds;

import org.jspecify.annotations.NullMarked;
