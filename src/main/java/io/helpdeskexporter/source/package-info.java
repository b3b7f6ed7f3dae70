/**
 * The contract between the exporter and any system it reads: at-least-once pages of changes behind
 * an opaque cursor. One package per kind of system lies below; vendors' names and quirks never
 * leave theirs. Sources read, translate and nothing else: they keep no state between fetches but
 * connections, and know neither the store nor any KPI. Start at {@link
 * io.helpdeskexporter.source.Source}.
 */
@NullMarked
package io.helpdeskexporter.source;

import org.jspecify.annotations.NullMarked;
