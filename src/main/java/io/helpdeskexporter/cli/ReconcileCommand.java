package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.Cutoff;
import io.helpdeskexporter.config.DurationText;
import io.helpdeskexporter.config.Share;
import io.helpdeskexporter.explain.Unanswerable;
import io.helpdeskexporter.store.Known;
import io.helpdeskexporter.store.Store;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
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
    name = "reconcile",
    description = {
      "Compares our numbers with those that the helpdesk stores itself, ticket by ticket, and names"
          + " the reason of each difference: what, if the helpdesk does it, makes both agree. From"
          + " what is stored; reads no source.",
      "",
      "Ends with 0, or with 1 if less agrees than --at-least says, or nothing was compared then."
    },
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReconcileCommand implements Callable<Integer> {
  /** Between two lines about how far it has come. */
  private static final long EVERY = 20_000;

  @Mixin private ConfigOption option = new ConfigOption();

  @Option(names = "--source", paramLabel = "NAME", description = "The source.", required = true)
  private String source = "";

  @Option(
      names = "--ticket",
      paramLabel = "ID",
      description = "One ticket only, by its source's own key.")
  private Optional<String> ticket = Optional.empty();

  @Option(
      names = "--figure",
      paramLabel = "FIGURE",
      description = "One figure only, such as first_response or first_response_business.")
  private Optional<String> figure = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Only tickets that settled then or later: a date, a time such as"
              + " 2026-03-01T00:00:00+01:00, or so long ago, such as 30d.")
  private Optional<String> since = Optional.empty();

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Only tickets that settled before that time.")
  private Optional<String> until = Optional.empty();

  @Option(
      names = "--differences",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "How many of the numbers that differ are shown, the most different first (default:"
              + " ${DEFAULT-VALUE}).")
  private int differences = 20;

  @Option(
      names = "--at-least",
      paramLabel = "SHARE",
      description =
          "End with 1 if less of any figure agrees, or nothing is compared: such as 99%%.")
  private Optional<String> atLeast = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format = Format.text;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** How it is told, as one writes it. */
  enum Format {
    text,
    json,
    csv
  }

  @Override
  public Integer call() throws Exception {
    Wiring wiring = new Wiring(option.load());
    Optional<Share> least =
        atLeast.isPresent() ? Optional.of(share(atLeast.get())) : Optional.empty();
    Reconciling.Wanted wanted = wanted(wiring.reporting().zone());
    try (OwnStore own = OwnStore.of(wiring.config().store());
        Store store =
            Store.open(own.settings(), Known.of(wiring.catalogue().families()), Optional.empty())) {
      Reconciled reconciled =
          new Reconciling(wiring, store)
              .answer(Explaining.source(wiring, source), wanted, this::progress);
      PrintWriter out = spec.commandLine().getOut();
      out.print(
          switch (format) {
            case text -> ReconciledText.of(reconciled);
            case json -> ReconciledJson.of(reconciled);
            case csv -> ReconciledCsv.of(reconciled);
          });
      out.flush();
      return least.isEmpty() || isReached(least.get(), reconciled.summary().leastAgreed())
          ? 0
          : Main.REFUSED;
    } catch (Unanswerable e) {
      throw new Refusal.Told(String.valueOf(e.getMessage()));
    }
  }

  /** Where nothing was compared, nothing is known to agree. */
  private boolean isReached(Share least, OptionalDouble agreed) {
    if (agreed.isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf("--at-least %s: nothing was compared\n", least);
      err.flush();
    }
    return agreed.isPresent() && agreed.getAsDouble() >= least.ratio().doubleValue();
  }

  private void progress(long done) {
    if (done % EVERY == 0) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf(Locale.ROOT, "%,d tickets compared\n", done);
      err.flush();
    }
  }

  // ---- what is asked for

  private Reconciling.Wanted wanted(ZoneId zone) throws Refusal.Told {
    if (differences < 0) {
      throw new Refusal.Told("--differences: found %d; allowed: 0 or more".formatted(differences));
    }
    return new Reconciling.Wanted(
        ticket,
        figure.isPresent() ? Optional.of(Reconciling.figure(figure.get())) : Optional.empty(),
        time("--since", since, zone),
        time("--until", until, zone),
        differences);
  }

  private static Optional<Instant> time(String name, Optional<String> text, ZoneId zone)
      throws Refusal.Told {
    return text.isPresent() ? Optional.of(time(name, text.get(), zone)) : Optional.empty();
  }

  private static Instant time(String name, String text, ZoneId zone) throws Refusal.Told {
    try {
      return text.matches("\\d{4}-.*")
          ? Cutoff.parse(text).in(zone)
          : Clock.systemUTC().instant().minus(DurationText.parse(text));
    } catch (DateTimeException e) {
      throw new Refusal.Told(
          "%s: found \"%s\"; allowed: a date such as 2026-03-01, a time with its offset such as"
                  .formatted(name, text)
              + " 2026-03-01T00:00:00+01:00, or a duration such as 30d");
    }
  }

  private static Share share(String text) throws Refusal.Told {
    try {
      return Share.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal.Told(
          "--at-least: found \"%s\"; allowed: a share above 0 and at most 100%%, such as 99%%"
              .formatted(text));
    }
  }
}
