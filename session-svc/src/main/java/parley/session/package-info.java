/// session-svc: conversations. One node of it is a [parley.session.SessionNode].
@NullMarked
package parley.session;

import org.jspecify.annotations.NullMarked;
