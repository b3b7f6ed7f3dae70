package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the milestones of a case promise. Their target dates contain business hours. Whether one is
 * violated is for the present time to say: Salesforce does not mark a row as changed by that.
 */
final class MilestoneRows {
  static final Table TABLE =
      new Table(
          "CaseMilestone",
          Table.ALL,
          "SystemModstamp",
          List.of("Id", "CaseId", "SystemModstamp"),
          List.of(
              "MilestoneType.Name",
              "StartDate",
              "TargetDate",
              "CompletionDate",
              "IsCompleted",
              "IsViolated",
              "IsDeleted"),
          Optional.empty());

  private final Map<String, SlaMetric> types = new HashMap<>();

  MilestoneRows(Map<String, SlaMetric> types) {
    types.forEach((name, metric) -> this.types.put(fold(name), metric));
  }

  /**
   * @param stopped whether the clock of the case stands still, so that no target will be reached
   */
  List<Reported.Promise> promises(List<Item> rows, boolean stopped) throws BadItem {
    List<Started> promises = new ArrayList<>();
    for (Item row : rows) {
      if (!row.isTrue("IsDeleted")) {
        promises.add(promise(row, stopped));
      }
    }
    promises.sort(Comparator.comparing(Started::at).thenComparing(Started::id));
    return promises.stream().map(Started::promise).toList();
  }

  /** When the first of those that promise a first response was completed. */
  Optional<Instant> firstReply(List<Item> rows) throws BadItem {
    Optional<Instant> first = Optional.empty();
    for (Item row : rows) {
      boolean counts =
          !row.isTrue("IsDeleted")
              && metric(row.item("MilestoneType").text("Name").orElse(""))
                  == SlaMetric.FIRST_RESPONSE;
      Optional<Instant> done = counts ? row.time("CompletionDate") : Optional.empty();
      if (done.isPresent() && first.filter(it -> !done.get().isBefore(it)).isEmpty()) {
        first = done;
      }
    }
    return first;
  }

  private record Started(Instant at, String id, Reported.Promise promise) {}

  private Started promise(Item row, boolean stopped) throws BadItem {
    Optional<Instant> target = row.time("TargetDate");
    Optional<Instant> done = row.time("CompletionDate");
    boolean completed = row.isTrue("IsCompleted") || done.isPresent();
    Optional<Boolean> met =
        completed
            ? Optional.of(
                target.flatMap(by -> done.map(at -> !at.isAfter(by))).orElse(true)
                    && !row.isTrue("IsViolated"))
            : Optional.empty();
    return new Started(
        row.time("StartDate").orElse(Instant.EPOCH),
        row.requiredKey("Id"),
        new Reported.Promise(
            metric(row.item("MilestoneType").text("Name").orElse("")),
            met,
            completed || !stopped ? target : Optional.empty(),
            done));
  }

  /** As the operator says, or as its name does. */
  SlaMetric metric(String type) {
    String name = fold(type);
    SlaMetric said = types.get(name);
    if (said != null) {
      return said;
    }
    if (name.contains("first resp") || name.contains("initial resp")) {
      return SlaMetric.FIRST_RESPONSE;
    }
    if (name.contains("resol") || name.contains("close") || name.contains("closure")) {
      return SlaMetric.RESOLUTION;
    }
    return name.contains("respon") ? SlaMetric.NEXT_RESPONSE : SlaMetric.OTHER;
  }

  /**
   * How many minutes the targets of the open ones reach, all together: they move on after a pause
   * without a trace in the row.
   */
  static long reach(List<Item> rows) throws BadItem {
    long minutes = 0;
    for (Item row : rows) {
      Optional<Instant> start = row.time("StartDate");
      Optional<Instant> target = row.time("TargetDate");
      if (start.isPresent() && target.isPresent()) {
        minutes += Math.max(0, Duration.between(start.get(), target.get()).toMinutes());
      }
    }
    return minutes;
  }

  private static String fold(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
