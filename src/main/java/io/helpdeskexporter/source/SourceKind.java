package io.helpdeskexporter.source;

import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Vocabulary;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of system that can be configured as a source, such as {@code sql}.
 *
 * @param <S> its settings: a record that the configuration binds the source's own keys to
 */
public interface SourceKind<S extends Record> {
  /** The value of {@code kind} in the configuration. */
  String name();

  Class<S> settings();

  /** What the system's own words mean unless the configuration says otherwise. */
  Vocabulary vocabulary(S settings);

  /** What the system computes itself and is to be believed on. */
  Set<ReportedField> reports(S settings);

  /**
   * The promises that it judges itself, so that alerts see them at 0 before the first is broken.
   * Asked only where it is believed on SLAs.
   */
  Set<SlaMetric> promises(S settings);

  /**
   * Whether it tells who wrote what. Where it does not, replies are unmeasured; otherwise a ticket
   * without any is one that nobody has answered.
   */
  boolean tellsMessages(S settings);

  /** What reading costs in requests; empty where nobody limits them. */
  default Optional<Effort> effort(S settings) {
    return Optional.empty();
  }

  /**
   * How long after a change the system tells it to whoever asks: after a webhook, asking earlier is
   * of no use.
   */
  default Duration settling() {
    return Duration.ofSeconds(1);
  }

  /**
   * Opens it; connects lazily, so that a server that is down is an error of the first fetch and not
   * of the start.
   */
  Source open(String sourceName, S settings, Clock clock);
}
