/// What session-svc keeps in PostgreSQL.
@NullMarked
package parley.session.jooq;

import org.jspecify.annotations.NullMarked;
