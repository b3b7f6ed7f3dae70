/**
 * Reads helpdesks that exist as files: exports and logs in CSV or JSON lines, plain or gzip,
 * finished or still growing. Columns are mapped by the configuration; nothing is guessed from their
 * names. A file is only ever read, never moved, locked or marked. Rows that cannot be understood
 * are named by file and line and left out. Knows {@code domain} and {@code source}. Start at {@link
 * io.helpdeskexporter.source.file.FileKind}, then {@link io.helpdeskexporter.source.file.Feed}.
 */
@NullMarked
package io.helpdeskexporter.source.file;

import org.jspecify.annotations.NullMarked;
