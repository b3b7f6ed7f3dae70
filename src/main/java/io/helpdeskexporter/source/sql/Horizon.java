package io.helpdeskexporter.source.sql;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a database can be seen in one snapshot.
 *
 * @param clock the database's own clock, read before the snapshot was taken
 * @param newest the highest id that is visible; less than any id where the table is empty
 * @param fence absent where the database does not tell (MariaDB, MySQL)
 */
record Horizon(Instant clock, long newest, Optional<Fence> fence) {}
