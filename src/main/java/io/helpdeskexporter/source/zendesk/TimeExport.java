package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Rejected;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An export that goes by the time of its rows, a page from each start time on. Rows of the second
 * at which a page ends come twice, and when everything was told, the last few minutes are told
 * again: rows may turn up late.
 */
final class TimeExport {
  /** Zendesk withholds the last minute, and refuses to be asked about it. */
  static final Duration SETTLING = Duration.ofSeconds(65);

  /** Older servers refuse to be asked about so much. */
  private static final Duration TOO_RECENT = Duration.ofMinutes(6);

  private static final int UNPROCESSABLE = 422;

  private final Api api;
  private final long startTime;
  private final Duration overlap;

  TimeExport(Api api, long startTime, Duration overlap) {
    this.api = api;
    this.startTime = startTime;
    this.overlap = overlap;
  }

  /**
   * How far an export was read, in seconds of the epoch.
   *
   * @param from what to ask for next
   * @param reached up to where everything was told at least once
   */
  record At(long from, long reached) {}

  /**
   * Takes the rows of a page in. What they say of the time after {@code settled} may yet be taken
   * back, and is told again.
   */
  @FunctionalInterface
  interface Reader {
    void read(List<Item> rows, Instant settled, Harvest harvest)
        throws SourceException, InterruptedException;
  }

  At position(Cursor cursor) throws SourceException {
    return Position.read(cursor, At.class, new At(startTime, startTime));
  }

  /**
   * @param accepted statuses that the caller reads itself
   */
  Answer ask(Call call, At at, Integer... accepted) throws SourceException, InterruptedException {
    List<Integer> statuses = new ArrayList<>(List.of(accepted));
    statuses.add(UNPROCESSABLE);
    return api.ask(call.with("start_time", at.from()).accepting(statuses.toArray(Integer[]::new)));
  }

  /**
   * @param rows the field of the answer that holds them
   */
  Page page(Answer answer, At at, String rows, Reader reader)
      throws SourceException, InterruptedException {
    return page(answer, at, rows, reader, Map::of);
  }

  /**
   * @param rows the field of the answer that holds them
   * @param readings what is to be said of the reading, once the rows are read
   */
  Page page(
      Answer answer, At at, String rows, Reader reader, Supplier<Map<String, Double>> readings)
      throws SourceException, InterruptedException {
    Harvest harvest = new Harvest();
    if (answer.status() == UNPROCESSABLE) {
      requireTooRecent(answer, at);
      return harvest.last(Position.save(at), answer.at().minus(SETTLING), readings.get());
    }
    List<Item> items = Item.all(answer.json().path(rows));
    Instant settledAt = answer.at().minus(SETTLING);
    reader.read(items, settledAt, harvest);
    long settled = settledAt.getEpochSecond();
    long end = answer.json().path("end_time").asLong(at.from());
    long reached = Math.max(at.reached(), Math.min(end, settled));
    // What comes after is still to happen, or may still change.
    boolean allSettled = end > settled;
    if (allSettled || answer.json().path("end_of_stream").asBoolean(false)) {
      long from = Math.max(startTime, reached - overlap.toSeconds());
      return harvest.last(Position.save(new At(from, reached)), settledAt, readings.get());
    }
    if (end > at.from()) {
      return harvest.more(Position.save(new At(end, reached)));
    }
    if (!items.isEmpty()) {
      harvest.reject(
          new Rejected(
              "%s of %s".formatted(rows, Instant.ofEpochSecond(at.from())),
              "more_than_a_page",
              "more rows in one second than Zendesk tells; the rest of that second is left out"));
    }
    return harvest.more(Position.save(new At(at.from() + 1, reached)));
  }

  /** An operator cannot help that nothing is old enough; all else is a wrong question. */
  private static void requireTooRecent(Answer answer, At at) throws SourceException {
    boolean invalid = answer.json().path("error").asString("").equals("InvalidValue");
    boolean recent = Instant.ofEpochSecond(at.from()).isAfter(answer.at().minus(TOO_RECENT));
    if (!invalid || !recent) {
      throw new SourceException.Nonsense(
          "Zendesk refused the start time %s of an export"
              .formatted(Instant.ofEpochSecond(at.from())));
    }
  }
}
