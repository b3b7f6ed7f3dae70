package io.helpdeskexporter.forecast;

import java.util.Collection;

/**
 * How many promises will probably break. Rule: KPI definitions, "Looking ahead", SLA at-risk
 * forecast.
 */
public final class BreachOutlook {
  private BreachOutlook() {}

  /**
   * A promise that still runs.
   *
   * @param age since it was made
   * @param deadline the age at which it breaks, on the same clock
   */
  public record Running(long age, long deadline) {}

  /**
   * The expected number of promises that break, one by one as likely as it was for past promises of
   * this age to stay unfulfilled until such a deadline. Those that are past their deadline are
   * broken already and do not count. The order of the promises does not matter, not even to the
   * last digit.
   *
   * @param fulfilment how long it took to fulfil promises of the same metric
   * @param promises those whose deadline lies within the time looked at
   */
  public static double expectedBreaches(Survival fulfilment, Collection<Running> promises) {
    return promises.stream()
        .filter(promise -> promise.age() < promise.deadline())
        .mapToDouble(promise -> fulfilment.beyond(promise.deadline(), promise.age()))
        .sorted()
        .sum();
  }
}
