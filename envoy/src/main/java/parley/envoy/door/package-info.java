/// What Envoy is told, as pure functions of [parley.envoy.door.DoorRules] and the nodes known.
///
/// The listener holds only what never changes while the process runs: every change of it cuts all
/// long streams after the drain time. What changes lives in routes, clusters, endpoints and
/// secrets, which cut nothing. The settings and the faults they answer were found by trying Envoy
/// 1.40; the reason stands beside each that surprises.
@NullMarked
package parley.envoy.door;

import org.jspecify.annotations.NullMarked;
