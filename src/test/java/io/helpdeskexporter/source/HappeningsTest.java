package io.helpdeskexporter.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.RandomHappenings;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HappeningsTest {
  private static final Map<String, String> SHIFT =
      Map.of(
          "key", "s1",
          "at", "2026-03-02T08:00:00Z",
          "agent", "ann",
          "until", "2026-03-02T16:00:00Z");

  @Test
  void whatIsWrittenIsReadAsTheSame() throws Exception {
    for (Happening happening : new RandomHappenings(new Random(1), Duration.ofDays(9)).some(500)) {
      assertThat(read(Happenings.form(happening).stream(), Happenings.write(happening)))
          .isEqualTo(happening);
    }
  }

  @Test
  void whatIsNotGivenIsAbsentAndAFlagIsFalse() throws Exception {
    Happening.Shift shift = (Happening.Shift) read("shift", SHIFT);

    assertThat(shift.team()).isEmpty();
    assertThat(shift.cancelled()).isFalse();
    assertThat(shift.stamp().sequence()).isEqualTo(shift.at().toEpochMilli());
  }

  @Test
  void aRowThatCannotBeUnderstoodNamesColumnAndReasonButNoValue() {
    assertReason("missing_until", "until: expected a time, found nothing", with("until", ""));
    assertReason("bad_date", "at", with("at", "secret"));
    assertReason("bad_truth", "cancelled: expected true or false", with("cancelled", "secret"));
    assertReason("bad_number", "sequence", with("sequence", "secret"));
    assertThatThrownBy(
            () ->
                read(
                    "presence",
                    Map.of(
                        "key", "1", "at", "2026-03-02T08:00:00Z", "agent", "a", "state", "secret")))
        .isInstanceOfSatisfying(
            Happenings.Unreadable.class,
            e -> {
              assertThat(e.reason()).isEqualTo("unknown_word");
              assertThat(e.detail())
                  .isEqualTo("state: expected available, busy, away, offline")
                  .doesNotContain("secret");
            });
  }

  @Test
  void aReviewIsWrittenByCategory() throws Exception {
    Happening.Review review =
        (Happening.Review)
            read(
                "review",
                Map.of(
                    "key", "r1",
                    "at", "2026-03-02T08:00:00Z",
                    "reviewer", "Human",
                    "categories", "tone 4 of 1-5 x2, solution 0 of 0-1 critical, grammar n/a"));

    assertThat(review.categories()).hasSize(3);
    assertThat(review.categories().getFirst().weight()).isEqualTo(new BigDecimal(2));
    assertThat(review.categories().get(1).critical()).isTrue();
    assertThat(review.categories().get(2).chosen()).isEmpty();
    assertThatThrownBy(
            () ->
                read(
                    "review",
                    Map.of(
                        "key",
                        "r",
                        "at",
                        "2026-03-02T08:00:00Z",
                        "reviewer",
                        "human",
                        "categories",
                        "tone 9 of 1-5")))
        .hasMessageContaining("tone: 9 is not in 1-5");
    assertThatThrownBy(
            () ->
                read(
                    "review",
                    Map.of("key", "r", "at", "2026-03-02T08:00:00Z", "reviewer", "human")))
        .hasMessageContaining("a score or categories");
  }

  @Test
  void everyColumnIsExplained() {
    assertThat(Happenings.forms().values())
        .allSatisfy(
            form -> {
              assertThat(form.meaning()).endsWith(".");
              assertThat(form.columns()).allSatisfy(it -> assertThat(it.meaning()).endsWith("."));
            });
  }

  private static void assertReason(String reason, String detail, Map<String, String> row) {
    assertThatThrownBy(() -> read("shift", row))
        .isInstanceOfSatisfying(
            Happenings.Unreadable.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.detail()).contains(detail).doesNotContain("secret");
            });
  }

  private static Map<String, String> with(String column, String value) {
    Map<String, String> row = new HashMap<>(SHIFT);
    row.put(column, value);
    return row;
  }

  private static Happening read(String stream, Map<String, String> row)
      throws Happenings.Unreadable {
    return Happenings.read(
        stream,
        new Happenings.Columns() {
          @Override
          public Optional<String> text(String column) {
            return Optional.ofNullable(row.get(column)).filter(value -> !value.isBlank());
          }

          @Override
          public Optional<Instant> instant(String column) throws Happenings.Unreadable {
            try {
              return text(column).map(Instant::parse);
            } catch (DateTimeException _) {
              throw new Happenings.Unreadable("bad_date", column + ": expected a time");
            }
          }
        });
  }
}
