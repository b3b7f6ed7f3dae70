package io.helpdeskexporter.source.freshdesk;

import java.time.Instant;
import java.util.List;

/**
 * How far a list of tickets was read.
 *
 * @param answered conversations with an answer from this instant on are read
 * @param told every change before this instant was told by an earlier run
 * @param since what the list is asked with
 * @param page of that list
 * @param seen the last change of all that were read
 * @param fetched tickets whose conversation was read lately, with the times of their last answers
 * @param lookedAt by this machine's clock, when the last run ended
 */
record ListPosition(
    Instant answered,
    Instant told,
    Instant since,
    int page,
    Instant seen,
    List<String> fetched,
    Instant lookedAt) {
  ListPosition {
    fetched = List.copyOf(fetched);
  }

  static ListPosition start(Instant since) {
    return new ListPosition(since, since, since, 1, since, List.of(), Instant.EPOCH);
  }

  boolean isUnderWay() {
    return page > 1 || since.isAfter(told);
  }
}
