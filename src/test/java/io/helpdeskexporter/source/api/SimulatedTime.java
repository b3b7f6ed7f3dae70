package io.helpdeskexporter.source.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Moves when a test says so, or when a source waits: months pass in seconds. */
public final class SimulatedTime extends Clock implements Patience {
  private volatile Instant now;
  private volatile boolean over;
  private volatile Duration rested = Duration.ZERO;

  public SimulatedTime(Instant now) {
    this.now = now;
  }

  public void set(Instant instant) {
    now = instant;
  }

  public void advance(Duration by) {
    now = now.plus(by);
  }

  /** What sources waited for their turns. */
  public Duration rested() {
    return rested;
  }

  @Override
  public void rest(Duration duration) throws InterruptedException {
    if (over) {
      throw new InterruptedException("ended");
    }
    rested = rested.plus(duration);
    advance(duration);
  }

  @Override
  public void end() {
    over = true;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return InstantSource.fixed(now).withZone(zone);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
