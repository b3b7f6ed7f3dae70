package io.helpdeskexporter.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Indicator;
import io.helpdeskexporter.kpi.Indicator.Better;
import io.helpdeskexporter.kpi.Indicators.Measured;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As many digits as mean something. */
class ReadoutTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          first_response  | 0       | 0 s
          first_response  | 41.6    | 42 s
          first_response  | 59.4    | 59 s
          first_response  | 59.6    | 1 min
          first_response  | 145     | 2 min
          first_response  | 3569    | 59 min
          first_response  | 3571    | 1:00 h
          first_response  | 7500    | 2:05 h
          first_response  | 36000   | 10 h
          first_response  | 100000  | 28 h
          first_response  | 302400  | 3.5 days
          first_response  | 345600  | 4 days
          csat            | 0       | 0 %
          csat            | 0.032   | 3.2 %
          csat            | 0.874   | 87 %
          csat            | 0.956   | 95.6 %
          csat            | 1       | 100 %
          reopen_rate     | 0.0712  | 7 %
          utilisation     | 1.04    | 104 %
          self_service    | 3.42    | 3.4
          csat_mean       | 4.3     | 4.30
          nps             | 0.54    | +54
          nps             | -0.08   | -8
          backlog         | 1284    | 1,284
          cost_per_ticket | 12.5    | 12.50 EUR
          cost_per_ticket | 1250.4  | 1,250 EUR
          """)
  void isWrittenWithAsManyDigitsAsMeanSomething(String kpi, double value, String written) {
    assertThat(Readout.of(indicator(kpi), value, Optional.of("EUR")).text()).isEqualTo(written);
  }

  @Test
  void withoutACurrencyMoneyIsANumber() {
    assertThat(Readout.of(indicator("cost_per_ticket"), 12.5, Optional.empty()).text())
        .isEqualTo("12.50");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          csat           | HIGHER | 0.98  | 0.9796  | 97.96 %
          csat           | HIGHER | 0.9   | 0.896   | 89.6 %
          csat           | HIGHER | 0.9   | 0.85    | 85 %
          csat           | HIGHER | 0.9   | 0.904   | 90 %
          first_response | LOWER  | 120   | 145     | 2.4 min
          first_response | LOWER  | 7200  | 7500    | 2:05 h
          """)
  void whatMissesItsTargetDoesNotLookLikeIt(
      String kpi, Better better, double target, double value, String written) {
    Figure figure =
        new Figure(
            "acme",
            Optional.empty(),
            Optional.of("7d"),
            indicator(kpi),
            Instant.EPOCH,
            new Measured(OptionalDouble.of(value), OptionalDouble.empty(), OptionalDouble.empty()),
            Optional.of(new Aim(target, better, Optional.empty(), Optional.empty())),
            Optional.empty(),
            State.MISSED);

    assertThat(Readout.of(figure, Optional.empty()).text()).isEqualTo(written);
  }

  private static Indicator indicator(String id) {
    return Catalogue.of(Definitions.DEFAULT).indicators().named(id).orElseThrow();
  }
}
