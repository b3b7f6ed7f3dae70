package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a row of the export of metric events says. A promise begins when its target is applied, and
 * is broken at the time of its breach, which Zendesk reckons by the account's own schedules. That
 * it was kept follows from the reply or the solve; where Zendesk sees it kept and nothing else
 * tells it, it is at least not broken.
 */
final class MetricRows {
  static final Set<String> RESOLUTIONS =
      Set.of("resolution_time", "requester_wait_time", "agent_work_time");

  private final List<String> resolutions;

  MetricRows(List<String> resolutions) {
    this.resolutions = List.copyOf(resolutions);
  }

  /**
   * What it tells; empty for what moves no promise.
   *
   * @param settled by Zendesk's clock: what is to happen later may yet be taken back
   */
  Optional<TicketEvent> read(Item row, Instant settled) throws BadItem {
    Optional<SlaMetric> metric = metric(row);
    if (metric.isEmpty()) {
      return Optional.empty();
    }
    Instant at = row.requiredTime("time");
    Stamp stamp = Stamp.of("m" + AuditRows.sortable(row.requiredKey("id")), at);
    return switch (row.text("type").orElse("")) {
      case "apply_sla", "apply_group_sla" -> Optional.of(applied(row, metric.get(), stamp));
      case "breach" ->
          row.isTrue("deleted") || at.isAfter(settled)
              ? Optional.empty()
              : Optional.of(
                  new TicketEvent.SlaDeadline(
                      stamp, metric.get(), Optional.of(at), Optional.empty()));
      // Zendesk may see a promise kept where nothing else tells it, as on a ticket of an agent's.
      case "fulfill" ->
          Optional.of(
              new TicketEvent.SlaDeadline(stamp, metric.get(), Optional.empty(), Optional.empty()));
      default -> Optional.empty();
    };
  }

  private static TicketEvent applied(Item row, SlaMetric metric, Stamp stamp) throws BadItem {
    Item sla = row.has("group_sla") ? row.item("group_sla") : row.item("sla");
    OptionalLong seconds = sla.number("target_in_seconds");
    OptionalLong minutes = sla.number("target");
    Optional<Duration> target =
        seconds.isPresent()
            ? Optional.of(Duration.ofSeconds(seconds.getAsLong()))
            : minutes.isPresent()
                ? Optional.of(Duration.ofMinutes(minutes.getAsLong()))
                : Optional.empty();
    boolean runsOn = !sla.isTrue("business_hours") && !pauses(row);
    return new TicketEvent.SlaDeadline(
        stamp, metric, runsOn ? target.map(stamp.at()::plus) : Optional.empty(), target);
  }

  /** Some clocks stand still while the customer, or somebody else, has the ticket. */
  private static boolean pauses(Item row) throws BadItem {
    return row.text("metric")
        .filter(it -> it.equals("requester_wait_time") || it.equals("agent_work_time"))
        .isPresent();
  }

  private Optional<SlaMetric> metric(Item row) throws BadItem {
    String metric = row.requiredText("metric");
    if (metric.equals("reply_time")) {
      return row.number("instance_id").orElse(1) > 1
          ? Optional.of(SlaMetric.NEXT_RESPONSE)
          : Optional.of(SlaMetric.FIRST_RESPONSE);
    }
    return resolutions.contains(metric) ? Optional.of(SlaMetric.RESOLUTION) : Optional.empty();
  }
}
