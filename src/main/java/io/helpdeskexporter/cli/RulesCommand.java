package io.helpdeskexporter.cli;

import io.helpdeskexporter.rules.Links;
import io.helpdeskexporter.rules.OpeningHours;
import io.helpdeskexporter.rules.Reach;
import io.helpdeskexporter.rules.RuleFile;
import io.helpdeskexporter.rules.Slo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "rules",
    description =
        "Makes rules for Prometheus of the objectives in the configuration: what is left of each"
            + " error budget, and alerts when it is spent too fast. Alerts that could never fire"
            + " are left out, and said so.",
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RulesCommand implements Callable<Integer> {
  @Mixin private ConfigOption option = new ConfigOption();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write files into this directory instead: all formats, or the one given.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "prometheus: rules; sloth or pyrra: specifications for these (default: prometheus).")
  private Optional<RuleFile.Format> format = Optional.empty();

  @Option(
      names = "--runbooks",
      paramLabel = "URL",
      description = "Where docs/runbooks.md is served, for the links of alerts.")
  private String runbooks = Links.EXAMPLE.runbooks();

  @Option(
      names = "--dashboards",
      paramLabel = "URL",
      description = "The root of Grafana, for the links of alerts.")
  private String dashboards = Links.EXAMPLE.dashboards();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Wiring wiring = new Wiring(option.load());
    List<Slo> slos = slos(wiring, Clock.systemUTC().instant());
    if (slos.isEmpty()) {
      throw new Refusal.Told(
          option.file() + ": has no objectives; docs/configuration.md tells how to write them");
    }
    refuseDead(slos);
    PrintWriter err = spec.commandLine().getErr();
    slos.stream().flatMap(slo -> Reach.of(slo).warnings().stream()).forEach(err::println);
    err.flush();
    List<RuleFile> files = new ArrayList<>();
    for (RuleFile.Format each : formats()) {
      files.addAll(each.files(slos, new Links(runbooks, dashboards)));
    }
    if (out.isPresent()) {
      write(files, out.get());
    } else {
      print(files);
    }
    return 0;
  }

  private List<RuleFile.Format> formats() {
    return format
        .map(List::of)
        .orElseGet(
            () ->
                out.isPresent()
                    ? List.of(RuleFile.Format.values())
                    : List.of(RuleFile.Format.PROMETHEUS));
  }

  /** The objectives, each with the opening hours of its source. */
  static List<Slo> slos(Wiring wiring, Instant now) {
    return wiring.objectives().stream()
        .map(it -> new Slo(it, OpeningHours.of(wiring.clock(it.source()), now)))
        .toList();
  }

  private void refuseDead(List<Slo> slos) throws Refusal.Told {
    String dead =
        slos.stream()
            .filter(slo -> Reach.of(slo).isDead())
            .map(
                slo ->
                    ("%s: objective %s: no alert about it could ever fire, as even with every"
                            + " promise broken its budget would not go fast enough. Raise its"
                            + " target.")
                        .formatted(option.file(), slo.objective().name()))
            .collect(Collectors.joining("\n"));
    if (!dead.isEmpty()) {
      throw new Refusal.Told(dead);
    }
  }

  private void print(List<RuleFile> files) {
    PrintWriter printer = spec.commandLine().getOut();
    printer.print(files.stream().map(RuleFile::text).collect(Collectors.joining("---\n")));
    printer.flush();
  }

  private void write(List<RuleFile> files, Path directory) throws IOException {
    PrintWriter printer = spec.commandLine().getOut();
    for (RuleFile file : files) {
      Path path = directory.resolve(file.path());
      Files.createDirectories(Optional.ofNullable(path.getParent()).orElse(directory));
      Files.writeString(path, file.text());
      printer.println(path);
    }
    printer.flush();
  }
}
