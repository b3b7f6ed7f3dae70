package io.helpdeskexporter.cli;

import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Reference;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "kpis",
    description = "Prints what is measured: each KPI with its definition, formula and metrics.",
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class KpisCommand implements Callable<Integer> {
  @Option(names = "--markdown", description = "As the reference page of the documentation.")
  private boolean markdown;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Catalogue catalogue = Catalogue.of(Definitions.DEFAULT);
    out.print(markdown ? Reference.markdown(catalogue) : Reference.text(catalogue));
    out.flush();
    return 0;
  }
}
