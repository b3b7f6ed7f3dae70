package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the fold takes in: an event, or a dated value that the source computed itself. */
sealed interface Step {
  Instant at();

  record Happened(TicketEvent event) implements Step {
    @Override
    public Instant at() {
      return event.at();
    }
  }

  record FirstReplyReported(Instant at) implements Step {}

  record SolveReported(Instant at) implements Step {}

  record CloseReported(Instant at) implements Step {}

  /** The ticket says that it has left, and no event says when. */
  record Left(Instant at, Optional<Exclusion> reason) implements Step {}

  /**
   * The ticket's own count of reopens and reassignments, for sources whose events do not carry
   * them.
   */
  record Counts(Instant at, int reopens, int reassignments) implements Step {}

  /**
   * Whether an event's place among the others is told by its time alone: surveys are often kept
   * apart from tickets, and their numbers are then not of one count with those of other events.
   */
  static boolean goesByTime(TicketEvent event) {
    return event instanceof TicketEvent.SurveySent || event instanceof TicketEvent.Rated;
  }

  /**
   * The steps that are put among the events by their time, in its order: what the ticket's own
   * fields tell, and what {@linkplain #goesByTime goes by time} among its events.
   */
  static List<Step> byTime(Timeline timeline, Set<ReportedField> fields) {
    List<Step> steps = reportedBy(timeline, fields);
    for (TicketEvent event : timeline.events()) {
      if (goesByTime(event)) {
        steps.add(new Happened(event));
      }
    }
    steps.sort(Comparator.comparing(Step::at));
    return steps;
  }

  private static List<Step> reportedBy(Timeline timeline, Set<ReportedField> fields) {
    Ticket ticket = timeline.ticket();
    Reported reported = ticket.reported();
    List<Step> steps = new ArrayList<>(4);
    if (fields.contains(ReportedField.FIRST_REPLY)) {
      reported.firstReplyAt().ifPresent(at -> steps.add(new FirstReplyReported(at)));
    }
    if (fields.contains(ReportedField.SOLVED)) {
      reported.solvedAt().ifPresent(at -> steps.add(new SolveReported(at)));
    }
    if (fields.contains(ReportedField.CLOSED)) {
      reported.closedAt().ifPresent(at -> steps.add(new CloseReported(at)));
    }
    int reopens = fields.contains(ReportedField.REOPENS) ? reported.reopens().orElse(0) : 0;
    int reassignments =
        fields.contains(ReportedField.REASSIGNMENTS) ? reported.reassignments().orElse(0) : 0;
    if (reopens > 0 || reassignments > 0) {
      steps.add(new Counts(ticket.updatedAt(), reopens, reassignments));
    }
    departure(timeline).ifPresent(steps::add);
    return steps;
  }

  private static Optional<Step> departure(Timeline timeline) {
    Ticket ticket = timeline.ticket();
    boolean told =
        timeline.events().stream()
            .anyMatch(
                event ->
                    event instanceof TicketEvent.Merged
                        || event instanceof TicketEvent.Excluded
                        || event instanceof TicketEvent.Restored);
    if (told || (ticket.mergedInto().isEmpty() && ticket.excluded().isEmpty())) {
      return Optional.empty();
    }
    Optional<Exclusion> reason =
        ticket.mergedInto().isPresent() ? Optional.empty() : ticket.excluded();
    return Optional.of(new Left(ticket.updatedAt(), reason));
  }
}
