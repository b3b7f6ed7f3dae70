package io.helpdeskexporter.cli;

import io.helpdeskexporter.explain.Explanation;
import io.helpdeskexporter.explain.Question;
import io.helpdeskexporter.explain.Unanswerable;
import io.helpdeskexporter.store.Known;
import io.helpdeskexporter.store.Store;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "explain",
    description =
        "Tells of one ticket what it counted as and why: its history, the course of each clock, the"
            + " definitions that applied, the series it feeds, and what is not counted. From what"
            + " is stored; reads no source.",
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ExplainCommand implements Callable<Integer> {
  @Mixin private ConfigOption option = new ConfigOption();

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "The source of the ticket.",
      required = true)
  private String source = "";

  @Option(
      names = "--ticket",
      paramLabel = "ID",
      description = "The ticket, by its source's own key.",
      required = true)
  private String ticket = "";

  @Option(
      names = "--kpi",
      paramLabel = "ID",
      description =
          "One KPI only, by its id or one of its metrics (default: all that the ticket has to do"
              + " with).")
  private Optional<String> kpi = Optional.empty();

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
    json
  }

  @Override
  public Integer call() throws Exception {
    Wiring wiring = new Wiring(option.load());
    try (OwnStore own = OwnStore.of(wiring.config().store());
        Store store =
            Store.open(own.settings(), Known.of(wiring.catalogue().families()), Optional.empty())) {
      Explanation explanation =
          new Explaining(wiring, store).answer(new Question(source, ticket, kpi));
      PrintWriter out = spec.commandLine().getOut();
      out.print(
          switch (format) {
            case text -> ExplanationText.of(explanation);
            case json -> ExplanationJson.of(explanation);
          });
      out.flush();
      return 0;
    } catch (Unanswerable e) {
      throw new Refusal.Told(String.valueOf(e.getMessage()));
    }
  }
}
