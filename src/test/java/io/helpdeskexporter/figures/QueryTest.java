package io.helpdeskexporter.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
  private static final Map<String, Set<String>> KNOWN =
      Map.of("source", Set.of("acme"), "kpi", Set.of("csat", "nps"), "window", Set.of("7d", "30d"));

  @Test
  void whereNothingIsSaidEverythingIsAskedFor() throws Query.Refused {
    assertThat(query("")).isEqualTo(new Query(Selection.ALL, Optional.empty()));
  }

  @Test
  void daysAreOfTheReportingZone() throws Query.Refused {
    assertThat(query("kpi=csat&from=2026-03-01&to=2026-03-03&step=day").past())
        .contains(
            new Query.Days(
                LocalDate.parse("2026-03-01"), Optional.of(LocalDate.parse("2026-03-03"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kpis=csat                             | found the parameter kpis; allowed: from, kpi, source, step, team, to, window
          kpi=csta                              | kpi: found "csta"; allowed: csat, nps
          window=8d                             | window: found "8d"; allowed: 30d, 7d
          source=other                          | source: found "other"; allowed: acme
          to=2026-03-01                         | found to or step without from; allowed: from=2026-03-01&to=2026-03-31
          kpi=csat&from=yesterday               | from: found "yesterday"; allowed: a day such as 2026-03-01
          kpi=csat&from=2026-03-01&step=hour    | step: found "hour"; allowed: day
          from=2026-03-01                       | the past is told of one kpi at a time: kpi=csat
          kpi=csat&kpi=nps&from=2026-03-01      | the past is told of one kpi at a time: kpi=csat
          kpi=csat&from=2026-03-02&to=2026-03-01 | to: found 2026-03-01, which is before from=2026-03-02
          """)
  void whatCannotBeAnsweredIsRefusedWithWhatCan(String parameters, String sentence) {
    assertThatThrownBy(() -> query(parameters)).hasMessage(sentence);
  }

  @Test
  void aYearAndAMonthAreADayTooMany() throws Query.Refused {
    LocalDate newest = LocalDate.parse("2026-03-02");
    Query.Days most = new Query.Days(newest.minusDays(Query.MOST_DAYS - 1), Optional.empty());
    Query.Days tooMany = new Query.Days(newest.minusDays(Query.MOST_DAYS), Optional.empty());

    assertThat(Query.each(most, newest)).hasSize(Query.MOST_DAYS).endsWith(newest);
    assertThatThrownBy(() -> Query.each(tooMany, newest))
        .hasMessage("found 401 days from 2025-01-26 to 2026-03-02; allowed: at most 400 at a time");
  }

  @Test
  void aLongTimeThatIsMostlyStillToComeIsNotTooMuch() throws Query.Refused {
    LocalDate newest = LocalDate.parse("2026-03-02");

    assertThat(Query.each(new Query.Days(newest, Optional.of(newest.plusYears(9))), newest))
        .containsExactly(newest);
    assertThat(Query.each(new Query.Days(newest.plusDays(1), Optional.empty()), newest)).isEmpty();
  }

  private static Query query(String parameters) throws Query.Refused {
    Map<String, List<String>> all = new TreeMap<>();
    for (String parameter : parameters.split("&", -1)) {
      if (!parameter.isEmpty()) {
        String[] parts = parameter.split("=", 2);
        all.merge(
            parts[0], List.of(parts[1]), (one, other) -> List.of(one.getFirst(), other.getFirst()));
      }
    }
    return Query.of(all, KNOWN);
  }
}
