package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.Config;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.http.HttpService;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.store.Store;
import io.helpdeskexporter.store.StoreException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    description =
        "Validates the configuration, connects to the store and to each source, and shows what"
            + " would be read: counts, the newest ticket, and the words that the configuration does"
            + " not map yet. Changes nothing. Ends with 0 if all can be reached.",
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CheckCommand implements Callable<Integer> {
  /** More of one field than anyone maps by hand; the first are those of the most rows. */
  private static final int MOST_UNMAPPED_SHOWN = 50;

  @Mixin private ConfigOption option = new ConfigOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Wiring wiring = new Wiring(option.load());
    Config config = wiring.config();
    if (config.listen().webConfigFile().isPresent()) {
      HttpService.check(config.listen().webConfigFile().get());
    }
    out.println(option.file() + ": valid");
    wiring
        .outdatedBenchmarks(Clock.systemUTC().instant())
        .forEach(sentence -> out.println("warning: " + sentence));
    int failed = reach(config.store(), out) ? 0 : 1;
    for (ConfiguredSource<?> source : wiring.sources()) {
      failed += look(source, wiring, out) ? 0 : 1;
    }
    out.flush();
    return failed == 0 ? 0 : Main.REFUSED;
  }

  /** A PostgreSQL of its own is started when it is needed, and not for a look. */
  private static boolean reach(Config.Store config, PrintWriter out) throws Refusal.Told {
    if (config.embeddedDir().isPresent()) {
      return true;
    }
    try (OwnStore store = OwnStore.of(config)) {
      Store.reach(store.settings());
      out.println("store: answers");
      return true;
    } catch (StoreException e) {
      out.println("store: FAILED: " + e.getMessage());
      return false;
    }
  }

  private static boolean look(ConfiguredSource<?> source, Wiring wiring, PrintWriter out)
      throws InterruptedException {
    out.println();
    out.println("source " + source.name() + " (" + source.config().kind() + ")");
    try (Source opened = source.open(Clock.systemUTC())) {
      print(opened.inspect(), source.vocabulary(), out);
      wiring
          .catalogue()
          .unmeasured(wiring.policies(source))
          .forEach((kpi, because) -> out.println("  not measured: " + kpi + ": " + because));
      return true;
    } catch (SourceException e) {
      out.println("  FAILED: " + e.getMessage());
      return false;
    }
  }

  private static void print(Inspection inspection, Vocabulary vocabulary, PrintWriter out) {
    inspection
        .rows()
        .forEach(
            (stream, rows) ->
                out.println(
                    "  "
                        + stream
                        + ": "
                        + (rows.isPresent()
                            ? of(rows.getAsLong(), Inspection.Counted.ROWS)
                            : "not counted")));
    out.println(
        "  newest ticket: " + inspection.newestTicketAt().map(Object::toString).orElse("none"));
    Inspection.Counted by = inspection.counted();
    words("statuses", inspection.statuses(), by, it -> vocabulary.status(it).isPresent(), out);
    words(
        "priorities", inspection.priorities(), by, it -> vocabulary.priority(it).isPresent(), out);
    words("channels", inspection.channels(), by, it -> vocabulary.channel(it).isPresent(), out);
    out.println("  teams: " + inspection.teams().size());
    inspection.notes().forEach(note -> out.println("  note: " + note));
  }

  private static void words(
      String field,
      Map<String, Long> counts,
      Inspection.Counted by,
      Predicate<String> isMapped,
      PrintWriter out) {
    out.println("  " + field + ": " + number(counts.size()));
    List<Map.Entry<String, Long>> unmapped =
        counts.entrySet().stream()
            .filter(entry -> !isMapped.test(entry.getKey()))
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    unmapped.stream()
        .limit(MOST_UNMAPPED_SHOWN)
        .forEach(
            entry ->
                out.println(
                    "    unmapped: \"" + entry.getKey() + "\" (" + of(entry.getValue(), by) + ")"));
    if (unmapped.size() > MOST_UNMAPPED_SHOWN) {
      out.println(
          "    and " + number(unmapped.size() - MOST_UNMAPPED_SHOWN) + " more without a meaning");
    }
  }

  private static String of(long count, Inspection.Counted by) {
    String one =
        switch (by) {
          case TICKETS -> " ticket";
          case ROWS -> " row";
          case SAMPLE -> " of the tickets looked at";
        };
    return number(count) + one + (count == 1 || by == Inspection.Counted.SAMPLE ? "" : "s");
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
