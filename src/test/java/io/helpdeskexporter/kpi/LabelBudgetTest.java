package io.helpdeskexporter.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelBudgetTest {
  @Test
  void whoComesFirstIsShownAndStaysSo() {
    LabelBudget budget = new LabelBudget(Map.of("team", 2));

    assertThat(budget.admit("team", "care")).isEqualTo("care");
    assertThat(budget.admit("team", "billing")).isEqualTo("billing");
    assertThat(budget.admit("team", "legal")).isEqualTo("other");
    assertThat(budget.admit("team", "care")).isEqualTo("care");
    assertThat(budget.admit("team", "legal")).isEqualTo("other");
  }

  @Test
  void asManyAsThereAreAreToldApartHoweverOftenAndAsWhateverObjectsTheyCome() {
    LabelBudget budget = new LabelBudget(Map.of("team", 300));

    for (int round = 0; round < 3; round++) {
      for (int team = 0; team < 300; team++) {
        assertThat(budget.admit("team", "team " + team)).isEqualTo("team " + team);
      }
      assertThat(budget.admit("team", "one more")).isEqualTo("other");
    }
    assertThat(budget.overflowing("team")).isOne();
  }

  @Test
  void unassignedAndOtherCostNothing() {
    LabelBudget budget = new LabelBudget(Map.of("team", 1));

    assertThat(budget.admit("team", "care")).isEqualTo("care");
    assertThat(budget.admit("team", "unassigned")).isEqualTo("unassigned");
    assertThat(budget.admit("team", "other")).isEqualTo("other");
    assertThat(budget.overflowing("team")).isZero();
  }

  @Test
  void differentValuesOverTheBudgetAreCounted() {
    LabelBudget budget = new LabelBudget(Map.of("team", 1, "reason", 1));
    for (String team : new String[] {"care", "legal", "ops", "legal"}) {
      budget.admit("team", team);
    }
    budget.admit("reason", "spam");

    assertThat(budget.overflowing()).isEqualTo(Map.of("team", 2, "reason", 0));
  }

  @Test
  void aLabelMustHaveSomeRoom() {
    assertThatThrownBy(() -> new LabelBudget(Map.of("team", 0)))
        .hasMessage("0 values of label team: 1 to 500");
  }
}
