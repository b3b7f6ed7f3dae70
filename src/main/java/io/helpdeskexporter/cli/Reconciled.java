package io.helpdeskexporter.cli;

import io.helpdeskexporter.reconcile.Summary;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * What a comparison of a source came to.
 *
 * @param zone of times for people
 * @param believed figures that are taken over from the helpdesk, so that there is nothing to
 *     compare
 * @param notes sentences about what the numbers are of
 */
record Reconciled(
    String source,
    Instant asOf,
    ZoneId zone,
    Summary summary,
    List<String> believed,
    List<String> notes) {
  Reconciled {
    believed = List.copyOf(believed);
    notes = List.copyOf(notes);
  }
}
