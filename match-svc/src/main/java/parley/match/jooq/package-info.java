/// What match-svc keeps in PostgreSQL.
@NullMarked
package parley.match.jooq;

import org.jspecify.annotations.NullMarked;
