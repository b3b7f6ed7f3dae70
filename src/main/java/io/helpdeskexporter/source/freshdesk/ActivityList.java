package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Rejected;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Download;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Position;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The daily export of activities, the only whole history that there is. It comes a day later than
 * all else, refines what was told by then, and never holds it up: whatever is wrong with it shows
 * in a reading, and is tried again.
 */
final class ActivityList implements StreamReader {
  /** The agent or the plan may not read it, or its files are on a host that was not named. */
  static final String REFUSED = "activities_refused";

  /** There is a file, and it cannot be fetched. */
  static final String UNREACHABLE = "activities_unreachable";

  private static final String NOT_READY = "activities_not_ready";

  /** Files are kept for so long. */
  private static final int DAYS_KEPT = 30;

  /** A file that is not there by then will not come. */
  private static final int DAYS_UNTIL_GIVEN_UP = 3;

  private static final int MOST_ROWS = 5_000;
  private static final int NOT_FOUND = 404;

  /**
   * @param day the file to be read next, in ISO form
   * @param row of it; a day has several files in a row
   */
  record Day(String day, int row, Instant lookedAt) {}

  private final Questions questions;
  private final Account account;
  private final Download download;
  private final Looks looks;

  ActivityList(Questions questions, Account account, Download download, Looks looks) {
    this.questions = questions;
    this.account = account;
    this.download = download;
    this.looks = looks;
  }

  @Override
  public Page read(Cursor cursor) throws SourceException, InterruptedException {
    LocalDate today = LocalDate.ofInstant(looks.now(), ZoneOffset.UTC);
    LocalDate oldest = today.minusDays(DAYS_KEPT - 1L);
    Day from = Position.read(cursor, Day.class, new Day(oldest.toString(), 0, Instant.EPOCH));
    LocalDate day = LocalDate.parse(from.day());
    if (day.isAfter(today) || !looks.isDue(from.lookedAt())) {
      return looks.nothing(cursor);
    }
    if (day.isBefore(oldest)) {
      return new Harvest().more(save(oldest, 0, Instant.EPOCH));
    }
    Answer answer = questions.activities(day);
    if (answer.status() == NOT_FOUND) {
      boolean mayCome = day.plusDays(DAYS_UNTIL_GIVEN_UP).isAfter(today);
      return mayCome
          ? waiting(new Harvest(), day, NOT_READY)
          : new Harvest().more(save(day.plusDays(1), 0, Instant.EPOCH));
    }
    if (!answer.isSuccess()) {
      return waiting(new Harvest(), day, REFUSED);
    }
    try {
      return page(day, from.row(), links(answer.json()));
    } catch (SourceException.Unavailable e) {
      return waiting(new Harvest(), day, UNREACHABLE);
    }
  }

  private Page page(LocalDate day, int firstRow, List<String> links)
      throws SourceException, InterruptedException {
    Harvest harvest = new Harvest();
    int from = firstRow;
    int room = MOST_ROWS;
    for (String link : links) {
      Optional<URI> permitted = permitted(day, link, harvest);
      if (permitted.isEmpty()) {
        return waiting(harvest, day, REFUSED);
      }
      JsonNode json = download.fetch(permitted.get());
      ActivityFile file;
      try {
        file = ActivityFile.of(Item.of(json), account.words(), harvest);
      } catch (BadItem e) {
        harvest.reject(unreadable(day));
        continue;
      }
      int until = Math.min(file.size(), from + room);
      if (from < until) {
        file.tell(from, until, account.groups(), account.staff(), harvest);
        room -= until - from;
      }
      if (room == 0) {
        return harvest.more(save(day, firstRow + MOST_ROWS, Instant.EPOCH));
      }
      from = Math.max(0, from - file.size());
    }
    return harvest.more(save(day.plusDays(1), 0, Instant.EPOCH));
  }

  private Optional<URI> permitted(LocalDate day, String link, Harvest harvest) {
    URI uri;
    try {
      uri = new URI(link);
    } catch (URISyntaxException e) {
      harvest.reject(unreadable(day));
      return Optional.empty();
    }
    if (!download.permits(uri)) {
      harvest.reject(
          new Rejected(
              "activities of " + day,
              "host_not_named",
              "the file is on " + uri.getHost() + "; if that is right, add it to activity_hosts"));
      return Optional.empty();
    }
    return Optional.of(uri);
  }

  private static Rejected unreadable(LocalDate day) {
    return new Rejected(
        "activities of " + day, "bad_export", "expected a link to a file of activities_data");
  }

  /** One object in older accounts, a list of them in others. */
  private static List<String> links(JsonNode answer) {
    JsonNode export = answer.has("export") ? answer.path("export") : answer;
    List<String> links = new ArrayList<>();
    for (JsonNode each : export.isArray() ? export : List.of(export)) {
      String link = each.path("url").asString("");
      if (!link.isEmpty()) {
        links.add(link);
      }
    }
    return links;
  }

  /** Nothing more for now; all else is not held up. */
  private Page waiting(Harvest harvest, LocalDate day, String reason) {
    return harvest.last(
        save(day, 0, looks.now()),
        looks.now().minus(Looks.SETTLING),
        Map.of(
            REFUSED, reason.equals(REFUSED) ? 1.0 : 0.0,
            UNREACHABLE, reason.equals(UNREACHABLE) ? 1.0 : 0.0));
  }

  private static Cursor save(LocalDate day, int row, Instant lookedAt) {
    return Position.save(new Day(day.toString(), row, lookedAt));
  }
}
