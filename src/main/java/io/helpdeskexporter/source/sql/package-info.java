/**
 * Reads helpdesks out of their databases: PostgreSQL, MariaDB, MySQL. What a system's tables mean
 * stands in a preset, a folder of SQL files with a small {@code preset.yaml} and no Java; this
 * package knows how to read rows so that none is left out, late commits included. It never writes,
 * and asks for read-only transactions so that nothing else could either. Start at {@link
 * io.helpdeskexporter.source.sql.SqlKind}; why no row is lost is in {@link
 * io.helpdeskexporter.source.sql.AppendedCursor} and {@link
 * io.helpdeskexporter.source.sql.ChangedCursor}, both pure.
 */
@NullMarked
package io.helpdeskexporter.source.sql;

import org.jspecify.annotations.NullMarked;
