package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.calendar.BusinessCalendar;
import io.helpdeskexporter.domain.ServiceHours;
import io.helpdeskexporter.domain.ServiceHours.DaysOff;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Kept;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The hours that an account keeps, by its schedules. Asked for only once something goes by them,
 * and then once a day: a call for the list, and one for the holidays of each.
 */
final class Schedules {
  private static final Duration KEPT = Duration.ofDays(1);

  /** Holidays that matter to a clock that turns now: no ticket is older, or due later. */
  private static final int DAYS_BACK = 366;

  private static final int DAYS_AHEAD = 2 * 366;

  private final Kept<Known> all;
  private Optional<Known> known = Optional.empty();

  Schedules(Api api, Account account, InstantSource clock) {
    all = new Kept<>(KEPT, clock, () -> list(api, account));
  }

  /**
   * @param permitted whether they may be read
   * @param count how many there are, whether understood or not
   * @param bad what is wrong with each that is not understood
   * @param withoutHolidays the ids of those whose holidays may not be read
   */
  private record Known(
      boolean permitted,
      int count,
      Map<String, ServiceHours> hours,
      List<String> bad,
      List<String> withoutHolidays) {}

  void load() throws SourceException, InterruptedException {
    known = Optional.of(all.get());
  }

  /** The hours of an account that has one schedule, as they matter to a clock at an instant. */
  Optional<ServiceHours> only(Instant at) {
    return known
        .filter(it -> it.count() == 1)
        .flatMap(it -> it.hours().values().stream().findFirst())
        .map(hours -> around(at, hours));
  }

  /** Whether it depends on the ticket which one holds. */
  boolean areSeveral() {
    return known.filter(it -> it.count() > 1).isPresent();
  }

  /** Empty for one that is gone, or was not understood. */
  Optional<ServiceHours> of(String id, Instant at) {
    return known
        .flatMap(it -> Optional.ofNullable(it.hours().get(id)))
        .map(hours -> around(at, hours));
  }

  /** What an operator may want to know; nothing as long as nothing goes by schedules. */
  Map<String, Double> readings() {
    return known
        .map(
            it ->
                Map.of(
                    "schedules_switched_off",
                    it.permitted() ? 0.0 : 1.0,
                    "schedules",
                    (double) it.count(),
                    "schedules_not_understood",
                    (double) it.bad().size(),
                    "schedules_without_holidays",
                    (double) it.withoutHolidays().size()))
        .orElse(Map.of());
  }

  /** What deadlines are not known for, in sentences. */
  List<String> notes() throws SourceException, InterruptedException {
    load();
    List<String> notes = new ArrayList<>();
    Known it = known.orElseThrow();
    if (!it.permitted()) {
      notes.add(
          "schedules: not in this plan, or not for these credentials; deadlines in business hours"
              + " are not known before they are missed");
    }
    it.bad().forEach(bad -> notes.add("schedules: " + bad + "; deadlines by it are not known"));
    if (!it.withoutHolidays().isEmpty()) {
      notes.add(
          "schedules: the holidays of %s may not be read; deadlines in them are reckoned as on other"
                  .formatted(String.join(", ", it.withoutHolidays()))
              + " days");
    }
    if (it.count() > 1) {
      notes.add(
          ("schedules: there are %d, so deadlines in business hours are known only of tickets that"
                  + " a trigger gave one of them")
              .formatted(it.count()));
    }
    return notes;
  }

  private static Known list(Api api, Account account) throws SourceException, InterruptedException {
    Answer answer = ask(api, "schedules", "/api/v2/business_hours/schedules");
    if (account.isSwitchedOff(answer)) {
      return new Known(false, 0, Map.of(), List.of(), List.of());
    }
    Map<String, ServiceHours> hours = new HashMap<>();
    Map<String, String> bad = new TreeMap<>();
    List<String> withoutHolidays = new ArrayList<>();
    for (Item schedule : Item.all(answer.json().path("schedules"))) {
      String id = "without id";
      try {
        id = schedule.requiredKey("id");
        if (hours.containsKey(id) || bad.containsKey(id)) {
          continue;
        }
        Optional<List<Item>> holidays = holidays(api, account, id);
        // Better a deadline on a holiday than none.
        ServiceHours read = ScheduleRows.read(schedule, holidays.orElse(List.of()));
        BusinessCalendar.of(read);
        hours.put(id, read);
        if (holidays.isEmpty()) {
          withoutHolidays.add(id);
        }
      } catch (BadItem | IllegalArgumentException e) {
        bad.put(id, "schedule %s: %s".formatted(id, e.getMessage()));
      }
    }
    return new Known(
        true,
        hours.size() + bad.size(),
        Map.copyOf(hours),
        List.copyOf(bad.values()),
        List.copyOf(withoutHolidays));
  }

  /** Empty where they may not be read. */
  private static Optional<List<Item>> holidays(Api api, Account account, String schedule)
      throws SourceException, InterruptedException {
    Answer answer =
        ask(api, "holidays", "/api/v2/business_hours/schedules/" + schedule + "/holidays");
    return account.isSwitchedOff(answer)
        ? Optional.empty()
        : Optional.of(Item.all(answer.json().path("holidays")));
  }

  private static Answer ask(Api api, String name, String path)
      throws SourceException, InterruptedException {
    return api.ask(Call.get(name, path).limitedBy(ZendeskManners.ACCOUNT).accepting(403, 404));
  }

  /** Without the holidays that are far away from an instant, so that what is told is short. */
  private static ServiceHours around(Instant at, ServiceHours hours) {
    LocalDate day = at.atZone(hours.zone()).toLocalDate();
    LocalDate first = day.minusDays(DAYS_BACK);
    LocalDate last = day.plusDays(DAYS_AHEAD);
    List<DaysOff> near =
        hours.closed().stream()
            .filter(off -> !off.last().isBefore(first) && !off.first().isAfter(last))
            .toList();
    return new ServiceHours(hours.zone(), hours.week(), near);
  }
}
