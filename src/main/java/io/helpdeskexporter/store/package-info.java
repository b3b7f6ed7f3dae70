/**
 * Keeps in PostgreSQL all that must last: what sources told, how far they were read, what was
 * counted for which ticket, and the ever-growing totals. Progress and data commit together, so that
 * a crash loses nothing and counts nothing twice. It decides no rule of any KPI: what a history
 * means is a {@link io.helpdeskexporter.kpi.Derivation} that it is handed. Knows {@code domain},
 * {@code source}, {@code facts} and {@code kpi}. Start at {@link
 * io.helpdeskexporter.store.SourceStore}.
 */
@NullMarked
package io.helpdeskexporter.store;

import org.jspecify.annotations.NullMarked;
