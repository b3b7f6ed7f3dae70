/**
 * Turns a ticket's history into the facts that KPIs count. Pure: no clock of its own, no I/O, no
 * logging, so one timeline gives one answer anywhere and as of any instant. Knows {@code domain}
 * and {@code calendar} only. Start at {@link io.helpdeskexporter.facts.Deriver#derive}.
 */
@NullMarked
package io.helpdeskexporter.facts;

import org.jspecify.annotations.NullMarked;
