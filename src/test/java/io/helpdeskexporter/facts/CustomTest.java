package io.helpdeskexporter.facts;

import static io.helpdeskexporter.domain.Happening.Customer.Change.CHANGED;
import static io.helpdeskexporter.domain.Happening.Customer.Change.JOINED;
import static io.helpdeskexporter.domain.Happening.Customer.Change.LOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.facts.SubjectFacts.Spell;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CustomTest {
  private int told;

  @Test
  void aSpellLastsFromJoiningUntilTheLoss() {
    assertThat(spells(on(1, JOINED, "20"), on(9, LOST))).containsExactly(spell(at(1), at(9), "20"));
  }

  @Test
  void whoComesBackBeginsAnother() {
    assertThat(spells(on(1, JOINED, "20"), on(9, LOST), on(12, JOINED)))
        .containsExactly(spell(at(1), at(9), "20"), spell(at(12), never(), ""));
  }

  @Test
  void joiningAgainWithoutALossIsHarmless() {
    assertThat(spells(on(1, JOINED, "20"), on(5, JOINED), on(9, LOST)))
        .containsExactly(spell(at(1), at(9), "20"));
    assertThat(spells(on(1, JOINED, "20"), on(5, JOINED, "30")))
        .containsExactly(spell(at(1), never(), "30"));
  }

  @Test
  void whoIsLostOrChangesWithoutHavingJoinedHadBeenThere() {
    assertThat(spells(on(9, LOST))).containsExactly(spell(never(), at(9), ""));
    assertThat(spells(on(3, CHANGED, "20"), on(9, LOST)))
        .containsExactly(spell(never(), at(9), "20"));
  }

  @Test
  void aLossThatIsToldTwiceIsOne() {
    assertThat(spells(on(1, JOINED), on(9, LOST), on(12, LOST)))
        .containsExactly(spell(at(1), at(9), ""));
  }

  @Test
  void whatIsPaidAfterALossMakesNoCustomer() {
    assertThat(spells(on(1, JOINED), on(9, LOST), on(12, CHANGED, "20")))
        .containsExactly(spell(at(1), at(9), ""));
  }

  @Test
  void theLastAmountToldIsWhatIsPaid() {
    assertThat(spells(on(1, JOINED, "20"), on(5, CHANGED, "35.50"), on(6, CHANGED)))
        .containsExactly(spell(at(1), never(), "35.50"));
  }

  @Test
  void anAmountThatComesWithTheLossIsTakenIfNothingElseIsKnown() {
    assertThat(spells(on(1, JOINED, "20"), on(9, LOST, "0")))
        .containsExactly(spell(at(1), at(9), "20"));
    assertThat(spells(on(9, LOST, "15"))).containsExactly(spell(never(), at(9), "15"));
  }

  private static List<Spell> spells(Happening.Customer... changes) {
    return Custom.spells(List.of(changes));
  }

  private static Spell spell(Optional<Instant> joined, Optional<Instant> lost, String monthly) {
    return new Spell(joined, lost, amount(monthly));
  }

  private Happening.Customer on(int day, Happening.Customer.Change change) {
    return on(day, change, "");
  }

  private Happening.Customer on(int day, Happening.Customer.Change change, String monthly) {
    told++;
    return new Happening.Customer(
        Stamp.of("k" + told, at(day).orElseThrow()), "acme", change, amount(monthly));
  }

  private static Optional<BigDecimal> amount(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(text));
  }

  private static Optional<Instant> at(int day) {
    return Optional.of(Instant.parse("2026-03-%02dT12:00:00Z".formatted(day)));
  }

  private static Optional<Instant> never() {
    return Optional.empty();
  }
}
