package io.helpdeskexporter.source.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.domain.StatusMeaning;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.facts.Deriver;
import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.facts.TicketFacts;
import io.helpdeskexporter.facts.Timeline;
import io.helpdeskexporter.fixtures.Database;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A database read to its end through a built-in preset, and what that comes to. */
record ReadPreset(SqlSettings settings, Drained drained) {

  static SqlSettings settings(String preset, Database database, Map<String, Object> options) {
    return SqlSettings.of(
        preset,
        database.jdbcUrl(),
        Optional.of(database.user()),
        Optional.of(Secret.of(database.password())),
        options);
  }

  /** Of which no row was rejected. */
  static ReadPreset of(String preset, Database database, Map<String, Object> options)
      throws Exception {
    SqlSettings settings = settings(preset, database, options);
    try (Source source = open(settings)) {
      Drained drained = new Drained().poll(source);
      assertThat(drained.rejected()).isEqualTo(List.of());
      return new ReadPreset(settings, drained);
    }
  }

  static Source open(SqlSettings settings) {
    return new SqlKind().open("acme", settings, Clock.systemUTC());
  }

  static Inspection inspected(String preset, Database database, Map<String, Object> options)
      throws SourceException, InterruptedException {
    try (Source source = open(settings(preset, database, options))) {
      return source.inspect();
    }
  }

  <T extends TicketEvent> List<T> events(String ticket, Class<T> type) {
    return drained.events(ticket, type);
  }

  /** By the exporter's own definitions, on a clock that never stops, without SLA policies. */
  TicketFacts facts(String ticket, Instant asOf) {
    return facts(ticket, asOf, Map.of());
  }

  TicketFacts facts(String ticket, Instant asOf, Map<String, ? extends StatusMeaning> statuses) {
    SqlKind kind = new SqlKind();
    Vocabulary vocabulary =
        kind.vocabulary(settings).overriddenBy(statuses, Map.of(), Map.of(), Map.of());
    return new Deriver(
            new Policies(
                vocabulary,
                kind.reports(settings),
                kind.tellsMessages(settings),
                Definitions.DEFAULT,
                BusinessClock.alwaysOpen(),
                SlaPolicies.NONE))
        .derive(new Timeline(drained.ticket(ticket), drained.events(ticket), List.of()), asOf);
  }

  /** A file beside the tests. */
  static String script(String name) {
    try (InputStream in = ReadPreset.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
