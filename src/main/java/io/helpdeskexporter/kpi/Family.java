package io.helpdeskexporter.kpi;

import java.util.List;
import java.util.Set;

/**
 * One metric family as served. Every family carries {@code source}; the labels named here come on
 * top.
 */
public sealed interface Family {
  String name();

  /** One sentence: the definition used and the clock. */
  String help();

  Set<Label> labels();

  /** Ever-growing. Outlives a failing source and a restart. */
  sealed interface Ever extends Family {
    Measure measure();
  }

  /** The state of things. Vanishes with what it shows, and when the source is not heard of. */
  sealed interface Now extends Family {
    Level level();
  }

  /** What happened within windows of time. Vanishes when the source is not heard of. */
  sealed interface Report extends Family {
    Measure measure();
  }

  /** How often a measure was observed, ever. */
  record Counter(String name, String help, Measure measure, Set<Label> labels) implements Ever {
    public Counter {
      requireForEver(name, measure);
      labels = Set.copyOf(labels);
    }
  }

  /**
   * How often a measure was observed, ever, by agent, the first of its details. It is about a
   * person, and so never shown as it is: see {@link Pseudonyms}.
   */
  record AgentCounter(String name, String help, Measure measure, Set<Label> labels)
      implements Ever {
    public AgentCounter {
      requireForEver(name, measure);
      labels = Set.copyOf(labels);
    }
  }

  /** What a measure adds up to, ever, in its unit. */
  record SumCounter(String name, String help, Measure measure, Set<Label> labels) implements Ever {
    public SumCounter {
      requireForEver(name, measure);
      labels = Set.copyOf(labels);
    }
  }

  /** Distribution of a measure in its unit, ever, in classic buckets. */
  record Histogram(String name, String help, Measure measure, Set<Label> labels) implements Ever {
    public Histogram {
      requireForEver(name, measure);
      labels = Set.copyOf(labels);
    }
  }

  /** How many contributions a level has now. */
  record Gauge(String name, String help, Level level, Set<Label> labels) implements Now {
    public Gauge {
      labels = Set.copyOf(labels);
    }
  }

  /** What the values of a level's contributions add up to now, in its unit. */
  record Sum(String name, String help, Level level, Set<Label> labels) implements Now {
    public Sum {
      labels = Set.copyOf(labels);
    }
  }

  /** The earliest value among a level's contributions, as a Unix time; absent if there is none. */
  record Earliest(String name, String help, Level level, Set<Label> labels) implements Now {
    public Earliest {
      labels = Set.copyOf(labels);
    }
  }

  /** How many observations of a measure are in each window: labels {@code window} and few more. */
  record WindowCount(String name, String help, Measure measure, Set<Label> labels)
      implements Report {
    public WindowCount {
      labels = Set.copyOf(labels);
    }
  }

  /**
   * What the observations of a measure in each window add up to, in its unit: labels {@code window}
   * and few more.
   */
  record WindowSum(String name, String help, Measure measure, Set<Label> labels) implements Report {
    public WindowSum {
      labels = Set.copyOf(labels);
    }
  }

  /**
   * How many different values the observations of a measure have in each window: labels {@code
   * window} and few more.
   */
  record WindowDistinct(String name, String help, Measure measure, Set<Label> labels)
      implements Report {
    public WindowDistinct {
      labels = Set.copyOf(labels);
    }
  }

  /**
   * Exact statistics of a measure in each window, in seconds: labels {@code window}, {@code stat}
   * (mean, p50 and the configured quantiles) and at most one more. Absent for a window that holds
   * no value.
   */
  record WindowSeconds(String name, String help, Measure measure, Set<Label> labels)
      implements Report {
    public WindowSeconds {
      labels = Set.copyOf(labels);
    }
  }

  /**
   * What is made of other families of the same evaluation and of the configuration. It stays or
   * vanishes as whoever judges has decided, not by itself.
   *
   * @param names all labels beside the source
   */
  record Judged(String name, String help, Set<String> names) implements Family {
    public Judged {
      names = Set.copyOf(names);
    }

    @Override
    public Set<Label> labels() {
      return Set.of();
    }
  }

  /**
   * What is probably to come, made of the past by an outlook. Vanishes when the source is not heard
   * of.
   *
   * @param more labels beside those, such as {@code horizon}
   */
  record Forecast(String name, String help, Outlook outlook, Set<Label> labels, List<String> more)
      implements Family {
    public Forecast {
      labels = Set.copyOf(labels);
      more = List.copyOf(more);
    }
  }

  /**
   * The promised times of the SLA policies, in seconds: labels {@code sla_metric} and {@code
   * priority}.
   */
  record SlaTargets(String name, String help) implements Family {
    @Override
    public Set<Label> labels() {
      return Set.of(Label.PRIORITY, Label.DETAIL);
    }
  }

  /** What was counted once cannot be taken back. */
  private static void requireForEver(String name, Measure measure) {
    if (measure.revocable()) {
      throw new IllegalArgumentException(
          "%s: %s may be taken back, so that only windows can show it"
              .formatted(name, measure.name()));
    }
  }
}
