package io.helpdeskexporter.source.sql;

import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A preset with the options of one source, for one kind of database: all its statements are there
 * and use no parameter that nothing gives.
 */
final class BoundPreset {
  /** Statements about the whole source; each may be left out. */
  static final List<String> PROBES =
      List.of("count", "version", "newest", "statuses", "priorities", "channels", "teams");

  /** The option that says whether messages are told. */
  private static final String MESSAGES = "messages";

  private static final String HAPPENINGS = "happenings.sql";
  private static final Pattern IDENTIFIER = Pattern.compile("\\$\\{([a-z0-9_]+)}");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Preset preset;
  private final Dialect dialect;
  private final Map<String, Object> options = new LinkedHashMap<>();
  private final Map<String, Optional<Object>> parameters = new HashMap<>();
  private final Map<String, NamedSql> statements = new HashMap<>();
  private final Times times;

  private BoundPreset(Preset preset, Dialect dialect, Map<String, Object> given) {
    this.preset = preset;
    this.dialect = dialect;
    bind(given);
    this.times = new Times(zone(), preset.epochInMillis());
    read();
  }

  /**
   * @throws IllegalArgumentException saying what was found and what is allowed
   */
  static BoundPreset of(String presetName, String url, Map<String, Object> options) {
    Preset preset = PresetReader.read(presetName);
    Dialect dialect =
        Dialect.of(url)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "url: found something else; allowed: jdbc:postgresql://HOST/DATABASE,"
                            + " jdbc:mariadb://HOST/DATABASE or jdbc:mysql://HOST/DATABASE"));
    if (!preset.databases().contains(dialect.name())) {
      throw new IllegalArgumentException(
          "url: found a %s database; allowed with preset %s: %s"
              .formatted(dialect.name(), presetName, String.join(", ", preset.databases())));
    }
    return new BoundPreset(preset, dialect, options);
  }

  private void bind(Map<String, Object> given) {
    Map<String, OptionSpec> specs = preset.options();
    for (String name : given.keySet()) {
      if (!specs.containsKey(name)) {
        throw new IllegalArgumentException(
            "options.%s: preset %s has no such option; allowed: %s%s"
                .formatted(
                    name,
                    preset.name(),
                    specs.isEmpty() ? "none" : String.join(", ", specs.keySet()),
                    Words.suggestion(name, specs.keySet())));
      }
    }
    for (OptionSpec spec : specs.values()) {
      Optional<Object> value =
          Optional.ofNullable(given.get(spec.name())).map(spec::value).or(spec::fallback);
      if (value.isEmpty() && spec.required()) {
        throw new IllegalArgumentException(
            "options.%s: found nothing; allowed: %s (%s)"
                .formatted(spec.name(), spec.type().allowed(), spec.about()));
      }
      value.ifPresent(present -> options.put(spec.name(), present));
      parameters.put(spec.name(), value.map(BoundPreset::parameter));
    }
  }

  /** The value of an option as a statement is given it. */
  private static Object parameter(Object value) {
    return switch (value) {
      case Map<?, ?> map -> JSON.writeValueAsString(map);
      case Duration duration -> duration.toSeconds();
      case ZoneId zone -> zone.getId();
      default -> value;
    };
  }

  private ZoneId zone() {
    if (!preset.zone().startsWith("$")) {
      return ZoneId.of(preset.zone());
    }
    return options.get(preset.zone().substring(1)) instanceof ZoneId zone ? zone : ZoneId.of("UTC");
  }

  private void read() {
    Set<String> allowed = new TreeSet<>(preset.options().keySet());
    for (StreamSpec stream : streams()) {
      require(stream.name(), stream.reading().parameters(), allowed);
      if (stream.reading() == StreamSpec.Reading.APPENDED) {
        require(stream.name() + "-ids", Set.of("after", "through", "limit"), allowed);
        require(stream.name() + "-newest", Set.of(), allowed);
      }
      load(stream.name() + "-count", Set.of(), allowed);
      stream
          .everyOption()
          .filter(option -> !(options.get(option) instanceof Duration))
          .ifPresent(
              option -> {
                throw new IllegalArgumentException(
                    "%s: streams.%s.every: found %s; allowed: an option that is a duration"
                        .formatted(preset.folder().place("preset.yaml"), stream.name(), option));
              });
    }
    PROBES.forEach(probe -> load(probe, Set.of(), allowed));
    preset.requires().values().stream()
        .flatMap(List::stream)
        .filter(column -> column.startsWith("$") && !allowed.contains(column.substring(1)))
        .findFirst()
        .ifPresent(
            column -> {
              throw new IllegalArgumentException(
                  "%s: requires: found %s; allowed: a column, or an option that names columns%s"
                      .formatted(
                          preset.folder().place("preset.yaml"),
                          column,
                          Words.suggestion(column.substring(1), allowed)));
            });
  }

  private void require(String name, Set<String> parametersToUse, Set<String> optionsToUse) {
    NamedSql statement =
        load(name, parametersToUse, optionsToUse)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        preset.folder().place(name + ".sql") + " is missing"));
    for (String parameter : new TreeSet<>(parametersToUse)) {
      if (!statement.names().contains(parameter)) {
        throw new IllegalArgumentException(
            "%s: :%s is not used; without it rows would be read twice or never"
                .formatted(statement.place(), parameter));
      }
    }
  }

  private Optional<NamedSql> load(String name, Set<String> engine, Set<String> optionsToUse) {
    Optional<NamedSql> statement = file(name);
    if (statement.isPresent()) {
      Set<String> known = new TreeSet<>(engine);
      known.addAll(optionsToUse);
      for (String parameter : statement.get().names()) {
        if (!known.contains(parameter)) {
          throw new IllegalArgumentException(
              "%s: found the parameter :%s; allowed: %s%s"
                  .formatted(
                      statement.get().place(),
                      parameter,
                      String.join(", ", known),
                      Words.suggestion(parameter, known)));
        }
      }
      statements.put(name, statement.get());
    }
    return statement;
  }

  /** The file for this kind of database, or else the one for all. */
  private Optional<NamedSql> file(String name) {
    String own = name + "." + dialect.name() + ".sql";
    return preset
        .folder()
        .file(own)
        .map(sql -> parse(own, sql))
        .or(() -> preset.folder().file(name + ".sql").map(sql -> parse(name + ".sql", sql)))
        .or(() -> shared(name));
  }

  /** Tables of happenings differ in their columns only: one statement may do for all of them. */
  private Optional<NamedSql> shared(String name) {
    return preset.stream(name)
        .filter(stream -> stream.gives() == StreamSpec.Gives.HAPPENINGS)
        .flatMap(StreamSpec::ifTable)
        .flatMap(
            table ->
                preset
                    .folder()
                    .file(HAPPENINGS)
                    .map(sql -> parse(HAPPENINGS, sql.replace("${table}", table))));
  }

  private NamedSql parse(String file, String sql) {
    return NamedSql.parse(preset.folder().place(file), withIdentifiers(file, sql));
  }

  private String withIdentifiers(String file, String text) {
    Matcher matcher = IDENTIFIER.matcher(text);
    return matcher.replaceAll(
        found -> {
          String name = found.group(1);
          boolean isIdentifier =
              Optional.ofNullable(preset.options().get(name))
                  .filter(spec -> spec.type() == OptionSpec.Type.IDENTIFIER)
                  .isPresent();
          if (!isIdentifier) {
            throw new IllegalArgumentException(
                "%s: found ${%s}; allowed: an option of type identifier"
                    .formatted(preset.folder().place(file), name));
          }
          return Matcher.quoteReplacement(String.valueOf(options.getOrDefault(name, "")));
        });
  }

  /**
   * Whether the source tells who wrote what: as the option of that name says, where there is one.
   */
  boolean tellsMessages() {
    return !Boolean.FALSE.equals(options.get(MESSAGES));
  }

  /**
   * Whether a table that a stream needs may be missing only if the configuration says so. Without
   * an option that says it, some versions of the helpdesk have the table and others do not.
   */
  boolean asksWhatIsMissing() {
    return options.containsKey(MESSAGES);
  }

  /** The streams that there are with these options. */
  List<StreamSpec> streams() {
    return preset.streams().stream()
        .filter(
            stream ->
                stream.gives() != StreamSpec.Gives.HAPPENINGS
                    || stream.ifTable().filter(table -> table(table).isEmpty()).isEmpty())
        .toList();
  }

  Preset preset() {
    return preset;
  }

  Dialect dialect() {
    return dialect;
  }

  Times times() {
    return times;
  }

  NamedSql statement(String name) {
    return optional(name).orElseThrow(() -> new IllegalStateException("no statement " + name));
  }

  Optional<NamedSql> optional(String name) {
    return Optional.ofNullable(statements.get(name));
  }

  /** The values of the options, as parameters. */
  Map<String, Optional<Object>> parameters() {
    return Map.copyOf(parameters);
  }

  /** A table's name with the options' names put in. */
  String table(String template) {
    return withIdentifiers("preset.yaml", template);
  }

  /** The columns that a table needs: {@code $name} stands for those that an option names. */
  List<String> columns(List<String> needed) {
    return needed.stream()
        .flatMap(column -> column.startsWith("$") ? named(column.substring(1)) : Stream.of(column))
        .toList();
  }

  private Stream<String> named(String option) {
    return switch (options.get(option)) {
      case null -> Stream.empty();
      case List<?> names -> names.stream().map(Object::toString);
      case Object name -> Stream.of(name.toString());
    };
  }

  /** How often a stream is read; empty for always. */
  Optional<Duration> every(StreamSpec stream) {
    return stream.everyOption().map(options::get).map(Duration.class::cast);
  }
}
