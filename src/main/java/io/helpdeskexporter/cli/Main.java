package io.helpdeskexporter.cli;

import io.helpdeskexporter.exposition.BuildInfo;
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
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      CheckCommand.class,
      ReportCommand.class,
      ExplainCommand.class,
      BackfillCommand.class,
      BacktestCommand.class,
      RulesCommand.class,
      PagerCommand.class,
      KpisCommand.class,
      DashboardsCommand.class,
      ConfigCommand.class
    })
public final class Main {
  /** Something is wrong with what the operator gave, and the message said what. */
  static final int REFUSED = 1;

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
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

  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      BuildInfo build = BuildInfo.read();
      return new String[] {"helpdesk-exporter " + build.version() + " (" + build.revision() + ")"};
    }
  }
}
