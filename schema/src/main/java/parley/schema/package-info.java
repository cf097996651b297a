/// What lasts, as tables: all migrations, one PostgreSQL schema for each service, and what keeps
/// their parts in time. The types of the tables (`parley.tables`) are made from the migrated schema
/// by the build and never kept in the repository.
@NullMarked
package parley.schema;

import org.jspecify.annotations.NullMarked;
