package io.helpdeskexporter.config;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;

/**
 * A configuration file that the operator has to correct. The message holds every problem, one on a
 * line, in the order of the file: {@code helpdesk.yml:14: sources[1].poll_every: found "5 min";
 * allowed: ...}.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  ConfigException(String file, List<Problem> problems) {
    super(
        sorted(problems).stream().map(problem -> problem.in(file)).collect(joining("\n")),
        null,
        false,
        false);
    this.problems = sorted(problems);
  }

  /** In the order of their lines; never empty. */
  public List<Problem> problems() {
    return problems;
  }

  private static List<Problem> sorted(List<Problem> problems) {
    return problems.stream().sorted(Comparator.comparingInt(Problem::line)).distinct().toList();
  }
}
