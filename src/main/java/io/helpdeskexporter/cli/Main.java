package io.helpdeskexporter.cli;

import io.helpdeskexporter.exposition.BuildInfo;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line. */
@Command(
    name = "helpdesk-exporter",
    description = {
      "Customer-support KPIs of any helpdesk as Prometheus metrics.",
      "",
      "Begin with 'demo', or with a configuration file and 'check'."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  /** Something is wrong with what the operator gave, and the message said what. */
  static final int REFUSED = 1;

  /** In the order of the help. */
  private static final List<String> COMMANDS =
      List.of(
          "demo",
          "run",
          "check",
          "plan",
          "report",
          "explain",
          "reconcile",
          "backfill",
          "backtest",
          "rules",
          "pager",
          "kpis",
          "dashboards",
          "config");

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine(args).execute(args));
  }

  /**
   * With all commands, or with the one that the arguments begin with: to know them all takes time.
   */
  static CommandLine commandLine(String... args) {
    CommandLine commandLine = new CommandLine(new Main());
    List<String> given = Stream.of(args).limit(1).filter(COMMANDS::contains).toList();
    for (String name : given.isEmpty() ? COMMANDS : given) {
      commandLine.addSubcommand(command(name));
    }
    commandLine.setExecutionExceptionHandler(
        (failure, command, result) -> {
          Refusal.print(failure, command.getErr());
          return REFUSED;
        });
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    // Each has the option, and would otherwise print nothing for it.
    commandLine
        .getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().versionProvider(new Version()));
    return commandLine;
  }

  private static Class<?> command(String name) {
    return switch (name) {
      case "demo" -> DemoCommand.class;
      case "run" -> RunCommand.class;
      case "check" -> CheckCommand.class;
      case "plan" -> PlanCommand.class;
      case "report" -> ReportCommand.class;
      case "explain" -> ExplainCommand.class;
      case "reconcile" -> ReconcileCommand.class;
      case "backfill" -> BackfillCommand.class;
      case "backtest" -> BacktestCommand.class;
      case "rules" -> RulesCommand.class;
      case "pager" -> PagerCommand.class;
      case "kpis" -> KpisCommand.class;
      case "dashboards" -> DashboardsCommand.class;
      case "config" -> ConfigCommand.class;
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      BuildInfo build = BuildInfo.read();
      return new String[] {"helpdesk-exporter " + build.version() + " (" + build.revision() + ")"};
    }
  }
}
