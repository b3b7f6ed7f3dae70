package io.helpdeskexporter.kpi;

import static io.helpdeskexporter.facts.Story.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Happening.Automation;
import io.helpdeskexporter.domain.Stamp;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rule: KPI definitions, "Automated task success". */
class AutomationsTest {
  private static final String RUNS = "automation_runs";
  private static final String FAILURES = "automation_failures";

  @Test
  void aRunThatStandsIsASuccess() {
    Traced seen = Traced.of("Fri 09:00", run(false, Optional.empty()));

    assertThat(seen.dated(RUNS)).containsExactly(at("Mon 09:00"));
    assertThat(seen.details(RUNS)).containsExactly("refund");
    assertThat(seen.count(FAILURES)).isZero();
  }

  @Test
  void aRunThatSaysThatItFailedDidSoAtOnce() {
    Traced seen = Traced.of("Fri 09:00", run(true, Optional.of("Mon 10:00")));

    assertThat(seen.count(RUNS)).isEqualTo(1);
    assertThat(seen.dated(FAILURES)).containsExactly(at("Mon 09:00"));
    assertThat(seen.details(FAILURES)).containsExactly("refund");
  }

  @Test
  void whatIsUndoneWithinADayFailedWhenItWasUndone() {
    assertThat(Traced.of("Fri 09:00", run(false, Optional.of("Mon 10:00"))).dated(FAILURES))
        .containsExactly(at("Mon 10:00"));
    assertThat(Traced.of("Fri 09:00", run(false, Optional.of("Tue 09:00"))).dated(FAILURES))
        .containsExactly(at("Tue 09:00"));
  }

  @Test
  void whatIsUndoneLaterHadWorked() {
    assertThat(Traced.of("Fri 09:00", run(false, Optional.of("Tue 09:01"))).count(FAILURES))
        .isZero();
  }

  @Test
  void whatWillBeUndoneHasNotFailedYet() {
    Traced seen = Traced.of("Mon 09:59", run(false, Optional.of("Mon 10:00")));

    assertThat(seen.count(FAILURES)).isZero();
    assertThat(seen.changesAt()).contains(at("Mon 10:00"));
  }

  private static Automation run(boolean failed, Optional<String> undoneAt) {
    return new Automation(
        Stamp.of("r1", at("Mon 09:00")), "refund", failed, undoneAt.map(it -> at(it)));
  }
}
