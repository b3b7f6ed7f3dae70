package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.SourceConfig;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.Effort;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceKind;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A source of the configuration together with its kind, whose settings fit it. */
record ConfiguredSource<S extends Record>(SourceConfig config, SourceKind<S> kind, S settings) {
  static ConfiguredSource<?> of(SourceConfig config) {
    SourceKind<?> kind =
        Kinds.named(config.kind())
            .orElseThrow(
                () -> new IllegalArgumentException("kind " + config.kind() + " is not known"));
    return of(config, kind);
  }

  private static <S extends Record> ConfiguredSource<S> of(
      SourceConfig config, SourceKind<S> kind) {
    return new ConfiguredSource<>(config, kind, kind.settings().cast(config.settings()));
  }

  String name() {
    return config.name();
  }

  /** The kind's words, and the operator's on top. */
  Vocabulary vocabulary() {
    return config.vocabulary(kind.vocabulary(settings));
  }

  Set<ReportedField> reported() {
    return config.reports().orElseGet(() -> kind.reports(settings));
  }

  /** The promises that the system judges itself. */
  Set<SlaMetric> promises() {
    return reported().contains(ReportedField.SLA) ? kind.promises(settings) : Set.of();
  }

  boolean tellsMessages() {
    return kind.tellsMessages(settings);
  }

  Optional<Effort> effort() {
    return kind.effort(settings);
  }

  Duration pollEvery() {
    return config.pollEvery();
  }

  /** How long after a webhook what is new can be read. */
  Duration settling() {
    return kind.settling();
  }

  Source open(Clock clock) {
    return kind.open(config.name(), settings, clock);
  }
}
