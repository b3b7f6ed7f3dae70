package io.helpdeskexporter.http;

import java.util.List;

/**
 * The web configuration file cannot be used; the operator mends it. Each problem names file, line,
 * key and what is allowed.
 */
public final class WebConfigException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  WebConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong, in the order of the file. */
  public List<String> problems() {
    return problems;
  }
}
