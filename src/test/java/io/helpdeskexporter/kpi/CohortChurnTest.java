package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.domain.Happening.Customer.Change.JOINED;
import static io.helpdeskexporter.domain.Happening.Customer.Change.LOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.facts.Contact;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CohortChurnTest {
  private static final String NOW = "2026-03-31T00:00:00Z";

  @Test
  void theCohortIsThatOfTheStartOfThePeriod() {
    Chronicle told = new Chronicle();
    told.customer("2025-01-01T00:00:00Z", "stays", JOINED)
        .customer("2025-01-01T00:00:00Z", "goes", JOINED)
        .customer("2026-03-20T00:00:00Z", "goes", LOST)
        .with(rated("2026-03-10T00:00:00Z", false));

    assertThat(shown(told))
        .as("the answer came before the 7 days and after the start of the 30")
        .containsEntry("helpdesk_report_cohort_customers{cohort=negative, window=7d}", 1.0)
        .containsEntry("helpdesk_report_cohort_churned_customers{cohort=negative, window=7d}", 0.0)
        .containsEntry("helpdesk_report_cohort_customers{cohort=no_contact, window=30d}", 2.0)
        .containsEntry(
            "helpdesk_report_cohort_churned_customers{cohort=no_contact, window=30d}", 1.0)
        .doesNotContainKey("helpdesk_report_cohort_customers{cohort=no_contact, window=7d}");
  }

  @Test
  void whoIsLostAfterTheCohortHasChangedIsLostOfTheFirst() {
    Chronicle told = new Chronicle();
    told.customer("2025-01-01T00:00:00Z", "goes", JOINED)
        .customer("2026-03-20T00:00:00Z", "goes", LOST)
        .with(rated("2025-12-20T00:00:00Z", false))
        .with(rated("2026-03-15T00:00:00Z", true));

    assertThat(shown(told))
        .containsEntry("helpdesk_report_cohort_customers{cohort=negative, window=30d}", 1.0)
        .containsEntry("helpdesk_report_cohort_churned_customers{cohort=negative, window=30d}", 1.0)
        .containsEntry("helpdesk_report_cohort_customers{cohort=negative, window=90d}", 1.0)
        .containsEntry("helpdesk_report_cohort_churned_customers{cohort=negative, window=90d}", 1.0)
        .hasSize(4);
  }

  @Test
  void aTicketThatWasMergedLaterWasThereUntilThen() {
    Chronicle told = new Chronicle();
    told.customer("2025-01-01T00:00:00Z", "stays", JOINED)
        .with(
            new Contact(
                "merged",
                Instant.parse("2026-02-01T00:00:00Z"),
                List.of(),
                Optional.empty(),
                false,
                Optional.of(Instant.parse("2026-03-20T00:00:00Z"))));

    assertThat(told.shown("2026-03-19T00:00:00Z", "helpdesk_report_cohort_customers"))
        .containsKey("helpdesk_report_cohort_customers{cohort=no_response, window=30d}");
    assertThat(told.shown("2026-03-21T00:00:00Z", "helpdesk_report_cohort_customers"))
        .containsKey("helpdesk_report_cohort_customers{cohort=no_contact, window=30d}");
  }

  @Test
  void withoutCustomersThereAreNoCohorts() {
    assertThat(shown(new Chronicle().with(rated("2026-03-10T00:00:00Z", false)))).isEmpty();
  }

  private static Map<String, Double> shown(Chronicle told) {
    return told.shown(NOW, "helpdesk_report_cohort_");
  }

  private static Contact rated(String at, boolean positive) {
    return new Contact(
        "of " + at,
        Instant.parse(at),
        List.of(),
        Optional.empty(),
        false,
        Optional.empty(),
        "none",
        Optional.of(new Contact.Rating(Instant.parse(at), positive)));
  }
}
