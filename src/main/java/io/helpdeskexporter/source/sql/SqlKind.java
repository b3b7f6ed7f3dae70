package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceKind;
import java.time.Clock;
import java.util.Set;

/** Any helpdesk whose PostgreSQL, MariaDB or MySQL database may be read: {@code kind: sql}. */
public final class SqlKind implements SourceKind<SqlSettings> {
  @Override
  public String name() {
    return "sql";
  }

  @Override
  public Class<SqlSettings> settings() {
    return SqlSettings.class;
  }

  @Override
  public Vocabulary vocabulary(SqlSettings settings) {
    return settings.bound().preset().vocabulary();
  }

  @Override
  public Set<ReportedField> reports(SqlSettings settings) {
    return settings.bound().preset().reports();
  }

  /**
   * Which of its columns are ever filled is not known before reading; hardly any desk has others.
   */
  @Override
  public Set<SlaMetric> promises(SqlSettings settings) {
    return Set.of(SlaMetric.FIRST_RESPONSE, SlaMetric.NEXT_RESPONSE, SlaMetric.RESOLUTION);
  }

  @Override
  public boolean tellsMessages(SqlSettings settings) {
    return settings.bound().tellsMessages();
  }

  /**
   * @param clock not used: whether a stream is complete is told by the database's own clock
   */
  @Override
  public Source open(String sourceName, SqlSettings settings, Clock clock) {
    return new SqlSource(settings);
  }
}
