package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.DurationText;
import io.helpdeskexporter.exposition.Annals;
import io.helpdeskexporter.store.GoalTable;
import io.helpdeskexporter.store.Known;
import io.helpdeskexporter.store.SourceStore;
import io.helpdeskexporter.store.Store;
import io.helpdeskexporter.store.StoreSettings;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "backfill",
    description = {
      "Writes what /metrics would have shown in the past, for a Prometheus to take in, so that"
          + " dashboards have a history on day one. By the same computation as live, from what is"
          + " stored; reads no source.",
      "",
      "Prints the name of each file that is complete, and its progress on standard error."
    },
    footer = {
      "",
      "To load it, with the Prometheus's own promtool:",
      "",
      "  helpdesk-exporter backfill --from 14d --out backfill |",
      "    while read -r file; do",
      "      promtool tsdb create-blocks-from openmetrics \"$file\" blocks && rm \"$file\"",
      "    done",
      "  mv blocks/* /var/lib/prometheus/data/",
      "",
      "First raise Prometheus's --storage.tsdb.retention.time (15d unless given) beyond --from: it"
          + " deletes what is older at once. Then fill the recording rules, with promtool tsdb"
          + " create-blocks-from rules. All of it is in docs/backfill.md."
    },
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BackfillCommand implements Callable<Integer> {
  /**
   * A running Prometheus is still writing that much, in blocks of {@link #BLOCK} each half as long
   * again.
   */
  private static final Duration HEAD = Duration.ofHours(3);

  /** What promtool makes of one file at a time: for each block it reads the whole file again. */
  private static final Duration BLOCK = Duration.ofHours(2);

  /** Prometheus looks back this far for a sample; a longer step leaves gaps. */
  private static final Duration LOOK_BACK = Duration.ofMinutes(5);

  private static final DateTimeFormatter FILE =
      DateTimeFormatter.ofPattern("'helpdesk-'uuuuMMdd'T'HHmm'Z.om'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  @Mixin private ConfigOption option = new ConfigOption();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      defaultValue = "14d",
      description =
          "From when on: a time such as 2026-03-01T00:00:00+01:00, or so long before --to (default:"
              + " ${DEFAULT-VALUE}).")
  private String from = "14d";

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description =
          "Until when (default: as far as is known, but not the last 3 hours, which a running"
              + " Prometheus does not take).")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--recent",
      description =
          "The last 3 hours, too. Only for a Prometheus that has stored nothing yet, or was stopped"
              + " before the time of --to.")
  private boolean recent;

  @Option(
      names = "--step",
      paramLabel = "DURATION",
      defaultValue = "5m",
      description = "From one sample to the next (default: ${DEFAULT-VALUE}).")
  private String step = "5m";

  @Option(
      names = "--job",
      paramLabel = "NAME",
      defaultValue = "helpdesk",
      description = "The label job, as Prometheus scrapes it (default: ${DEFAULT-VALUE}).")
  private String job = "helpdesk";

  @Option(
      names = "--instance",
      paramLabel = "HOST:PORT",
      description =
          "The label instance, as Prometheus scrapes it (default: localhost with the configured"
              + " port).")
  private Optional<String> instance = Optional.empty();

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description = "Another label that Prometheus's configuration puts on it.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(names = "--source", paramLabel = "NAME", description = "One source only (default: all).")
  private Optional<String> only = Optional.empty();

  @Option(
      names = "--family",
      paramLabel = "REGEX",
      description =
          "Only metrics whose whole name fits, such as 'helpdesk_report_.*'; may be given again"
              + " (default: all).")
  private List<String> patterns = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIRECTORY",
      required = true,
      description = "Where the files go; it must have none of an earlier run.")
  private Path out = Path.of("backfill");

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Which instants, all of them multiples of the step.
   *
   * @param first inclusive
   * @param last inclusive
   */
  private record Instants(Instant first, Instant last, Duration step) {
    long count() {
      return 1 + Duration.between(first, last).dividedBy(step);
    }
  }

  @Override
  public Integer call() throws Exception {
    Wiring wiring = new Wiring(option.load());
    List<ConfiguredSource<?>> sources = sources(wiring);
    Predicate<String> wanted = wanted();
    refuseFilesOfAnEarlierRun();
    try (OwnStore own = OwnStore.of(wiring.config().store());
        Store store =
            Store.open(own.settings(), Known.of(wiring.catalogue().families()), Optional.empty())) {
      Instants instants = instants(wiring, sources, store);
      write(past(wiring, sources, store, own.settings(), wanted, instants), instants, wiring);
    }
    return 0;
  }

  // ---- what is asked for

  private List<ConfiguredSource<?>> sources(Wiring wiring) throws Refusal.Told {
    List<ConfiguredSource<?>> sources =
        wiring.sources().stream()
            .filter(it -> only.isEmpty() || only.get().equals(it.name()))
            .toList();
    if (sources.isEmpty()) {
      throw new Refusal.Told(
          "--source: found \"" + only.orElse("") + "\"; the configuration has no such source");
    }
    return sources;
  }

  private Predicate<String> wanted() throws Refusal.Told {
    List<Pattern> all = new ArrayList<>();
    for (String pattern : patterns) {
      try {
        all.add(Pattern.compile(pattern));
      } catch (PatternSyntaxException e) {
        throw new Refusal.Told(
            "--family: found \"%s\"; allowed: a regular expression: %s"
                .formatted(pattern, e.getDescription()));
      }
    }
    return name -> all.isEmpty() || all.stream().anyMatch(it -> it.matcher(name).matches());
  }

  private void refuseFilesOfAnEarlierRun() throws IOException, Refusal.Told {
    Files.createDirectories(out);
    try (Stream<Path> there = Files.list(out)) {
      Optional<Path> earlier =
          there.filter(it -> it.getFileName().toString().endsWith(".om")).findAny();
      if (earlier.isPresent()) {
        throw new Refusal.Told(
            "--out: %s is of an earlier run; load or delete what is in %s, or take another directory"
                .formatted(earlier.get(), out));
      }
    }
  }

  private Instants instants(Wiring wiring, List<ConfiguredSource<?>> sources, Store store)
      throws Refusal.Told {
    Duration every = step();
    Instant known = Instant.MAX;
    for (ConfiguredSource<?> source : sources) {
      Instant upTo = watermark(wiring, source, wiring.stored(store, source));
      known = upTo.isBefore(known) ? upTo : known;
    }
    Instant settled = Clock.systemUTC().instant().minus(HEAD);
    Instant latest = recent || known.isBefore(settled) ? known : settled;
    Instant last = to.isPresent() ? time("--to", to.get()) : latest;
    if (last.isAfter(known)) {
      throw new Refusal.Told(
          "--to: found %s; what happened is known up to %s".formatted(last, known));
    }
    if (last.isAfter(latest)) {
      throw new Refusal.Told(
          "--to: found %s; a running Prometheus takes nothing of the last 3 hours, so at most %s, or"
                  .formatted(last, latest)
              + " --recent for one that has stored nothing since");
    }
    Instant first =
        from.matches(".*[T:].*") && !from.startsWith("P")
            ? time("--from", from)
            : last.minus(duration("--from", from));
    Instants instants = new Instants(upwards(first, every), downwards(last, every), every);
    if (instants.first().isAfter(instants.last())) {
      throw new Refusal.Told(
          "--from: found %s; allowed: an instant before %s".formatted(from, last));
    }
    return instants;
  }

  private Duration step() throws Refusal.Told {
    Duration every = duration("--step", step);
    if (every.toSeconds() < 1 || every.toNanosPart() != 0) {
      throw new Refusal.Told(
          "--step: found \"" + step + "\"; allowed: whole seconds, such as 15s or 5m");
    }
    if (every.compareTo(LOOK_BACK) > 0) {
      tell("--step %s leaves gaps: Prometheus looks back 5 minutes for a sample.".formatted(step));
    }
    return every;
  }

  private static Instant watermark(Wiring wiring, ConfiguredSource<?> source, SourceStore stored)
      throws Refusal.Told {
    Optional<Instant> upTo = stored.holdings().watermark();
    if (upTo.isEmpty()) {
      throw new Refusal.Told(
          "source "
              + source.name()
              + ": it was never read to its end, so nothing of it is counted; run reads it");
    }
    if (wiring.isOutdated(source, stored)) {
      throw new Refusal.Told(
          "source "
              + source.name()
              + ": it is counted under other definitions than are configured now; run counts it"
              + " under these");
    }
    return upTo.get();
  }

  private static Instant time(String name, String text) throws Refusal.Told {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new Refusal.Told(
          "%s: found \"%s\"; allowed: a time with its offset, such as 2026-03-01T00:00:00+01:00"
              .formatted(name, text));
    }
  }

  private static Duration duration(String name, String text) throws Refusal.Told {
    try {
      return DurationText.parse(text);
    } catch (DateTimeException e) {
      throw new Refusal.Told(
          "%s: found \"%s\"; allowed: a duration such as 14d%s"
              .formatted(
                  name,
                  text,
                  name.equals("--from")
                      ? ", or a time with its offset, such as 2026-03-01T00:00:00+01:00"
                      : ", 15s or 5m"));
    }
  }

  private static Instant downwards(Instant t, Duration step) {
    return Instant.ofEpochSecond(
        Math.floorDiv(t.getEpochSecond(), step.toSeconds()) * step.toSeconds());
  }

  private static Instant upwards(Instant t, Duration step) {
    Instant down = downwards(t, step);
    return down.equals(t) ? t : down.plus(step);
  }

  // ---- what is written

  private Past past(
      Wiring wiring,
      List<ConfiguredSource<?>> sources,
      Store store,
      StoreSettings settings,
      Predicate<String> wanted,
      Instants instants) {
    tell(
        "reading what is stored, for %,d instants from %s to %s, %s apart"
            .formatted(
                instants.count(),
                instants.first(),
                instants.last(),
                DurationText.format(instants.step())));
    Past past =
        Past.of(
            wiring,
            store,
            sources,
            new GoalTable(settings).outcomes(wiring.goals()),
            wanted,
            instants.first(),
            instants.last());
    past.remarks().forEach(this::tell);
    return past;
  }

  private void write(Past past, Instants instants, Wiring wiring) throws IOException {
    Labels more = more(wiring);
    tell("labels as Prometheus has to scrape them: " + more);
    Annals annals = new Annals(more);
    long samples = 0;
    long done = 0;
    for (Instant t = instants.first(); !t.isAfter(instants.last()); t = t.plus(instants.step())) {
      annals.goOnAt(t);
      past.addTo(annals, t);
      done++;
      Instant next = t.plus(instants.step());
      if (next.isAfter(instants.last()) || !block(t).equals(block(next))) {
        samples += written(annals, block(t));
        tell("%3d %%, up to %s".formatted(100 * done / instants.count(), t));
      }
    }
    tell("%,d samples".formatted(samples));
  }

  private static Instant block(Instant t) {
    return downwards(t, BLOCK);
  }

  /** A file has its name only once it is complete, so that others may take it at once. */
  private long written(Annals annals, Instant block) throws IOException {
    Path file = out.resolve(FILE.format(block));
    Path part = out.resolve(file.getFileName() + ".part");
    long samples;
    try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
      samples = annals.writeTo(to);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    PrintWriter printer = spec.commandLine().getOut();
    printer.println(file);
    printer.flush();
    return samples;
  }

  private Labels more(Wiring wiring) {
    Map<String, String> all = new LinkedHashMap<>(labels);
    all.put("job", job);
    all.put("instance", instance.orElse("localhost:" + wiring.config().listen().port()));
    List<String> names = List.copyOf(all.keySet());
    return Labels.of(names, names.stream().map(all::get).toList());
  }

  private void tell(String sentence) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(sentence);
    err.flush();
  }
}
