package io.helpdeskexporter.rules;

import java.util.List;
import java.util.function.BiFunction;

/**
 * A file made of the objectives.
 *
 * @param path relative, with slashes
 */
public record RuleFile(String path, String text) {

  /** Whose file it is. */
  public enum Format {
    /** Rules, complete, with all corrections. */
    PROMETHEUS(
        (slos, links) ->
            List.of(new RuleFile("helpdesk-slo.yml", SloRules.prometheus(slos, links)))),
    /** Specifications of Sloth, by source and period, and the windows to generate them with. */
    SLOTH(Sloth::files),
    /** Specifications of Pyrra, one for each objective. */
    PYRRA((slos, _) -> Pyrra.files(slos));

    private final BiFunction<List<Slo>, Links, List<RuleFile>> writer;

    Format(BiFunction<List<Slo>, Links, List<RuleFile>> writer) {
      this.writer = writer;
    }

    /**
     * The files of these objectives, in their order.
     *
     * @param slos whose alerts are not {@linkplain Reach#isDead dead}
     */
    public List<RuleFile> files(List<Slo> slos, Links links) {
      return writer.apply(slos, links);
    }
  }
}
