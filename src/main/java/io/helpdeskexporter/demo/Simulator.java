package io.helpdeskexporter.demo;

import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the desk live on: writes what has come due, each second, in a thread of its own. */
public final class Simulator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final DeskDatabase database;
  private final Duration every;
  private final Thread thread;
  private boolean stopped;
  private boolean failing;

  private Simulator(DeskDatabase database, Duration every) {
    this.database = database;
    this.every = every;
    thread = Thread.ofVirtual().name("simulated desk").unstarted(this::live);
  }

  /** Starts it; the database is its own from now on, and closed with it. */
  public static Simulator started(DeskDatabase database) {
    return started(database, EVERY);
  }

  /** One that looks so often for what has come due. */
  static Simulator started(DeskDatabase database, Duration every) {
    Simulator simulator = new Simulator(database, every);
    simulator.thread.start();
    return simulator;
  }

  /** Returns when nothing is being written any more. */
  @Override
  public void close() {
    synchronized (this) {
      stopped = true;
      notifyAll();
    }
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void live() {
    try (database) {
      while (!awaitStop()) {
        step();
      }
    } catch (SQLException e) {
      LOG.debug("the connection to the simulated desk was broken when it was closed", e);
    }
  }

  /** A database that is away for a while is an ordinary thing: what it missed is written later. */
  private void step() {
    try {
      database.step();
      if (failing) {
        LOG.info("the simulated desk writes again");
      }
      failing = false;
    } catch (SQLException e) {
      if (!failing) {
        LOG.warn("the simulated desk could not write and tries again", e);
      }
      failing = true;
    }
  }

  private synchronized boolean awaitStop() {
    long deadline = System.nanoTime() + every.toNanos();
    for (long left = every.toNanos(); left > 0 && !stopped; left = deadline - System.nanoTime()) {
      try {
        wait(Math.max(1, Duration.ofNanos(left).toMillis()));
      } catch (InterruptedException e) {
        return true;
      }
    }
    return stopped;
  }
}
