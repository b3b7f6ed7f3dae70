package io.helpdeskexporter.source;

import io.helpdeskexporter.config.Share;
import java.time.Duration;
import java.util.List;

/**
 * What reading a system costs in requests, as far as is known before the first is made: what an
 * account really may ask, its answers tell.
 *
 * @param rows what is counted below: {@code tickets}
 * @param share of each limit that may be used
 */
public record Effort(String rows, Share share, List<Charge> charges) {
  /**
   * What is charged to one limit.
   *
   * @param limit its name
   * @param permitted requests in a period
   * @param poll requests of a poll that finds nothing new
   * @param changed requests that 1,000 changed rows add
   * @param imported requests that 1,000 rows of a first import take
   */
  public record Charge(
      String limit, int permitted, Duration per, double poll, double changed, double imported) {
    public Charge {
      if (permitted < 1 || per.isNegative() || per.isZero()) {
        throw new IllegalArgumentException("a limit of " + permitted + " requests in " + per);
      }
    }
  }

  public Effort {
    charges = List.copyOf(charges);
  }

  /** Requests an hour that may be made of those that a limit permits. */
  public double anHour(Charge charge) {
    return share.of(charge.permitted())
        * (double) Duration.ofHours(1).toMillis()
        / charge.per().toMillis();
  }
}
