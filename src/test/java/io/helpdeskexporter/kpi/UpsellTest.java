package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.domain.Happening.Deal.Stage.ACCEPTED;
import static io.helpdeskexporter.domain.Happening.Deal.Stage.DECLINED;
import static io.helpdeskexporter.domain.Happening.Deal.Stage.OFFERED;
import static io.helpdeskexporter.domain.Happening.Deal.Stage.WON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.helpdeskexporter.domain.Happening.Deal;
import io.helpdeskexporter.facts.Contact;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Definitions.Influence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UpsellTest {
  private static final String NOW = "2026-03-31T00:00:00Z";
  private static final String INFLUENCED = "helpdesk_revenue_influenced_total{team=sales}";

  private final Chronicle told = new Chronicle();

  @Test
  void eachStepCountsOnce() {
    deal(told, "2026-03-29T00:00:00Z", OFFERED, "100");
    deal(told, "2026-03-29T00:00:00Z", OFFERED, "200");
    deal(told, "2026-03-30T00:00:00Z", ACCEPTED, "100");
    deal(told, "2026-03-30T00:00:00Z", DECLINED, "200");
    deal(told, "2026-03-30T12:00:00Z", WON, "100");

    assertThat(told.shown(NOW, "helpdesk_upsell", "helpdesk_revenue"))
        .as("no ticket led to the deal")
        .containsOnly(
            entry("helpdesk_upsell_offers_total{team=sales}", 2.0),
            entry("helpdesk_upsell_accepted_total{team=sales}", 1.0));
  }

  @Test
  void aDealIsInfluencedIfItIsWonWithinThirtyDaysOfATicket() {
    assertThat(influencedBy("2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z")).isTrue();
    assertThat(influencedBy("2026-03-01T00:00:00Z", "2026-03-31T00:00:00Z")).isTrue();
    assertThat(influencedBy("2026-02-28T23:59:59.999Z", "2026-03-31T00:00:00Z")).isFalse();
    assertThat(influencedBy("2026-03-01T00:00:00.001Z", "2026-03-01T00:00:00Z")).isFalse();
  }

  @Test
  void severalTicketsInfluenceADealOnce() {
    deal(told, "2026-03-30T00:00:00Z", WON, "199.99");
    told.with(ticket("2026-03-10T00:00:00Z", "login")).with(ticket("2026-03-20T00:00:00Z", "none"));

    assertThat(
            told.shown(NOW, "helpdesk_revenue", "helpdesk_report_revenue", "helpdesk_report_deals"))
        .containsEntry(INFLUENCED, 199.99)
        .containsEntry("helpdesk_report_revenue_influenced{window=7d}", 199.99)
        .containsEntry("helpdesk_report_deals_influenced_by_team{team=sales, window=7d}", 1.0);
  }

  @Test
  void whereTopicsAreNamedNoOtherTicketCounts() {
    Definitions choosy =
        Definitions.DEFAULT.but().influence(new Influence(Set.of("upgrade", "Pricing"))).build();
    Chronicle about = new Chronicle(choosy);
    deal(about, "2026-03-30T00:00:00Z", WON, "100");

    assertThat(about.with(ticket("2026-03-20T00:00:00Z", "login")).shown(NOW, INFLUENCED))
        .isEmpty();
    assertThat(about.with(ticket("2026-03-20T00:00:00Z", "pricing")).shown(NOW, INFLUENCED))
        .containsOnly(entry(INFLUENCED, 100.0));
  }

  @Test
  void aTicketThatIsSpamLedToNothing() {
    deal(told, "2026-03-30T00:00:00Z", WON, "100");
    told.with(
        new Contact(
            "spam",
            Instant.parse("2026-03-20T00:00:00Z"),
            List.of(),
            Optional.empty(),
            false,
            Optional.of(Instant.parse("2026-03-20T01:00:00Z"))));

    assertThat(told.shown(NOW, INFLUENCED)).isEmpty();
  }

  @Test
  void aDealOfUnknownWorthDoesNotCount() {
    deal(told, "2026-03-30T00:00:00Z", WON, "");
    told.with(ticket("2026-03-20T00:00:00Z", "login"));

    Map<String, Double> shown = told.shown(NOW, "helpdesk_revenue", "helpdesk_report_deals");
    assertThat(shown).isEmpty();
  }

  private static boolean influencedBy(String ticket, String won) {
    Chronicle told = new Chronicle().with(ticket(ticket, "login"));
    deal(told, won, WON, "100");
    return told.shown(NOW, INFLUENCED).containsKey(INFLUENCED);
  }

  private static void deal(Chronicle told, String at, Deal.Stage stage, String amount) {
    told.with(new Deal(told.stamp(at), "a", stage, Chronicle.amount(amount), Optional.of("sales")));
  }

  private static Contact ticket(String at, String topic) {
    return new Contact(
        "of " + at, Instant.parse(at), List.of(), Optional.of(topic), false, Optional.empty());
  }
}
