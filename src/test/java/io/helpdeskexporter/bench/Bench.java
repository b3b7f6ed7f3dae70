package io.helpdeskexporter.bench;

import io.helpdeskexporter.cli.Wired;
import io.helpdeskexporter.demo.DeskVolume;
import io.helpdeskexporter.kpi.Snapshots;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Builds helpdesks of some sizes in a scratch PostgreSQL and prints a table of what it costs to
 * import them, to keep their numbers current, and to serve these.
 */
@Command(
    name = "bench/run",
    description = "Measures the exporter, beside what the machine could do at best.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class Bench implements Callable<Integer> {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MILLIS_PER_SECOND = 1e3;

  @Option(
      names = "--tickets",
      split = ",",
      defaultValue = "100000,1000000",
      description = "Tickets in the store, one column each (default: ${DEFAULT-VALUE}).")
  private List<Long> sizes = List.of();

  @Option(
      names = "--changed",
      defaultValue = "1000",
      description = "Tickets that change before a refresh (default: ${DEFAULT-VALUE}).")
  private int changed;

  @Option(
      names = "--rounds",
      defaultValue = "30",
      description = "Refreshes of which the median is taken (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--visible",
      defaultValue = "100",
      description =
          "Changes in a helpdesk that are looked for on /metrics, with as many tickets as in the"
              + " last column (default: ${DEFAULT-VALUE}).")
  private int visible;

  @Option(
      names = "--directory",
      defaultValue = "target",
      description = "Where the scratch database is made (default: ${DEFAULT-VALUE}).")
  private Path directory = Path.of("target");

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the tickets (default: ${DEFAULT-VALUE}).")
  private long seed;

  private final Map<String, List<String>> table = new LinkedHashMap<>();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    say("%s, %d processors, load average %s", machine(), processors(), loadAverage());
    try (Scratch scratch = Scratch.in(directory)) {
      floor(scratch);
      for (int i = 0; i < sizes.size(); i++) {
        size(scratch, sizes.get(i), i == sizes.size() - 1);
      }
    }
    print();
    say("Load average at the end: %s.", loadAverage());
    return 0;
  }

  private void size(Scratch scratch, long tickets, boolean last) throws Exception {
    Instant until = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    DeskVolume volume = Volume.year(seed, tickets, until);
    Scratch.Site site = scratch.site("of_" + tickets);
    tables(scratch, tickets, volume);
    imported(site, volume);
    MetricSnapshots snapshots = refreshed(site, tickets);
    if (last) {
      scraped(snapshots);
    }
    running(site, tickets, last);
  }

  // ---- import

  private CopyLimit.Taken copied = new CopyLimit.Taken(Duration.ZERO, new Cpu(0, 0));

  private void tables(Scratch scratch, long tickets, DeskVolume volume) throws Exception {
    say("%,d tickets: text COPY ...", tickets);
    Scratch.Site plain = scratch.site("plain_" + tickets);
    copied = CopyLimit.measured(volume, plain.desk(), scratch.directory());
    Scratch.execute(scratch.database("postgres"), "DROP DATABASE desk_plain_" + tickets);
  }

  private void imported(Scratch.Site site, DeskVolume volume) throws Exception {
    say("%,d tickets: import ...", volume.tickets());
    Import.Done done = Import.of(Volume.of(volume), site);
    row("rows: tickets and their events", "%,d", done.rows());
    row("import, whole pipeline, s", "%.1f", seconds(done.whole()));
    row("  of which making the pages, s", "%.1f", seconds(done.pages()));
    row("  CPU of the exporter, s", "%.1f", done.cpu().javaSeconds());
    row("  CPU of PostgreSQL, s", "%.1f", done.cpu().postgresSeconds());
    row("import, rows per second", "%,.0f", done.rows() / seconds(done.whole()));
    row(
        "text COPY of the same rows, rows per second",
        "%,.0f",
        done.rows() / seconds(copied.time()));
    row("  CPU of PostgreSQL, s", "%.1f", copied.cpu().postgresSeconds());
    row("import : COPY", "%.2f", seconds(copied.time()) / seconds(done.whole()));
  }

  // ---- refresh

  private MetricSnapshots refreshed(Scratch.Site site, long tickets) throws Exception {
    say("%,d tickets: refreshes ...", tickets);
    Refresh.Costs costs = Refresh.measured(site, tickets, changed, rounds);
    String after = "refresh after %,d changed tickets, ms".formatted(changed);
    row(after, "%.0f", costs.total());
    row("  store: save and derive", "%.0f", costs.store());
    row("  memory: apply, advance, evaluate", "%.1f", costs.memory());
    row("  snapshot, text, gzip", "%.1f", costs.publish());
    row("  CPU of the exporter, ms", "%.0f", costs.cpu().javaSeconds() * MILLIS_PER_SECOND);
    row("  CPU of PostgreSQL, ms", "%.0f", costs.cpu().postgresSeconds() * MILLIS_PER_SECOND);
    Refresh.Costs idle = Refresh.measured(site, tickets, 0, rounds);
    row("refresh after nothing changed, ms", "%.1f", idle.total());
    row("  store", "%.1f", idle.store());
    row("  memory", "%.2f", idle.memory());
    row("  snapshot, text, gzip", "%.1f", idle.publish());
    row("  CPU of both, ms", "%.0f", idle.cpu().both() * MILLIS_PER_SECOND);
    row("engine loaded from the store, warm, s", "%.2f", seconds(costs.load()));
    Wired wired = site.wired();
    return new Snapshots(wired.families()).of(List.of(costs.metrics()));
  }

  // ---- scrape

  private void scraped(MetricSnapshots snapshots) throws Exception {
    say("scrapes ...");
    Scraping.Cost ours = Scraping.ours(snapshots);
    Scraping.Cost theirs = Scraping.clientLibrary(snapshots);
    lastRow("KPI series in a scrape", "%,d", Scraping.series(snapshots));
    lastRow("answer made in the process: p50, ms", "%.2f", ours.millis());
    lastRow("  CPU, ms", "%.2f", ours.cpuMillis());
    lastRow("  bytes, gzip", "%,d", ours.bytes());
    lastRow("client_java, as many series: p50, ms", "%.2f", theirs.millis());
    lastRow("  CPU, ms", "%.2f", theirs.cpuMillis());
    lastRow("  bytes, gzip", "%,d", theirs.bytes());
    lastRow("CPU, client_java : ours", "%.0f", theirs.cpuMillis() / ours.cpuMillis());
  }

  // ---- processes

  private static final int STARTS = 3;
  private static final int WARM_UP_SCRAPES = 1000;
  private static final int SCRAPES = 1000;

  /** What a process takes that has nothing to keep. */
  private void floor(Scratch scratch) throws Exception {
    Scratch.Site empty = scratch.site("empty");
    try (Exporter exporter = Exporter.started(empty)) {
      poll(exporter, Duration.ofSeconds(10));
      say(
          "Without tickets: ready after %.1f s, %.1f s of CPU in all, %.0f MiB resident",
          seconds(exporter.toReady()),
          exporter.cpuMillis() / MILLIS_PER_SECOND,
          exporter.residentMebibytes());
    }
  }

  private void running(Scratch.Site site, long tickets, boolean last) throws Exception {
    say("%,d tickets: starts ...", tickets);
    Measured ready = new Measured();
    Measured cpu = new Measured();
    Measured resident = new Measured();
    for (int i = 0; i < STARTS; i++) {
      try (Exporter exporter = Exporter.started(site)) {
        ready.add(exporter.toReady().toNanos());
        cpu.add((long) (exporter.cpuMillis() * NANOS_PER_MILLI));
        resident.add((long) (exporter.residentMebibytes() * NANOS_PER_MILLI));
      }
    }
    row("process start to ready, s", "%.1f", ready.medianMillis() / MILLIS_PER_SECOND);
    row("  CPU of the exporter, s", "%.1f", cpu.medianMillis() / MILLIS_PER_SECOND);
    row("resident when ready, MiB", "%.0f", resident.medianMillis());
    try (Exporter exporter = Exporter.started(site)) {
      poll(exporter, Duration.ofSeconds(30));
      row("resident after 30 s of polls and scrapes, MiB", "%.0f", exporter.residentMebibytes());
      scrapes(exporter);
      if (last && visible > 0) {
        say("%,d tickets: changes in the helpdesk ...", tickets);
        Visible.Times times = Visible.measured(exporter, site.desk(), visible);
        lastRow(
            "a change in the helpdesk is on /metrics at 1 s polls: p50, s", "%.2f", times.p50());
        lastRow("  p99, s", "%.2f", times.p99());
      }
      row("resident at the end, MiB", "%.0f", exporter.residentMebibytes());
    }
  }

  /** Scrapes once a second, as often as it polls. */
  private static void poll(Exporter exporter, Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      exporter.scrape();
      Visible.pause(Duration.ofSeconds(1));
    }
  }

  private void scrapes(Exporter exporter) throws Exception {
    for (int i = 0; i < WARM_UP_SCRAPES; i++) {
      exporter.scrape();
    }
    Measured wall = new Measured();
    double cpuStart = exporter.cpuMillis();
    int bytes = 0;
    for (int i = 0; i < SCRAPES; i++) {
      long start = System.nanoTime();
      bytes = exporter.scrape();
      wall.add(System.nanoTime() - start);
    }
    double cpu = (exporter.cpuMillis() - cpuStart) / SCRAPES;
    row("scrape over HTTP: p50, ms", "%.2f", wall.medianMillis());
    row("  CPU of the exporter, ms", "%.2f", cpu);
    row("  bytes, gzip", "%,d", bytes);
  }

  // ---- the table

  private String heading = "";

  /**
   * @param what indented for a part of the row before
   */
  private List<String> row(String what, String format, Object value) {
    heading = what.startsWith(" ") ? heading : what;
    String key = what.startsWith(" ") ? heading + "|" + what : what;
    String cell = String.format(Locale.ROOT, format, value);
    List<String> cells = table.computeIfAbsent(key, _ -> new ArrayList<>());
    cells.add(cell);
    say("  %s: %s", what, cell);
    return cells;
  }

  /** A row that only the last column has. */
  private void lastRow(String what, String format, Object value) {
    List<String> cells = row(what, format, value);
    while (cells.size() < sizes.size()) {
      cells.addFirst("");
    }
  }

  private void print() {
    StringBuilder lines = new StringBuilder("\n| |");
    sizes.forEach(size -> lines.append(String.format(Locale.ROOT, " %,d tickets |", size)));
    lines.append("\n| --- |").append(" ---: |".repeat(sizes.size())).append('\n');
    table.forEach(
        (what, cells) ->
            lines
                .append("| ")
                .append(what.replaceFirst(".*\\|  ", "&emsp;"))
                .append(" | ")
                .append(String.join(" | ", cells))
                .append(" |\n"));
    say("%s", lines);
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / (NANOS_PER_MILLI * MILLIS_PER_SECOND);
  }

  // ---- the machine

  private static String machine() throws Exception {
    Path cpus = Path.of("/proc/cpuinfo");
    String model =
        Files.exists(cpus)
            ? Files.readAllLines(cpus).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 2))
                .orElse("unknown processor")
            : System.getProperty("os.arch");
    return "Java %s on %s".formatted(Runtime.version(), model);
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static String loadAverage() throws Exception {
    Path file = Path.of("/proc/loadavg");
    return Files.exists(file) ? Files.readString(file).split(" ", -1)[0] : "unknown";
  }
}
