package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.ConfigReference;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "config",
    description =
        "Prints the reference of the configuration file: every key, its type and default.",
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(ConfigReference.markdown(Kinds.settings()));
    out.flush();
    return 0;
  }
}
