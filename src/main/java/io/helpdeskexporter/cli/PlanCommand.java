package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.DurationText;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.kpi.SeriesEstimate;
import io.helpdeskexporter.kpi.SeriesEstimate.Breadth;
import io.helpdeskexporter.source.Effort;
import io.helpdeskexporter.source.Effort.Charge;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "plan",
    description =
        "Tells before the first poll what a configuration comes to: rows to import and how long"
            + " that takes, requests an hour beside what each vendor permits, and series. Looks at"
            + " each source as check does, and changes nothing. Ends with 1 if a limit would not"
            + " suffice, or a source cannot be reached.",
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PlanCommand implements Callable<Integer> {
  /** Less than half of what docs/performance.md measured. */
  private static final double ROWS_A_SECOND = 20_000;

  private static final int FAMILIES_SHOWN = 5;

  @Mixin private ConfigOption option = new ConfigOption();

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Tickets or answers of a source that cannot count them itself.")
  private long rows;

  @Option(
      names = "--changed-an-hour",
      paramLabel = "N",
      defaultValue = "100",
      description = "Tickets that change in the busiest hour (default: ${DEFAULT-VALUE}).")
  private long changed;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Wiring wiring = new Wiring(option.load());
    boolean suffices = true;
    for (ConfiguredSource<?> source : wiring.sources()) {
      suffices &= plan(source, wiring, out);
    }
    out.flush();
    return suffices ? 0 : Main.REFUSED;
  }

  private boolean plan(ConfiguredSource<?> source, Wiring wiring, PrintWriter out)
      throws InterruptedException {
    out.println("source " + source.name() + " (" + source.config().kind() + ")");
    try (Source opened = source.open(Clock.systemUTC())) {
      Inspection inspection = opened.inspect();
      OptionalLong counted = opened.countTickets();
      boolean suffices = requests(source, counted, inspection, out);
      series(source, wiring, inspection, out);
      out.println();
      return suffices;
    } catch (SourceException e) {
      out.println("  FAILED: " + e.getMessage());
      out.println();
      return false;
    }
  }

  // ---- requests

  private boolean requests(
      ConfiguredSource<?> source, OptionalLong counted, Inspection inspection, PrintWriter out) {
    if (source.effort().isEmpty()) {
      if (inspection.rows().values().stream().noneMatch(OptionalLong::isPresent)) {
        out.println("  to import: it does not count its rows; no limit of requests");
        return true;
      }
      long all =
          inspection.rows().values().stream()
              .filter(OptionalLong::isPresent)
              .mapToLong(OptionalLong::getAsLong)
              .sum();
      out.printf(
          Locale.ROOT,
          "  to import: %,d rows, about %s; no limit of requests%n",
          all,
          duration(Duration.ofMillis((long) (1000 * all / ROWS_A_SECOND))));
      return true;
    }
    Effort effort = source.effort().get();
    long toImport = counted.orElse(rows);
    boolean suffices = true;
    Duration longest = Duration.ZERO;
    for (Charge charge : effort.charges()) {
      double may = effort.anHour(charge);
      double polls = (double) Duration.ofHours(1).toMillis() / source.pollEvery().toMillis();
      double quiet = polls * charge.poll();
      double busy = quiet + changed * charge.changed() / 1000;
      out.printf(
          Locale.ROOT,
          "  requests an hour, %s: %,.0f when nothing changes, %,.0f when %,d %s change;"
              + " permitted: %s of %,.0f%n",
          charge.limit(),
          quiet,
          busy,
          changed,
          effort.rows(),
          effort.share(),
          may / effort.share().ratio().doubleValue());
      if (quiet > may) {
        out.printf(
            Locale.ROOT,
            "  warning: it will be read every %s instead of every %s; nothing is lost%n",
            duration(Duration.ofMillis((long) (3_600_000 * charge.poll() / may))),
            DurationText.format(source.pollEvery()));
        suffices = false;
      } else if (busy > may) {
        out.printf(
            Locale.ROOT,
            "  warning: in the busiest hour it falls behind, by %,.0f requests%n",
            busy - may);
        suffices = false;
      }
      Duration takes =
          Duration.ofMillis((long) (3_600_000 * charge.imported() * toImport / 1000 / may));
      longest = takes.compareTo(longest) > 0 ? takes : longest;
    }
    if (toImport > 0) {
      out.printf(
          Locale.ROOT,
          "  to import: %,d %s, about %s at these limits%n",
          toImport,
          effort.rows(),
          duration(longest));
    } else {
      out.printf(
          "  to import: it does not count its %s; say how many with --rows%n", effort.rows());
    }
    return suffices;
  }

  private static String duration(Duration duration) {
    if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
      return Math.max(1, duration.toSeconds()) + " s";
    }
    return duration.compareTo(Duration.ofHours(3)) < 0
        ? duration.toMinutes() + " min"
        : duration.toHours() + " h";
  }

  // ---- series

  private static void series(
      ConfiguredSource<?> source, Wiring wiring, Inspection inspection, PrintWriter out) {
    Vocabulary vocabulary = source.vocabulary();
    Breadth breadth =
        new Breadth(
            Math.min(inspection.teams().size(), wiring.config().labels().maxTeams()),
            meanings(inspection.channels(), vocabulary::channel),
            meanings(inspection.priorities(), vocabulary::priority));
    Map<String, Long> families =
        SeriesEstimate.atMost(
            wiring.catalogue().families(wiring.policies(source)), breadth, wiring.reporting());
    long all = families.values().stream().mapToLong(Long::longValue).sum();
    out.printf(
        Locale.ROOT,
        "  series: at most %,d, with %d teams, %d channels and %d priorities; most of them:%n",
        all,
        breadth.teams(),
        breadth.channels(),
        breadth.priorities());
    if (inspection.newestTicketAt().isEmpty()) {
      out.println("    (the look found no ticket: teams, channels and priorities come on top)");
    }
    families.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(FAMILIES_SHOWN)
        .forEach(
            family -> out.printf(Locale.ROOT, "    %,d %s%n", family.getValue(), family.getKey()));
  }

  /** All words without a meaning count as one. */
  private static int meanings(Map<String, Long> words, Function<String, Optional<?>> meaning) {
    return (int) words.keySet().stream().map(meaning).distinct().count();
  }
}
