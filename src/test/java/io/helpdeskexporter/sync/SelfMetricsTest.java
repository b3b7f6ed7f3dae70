package io.helpdeskexporter.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelfMetricsTest {
  private final Vitals vitals = new Vitals("desk", "sql", Optional.empty(), Duration.ofMinutes(1));

  @Test
  void howManyTicketsAreStoredIsNotSaidBeforeTheStoreWasAsked() {
    assertThat(names()).contains("helpdesk_up").doesNotContain("helpdesk_tickets_stored");

    vitals.stored(0, 0);
    assertThat(names()).as("none is a number").contains("helpdesk_tickets_stored");
  }

  private List<String> names() {
    return new SelfMetrics(Instant.EPOCH)
        .of(List.of(vitals.health())).stream()
            .map(family -> family.getMetadata().getName())
            .toList();
  }
}
