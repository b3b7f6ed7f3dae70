package io.helpdeskexporter.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Biography;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Policies;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Catalogue CATALOGUE = Catalogue.of(Definitions.DEFAULT);
  private static final Policies POLICIES =
      new Policies(
          Vocabulary.CANONICAL,
          Set.of(),
          false,
          Definitions.DEFAULT,
          BusinessClock.alwaysOpen(),
          SlaPolicies.NONE);

  @Test
  void whatHasNotBeenFedIsToldApartFromWhatCannotBe() {
    AsOf nothing = asOf();

    assertThat(CATALOGUE.notYet(POLICIES, nothing.evaluate()))
        .doesNotContainKeys(
            "Ticket volume and channel mix",
            "First contact resolution (FCR)",
            "Goals",
            "Benchmarks",
            "Unmapped values")
        .hasEntrySatisfying(
            "Incidents",
            why ->
                assertThat(why)
                    .startsWith(
                        "nothing of the kind has come yet. It is fed by the stream incident."
                            + " Absent: Until "));
    assertThat(CATALOGUE.notYet(POLICIES, nothing.evaluate()).values())
        .noneMatch(why -> why.contains("`"));
    assertThat(CATALOGUE.unmeasured(POLICIES)).containsKey("First contact resolution (FCR)");
  }

  @Test
  void whatHasBeenFedIsNotListed() {
    AsOf fed = asOf();
    Happening outage =
        new Happening.Incident(Stamp.of("o1", NOON.minusSeconds(60)), "major", Optional.empty());
    fed.add(new Biography(outage.subject(), List.of(outage), List.of()));

    assertThat(CATALOGUE.notYet(POLICIES, fed.evaluate())).doesNotContainKey("Incidents");
  }

  private static AsOf asOf() {
    Engine engine =
        new Engine(
            "acme",
            CATALOGUE.families(POLICIES),
            Reporting.in(ZoneOffset.UTC),
            new LabelBudget(Map.of()),
            NOON);
    return new AsOf(engine, CATALOGUE.derivation(POLICIES), NOON);
  }
}
