package io.helpdeskexporter.hook;

import io.helpdeskexporter.config.WebhookConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a system tells that something is new. Thread-safe. */
public final class Hook {
  private static final Logger LOG = LoggerFactory.getLogger(Hook.class);

  private final String source;
  private final Signatures signatures;
  private final BooleanSupplier open;
  private final Runnable hint;
  private final InstantSource clock;
  private final MeterRegistry meters;
  private volatile double lastReceived;
  private volatile double lag;

  /** What becomes of a delivery. */
  public enum Outcome {
    ACCEPTED(200),
    /** Whoever sent it does not know the secret. */
    BAD_SIGNATURE(401),
    /** Sent before, or by another clock. */
    STALE(401),
    TOO_LARGE(413),
    INVALID(415),
    /** This process does not read at present: the vendor is to try again. */
    UNAVAILABLE(503);

    private final int status;

    Outcome(int status) {
      this.status = status;
    }

    /** Of the answer. */
    public int status() {
      return status;
    }
  }

  /**
   * @param open whether this process reads the source
   * @param hint lets the source be read soon; returns at once
   */
  public Hook(
      String source,
      WebhookConfig config,
      BooleanSupplier open,
      Runnable hint,
      InstantSource clock,
      MeterRegistry meters) {
    this.source = source;
    this.signatures = new Signatures(config);
    this.open = open;
    this.hint = hint;
    this.clock = clock;
    this.meters = meters;
  }

  public String source() {
    return source;
  }

  /** What to answer; that something is new is known when this returns. */
  public Outcome take(Delivery delivery) {
    if (!open.getAsBoolean()) {
      return counted(Outcome.UNAVAILABLE);
    }
    Instant now = clock.instant();
    return switch (signatures.of(delivery, now)) {
      case Verdict.Genuine(var signedAt) -> {
        hint.run();
        lastReceived = now.toEpochMilli() / 1000.0;
        show(
            "webhook.last.received.timestamp.seconds",
            "When the last genuine webhook of the source came.",
            it -> it.lastReceived);
        if (signedAt.isPresent()) {
          lag = Duration.between(signedAt.get(), now).toMillis() / 1000.0;
          show(
              "webhook.lag.seconds",
              "Seconds that the last webhook took, by the clocks of both sides.",
              it -> it.lag);
        }
        yield counted(Outcome.ACCEPTED);
      }
      case Verdict.Stale(Instant signedAt) -> {
        LOG.warn(
            "source {}: a webhook that was signed at {} is refused; is a clock wrong?",
            source,
            signedAt);
        yield counted(Outcome.STALE);
      }
      case Verdict.Forged() -> {
        LOG.debug("source {}: a webhook with a wrong signature is refused", source);
        yield counted(Outcome.BAD_SIGNATURE);
      }
    };
  }

  /** From the first one on: before it there is nothing to tell. */
  private void show(String name, String description, ToDoubleFunction<Hook> value) {
    Gauge.builder(name, this, value)
        .description(description)
        .tag("source", source)
        .register(meters);
  }

  /** Counts an outcome that was known without looking at the signature. */
  public Outcome counted(Outcome outcome) {
    Counter.builder("webhook.requests")
        .description("Webhooks by what came of them.")
        .tag("source", source)
        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .register(meters)
        .increment();
    return outcome;
  }
}
