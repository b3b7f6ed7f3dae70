package io.helpdeskexporter.cli;

import io.helpdeskexporter.facts.Policies;
import io.helpdeskexporter.forecast.Arrivals;
import io.helpdeskexporter.forecast.BackTest;
import io.helpdeskexporter.forecast.BackTest.Tested;
import io.helpdeskexporter.forecast.Seasonal;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Derivation;
import io.helpdeskexporter.store.Known;
import io.helpdeskexporter.store.SourceStore;
import io.helpdeskexporter.store.Store;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "backtest",
    description =
        "Prints how good the forecast of new tickets would have been: each day as expected at its"
            + " midnight from the days before, beside what came and beside the same weekday of the"
            + " week before. Of the tickets that are stored; reads no source, unless --read is"
            + " given.",
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BacktestCommand implements Callable<Integer> {
  /** As many days as the live error looks back on. */
  private static final int DAYS = 28;

  /** Many years; one that is mistyped should not run for hours. */
  private static final int MAX_DAYS = 10_000;

  @Mixin private ConfigOption option = new ConfigOption();

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "The first day, such as 2026-03-01 (default: by --days).")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "The last day (default: the last of which everything is known).")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "So many days up to the last, if --from is not given (default: " + DAYS + ").")
  private Optional<Integer> days = Optional.empty();

  @Option(names = "--source", paramLabel = "NAME", description = "One source only (default: all).")
  private Optional<String> only = Optional.empty();

  @Option(
      names = "--read",
      description = "Read the sources to their end first, as run would, and keep what was read.")
  private boolean read;

  @Option(names = "--csv", description = "The days alone, as comma-separated values.")
  private boolean csv;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    refuseContradictions();
    Wiring wiring = new Wiring(option.load());
    if (only.isPresent()
        && wiring.sources().stream().noneMatch(it -> it.name().equals(only.get()))) {
      throw new Refusal.Told(
          "--source: found \"" + only.get() + "\"; the configuration has no such source");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (csv) {
      out.println("source,day,forecast,lower,upper,came,error,last_week");
    }
    int untested = 0;
    try (OwnStore own = OwnStore.of(wiring.config().store());
        Store store =
            Store.open(own.settings(), Known.of(wiring.catalogue().families()), Optional.empty())) {
      for (ConfiguredSource<?> source : wiring.sources()) {
        if (only.isEmpty() || only.get().equals(source.name())) {
          if (read) {
            ReadOnce.read(wiring, source, store, Clock.systemUTC());
          }
          Optional<BackTest> test = test(wiring, source, store);
          test.ifPresent(it -> print(source.name(), it, wiring.reporting().zone(), out));
          untested += test.isPresent() ? 0 : 1;
        }
      }
    }
    out.flush();
    return untested == 0 ? 0 : Main.REFUSED;
  }

  /** Empty, and said why, if there is nothing to test. */
  private Optional<BackTest> test(Wiring wiring, ConfiguredSource<?> source, Store store)
      throws Refusal.Told {
    Optional<Instant> known = wiring.stored(store, source).holdings().watermark();
    if (known.isEmpty()) {
      complain(source, "nothing is stored yet; --read reads it first, and so does run");
      return Optional.empty();
    }
    LocalDate lastKnown = LocalDate.ofInstant(known.get(), wiring.reporting().zone()).minusDays(1);
    LocalDate last = to.isPresent() ? day("--to", to.get()) : lastKnown;
    if (last.isAfter(lastKnown)) {
      throw new Refusal.Told(
          "--to: found %s; the last day of which everything of source %s is known is %s"
              .formatted(last, source.name(), lastKnown));
    }
    LocalDate first =
        from.isPresent() ? day("--from", from.get()) : last.minusDays(days.orElse(DAYS) - 1L);
    if (first.isAfter(last) || first.isBefore(last.minusDays(MAX_DAYS - 1L))) {
      throw new Refusal.Told(
          "found the days from %s to %s; allowed: 1 to %d of them"
              .formatted(first, last, MAX_DAYS));
    }
    BackTest test = BackTest.of(arrivals(wiring, source, store, known.get()), first, last);
    if (test.days().isEmpty()) {
      complain(
          source,
          "no day from %s to %s has a history of %d ordinary days before it"
              .formatted(first, last, Seasonal.MIN_DAYS));
      return Optional.empty();
    }
    return Optional.of(test);
  }

  /** All tickets of a source as they were counted, known up to an instant. */
  static Arrivals arrivals(Wiring wiring, ConfiguredSource<?> source, Store store, Instant asOf) {
    Policies policies = wiring.policies(source);
    SourceStore stored = wiring.stored(store, source);
    Derivation derivation = wiring.catalogue().derivation(policies);
    Arrivals arrivals =
        new Arrivals(wiring.reporting().zone(), policies.clock().holidays()::closedFrom);
    stored.forEachTimeline(
        timeline -> {
          if (!timeline.ticket().createdAt().isAfter(asOf)) {
            derivation.derive(timeline, asOf).observations().stream()
                .filter(it -> it.windowed() && it.measure().equals(Catalogue.arrivals()))
                .forEach(it -> arrivals.add(it.at()));
          }
        });
    return arrivals;
  }

  private void print(String source, BackTest test, ZoneId zone, PrintWriter out) {
    if (csv) {
      test.days().forEach(day -> out.println(source + "," + values(day)));
      return;
    }
    out.printf(
        "source %s: new tickets by day (%s), as expected at midnight from the days before%n%n",
        source, zone);
    out.println(line("day", "forecast", "band", "came", "error", "last week"));
    test.days().forEach(day -> out.println(line(day)));
    out.println();
    out.println(line("absolute error", "forecast", "", "", "", "last week"));
    out.println(errors("by day", test.absoluteError(), test.naiveAbsoluteError()));
    out.println(errors("by hour", test.absoluteErrorByHour(), test.naiveAbsoluteErrorByHour()));
  }

  private static String line(Tested day) {
    return line(
        day.day() + " " + day.day().getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ROOT),
        number("%.1f", day.expected().mean()),
        number("%.0f", day.expected().lower()) + "-" + number("%.0f", day.expected().upper()),
        Integer.toString(day.actual()),
        number("%+.1f", day.error()),
        Integer.toString(day.naive()));
  }

  private static String line(
      String what, String forecast, String band, String came, String error, String lastWeek) {
    return "%-16s%10s%12s%8s%10s%12s".formatted(what, forecast, band, came, error, lastWeek);
  }

  private static String errors(String by, OptionalDouble forecast, OptionalDouble naive) {
    return line("  " + by, part(forecast), "", "", "", part(naive));
  }

  private static String part(OptionalDouble error) {
    return error.isPresent() ? number("%.1f", 100 * error.getAsDouble()) + " %" : "none came";
  }

  private static String values(Tested day) {
    return "%s,%s,%s,%s,%d,%s,%d"
        .formatted(
            day.day(),
            number("%.2f", day.expected().mean()),
            number("%.2f", day.expected().lower()),
            number("%.2f", day.expected().upper()),
            day.actual(),
            number("%.2f", day.error()),
            day.naive());
  }

  /** With a point, whatever the operator's country. */
  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private void refuseContradictions() throws Refusal.Told {
    if (from.isPresent() && days.isPresent()) {
      throw new Refusal.Told("found --from and --days; allowed: one of them");
    }
    if (days.isPresent() && days.get() < 1) {
      throw new Refusal.Told("--days: found " + days.get() + "; allowed: at least 1");
    }
  }

  private void complain(ConfiguredSource<?> source, String problem) {
    spec.commandLine().getErr().println("source " + source.name() + ": " + problem);
  }

  private static LocalDate day(String option, String text) throws Refusal.Told {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new Refusal.Told(
          option + ": found \"" + text + "\"; allowed: a day, such as 2026-03-01");
    }
  }
}
