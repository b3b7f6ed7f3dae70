package io.helpdeskexporter.source;

import java.time.Duration;
import java.util.Optional;

/**
 * A source could not be read. The kind says who has to act; the message says what, where, what was
 * expected and what to do. It leaves the source's name to whoever shows it, who knows it.
 */
public abstract sealed class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  private SourceException(String message, Throwable cause) {
    super(message, cause);
  }

  private SourceException(String message) {
    super(message);
  }

  /** As a label value. */
  public abstract String reason();

  /** The server is gone, slow or busy: try again later by itself. */
  public static final class Unavailable extends SourceException {
    private static final long serialVersionUID = 1L;
    private final transient Optional<Duration> retryAfter;

    public Unavailable(String message) {
      super(message);
      this.retryAfter = Optional.empty();
    }

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
      this.retryAfter = Optional.empty();
    }

    public Unavailable(String message, Duration retryAfter) {
      super(message);
      this.retryAfter = Optional.of(retryAfter);
    }

    /** How long the source asks to be left alone. */
    public Optional<Duration> retryAfter() {
      return retryAfter;
    }

    @Override
    public String reason() {
      return "unavailable";
    }
  }

  /**
   * Wrong password, missing table, missing right: an operator has to act. Tried again all the same,
   * at longer intervals.
   */
  public static final class Misconfigured extends SourceException {
    private static final long serialVersionUID = 1L;

    public Misconfigured(String message, Throwable cause) {
      super(message, cause);
    }

    public Misconfigured(String message) {
      super(message);
    }

    @Override
    public String reason() {
      return "misconfigured";
    }
  }

  /**
   * The source answered something that cannot be right, as a whole: it or this program has to be
   * mended.
   */
  public static final class Nonsense extends SourceException {
    private static final long serialVersionUID = 1L;

    public Nonsense(String message, Throwable cause) {
      super(message, cause);
    }

    public Nonsense(String message) {
      super(message);
    }

    @Override
    public String reason() {
      return "nonsense";
    }
  }
}
