package io.helpdeskexporter.config;

import static io.helpdeskexporter.config.Yaml.REST;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads after a mistake in a cost. */
class CostProblemsTest {
  private static final String TWO_SOURCES =
      """
      store: {embedded_dir: .data}
      sources:
        - {name: rt, kind: file, tickets: {path: t.csv, format: csv}}
        - {name: log, kind: file, tickets: {path: t.csv, format: csv}}
      """;

  @TempDir Path directory;
  private Yaml yaml;

  @BeforeEach
  void inADirectoryOfItsOwn() {
    yaml = Yaml.in(directory);
  }

  @Test
  void aCostHasACategoryAFigureAndAFirstDay() throws Exception {
    assertThat(
            yaml.load(
                    """
                    kpi:
                      currency: EUR
                      costs:
                        - {category: salaries, monthly: 48000.50, from: 2026-01-01}
                    """
                        + REST)
                .kpi()
                .costs())
        .containsExactly(
            new CostConfig(
                "salaries",
                new Money(new BigDecimal("48000.50")),
                LocalDate.parse("2026-01-01"),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void whatIsWrongByItselfIsToldWithItsKey() {
    assertThat(
            problems(
                """
                kpi:
                  currency: Euro
                  costs:
                    - {category: salaries, monthly: -1, from: 2026-01}
                    - {category: " ", monthly: 1e9}
                """))
        .isEqualTo(
            """
            helpdesk.yml:2: kpi.currency: found "Euro"; allowed: three capital letters, such as EUR
            helpdesk.yml:4: kpi.costs[0].monthly: found "-1"; allowed: an amount from 0 to 1000000000000, such as \
            12500 or 12500.50
            helpdesk.yml:4: kpi.costs[0].from: found "2026-01"; allowed: a date, such as 2026-03-01
            helpdesk.yml:5: kpi.costs[1].category: found " "; allowed: a name without blanks around it, such as \
            salaries
            helpdesk.yml:5: kpi.costs[1].monthly: found "1e9"; allowed: an amount from 0 to 1000000000000, such as \
            12500 or 12500.50
            helpdesk.yml:5: kpi.costs[1]: missing key "from"; needed: a date, such as 2026-03-01\
            """);
  }

  @Test
  void aLastDayIsNotBeforeTheFirst() {
    assertThat(
            problems(
                """
                kpi:
                  costs:
                    - {category: a, monthly: 1, from: 2026-03-01, until: 2026-03-01}
                    - {category: b, monthly: 1, from: 2026-03-01, until: 2026-02-28}
                """))
        .isEqualTo(
            "helpdesk.yml:4: kpi.costs[1].until: found \"2026-02-28\", which is before the first"
                + " day \"2026-03-01\"; allowed: that day or a later one");
  }

  @Test
  void whereThereAreSeveralSourcesACostNamesOne() {
    assertThat(
            yaml.problems(
                """
                kpi:
                  costs:
                    - {category: a, monthly: 1, from: 2026-03-01}
                    - {category: b, monthly: 1, from: 2026-03-01, source: logs}
                    - {category: c, monthly: 1, from: 2026-03-01, source: log}
                """
                    + TWO_SOURCES))
        .isEqualTo(
            """
            helpdesk.yml:3: kpi.costs[0]: missing key "source"; needed where there are several: one of rt, log
            helpdesk.yml:4: kpi.costs[1].source: found "logs"; allowed: rt, log (did you mean log?)\
            """);
  }

  private String problems(String kpi) {
    return yaml.problems(kpi + REST);
  }
}
