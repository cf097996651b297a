/// What the rules need from outside: what is remembered, and the forms in which tokens leave.
@NullMarked
package parley.identity.core.port;

import org.jspecify.annotations.NullMarked;
