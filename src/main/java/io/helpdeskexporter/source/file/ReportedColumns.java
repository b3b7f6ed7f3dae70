package io.helpdeskexporter.source.file;

import io.helpdeskexporter.config.Doc;
import io.helpdeskexporter.domain.ReportedField;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Columns with what the helpdesk computed itself. A column named here is believed, and what it
 * holds is no longer derived from events.
 */
public record ReportedColumns(
    @Doc("When the first public human reply was given.") Optional<String> firstReplyAt,
    @Doc("When the ticket was (last) solved.") Optional<String> solvedAt,
    @Doc("When it was closed.") Optional<String> closedAt,
    @Doc("How often it was reopened.") Optional<String> reopens,
    @Doc("How often it went from one team or agent to another.") Optional<String> reassignments,
    @Doc("How many public replies agents gave.") Optional<String> agentReplies,
    @Doc("Working time in seconds, fractions allowed.") Optional<String> handleSeconds,
    @Doc("Whether the resolution promise was kept: true, false, yes, no, 1 or 0.")
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
