package io.helpdeskexporter.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.domain.Happening.Cost;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SupportCostTest {
  private static final String SALARIES = "helpdesk_support_cost_total{cost_category=salaries}";
  private static final String COST = "helpdesk_report_support_cost";

  private final Chronicle told = new Chronicle();

  @Test
  void withoutCostsThereIsNothingNotZero() {
    assertThat(told.shown("2026-03-31T00:00:00Z", "helpdesk_support", COST)).isEmpty();
  }

  @Test
  void aCostThatIsFedAccruesHourByHour() {
    cost("2026-03-30T00:00:00Z", "2026-03-31T00:00:00Z", "240");

    assertThat(shown("2026-03-30T00:59:59.998Z")).isEmpty();
    assertThat(shown("2026-03-30T00:59:59.999Z")).containsEntry(SALARIES, 10.0);
    assertThat(shown("2026-03-30T12:30:00Z")).containsEntry(SALARIES, 120.0);
    assertThat(shown("2026-04-10T00:00:00Z")).containsEntry(SALARIES, 240.0);
  }

  @Test
  void whatIsFedAndWhatIsConfiguredAddUp() {
    told.accruing(monthly("salaries", "3100", "2026-03-01"))
        .accruing(monthly("licences", "310", "2026-03-01"));
    cost("2026-03-29T22:00:00Z", "2026-03-30T22:00:00Z", "240");

    assertThat(shown("2026-03-31T21:59:59.999Z"))
        .containsEntry(SALARIES, 3340.0)
        .containsEntry("helpdesk_support_cost_total{cost_category=licences}", 310.0)
        .containsEntry(COST + "{window=this_month}", 3650.0)
        .containsEntry(COST + "_by_category{cost_category=licences, window=this_month}", 310.0);
  }

  @Test
  void aMonthOfTheReportIsThatOfTheCalendar() {
    told.accruing(monthly("salaries", "3000", "2026-01-01"));

    assertThat(shown("2026-03-31T21:59:59.999Z"))
        .containsEntry(COST + "{window=this_month}", 3000.0);
    assertThat(shown("2026-03-31T22:00:00Z")).containsEntry(COST + "{window=this_month}", 0.0);
    assertThat(shown("2026-03-31T22:00:00Z")).containsEntry(SALARIES, 9000.0);
  }

  @Test
  void aCostTakesTimeAndNotForEver() {
    assertThatThrownBy(() -> cost("2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z", "1"))
        .hasMessage("until is after at, and at most 400 days later");
    assertThatThrownBy(() -> cost("2026-03-01T00:00:00Z", "2027-04-06T00:00:00Z", "1"))
        .hasMessage("until is after at, and at most 400 days later");
    assertThatThrownBy(() -> cost("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", "-1"))
        .hasMessage("an amount of money is from 0 to 1000000000000");
  }

  private Map<String, Double> shown(String at) {
    return told.shown(at, "helpdesk_support", COST);
  }

  private void cost(String at, String until, String amount) {
    told.with(new Cost(told.stamp(at), "salaries", Instant.parse(until), new BigDecimal(amount)));
  }

  private static Accrual monthly(String category, String amount, String from) {
    return new Accrual(
        Catalogue.costs(),
        category,
        new BigDecimal(amount),
        LocalDate.parse(from),
        Optional.empty(),
        ZoneId.of("Europe/Berlin"));
  }
}
