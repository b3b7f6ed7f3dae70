package io.helpdeskexporter.cli;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.kpi.AsOf;
import io.helpdeskexporter.kpi.Derivation;
import io.helpdeskexporter.kpi.Reporting;
import io.helpdeskexporter.kpi.SourceMetrics;
import io.helpdeskexporter.report.Markdown;
import io.helpdeskexporter.report.Plan;
import io.helpdeskexporter.report.Report;
import io.helpdeskexporter.store.GoalTable;
import io.helpdeskexporter.store.Known;
import io.helpdeskexporter.store.SourceStore;
import io.helpdeskexporter.store.Store;
import io.helpdeskexporter.store.StoreSettings;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    description =
        "Prints every KPI of the tickets that are stored as it was at an instant, by the same"
            + " computation as live. Reads no source, unless --read is given. Or prints one of the"
            + " scheduled reports.",
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReportCommand implements Callable<Integer> {
  @Mixin private ConfigOption option = new ConfigOption();

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description = "The instant, such as 2026-03-01T00:00:00+01:00 (default: now).")
  private Optional<String> asOf = Optional.empty();

  @Option(names = "--source", paramLabel = "NAME", description = "One source only (default: all).")
  private Optional<String> only = Optional.empty();

  @Option(
      names = "--read",
      description = "Read the sources to their end first, as run would, and keep what was read.")
  private boolean read;

  @Option(
      names = "--markdown",
      paramLabel = "REPORT",
      description =
          "Instead of every KPI, print this one of the configured reports, for its last period"
              + " that was over at the time.")
  private Optional<String> markdown = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Wiring wiring = new Wiring(option.load());
    Instant instant = asOf.isPresent() ? instant(asOf.get()) : Clock.systemUTC().instant();
    if (only.isPresent()
        && wiring.sources().stream().noneMatch(it -> it.name().equals(only.get()))) {
      throw new Refusal.Told(
          "--source: found \"" + only.get() + "\"; the configuration has no such source");
    }
    Optional<Plan> plan = markdown.isPresent() ? Optional.of(plan(wiring)) : Optional.empty();
    int unread = 0;
    try (OwnStore own = OwnStore.of(wiring.config().store());
        Store store =
            Store.open(own.settings(), Known.of(wiring.catalogue().families()), Optional.empty())) {
      for (ConfiguredSource<?> source : wiring.sources()) {
        if (only.isEmpty() || only.get().equals(source.name())) {
          if (read) {
            ReadOnce.read(wiring, source, store, Clock.systemUTC());
          }
          if (wiring.stored(store, source).holdings().watermark().isEmpty()) {
            spec.commandLine()
                .getErr()
                .println(
                    "source "
                        + source.name()
                        + ": nothing is stored yet; --read reads it first, and so does run");
            unread++;
          } else if (plan.isEmpty()) {
            print(metrics(wiring, source, store, instant), wiring, spec.commandLine().getOut());
          }
        }
      }
      if (plan.isPresent()) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(Markdown.of(report(plan.get(), wiring, own.settings(), store, instant)));
        out.flush();
      }
    }
    return unread == 0 ? 0 : Main.REFUSED;
  }

  private Plan plan(Wiring wiring) throws Refusal.Told {
    List<Plan> plans = wiring.reports();
    return plans.stream()
        .filter(it -> it.name().equals(markdown.orElseThrow()))
        .findAny()
        .orElseThrow(
            () ->
                new Refusal.Told(
                    "--markdown: found \"%s\"; the configuration has %s"
                        .formatted(
                            markdown.orElseThrow(),
                            plans.isEmpty()
                                ? "no reports"
                                : plans.stream()
                                    .map(Plan::name)
                                    .collect(Collectors.joining(", ")))));
  }

  private static Report report(
      Plan plan, Wiring wiring, StoreSettings settings, Store store, Instant instant) {
    Map<String, Instant> watermarks = new LinkedHashMap<>();
    for (ConfiguredSource<?> source : wiring.sources()) {
      wiring
          .stored(store, source)
          .holdings()
          .watermark()
          .ifPresent(it -> watermarks.put(source.name(), it));
    }
    return new Composer(wiring, store)
        .compose(
            plan,
            plan.schedule().lastWhole(instant),
            watermarks,
            new GoalTable(settings).outcomes(wiring.goals()));
  }

  private static Instant instant(String text) throws Refusal.Told {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new Refusal.Told(
          "--as-of: found \""
              + text
              + "\"; allowed: a time with its offset, such as 2026-03-01T00:00:00+01:00");
    }
  }

  static SourceMetrics metrics(
      Wiring wiring, ConfiguredSource<?> source, Store store, Instant instant) {
    return metrics(wiring, source, store, instant, wiring.reporting());
  }

  static SourceMetrics metrics(
      Wiring wiring,
      ConfiguredSource<?> source,
      Store store,
      Instant instant,
      Reporting reporting) {
    Policies policies = wiring.policies(source);
    SourceStore stored = wiring.stored(store, source);
    Derivation derivation = wiring.catalogue().derivation(policies);
    AsOf then =
        new AsOf(
            wiring.engine(source, policies, instant, stored.teams(), reporting),
            derivation,
            instant);
    stored.forEachTimeline(then::add);
    stored.forEachBiography(then::add);
    return then.evaluate();
  }

  private static void print(SourceMetrics metrics, Wiring wiring, PrintWriter out) {
    metrics
        .samples(wiring.catalogue().families())
        .forEach(
            sample ->
                out.println(
                    sample.family() + labels(sample.labels()) + " " + number(sample.value())));
    out.flush();
  }

  private static String labels(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(entry -> entry.getKey() + "=\"" + entry.getValue() + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** Whole numbers without a point: most of these are counts. */
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString(Math.round(value))
        : Double.toString(value);
  }
}
