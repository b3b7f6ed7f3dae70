package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.config.Default;
import io.helpdeskexporter.config.Doc;
import io.helpdeskexporter.config.Secret;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A database to read, and how.
 *
 * @param preset what its tables mean: the name of a built-in preset, or the path of a folder
 * @param url as JDBC writes it, without a password
 * @param options those of the preset; what each may be stands in its {@code preset.yaml}
 * @param pageSize how many rows are read at a time
 * @param statementTimeout how long one statement may take
 * @param overlap how late a change may become visible after the time it carries, where changes are
 *     found by their time
 * @param stuckAfter for how long transactions that do not end are waited for, before reading goes
 *     on without them and looks for what they leave out
 * @param gapMemory for how long missing ids are looked for again
 */
public record SqlSettings(
    @Doc(
            "What the tables mean: the name of a built-in preset, or the path of a folder of one's"
                + " own.")
        String preset,
    @Doc(
            "The database, such as jdbc:postgresql://HOST/DATABASE or jdbc:mariadb://HOST/DATABASE;"
                + " without a password.")
        String url,
    @Doc("The database user; the right to read is enough.") Optional<String> user,
    @Doc("Its password.") Optional<Secret> password,
    @Doc("Options of the preset; see its page.") @Default("{}") Map<String, Object> options,
    @Doc("How many rows are read at a time.") @Default("10000") int pageSize,
    @Doc("How long one statement may take.") @Default("60s") Duration statementTimeout,
    @Doc(
            "How late a change may become visible after the time it carries, where changes are"
                + " found by their time.")
        @Default("5m")
        Duration overlap,
    @Doc(
            "For how long transactions that do not end are waited for, before reading goes on"
                + " without them and looks for what they leave out.")
        @Default("15m")
        Duration stuckAfter,
    @Doc("For how long missing ids are looked for again.") @Default("6h") Duration gapMemory) {
  public static final int PAGE_SIZE = 10_000;
  public static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(60);
  public static final Duration OVERLAP = Duration.ofMinutes(5);
  public static final Duration STUCK_AFTER = Duration.ofMinutes(15);
  public static final Duration GAP_MEMORY = Duration.ofHours(6);

  public SqlSettings {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    if (pageSize < 1 || pageSize > 100_000) {
      throw new IllegalArgumentException(
          "page_size: found %d; allowed: 1 to 100000".formatted(pageSize));
    }
    requirePositive("statement_timeout", statementTimeout);
    requirePositive("overlap", overlap);
    requirePositive("stuck_after", stuckAfter);
    requirePositive("gap_memory", gapMemory);
    if (url.toLowerCase(Locale.ROOT).matches(".*([?&]password=|://[^/@]*:[^/@]*@).*")) {
      throw new IllegalArgumentException(
          "url: found a password in it; allowed: a URL without one, and the key password");
    }
    BoundPreset.of(preset, url, options);
  }

  /** Everything that has a default left at it. */
  public static SqlSettings of(
      String preset,
      String url,
      Optional<String> user,
      Optional<Secret> password,
      Map<String, Object> options) {
    return new SqlSettings(
        preset,
        url,
        user,
        password,
        options,
        PAGE_SIZE,
        STATEMENT_TIMEOUT,
        OVERLAP,
        STUCK_AFTER,
        GAP_MEMORY);
  }

  public SqlSettings withPageSize(int rows) {
    return new SqlSettings(
        preset,
        url,
        user,
        password,
        options,
        rows,
        statementTimeout,
        overlap,
        stuckAfter,
        gapMemory);
  }

  private static void requirePositive(String key, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(
          "%s: found %s; allowed: more than nothing".formatted(key, duration));
    }
  }

  BoundPreset bound() {
    return BoundPreset.of(preset, url, options);
  }

  /** Without the password, and without whatever else the URL may carry. */
  @Override
  public String toString() {
    return "SqlSettings[preset=" + preset + ", database=" + place() + "]";
  }

  /** Host and database, for messages. */
  String place() {
    String server = url.replaceFirst("(?i)^jdbc:[a-z]+:(//)?", "").replaceFirst("[?;].*", "");
    return server.substring(server.lastIndexOf('@') + 1)
        + user.map(name -> " as " + name).orElse("");
  }
}
