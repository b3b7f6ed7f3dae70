package io.helpdeskexporter.cli;

import io.helpdeskexporter.dashboards.Dashboards;
import io.helpdeskexporter.dashboards.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "dashboards",
    description = "Writes the Grafana dashboards.",
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DashboardsCommand implements Callable<Integer> {
  private static final String NO_TICKETS = "none";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where to; files of their names are overwritten.")
  private Path out = Path.of("");

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "The zone that times are shown in, such as reporting.zone; Grafana's without.")
  private String zone = Site.DEFAULT.zone();

  @Option(
      names = "--windows",
      paramLabel = "WINDOW",
      split = ",",
      description =
          "The periods to choose from, as in reporting.windows, that shown first the first.")
  private List<String> windows = Site.DEFAULT.windows();

  @Option(
      names = "--tickets",
      paramLabel = "UID",
      description =
          "Grafana's data source of the exporter's PostgreSQL, for tables of tickets, or none to"
              + " leave these out; ${DEFAULT-VALUE} without.")
  private String tickets = Site.TICKETS;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Site site =
        new Site(zone, windows, Optional.of(tickets).filter(uid -> !uid.equals(NO_TICKETS)));
    Files.createDirectories(out);
    for (Map.Entry<String, String> file : Dashboards.files(site).entrySet()) {
      Files.writeString(out.resolve(file.getKey()), file.getValue());
      spec.commandLine().getOut().println(out.resolve(file.getKey()));
    }
    spec.commandLine().getOut().flush();
    return 0;
  }
}
