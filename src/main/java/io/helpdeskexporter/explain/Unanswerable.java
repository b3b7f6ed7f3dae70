package io.helpdeskexporter.explain;

/** There is no answer to a {@link Question}; the message says why and what could be asked. */
public final class Unanswerable extends Exception {
  private static final long serialVersionUID = 1L;

  private final Problem problem;

  public Unanswerable(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  /** What is the matter. */
  public enum Problem {
    UNKNOWN_SOURCE,
    UNKNOWN_TICKET,
    UNKNOWN_KPI,
    /** The source has not been read to its end yet. */
    NOT_READ_YET,
    /** What is stored cannot be read at the moment. */
    UNAVAILABLE
  }

  public Problem problem() {
    return problem;
  }
}
