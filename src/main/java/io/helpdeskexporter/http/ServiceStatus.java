package io.helpdeskexporter.http;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the exporter says of itself at one instant, for the landing page and the readiness check.
 * What is not known is empty, never zero.
 *
 * @param version of the running build
 * @param startedAt when this process started
 * @param asOf the instant this status describes; ages on the page are counted from it
 * @param notReadyBecause a sentence; empty once the service is ready
 * @param sources in the order of the configuration
 * @param goals in the order of the configuration
 * @param warnings sentences about what works and should be looked at all the same
 * @param notMeasured what the catalogue has and this installation cannot give
 * @param documentation where to read more
 */
public record ServiceStatus(
    String version,
    Instant startedAt,
    Instant asOf,
    Optional<String> notReadyBecause,
    List<SourceStatus> sources,
    List<GoalStatus> goals,
    List<String> warnings,
    List<NotMeasured> notMeasured,
    List<Link> documentation) {

  public ServiceStatus {
    sources = List.copyOf(sources);
    goals = List.copyOf(goals);
    warnings = List.copyOf(warnings);
    notMeasured = List.copyOf(notMeasured);
    documentation = List.copyOf(documentation);
  }

  /**
   * One configured source.
   *
   * @param name as configured
   * @param kind of helpdesk, such as "zendesk"
   * @param tickets stored; empty while the store has not been asked
   * @param events stored; empty while the store has not been asked
   * @param watermark all events up to here are counted
   * @param slowed how it is polled; present exactly while that is less often than configured
   * @param lastError the latest failure, also of a source that has recovered since
   * @param progress of the first import; present exactly while it runs
   */
  public record SourceStatus(
      String name,
      String kind,
      Condition condition,
      OptionalLong tickets,
      OptionalLong events,
      Optional<Instant> watermark,
      Optional<Instant> lastSuccessfulPoll,
      Optional<Pace> slowed,
      Optional<Failure> lastError,
      Optional<Progress> progress) {

    public SourceStatus {
      require(
          name,
          progress.isPresent() == (condition == Condition.IMPORTING),
          "progress if and only if importing");
      require(name, condition != Condition.FAILING || lastError.isPresent(), "an error if failing");
      require(
          name,
          condition != Condition.UP || lastSuccessfulPoll.isPresent(),
          "a successful poll if up");
      require(
          name,
          condition != Condition.NEVER_SUCCEEDED || lastSuccessfulPoll.isEmpty(),
          "no successful poll if it never succeeded");
    }

    /** How far the data is behind; empty without a watermark, and never negative. */
    public Optional<Duration> lag(Instant asOf) {
      return watermark.map(
          mark -> mark.isAfter(asOf) ? Duration.ZERO : Duration.between(mark, asOf));
    }

    private static void require(String name, boolean holds, String rule) {
      if (!holds) {
        throw new IllegalArgumentException("source %s: needs %s".formatted(name, rule));
      }
    }
  }

  /** How a source does. */
  public enum Condition {
    /** The latest poll succeeded. */
    UP,
    /** Polls succeeded once and the latest did not. */
    FAILING,
    /** No poll has succeeded since the source was configured. */
    NEVER_SUCCEEDED,
    /** The first import runs. */
    IMPORTING
  }

  /**
   * How often a source is polled, where that is less often than wanted.
   *
   * @param scarce the limit whose calls would not last otherwise
   */
  public record Pace(Duration every, Duration insteadOf, String scarce) {}

  /**
   * Something that went wrong.
   *
   * @param sentence for people, without secrets and without a customer's words
   */
  public record Failure(Instant at, String sentence) {}

  /**
   * How far the first import is.
   *
   * @param done tickets read so far
   * @param expected as the source announced; empty where it does not say
   */
  public record Progress(long done, OptionalLong expected) {

    public Progress {
      if (done < 0 || expected.orElse(0) < 0) {
        throw new IllegalArgumentException(
            "import progress is negative: " + done + " of " + expected);
      }
    }
  }

  /**
   * What a KPI is to come to, and how that goes.
   *
   * @param owner empty text if nobody is named
   * @param kpi its title
   * @param scope source, team and period, in words
   * @param now empty while the KPI has no value
   * @param until the deadline in words
   * @param progress 0 at the start, 1 at the target; empty while the KPI has no value
   * @param elapsed the share of the time that is over; empty if that is not known
   */
  public record GoalStatus(
      String name,
      String owner,
      String kpi,
      String scope,
      Optional<Amount> now,
      Amount target,
      String until,
      OptionalDouble progress,
      OptionalDouble elapsed,
      Outlook outlook) {}

  /** The value of a KPI. */
  public record Amount(double value, Unit unit) {
    /** How it is written. */
    public enum Unit {
      SECONDS,
      /** Shown in percent. */
      RATIO,
      /** From -1 to 1, shown as -100 to 100 with its sign. */
      BALANCE,
      COUNT,
      MONEY
    }
  }

  /** What is to be expected of a goal, or what became of it. */
  public enum Outlook {
    ON_TRACK,
    OFF_TRACK,
    TOO_EARLY,
    NOT_MEASURED,
    /** Its time is over, and what it came to is not known yet. */
    BEING_COMPUTED,
    REACHED,
    MISSED
  }

  /**
   * A KPI that cannot be given, and why.
   *
   * @param what a KPI or metric
   * @param source where only one source lacks it
   * @param because a sentence
   */
  public record NotMeasured(String what, Optional<String> source, String because) {}

  /**
   * Where to read more.
   *
   * @param target absolute with https or http, or a path on this service
   */
  public record Link(String title, URI target) {

    public Link {
      String scheme = target.getScheme();
      if (scheme != null && !scheme.equals("https") && !scheme.equals("http")) {
        throw new IllegalArgumentException(
            "link %s: found scheme %s; allowed: https, http".formatted(title, scheme));
      }
    }
  }
}
