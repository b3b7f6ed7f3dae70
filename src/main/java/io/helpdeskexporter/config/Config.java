package io.helpdeskexporter.config;

import static java.util.Objects.requireNonNull;

import io.helpdeskexporter.calendar.BusinessClock;
import io.helpdeskexporter.calendar.SlaPolicies;
import io.helpdeskexporter.facts.Definitions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything the exporter is told by its operator. Loaded by {@link ConfigLoader} only. */
public record Config(
    @Doc("Where the exporter listens.") Listen listen,
    @Doc("Where it keeps what it read.") Store store,
    @Doc("How periods and percentiles are reported.") Reporting reporting,
    @Doc("How many values a label may have; what is over goes to \"other\".") Labels labels,
    @Doc("What it writes to standard error.") Log log,
    @Doc("When the desk is open, by a name of your own; \"24x7\" is always there.")
        @Default("{}")
        @KeysMatching(value = NAME, allowed = NAME_IN_WORDS)
        Map<String, CalendarConfig> calendars,
    @Doc("Service level policies; of those that match a ticket, the first one holds.")
        @Default("[]")
        List<SlaConfig> sla,
    @Doc("Where vendors disagree about a KPI: which definition is in force.") KpiConfig kpi,
    @Doc(
            "Which part of the promises is to be kept. `helpdesk-exporter rules` makes alerts of"
                + " them; see [alerting](alerting.md).")
        @Default("[]")
        List<ObjectiveConfig> objectives,
    @Doc("What indicators are to come to by when: goals that are specific, measurable and timed.")
        @Default("[]")
        List<GoalConfig> goals,
    @Doc("What others reach, to compare with. None is there unless you name it, with its source.")
        @Default("[]")
        List<BenchmarkConfig> benchmarks,
    @Doc("What is written down of each day, week or month, and where it goes.") @Default("[]")
        List<ReportConfig> reports,
    @Doc(
            "Numbers about single agents, under pseudonyms, on /metrics/agents. Left out: there are"
                + " none.")
        Optional<AgentsConfig> agents,
    @Doc("A page for a screen on a wall, at /wallboard. Left out: there is none.")
        Optional<WallboardConfig> wallboard,
    @Doc("The systems to read; at least one.") List<SourceConfig> sources) {
  /** The calendar that is always open, and needs no definition. */
  public static final String ALWAYS_OPEN = "24x7";

  static final String NAME = "[a-z0-9][a-z0-9_-]*";
  static final String NAME_IN_WORDS =
      "a name of lower-case letters, digits, - and _, such as acme-support";

  public Config {
    calendars = Ordered.copyOf(calendars);
    sla = List.copyOf(sla);
    objectives = List.copyOf(objectives);
    goals = List.copyOf(goals);
    benchmarks = List.copyOf(benchmarks);
    reports = List.copyOf(reports);
    sources = List.copyOf(sources);
  }

  /** All calendars by name, {@value #ALWAYS_OPEN} among them. Costly: ask once, and share them. */
  public Map<String, BusinessClock> clocks() {
    Map<String, BusinessClock> clocks = new LinkedHashMap<>();
    clocks.put(ALWAYS_OPEN, BusinessClock.alwaysOpen());
    calendars.forEach((name, calendar) -> clocks.put(name, calendar.clock(name)));
    return Collections.unmodifiableMap(clocks);
  }

  /**
   * The service level policies in their order.
   *
   * @param clocks as {@link #clocks} gives them
   */
  public SlaPolicies slaPolicies(Map<String, BusinessClock> clocks) {
    return new SlaPolicies(
        sla.stream()
            .map(policy -> policy.policy(requireNonNull(clocks.get(policy.calendar()))))
            .toList());
  }

  /** What the facts of one of the sources are derived by. */
  public Definitions definitions(SourceConfig source) {
    return kpi.definitions(source.importCutoff().map(cutoff -> cutoff.in(reporting.zone())));
  }

  /** The web server. */
  public record Listen(
      @Doc("The address to listen on; 127.0.0.1 for this machine only.") @Default("0.0.0.0")
          String address,
      @Doc("The TCP port; 0 takes any free one.") @Default("9853") @Min("0") @Max("65535") int port,
      @Doc(
              "A file with TLS and basic authentication, in the format all Prometheus exporters"
                  + " share.")
          Optional<Path> webConfigFile,
      @Doc(
              "Which of the users in that file may ask what single tickets counted as, at /explain."
                  + " Left out: all of them; without users, nobody may.")
          @Default("[]")
          Set<String> explainUsers) {
    public Listen {
      explainUsers = Ordered.copyOf(explainUsers);
    }
  }

  /** The PostgreSQL database that holds everything that must last. */
  public record Store(
      @Doc("The database, such as jdbc:postgresql://db.example.com:5432/helpdesk.")
          Optional<String> url,
      @Doc("The database user.") Optional<String> user,
      @Doc("Its password.") Optional<Secret> password,
      @Doc("Connections held open.") @Default("4") @Min("2") @Max("100") int poolSize,
      @Doc(
              "A directory in which the exporter runs a PostgreSQL of its own, instead of url: for"
                  + " trying it out.")
          Optional<Path> embeddedDir) {
    public Store {
      if (url.isPresent() == embeddedDir.isPresent()) {
        throw new IllegalArgumentException(
            url.isPresent()
                ? "found both url and embedded_dir; allowed: one of them"
                : "found neither url nor embedded_dir; allowed: one of them");
      }
      url.ifPresent(Store::requirePostgresql);
      if (embeddedDir.isPresent() && (user.isPresent() || password.isPresent())) {
        throw new IllegalArgumentException(
            "found user or password beside embedded_dir; allowed: only beside url");
      }
    }

    private static void requirePostgresql(String url) {
      if (!url.startsWith("jdbc:postgresql:")) {
        throw new IllegalArgumentException(
            "found a url of another database; allowed: one that begins with jdbc:postgresql:");
      }
      if (url.contains("password=")) {
        throw new IllegalArgumentException(
            "found a password in the url; allowed: in the key password, which is never printed");
      }
    }
  }

  /** The periods and percentiles of the {@code helpdesk_report_*} families. */
  public record Reporting(
      @Doc("The time zone in which days, weeks and months begin.") @Default("UTC") ZoneId zone,
      @Doc("The periods reported, at most 12.") @Default("[" + WINDOWS + "]") Set<Window> windows,
      @Doc("The percentiles reported, as shares; 0.5 always is.")
          @Default("[0.5, 0.9, 0.95, 0.99]")
          @Min("0")
          @Max("1")
          Set<Double> quantiles,
      @Doc(
              "linear goes between the two nearest values, as PostgreSQL's percentile_cont does;"
                  + " nearest_rank takes a value that occurred.")
          @Default("linear")
          QuantileMethod quantileMethod,
      @Doc("The first day of a week.") @Default("monday") DayOfWeek weekStarts,
      @Doc(
              "How many samples the denominator of a ratio needs for the ratio to be an indicator's"
                  + " value: fewer say nothing.")
          @Default("10")
          @Min("1")
          int minSamples) {
    /** Those that are reported where the file names none. */
    static final String WINDOWS = "1d, 7d, 30d, 90d, today, this_week, this_month";

    /** Each costs a gauge per label value and family. */
    private static final int MOST_WINDOWS = 12;

    public Reporting {
      windows = Ordered.copyOf(windows);
      if (windows.size() > MOST_WINDOWS) {
        throw new IllegalArgumentException(
            "found %d windows; allowed: at most %d".formatted(windows.size(), MOST_WINDOWS));
      }
      quantiles = Ordered.copyOf(quantiles);
      quantiles.forEach(Reporting::requireSixDecimals);
    }

    /** As many as percentiles are computed with. */
    private static void requireSixDecimals(double quantile) {
      if (BigDecimal.valueOf(quantile).stripTrailingZeros().scale() > 6) {
        throw new IllegalArgumentException(
            "found %s in quantiles; allowed: shares with at most six decimals, such as 0.9995"
                .formatted(quantile));
      }
    }
  }

  /** How a percentile is taken from values that do not hit it. */
  public enum QuantileMethod {
    LINEAR,
    NEAREST_RANK
  }

  /** Limits that keep the number of series bounded. */
  public record Labels(
      @Doc("Teams per source.") @Default("50") @Min("1") @Max("500") int maxTeams,
      @Doc(
              "Series of one source beyond which a warning is logged, all families together; none"
                  + " is taken away.")
          @Default("5000")
          @Min("100")
          int maxSeriesPerSource) {}

  /** The exporter's own log. */
  public record Log(
      @Doc("Lines for people, or one JSON object per line.") @Default("text") LogFormat format,
      @Doc("The least important lines that are still written.") @Default("info") LogLevel level) {}

  /** How a log line is written. */
  public enum LogFormat {
    TEXT,
    JSON
  }

  /** How important a log line is. */
  public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }
}
