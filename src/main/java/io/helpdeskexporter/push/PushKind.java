package io.helpdeskexporter.push;

import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceKind;
import io.helpdeskexporter.source.Stream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The kind {@code push}: a source that is only pushed to, and has nothing to be read. */
public final class PushKind implements SourceKind<PushSettings> {
  private static final Stream NOTHING = new Stream("pushed");

  @Override
  public String name() {
    return "push";
  }

  @Override
  public Class<PushSettings> settings() {
    return PushSettings.class;
  }

  /** Whoever pushes has no words of his own. */
  @Override
  public Vocabulary vocabulary(PushSettings settings) {
    return Vocabulary.CANONICAL;
  }

  @Override
  public Set<ReportedField> reports(PushSettings settings) {
    return Set.of();
  }

  @Override
  public Set<SlaMetric> promises(PushSettings settings) {
    return Set.of();
  }

  @Override
  public boolean tellsMessages(PushSettings settings) {
    return settings.messages();
  }

  @Override
  public Source open(String sourceName, PushSettings settings, Clock clock) {
    return new Source() {
      @Override
      public List<Stream> streams() {
        return List.of(NOTHING);
      }

      /** What was pushed is stored already. */
      @Override
      public Page fetch(Stream stream, Cursor cursor) {
        return Page.last(List.of(), cursor, clock.instant());
      }

      @Override
      public OptionalLong countTickets() {
        return OptionalLong.empty();
      }

      @Override
      public Inspection inspect() {
        return new Inspection(
            Map.of(),
            Optional.empty(),
            Inspection.Counted.ROWS,
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of("nothing is read; whatever is pushed is taken in"));
      }

      @Override
      public void close() {}
    };
  }
}
