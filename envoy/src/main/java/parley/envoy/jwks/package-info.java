/// The public keys of the access tokens, for Envoy to fetch.
@NullMarked
package parley.envoy.jwks;

import org.jspecify.annotations.NullMarked;
