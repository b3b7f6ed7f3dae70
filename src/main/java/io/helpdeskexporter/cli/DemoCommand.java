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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
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
  private static final Pattern SERVER = Pattern.compile("jdbc:postgresql://[^/?@]+");

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

  @Option(
      names = "--postgres",
      paramLabel = "URL",
      description =
          "A PostgreSQL to use instead of its own, such as jdbc:postgresql://localhost:5432. Its"
              + " databases \"desk\" and \"exporter\" must be there, belong to --postgres-user, and"
              + " be the demo's alone. The password comes from the environment variable"
              + " PGPASSWORD.")
  private Optional<String> postgresUrl = Optional.empty();

  @Option(
      names = "--postgres-user",
      paramLabel = "NAME",
      defaultValue = EmbeddedPostgres.USER,
      description = "Who uses it (default: ${DEFAULT-VALUE}).")
  private String postgresUser = EmbeddedPostgres.USER;

  @Mixin private ListenOptions listen = new ListenOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Clock clock = Clock.systemUTC();
    LocalDate today = LocalDate.ofInstant(clock.instant(), DeskSettings.BERLIN);
    DeskSettings settings = settings(today);
    if (Files.exists(configuration()) && !DemoConfig.wrote(configuration())) {
      throw new Refusal.Told(
          configuration() + " is not the demo's; take another directory with --dir");
    }
    Files.createDirectories(directory);
    try (Stop stop = new Stop();
        Server postgres = server(out)) {
      EmbeddedPostgres.Database desk = postgres.database("desk");
      say(
          out,
          "bringing the simulated helpdesk up to now (a new one gets "
              + days
              + " days of history)");
      DeskDatabase database = opened(desk, settings, clock, postgres.howToBeginAnew());
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

  /** Where the simulated helpdesk and the exporter's store are. */
  private interface Server extends AutoCloseable {
    EmbeddedPostgres.Database database(String name);

    String howToBeginAnew();

    @Override
    void close();
  }

  private Server server(PrintWriter out) throws IOException, Refusal.Told {
    if (postgresUrl.isPresent()) {
      return new Given(postgresUrl.get());
    }
    Path data = directory.resolve("postgres");
    if (fresh) {
      forget(data);
    }
    say(out, (Files.exists(data) ? "continuing with" : "creating") + " the PostgreSQL in " + data);
    return new Own(started(data));
  }

  private record Own(EmbeddedPostgres postgres) implements Server {
    @Override
    public EmbeddedPostgres.Database database(String name) {
      return postgres.database(name);
    }

    @Override
    public String howToBeginAnew() {
      return "--fresh begins anew";
    }

    @Override
    public void close() {
      postgres.close();
    }
  }

  /** One that somebody else runs. */
  private final class Given implements Server {
    private final String url;
    private final String password;

    Given(String url) throws Refusal.Told {
      if (!SERVER.matcher(url).matches()) {
        throw new Refusal.Told(
            "--postgres: found "
                + url
                + "; allowed: a server without a database, such as"
                + " jdbc:postgresql://localhost:5432");
      }
      if (fresh) {
        throw new Refusal.Told(
            "--fresh deletes a PostgreSQL of the demo's own only; with --postgres, "
                + howToBeginAnew());
      }
      this.url = url;
      password = Objects.requireNonNullElse(System.getenv("PGPASSWORD"), "");
      if (password.isEmpty()) {
        throw new Refusal.Told("--postgres: the environment variable PGPASSWORD has no password");
      }
    }

    @Override
    public EmbeddedPostgres.Database database(String name) {
      return new EmbeddedPostgres.Database(url + "/" + name, postgresUser, password);
    }

    @Override
    public String howToBeginAnew() {
      return "create the databases desk and exporter anew";
    }

    @Override
    public void close() {}
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
      EmbeddedPostgres.Database desk, DeskSettings settings, Clock clock, String howToBeginAnew)
      throws SQLException, Refusal.Told {
    try {
      return DeskDatabase.open(
          () -> DriverManager.getConnection(desk.jdbcUrl(), desk.user(), desk.password()),
          settings,
          clock);
    } catch (DeskDatabase.OfAnotherVersion e) {
      throw new Refusal.Told(e.getMessage() + "; " + howToBeginAnew);
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
