package io.helpdeskexporter.source.file;

import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceKind;
import java.time.Clock;
import java.util.Set;

/** The kind {@code file}: exports and logs, finished or growing. */
public final class FileKind implements SourceKind<FileSettings> {
  /** Some megabytes of changes: large enough to amortise a transaction, small enough to repeat. */
  private static final int ROWS_PER_PAGE = 5_000;

  @Override
  public String name() {
    return "file";
  }

  @Override
  public Class<FileSettings> settings() {
    return FileSettings.class;
  }

  /** A file has no words of its own: only the canonical ones mean anything. */
  @Override
  public Vocabulary vocabulary(FileSettings settings) {
    return Vocabulary.CANONICAL;
  }

  @Override
  public Set<ReportedField> reports(FileSettings settings) {
    return settings
        .tickets()
        .map(tickets -> tickets.columns().reported().fields())
        .orElse(Set.of());
  }

  /** There is a column for the verdict on one. */
  @Override
  public Set<SlaMetric> promises(FileSettings settings) {
    return Set.of(SlaMetric.RESOLUTION);
  }

  /** A file of events tells them, if it says who wrote. */
  @Override
  public boolean tellsMessages(FileSettings settings) {
    return settings.events().stream().anyMatch(file -> file.columns().actor().isPresent());
  }

  @Override
  public Source open(String sourceName, FileSettings settings, Clock clock) {
    return new FileSource(sourceName, settings, clock, ROWS_PER_PAGE);
  }
}
