package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.domain.ServiceHours;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.SlaTurn;
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
 * tells it, it is at least not broken. When it would break follows from when its clock runs.
 */
final class MetricRows {
  static final Set<String> RESOLUTIONS =
      Set.of("resolution_time", "requester_wait_time", "agent_work_time");

  private final List<String> resolutions;
  private final Schedules schedules;

  MetricRows(List<String> resolutions, Schedules schedules) {
    this.resolutions = List.copyOf(resolutions);
    this.schedules = schedules;
  }

  /** Whether it goes by a schedule. */
  static boolean needsSchedules(Item row) throws BadItem {
    return isApplied(row) && sla(row).isTrue("business_hours");
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
      case "activate" ->
          Optional.of(
              new TicketEvent.SlaClockTurned(stamp, metric.get(), clock(row), new SlaTurn.Runs()));
      case "pause" ->
          Optional.of(
              new TicketEvent.SlaClockTurned(
                  stamp, metric.get(), clock(row), new SlaTurn.StandsStill()));
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

  private static boolean isApplied(Item row) throws BadItem {
    return row.text("type")
        .filter(it -> it.equals("apply_sla") || it.equals("apply_group_sla"))
        .isPresent();
  }

  private static Item sla(Item row) {
    return row.has("group_sla") ? row.item("group_sla") : row.item("sla");
  }

  private TicketEvent applied(Item row, SlaMetric metric, Stamp stamp) throws BadItem {
    Optional<Duration> target = target(sla(row));
    if (target.isPresent() && needsSchedules(row)) {
      return turned(row, metric, stamp, target.get(), schedules.only(stamp.at()));
    }
    if (target.isPresent() && pauses(row)) {
      return turned(row, metric, stamp, target.get(), Optional.of(ServiceHours.ALWAYS));
    }
    return new TicketEvent.SlaDeadline(stamp, metric, target.map(stamp.at()::plus), target);
  }

  private static TicketEvent turned(
      Item row, SlaMetric metric, Stamp stamp, Duration target, Optional<ServiceHours> hours)
      throws BadItem {
    return new TicketEvent.SlaClockTurned(
        stamp, metric, clock(row), new SlaTurn.Promises(target, hours));
  }

  private static Optional<Duration> target(Item sla) throws BadItem {
    OptionalLong seconds = sla.number("target_in_seconds");
    OptionalLong minutes = sla.number("target");
    return seconds.isPresent()
        ? Optional.of(Duration.ofSeconds(seconds.getAsLong()))
        : minutes.isPresent()
            ? Optional.of(Duration.ofMinutes(minutes.getAsLong()))
            : Optional.empty();
  }

  /** One for each metric, and for each time that it begins anew. */
  private static String clock(Item row) throws BadItem {
    long instance = row.number("instance_id").orElse(1);
    return row.requiredText("metric") + (instance > 1 ? " " + instance : "");
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
