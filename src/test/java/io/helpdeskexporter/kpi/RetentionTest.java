package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.domain.Happening.Customer.Change.CHANGED;
import static io.helpdeskexporter.domain.Happening.Customer.Change.JOINED;
import static io.helpdeskexporter.domain.Happening.Customer.Change.LOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.helpdeskexporter.facts.Definitions;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final String AT_START = "helpdesk_report_customers_at_start{window=30d}";
  private static final String LOST_OF_THOSE = "helpdesk_report_customers_lost_of_those{window=30d}";

  private final Chronicle told = new Chronicle();

  @Test
  void withoutCustomersThereIsNothingNotZero() {
    assertThat(
            told.shown("2026-03-31T00:00:00Z", "helpdesk_customers", "helpdesk_report_customers"))
        .isEmpty();
  }

  @Test
  void theCustomersOfNowAreThoseWhoJoinedAndWereNotLost() {
    told.customer("2026-01-01T00:00:00Z", "a", JOINED)
        .customer("2026-01-02T00:00:00Z", "b", JOINED)
        .customer("2026-02-01T00:00:00Z", "b", LOST)
        .customer("2026-02-02T00:00:00Z", "c", CHANGED)
        .customer("2026-03-03T00:00:00Z", "d", LOST);

    assertThat(told.shown("2026-03-31T00:00:00Z", "helpdesk_customers"))
        .containsOnly(
            entry("helpdesk_customers_active{}", 2.0),
            entry("helpdesk_customers_joined_total{}", 2.0),
            entry("helpdesk_customers_churned_total{}", 2.0));
  }

  @Test
  void whenTheLastOneIsLostThereAreZero() {
    told.customer("2026-01-01T00:00:00Z", "a", JOINED, "20")
        .customer("2026-02-01T00:00:00Z", "a", LOST);

    assertThat(told.shown("2026-03-31T00:00:00Z", "helpdesk_customers"))
        .containsEntry("helpdesk_customers_active{}", 0.0)
        .containsEntry("helpdesk_customers_monthly_revenue{}", 0.0);
  }

  @Test
  void churnIsOfTheCustomersAtTheStartOfThePeriod() {
    told.customer("2026-01-01T00:00:00Z", "stays", JOINED)
        .customer("2026-01-01T00:00:00Z", "goes", JOINED)
        .customer("2026-03-20T00:00:00Z", "goes", LOST)
        .customer("2026-03-10T00:00:00Z", "new", JOINED)
        .customer("2026-03-10T00:00:00Z", "comes and goes", JOINED)
        .customer("2026-03-20T00:00:00Z", "comes and goes", LOST)
        .customer("2026-02-20T00:00:00Z", "had gone", LOST)
        .customer("2026-03-20T00:00:00Z", "was always there", LOST);

    assertThat(told.shown("2026-03-31T00:00:00Z", "helpdesk_report_customers"))
        .containsEntry(AT_START, 3.0)
        .containsEntry(LOST_OF_THOSE, 2.0)
        .containsEntry("helpdesk_report_customers_churned{window=30d}", 3.0)
        .containsEntry("helpdesk_report_customers_joined{window=30d}", 2.0);
  }

  @Test
  void churnIsAnIndicatorOfEachRollingWindow() {
    told.customer("2026-01-01T00:00:00Z", "stays", JOINED)
        .customer("2026-01-01T00:00:00Z", "goes", JOINED)
        .customer("2026-03-20T00:00:00Z", "goes", LOST);

    assertThat(churn("30d", 2)).hasValue(0.5);
    assertThat(churn("7d", 1)).hasValue(0);
    assertThat(churn("30d", 3)).as("too few customers").isEmpty();
    assertThat(churn("this_month", 1)).isEmpty();
  }

  private OptionalDouble churn(String window, int minSamples) {
    Indicators indicators = Catalogue.of(Definitions.DEFAULT).indicators();
    return indicators.value(
        indicators.named("churn").orElseThrow(),
        told.asOf("2026-03-31T00:00:00Z"),
        Indicators.Scope.whole(window),
        minSamples);
  }

  @Test
  void nobodyLostOfSomeIsZero() {
    told.customer("2026-01-01T00:00:00Z", "a", JOINED);

    assertThat(told.shown("2026-03-31T00:00:00Z", "helpdesk_report_customers"))
        .containsEntry(AT_START, 1.0)
        .containsEntry(LOST_OF_THOSE, 0.0)
        .doesNotContainKey("helpdesk_report_customers_at_start{window=90d}");
  }

  @Test
  void whoComesBackWasLostAndHasJoined() {
    told.customer("2026-01-01T00:00:00Z", "a", JOINED)
        .customer("2026-03-10T00:00:00Z", "a", LOST)
        .customer("2026-03-12T00:00:00Z", "a", JOINED);

    assertThat(
            told.shown("2026-03-31T00:00:00Z", "helpdesk_customers", "helpdesk_report_customers"))
        .containsEntry("helpdesk_customers_active{}", 1.0)
        .containsEntry("helpdesk_customers_joined_total{}", 2.0)
        .containsEntry(AT_START, 1.0)
        .containsEntry(LOST_OF_THOSE, 1.0);
  }

  @Test
  void whoJoinsOrIsLostAtTheVeryStartDoesSoInThePeriod() {
    told.customer("2026-03-01T00:00:00.001Z", "joins", JOINED)
        .customer("2026-03-01T00:00:00Z", "had joined", JOINED)
        .customer("2026-03-01T00:00:00.001Z", "goes", LOST)
        .customer("2026-03-01T00:00:00Z", "had gone", LOST);

    assertThat(told.shown("2026-03-31T00:00:00Z", "helpdesk_report_customers"))
        .containsEntry(AT_START, 2.0)
        .containsEntry(LOST_OF_THOSE, 1.0)
        .containsEntry("helpdesk_report_customers_joined{window=30d}", 1.0)
        .containsEntry("helpdesk_report_customers_churned{window=30d}", 1.0);
  }

  @Test
  void revenueIsWhatWasPaidLast() {
    told.customer("2026-01-01T00:00:00Z", "a", JOINED, "19.99")
        .customer("2026-02-01T00:00:00Z", "a", CHANGED, "25")
        .customer("2026-01-01T00:00:00Z", "b", JOINED, "100.005")
        .customer("2026-03-20T00:00:00Z", "b", LOST)
        .customer("2026-01-01T00:00:00Z", "nobody knows", JOINED);

    assertThat(
            told.shown("2026-03-31T00:00:00Z", "helpdesk_customers", "helpdesk_report_customers"))
        .containsEntry("helpdesk_customers_monthly_revenue{}", 25.0)
        .containsEntry("helpdesk_customers_churned_revenue_total{}", 100.005)
        .containsEntry("helpdesk_report_customers_churned_revenue{window=30d}", 100.005)
        .containsEntry("helpdesk_report_customers_churned_revenue{window=7d}", 0.0);
  }

  @Test
  void whatHasNotHappenedYetDoesNotCount() {
    told.customer("2026-01-01T00:00:00Z", "a", JOINED, "20")
        .customer("2026-04-20T00:00:00Z", "a", LOST);

    assertThat(told.shown("2026-03-31T00:00:00Z", "helpdesk_customers"))
        .containsEntry("helpdesk_customers_active{}", 1.0)
        .doesNotContainKey("helpdesk_customers_churned_total{}");
  }
}
