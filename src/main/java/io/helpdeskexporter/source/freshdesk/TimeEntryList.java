package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Working time that agents recorded. An entry grows while its timer runs, and once more when it is
 * started again, so one is told when its timer stands and it was left alone for a while.
 */
final class TimeEntryList implements StreamReader {
  static final String REFUSED = "time_entries_refused";

  /** Agents enter what they did on the days before. */
  private static final Duration OVERLAP = Duration.ofDays(7);

  /** A timer that runs longer was forgotten. */
  private static final Duration LONGEST = Duration.ofDays(60);

  private static final Pattern HOURS_AND_MINUTES = Pattern.compile("(\\d{1,5}):([0-5]\\d)");

  /**
   * @param waiting the time of the oldest entry of the run that is not told yet
   */
  record Entries(Instant after, int page, Optional<Instant> waiting, Instant lookedAt) {}

  private final Instant begin;
  private final Duration settlesAfter;
  private final Questions questions;
  private final Looks looks;

  TimeEntryList(Instant begin, Duration settlesAfter, Questions questions, Looks looks) {
    this.begin = begin;
    this.settlesAfter = settlesAfter;
    this.questions = questions;
    this.looks = looks;
  }

  @Override
  public Page read(Cursor cursor) throws SourceException, InterruptedException {
    Entries from =
        Position.read(
            cursor, Entries.class, new Entries(begin, 1, Optional.empty(), Instant.EPOCH));
    if (from.page() == 1 && !looks.isDue(from.lookedAt())) {
      return looks.nothing(cursor);
    }
    Harvest harvest = new Harvest();
    Optional<Answer> answer = questions.timeEntries(from.after(), from.page());
    if (answer.isEmpty()) {
      return harvest.last(
          Position.save(new Entries(from.after(), 1, Optional.empty(), looks.now())),
          looks.now().minus(Looks.SETTLING),
          Map.of(REFUSED, 1.0));
    }
    Instant at = answer.get().at();
    List<Item> rows = Item.all(answer.get().json());
    Instant[] waiting = {from.waiting().orElse(at)};
    harvest.each(
        "time entry",
        "id",
        rows,
        row -> {
          Instant executed = executedAt(row);
          if (isSettled(row, at.minus(settlesAfter))) {
            harvest.event(row.requiredKey("ticket_id"), logged(row, executed));
          } else if (executed.isBefore(waiting[0])) {
            waiting[0] = executed;
          }
        });
    if (questions.hasMore(answer.get(), rows.size())) {
      return harvest.more(
          Position.save(
              new Entries(
                  from.after(), from.page() + 1, Optional.of(waiting[0]), from.lookedAt())));
    }
    return harvest.last(
        Position.save(new Entries(next(from, waiting[0], at), 1, Optional.empty(), looks.now())),
        at.minus(Looks.SETTLING),
        Map.of(REFUSED, 0.0));
  }

  private static Instant next(Entries from, Instant waiting, Instant at) {
    Instant usual = at.minus(OVERLAP);
    Instant forTimers = waiting.isBefore(at.minus(LONGEST)) ? at.minus(LONGEST) : waiting;
    Instant next = forTimers.isBefore(usual) ? forTimers.minusSeconds(1) : usual;
    return next.isAfter(from.after()) ? next : from.after();
  }

  private static boolean isSettled(Item row, Instant changedBefore) throws BadItem {
    Optional<Instant> changed = row.time("updated_at").or(() -> Optional.of(Instant.EPOCH));
    return !row.isTrue("timer_running") && !changed.get().isAfter(changedBefore);
  }

  private static Instant executedAt(Item row) throws BadItem {
    Optional<Instant> executed = row.time("executed_at");
    return executed.isPresent() ? executed.get() : row.requiredTime("created_at");
  }

  /** The time is a text of hours and minutes. */
  static TicketEvent logged(Item row, Instant executed) throws BadItem {
    Matcher spent = HOURS_AND_MINUTES.matcher(row.requiredText("time_spent"));
    if (!spent.matches()) {
      throw new BadItem("bad_time_spent", "time_spent: expected hours and minutes such as 01:30");
    }
    Duration time =
        Duration.ofHours(Long.parseLong(spent.group(1)))
            .plusMinutes(Long.parseLong(spent.group(2)));
    return new TicketEvent.TimeLogged(
        Stamp.of("time/" + row.requiredKey("id"), executed), time, row.key("agent_id"));
  }
}
