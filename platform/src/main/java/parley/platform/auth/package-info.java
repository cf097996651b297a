/// Who calls, and what may be believed of it: access tokens (ES256, checked against a public key
/// set), seals (HMAC, for what only our own services read) and revocations. Making keys, secrets
/// and tokens lies beside checking them, so that each form is written down once; only identity-svc
/// holds private keys.
@NullMarked
package parley.platform.auth;

import org.jspecify.annotations.NullMarked;
