package io.helpdeskexporter.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wish to end (Ctrl-C, SIGTERM), and the wait until all is cleaned up. Opened before anything
 * that has to be closed, so that it is closed after all of it.
 */
final class Stop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Stop.class);

  /**
   * After that the process ends as it is, which loses nothing either. Less than the half minute
   * that most who stop a process wait before they kill it.
   */
  private static final int LONGEST_SECONDS = 25;

  /** For the help of a command that runs until it is stopped. */
  static final String HOW =
      "Ctrl-C or SIGTERM ends it: within " + LONGEST_SECONDS + " seconds, whatever it is doing.";

  private final Duration longest;
  private final CountDownLatch ended = new CountDownLatch(1);
  private Optional<Runnable> action = Optional.empty();
  private boolean asked;

  Stop() {
    this(Duration.ofSeconds(LONGEST_SECONDS));
  }

  /** One that waits no longer than this. */
  Stop(Duration longest) {
    this.longest = longest;
    Runtime.getRuntime().addShutdownHook(new Thread(this::ask, "stop"));
  }

  /** What to do when the end is asked for; at once if it was already. */
  synchronized void whenAsked(Runnable whatToDo) {
    action = Optional.of(whatToDo);
    if (asked) {
      whatToDo.run();
    }
  }

  private void ask() {
    if (ended.getCount() == 0) {
      return;
    }
    LOG.info("stopping");
    synchronized (this) {
      asked = true;
      action.ifPresent(Runnable::run);
    }
    try {
      if (!ended.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("not everything stopped within {} s; ending as it is", longest.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (asked) {
      LOG.info("stopped");
    }
    ended.countDown();
  }
}
