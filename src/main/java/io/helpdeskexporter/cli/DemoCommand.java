package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.Config;
import io.helpdeskexporter.demo.DemoConfig;
import io.helpdeskexporter.demo.DeskDatabase;
import io.helpdeskexporter.demo.DeskSettings;
import io.helpdeskexporter.demo.EmbeddedPostgres;
import io.helpdeskexporter.demo.Simulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description = {
      "Runs the exporter on a PostgreSQL of its own with a simulated helpdesk: fourteen weeks of"
          + " history, then live. Needs nothing installed but Java. A second start continues where"
          + " the first one stopped.",
      Stop.HOW
    },
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  private static final String ADDRESS = "127.0.0.1";
  private static final int PORT = 9853;

  @Option(
      names = "--dir",
      paramLabel = "DIRECTORY",
      defaultValue = ".demo",
      description = "Where its data and configuration are (default: ${DEFAULT-VALUE}).")
  private Path directory = Path.of(".demo");

  @Option(
      names = "--fresh",
      description = "Delete what an earlier start left there, and begin anew.")
  private boolean fresh;

  @Option(
      names = "--days",
      paramLabel = "DAYS",
      defaultValue = "" + DeskSettings.DEMO_DAYS,
      description = "Days of history that a new helpdesk gets (default: ${DEFAULT-VALUE}).")
  private int days = DeskSettings.DEMO_DAYS;

  @Mixin private ListenOptions listen = new ListenOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Clock clock = Clock.systemUTC();
    LocalDate today = LocalDate.ofInstant(clock.instant(), DeskSettings.BERLIN);
    DeskSettings settings = settings(today);
    Path data = directory.resolve("postgres");
    if (Files.exists(configuration()) && !Files.exists(data)) {
      throw new Refusal.Told(
          configuration() + " is not the demo's; take another directory with --dir");
    }
    if (fresh) {
      forget(data);
    }
    Files.createDirectories(directory);
    say(out, (Files.exists(data) ? "continuing with" : "creating") + " the PostgreSQL in " + data);
    try (Stop stop = new Stop();
        EmbeddedPostgres postgres = started(data)) {
      EmbeddedPostgres.Database desk = postgres.database("desk");
      say(
          out,
          "bringing the simulated helpdesk up to now (a new one gets "
              + days
              + " days of history)");
      DeskDatabase database = opened(desk, settings, clock);
      LocalDate firstDay = database.settings().firstDay();
      Wiring wiring =
          new Wiring(listen.over(configured(desk, postgres.database("exporter"), firstDay, today)));
      try (Simulator _ = Simulator.started(database);
          OwnStore store = OwnStore.of(wiring.config().store())) {
        Service.run(
            wiring, store.settings(), clock, stop, port -> welcome(out, port, wiring.config()));
      }
    }
    return 0;
  }

  private DeskSettings settings(LocalDate today) throws Refusal.Told {
    if (days < 1) {
      throw new Refusal.Told("--days: found " + days + "; allowed: at least 1");
    }
    return DeskSettings.demo(today, days);
  }

  private void welcome(PrintWriter out, int port, Config config) {
    String here = "  http://localhost:" + port;
    out.println();
    out.println(here + "/          what is read and how fresh it is");
    out.println(here + "/metrics   the KPIs, for Prometheus");
    config
        .wallboard()
        .ifPresent(
            it -> {
              out.println(here + "/wallboard#token=" + it.token().reveal());
              out.println(
                  " ".repeat(here.length()) + "           the KPIs, for a screen on a wall");
            });
    out.println();
    out.println("  The configuration is " + configuration() + ". Ctrl-C ends it.");
    out.println();
    out.flush();
  }

  /** Writes the configuration where people can read it, and reads it as for any other helpdesk. */
  private Config configured(
      EmbeddedPostgres.Database desk,
      EmbeddedPostgres.Database exporter,
      LocalDate firstDay,
      LocalDate today)
      throws Exception {
    String text = DemoConfig.yaml(ADDRESS, PORT, exporter, desk, firstDay, today);
    Path file = Files.writeString(configuration(), text);
    return Wiring.loader(Map.of()).load(file).value();
  }

  private static DeskDatabase opened(
      EmbeddedPostgres.Database desk, DeskSettings settings, Clock clock)
      throws SQLException, Refusal.Told {
    try {
      return DeskDatabase.open(
          () -> DriverManager.getConnection(desk.jdbcUrl(), desk.user(), desk.password()),
          settings,
          clock);
    } catch (DeskDatabase.OfAnotherVersion e) {
      throw new Refusal.Told(e.getMessage() + "; --fresh begins anew");
    }
  }

  private Path configuration() {
    return directory.resolve("helpdesk.yml");
  }

  private static EmbeddedPostgres started(Path data) throws Refusal.Told {
    try {
      return EmbeddedPostgres.startedIn(data);
    } catch (IllegalStateException e) {
      throw new Refusal.Told(String.valueOf(e.getMessage()));
    }
  }

  /** Deletes what this command made, and nothing that it did not. */
  private void forget(Path data) throws IOException, Refusal.Told {
    try {
      EmbeddedPostgres.delete(data);
    } catch (IllegalStateException e) {
      throw new Refusal.Told(String.valueOf(e.getMessage()));
    }
    Files.deleteIfExists(configuration());
  }

  private static void say(PrintWriter out, String sentence) {
    out.println(sentence);
    out.flush();
  }
}
