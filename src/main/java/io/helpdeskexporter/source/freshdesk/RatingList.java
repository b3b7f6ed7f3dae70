package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Survey;
import io.helpdeskexporter.domain.SurveyAnswer;
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

/**
 * What customers answered to satisfaction surveys, by the time of the answer. A changed answer
 * keeps that time, so some days are read again.
 */
final class RatingList implements StreamReader {
  static final String REFUSED = "satisfaction_ratings_refused";
  private static final Duration OVERLAP = Duration.ofDays(3);

  /**
   * @param seen the latest answer of the run
   */
  record Rated(Instant since, int page, Instant seen, Instant lookedAt) {}

  private final Instant begin;
  private final Questions questions;
  private final Looks looks;

  RatingList(Instant begin, Questions questions, Looks looks) {
    this.begin = begin;
    this.questions = questions;
    this.looks = looks;
  }

  @Override
  public Page read(Cursor cursor) throws SourceException, InterruptedException {
    Rated from = Position.read(cursor, Rated.class, new Rated(begin, 1, begin, Instant.EPOCH));
    if (from.page() == 1 && !looks.isDue(from.lookedAt())) {
      return looks.nothing(cursor);
    }
    Harvest harvest = new Harvest();
    Optional<Answer> answer = questions.ratings(from.since(), from.page());
    if (answer.isEmpty()) {
      return harvest.last(
          Position.save(new Rated(from.since(), 1, from.since(), looks.now())),
          looks.now().minus(Looks.SETTLING),
          Map.of(REFUSED, 1.0));
    }
    List<Item> rows = Item.all(answer.get().json());
    Instant[] seen = {from.seen()};
    harvest.each(
        "rating",
        "id",
        rows,
        row -> {
          Instant created = row.requiredTime("created_at");
          seen[0] = created.isAfter(seen[0]) ? created : seen[0];
          harvest.event(row.requiredKey("ticket_id"), rated(row));
        });
    if (questions.hasMore(answer.get(), rows.size())) {
      return harvest.more(
          Position.save(new Rated(from.since(), from.page() + 1, seen[0], from.lookedAt())));
    }
    Instant overlapped = seen[0].minus(OVERLAP);
    Instant since = overlapped.isAfter(from.since()) ? overlapped : from.since();
    return harvest.last(
        Position.save(new Rated(since, 1, since, looks.now())),
        answer.get().at().minus(Looks.SETTLING),
        Map.of(REFUSED, 0.0));
  }

  /** The answer to the survey's own question; others may have been asked beside it. */
  static TicketEvent rated(Item row) throws BadItem {
    Instant created = row.requiredTime("created_at");
    Instant changed = row.time("updated_at").filter(it -> it.isAfter(created)).orElse(created);
    long raw =
        row.item("ratings")
            .number("default_question")
            .orElseThrow(() -> new BadItem("no_rating", "ratings.default_question: no number"));
    Stamp stamp =
        Stamp.of("rating/" + row.requiredKey("id") + "/" + changed.getEpochSecond(), changed);
    return new TicketEvent.Rated(
        stamp,
        new SurveyAnswer(
            Survey.CSAT, Optional.empty(), points(raw), Optional.of(Scale.ONE_TO_FIVE)));
  }

  /**
   * Of five points: surveys have two, three, five or seven, and of all of them what is above 100 is
   * good, 100 is neither, and what is below 0 is bad.
   */
  private static int points(long raw) throws BadItem {
    return switch ((int) Math.max(-1000, Math.min(1000, raw))) {
      case 103 -> 5;
      case 102, 101 -> 4;
      case 100 -> 3;
      case -101, -102 -> 2;
      case -103 -> 1;
      default -> throw new BadItem("bad_rating", "ratings.default_question: found " + raw);
    };
  }
}
