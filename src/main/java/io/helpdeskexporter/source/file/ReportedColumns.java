package io.helpdeskexporter.source.file;

import io.helpdeskexporter.domain.ReportedField;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Columns with what the helpdesk computed itself. A column named here is believed, and what it
 * holds is no longer derived from events.
 *
 * @param handleSeconds working time in seconds, fractions allowed
 * @param slaMet whether the resolution promise was kept: true, false, 1, 0, yes or no
 */
public record ReportedColumns(
    Optional<String> firstReplyAt,
    Optional<String> solvedAt,
    Optional<String> closedAt,
    Optional<String> reopens,
    Optional<String> reassignments,
    Optional<String> agentReplies,
    Optional<String> handleSeconds,
    Optional<String> slaMet) {
  public static final ReportedColumns NONE =
      new ReportedColumns(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  Set<ReportedField> fields() {
    Set<ReportedField> fields = EnumSet.noneOf(ReportedField.class);
    firstReplyAt.ifPresent(_ -> fields.add(ReportedField.FIRST_REPLY));
    solvedAt.ifPresent(_ -> fields.add(ReportedField.SOLVED));
    closedAt.ifPresent(_ -> fields.add(ReportedField.CLOSED));
    reopens.ifPresent(_ -> fields.add(ReportedField.REOPENS));
    reassignments.ifPresent(_ -> fields.add(ReportedField.REASSIGNMENTS));
    agentReplies.ifPresent(_ -> fields.add(ReportedField.AGENT_REPLIES));
    handleSeconds.ifPresent(_ -> fields.add(ReportedField.HANDLE_TIME));
    slaMet.ifPresent(_ -> fields.add(ReportedField.SLA));
    return Set.copyOf(fields);
  }
}
