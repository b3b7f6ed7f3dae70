package io.helpdeskexporter.source.api;

import io.helpdeskexporter.source.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What is asked for once and known for a while: agents, teams, statuses. Nothing that changes what
 * was told before may be kept so.
 */
public final class Kept<T> {
  /** Asks for it. */
  @FunctionalInterface
  public interface Question<T> {
    T ask() throws SourceException, InterruptedException;
  }

  private final Question<T> question;
  private final Duration lasts;
  private final InstantSource clock;
  private Optional<T> value = Optional.empty();
  private Instant asked = Instant.MIN;

  public Kept(Duration lasts, InstantSource clock, Question<T> question) {
    this.lasts = lasts;
    this.clock = clock;
    this.question = question;
  }

  public T get() throws SourceException, InterruptedException {
    Instant now = clock.instant();
    if (value.isEmpty() || !now.isBefore(asked.plus(lasts)) || now.isBefore(asked)) {
      value = Optional.of(question.ask());
      asked = now;
    }
    return value.get();
  }

  /** Asks again the next time: something turned up that it does not know. */
  public void forget() {
    value = Optional.empty();
  }
}
