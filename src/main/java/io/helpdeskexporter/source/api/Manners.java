package io.helpdeskexporter.source.api;

import io.helpdeskexporter.source.SourceException;
import java.time.Duration;
import java.util.Optional;

/** What a vendor's answers mean beyond their status. */
public interface Manners {
  /** The system's name, for messages: {@code Zendesk}. */
  String vendor();

  /**
   * What is wrong, where the vendor's own words tell more than the status does. The message says
   * what to do; it need not say which call it was.
   */
  default Optional<SourceException> failure(Call call, Answer answer) {
    return Optional.empty();
  }

  /** Whether the credentials were refused, so that others, where they can be had, might do. */
  default boolean isRefusal(Call call, Answer answer) {
    return answer.status() == 401;
  }

  /**
   * The vendor's reason in its own words, such as a code or a title; never what a customer wrote.
   */
  default Optional<String> reason(Answer answer) {
    return Optional.empty();
  }

  /** Tells the budget what the headers say about it. Failures have them, too. */
  default void learn(Call call, Answer answer, Budget budget) {}

  /** How long to wait after a 429 that does not say. */
  default Duration pauseAfterTooMany() {
    return Duration.ofSeconds(60);
  }
}
