package io.helpdeskexporter.source.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What came back.
 *
 * @param status of HTTP
 * @param headers the first value of each, whatever the case of its name
 * @param json the body; missing where the answer had none or was none of JSON, which is an error
 *     only where a body was to be expected
 * @param text the beginning of a body that is no JSON
 * @param receivedAt by this machine's clock
 */
public record Answer(
    int status, Map<String, String> headers, JsonNode json, String text, Instant receivedAt) {
  public Answer {
    TreeMap<String, String> folded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(folded::putIfAbsent);
    headers = folded;
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** A header that is a whole number; empty where it is none. */
  public OptionalInt number(String name) {
    Optional<String> text = header(name).map(String::strip);
    return text.isPresent() && text.get().matches("\\d{1,9}")
        ? OptionalInt.of(Integer.parseInt(text.get()))
        : OptionalInt.empty();
  }

  /**
   * When the answer was made, by the system's own clock, to the second; by this machine's where it
   * does not tell. What a system has told everything about is to be reckoned by its clock.
   */
  public Instant at() {
    return header("Date").flatMap(Answer::httpDate).orElse(receivedAt);
  }

  /** How long to leave the system alone: a number of seconds or a time. */
  public Optional<Duration> retryAfter() {
    Optional<String> text = header("Retry-After").map(String::strip);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().matches("\\d{1,9}(\\.\\d{1,9})?")) {
      return Optional.of(
          Duration.ofMillis((long) Math.ceil(Double.parseDouble(text.get()) * 1000)));
    }
    return httpDate(text.get())
        .map(until -> Duration.between(at(), until))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  private static Optional<Instant> httpDate(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Without what customers wrote. */
  @Override
  public String toString() {
    return "Answer[" + status + "]";
  }
}
