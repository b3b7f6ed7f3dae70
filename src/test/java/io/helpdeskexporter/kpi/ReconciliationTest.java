package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.facts.Story.at;
import static io.helpdeskexporter.facts.Story.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Figure;
import io.helpdeskexporter.domain.Measured;
import io.helpdeskexporter.domain.Measured.Grain;
import io.helpdeskexporter.domain.Measured.Hours;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Story;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
  private static final String ALL =
      "helpdesk_report_reconciled_tickets{figure=first_response, window=7d}";
  private static final String AGREED =
      "helpdesk_report_reconciled_tickets_agreed{figure=first_response, window=7d}";

  private final List<Family> families = new Reconciliation().families();
  private final Engine engine =
      new Engine(
          "desk",
          families,
          Reporting.in(ZoneOffset.UTC),
          new LabelBudget(Map.of()),
          at("Sun 12:00"));

  private static Story told(Story story, String firstResponse) {
    return story.with(
        it ->
            it.reported(
                Reported.NOTHING.with(
                    List.of(
                        new Measured(
                            Figure.FIRST_RESPONSE,
                            Hours.CALENDAR,
                            Duration.parse(firstResponse),
                            Grain.MINUTE)))));
  }

  private static Story solved() {
    return created("Mon 09:00").reply("Mon 09:20").solved("Mon 10:00");
  }

  private static List<Observation> seen(Story story) {
    return Traced.of(story, Definitions.DEFAULT, "Sun 12:00").observations().stream()
        .filter(it -> it.measure().name().equals("reconciled"))
        .toList();
  }

  private void apply(String ticket, List<Observation> before, List<Observation> now) {
    List<Observation> fresh = new ArrayList<>(before.isEmpty() ? now : List.of());
    engine.apply(new TicketDelta(ticket, before, now, fresh, List.of()));
  }

  @Test
  void ticketsAreToldApartByWhetherBothNumbersAgree() {
    apply("1", List.of(), seen(told(solved(), "PT20M")));
    apply("2", List.of(), seen(told(solved(), "PT21M")));
    apply("3", List.of(), seen(told(solved(), "PT50M")));

    assertThat(Series.of(engine, families)).containsEntry(ALL, 3.0).containsEntry(AGREED, 2.0);
  }

  @Test
  void aTicketOfWhichTheHelpdeskStoresAnotherNumberNowChangesSides() {
    List<Observation> before = seen(told(solved(), "PT50M"));
    apply("1", List.of(), before);
    assertThat(Series.of(engine, families)).containsEntry(ALL, 1.0).containsEntry(AGREED, 0.0);

    apply("1", before, seen(told(solved(), "PT20M")));

    assertThat(Series.of(engine, families)).containsEntry(ALL, 1.0).containsEntry(AGREED, 1.0);
  }

  @Test
  void aTicketThatWasMergedAwayStaysInTheWindows() {
    List<Observation> seen =
        seen(told(created("Mon 09:00").merged("Mon 09:30").reply("Mon 09:40"), "PT40M"));

    assertThat(seen)
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.detail()).isEqualTo("first_response");
              assertThat(it.value()).isZero();
              assertThat(it.windowed()).isTrue();
            });
  }

  @Test
  void aTicketOfWhichTheHelpdeskStoresNothingShowsNothing() {
    assertThat(seen(solved())).isEmpty();
    assertThat(Series.of(engine, families)).isEmpty();
  }
}
