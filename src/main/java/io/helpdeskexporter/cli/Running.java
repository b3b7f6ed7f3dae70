package io.helpdeskexporter.cli;

import io.helpdeskexporter.http.WebConfigException;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the service until the process is asked to end, and ends it cleanly. */
final class Running {
  private static final Logger LOG = LoggerFactory.getLogger(Running.class);

  /**
   * A second longer than the loops may take; after that the process ends as it is, which loses
   * nothing either.
   */
  private static final int LONGEST_STOP_SECONDS = 25;

  private Running() {}

  /**
   * Returns once it has stopped.
   *
   * @param afterwards what else is to end, after the service
   */
  static int untilStopped(Wiring wiring, Clock clock, Runnable afterwards)
      throws WebConfigException, InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    try (Service service = new Service(wiring, ImportProgress.forTerminalOrLog(), clock)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, ended), "stop"));
      service.run();
    } finally {
      afterwards.run();
      LOG.info("stopped");
      ended.countDown();
    }
    return 0;
  }

  /** The process is not to end before the main thread has cleaned up. */
  private static void stop(Service service, CountDownLatch ended) {
    LOG.info("stopping");
    service.stop();
    try {
      if (!ended.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("not everything stopped in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
