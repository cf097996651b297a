/// The door: the control plane of the one Envoy that everything from outside passes.
///
/// `door` makes what Envoy is told, from rules and nodes, without touching anything; `registry`
/// watches who is there; `xds` hands it out; `jwks` serves the public keys. [parley.envoy.DoorNode]
/// composes them.
@NullMarked
package parley.envoy;

import org.jspecify.annotations.NullMarked;
