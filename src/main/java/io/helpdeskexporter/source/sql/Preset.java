package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.StatusMeaning;
import io.helpdeskexporter.domain.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a folder with a {@code preset.yaml} and SQL files says of a system.
 *
 * @param databases names of the {@link Dialect}s that it has SQL for
 * @param zone of times that do not say theirs: an IANA zone, or {@code $option}
 * @param epochTimes whether times are numbers
 * @param epochInMillis whether those count milliseconds
 * @param serverZone whether the session keeps the server's own time zone
 * @param requires tables and columns without which nothing can be read; names may hold <code>
 *     ${option}</code>
 * @param notes what an operator should know
 */
record Preset(
    String name,
    String description,
    List<String> databases,
    String zone,
    boolean epochTimes,
    boolean epochInMillis,
    boolean serverZone,
    Map<String, OptionSpec> options,
    List<StreamSpec> streams,
    Map<String, List<String>> requires,
    Map<String, StatusMeaning> statuses,
    Map<String, Priority> priorities,
    Map<String, Channel> channels,
    Set<ReportedField> reports,
    List<String> notes,
    PresetFolder folder) {

  Preset {
    databases = List.copyOf(databases);
    streams = List.copyOf(streams);
    reports = Set.copyOf(reports);
    notes = List.copyOf(notes);
    if (streams.isEmpty()) {
      throw new IllegalArgumentException(folder.place("preset.yaml") + ": streams are missing");
    }
  }

  Vocabulary vocabulary() {
    return new Vocabulary(statuses, priorities, channels, Map.of());
  }

  Optional<StreamSpec> stream(String wanted) {
    return streams.stream().filter(stream -> stream.name().equals(wanted)).findFirst();
  }
}
