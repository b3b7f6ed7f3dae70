package io.helpdeskexporter.facts;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.facts.SubjectFacts.Spell;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When somebody was a customer. Who joins again without having been lost just goes on; who is lost
 * or pays another amount without having joined was a customer before anything was told. After a
 * loss nothing but joining makes a customer again. Rule: KPI definitions, "Retention / churn".
 */
final class Custom {
  private final List<Spell> spells = new ArrayList<>();

  private Custom() {}

  /**
   * @param changes in the order of their times
   */
  static List<Spell> spells(List<Happening.Customer> changes) {
    Custom custom = new Custom();
    changes.forEach(custom::take);
    return custom.spells;
  }

  private void take(Happening.Customer change) {
    boolean isCustomer = !spells.isEmpty() && spells.getLast().lostAt().isEmpty();
    switch (change.change()) {
      case JOINED -> {
        if (isCustomer) {
          pays(change.monthly());
        } else {
          begin(Optional.of(change.at()), change.monthly());
        }
      }
      case CHANGED -> {
        if (isCustomer) {
          pays(change.monthly());
        } else if (spells.isEmpty()) {
          begin(Optional.empty(), change.monthly());
        }
      }
      case LOST -> {
        if (spells.isEmpty()) {
          begin(Optional.empty(), Optional.empty());
        }
        if (spells.getLast().lostAt().isEmpty()) {
          end(change);
        }
      }
    }
  }

  private void begin(Optional<Instant> joinedAt, Optional<BigDecimal> monthly) {
    spells.add(new Spell(joinedAt, Optional.empty(), monthly));
  }

  private void pays(Optional<BigDecimal> monthly) {
    Spell spell = spells.removeLast();
    spells.add(new Spell(spell.joinedAt(), Optional.empty(), monthly.or(spell::monthly)));
  }

  /** What comes with a loss is what was paid until then, and is told elsewhere as a rule. */
  private void end(Happening.Customer loss) {
    Spell spell = spells.removeLast();
    spells.add(
        new Spell(spell.joinedAt(), Optional.of(loss.at()), spell.monthly().or(loss::monthly)));
  }
}
