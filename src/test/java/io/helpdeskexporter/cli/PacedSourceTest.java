package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.source.Pace;
import io.helpdeskexporter.store.Store;
import io.helpdeskexporter.sync.Interval;
import io.helpdeskexporter.sync.SourceLoop;
import io.helpdeskexporter.sync.SourceView;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A loop does not poll faster than the pace of its source. */
class PacedSourceTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Pace HOURLY = new Pace(HOUR, "daily");

  /** Longer than a poll a second takes to come, and short for who waits. */
  private static final Duration A_WHILE = Duration.ofMillis(1_500);

  private static final Duration MOST = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private final Logger log = (Logger) LoggerFactory.getLogger(SourceLoop.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    log.setLevel(Level.INFO);
    log.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    log.detachAppender(lines);
    log.setLevel(null);
  }

  @Test
  void whereNothingIsScarceItIsPolledAsConfigured() throws Exception {
    try (Running running = new Running("1s", Pace.FREE)) {
      assertThat(running.isPolledWithin(MOST)).isTrue();
      assertThat(running.isPolledWithin(MOST)).isTrue();
      assertThat(running.told()).isEmpty();
    }
  }

  @Test
  void neitherThePollThatIsDueNorAHintComesBeforeThePacePermits() throws Exception {
    try (Running running = new Running("1s", HOURLY)) {
      assertThat(running.isPolledWithin(MOST)).isTrue();
      running.loop.hint(Duration.ZERO);
      assertThat(running.isPolledWithin(A_WHILE)).isFalse();
      assertThat(running.shown).isEqualTo(new Interval(SECOND, HOURLY));

      running.loop.resume();
      assertThat(running.isPolledWithin(MOST)).as("when it is to go on").isTrue();
    }
  }

  @Test
  void aHintIsFollowedAsSoonAsThePacePermits() throws Exception {
    try (Running running = new Running("1h", new Pace(SECOND, "daily"))) {
      assertThat(running.isPolledWithin(MOST)).isTrue();
      running.loop.hint(Duration.ZERO);
      assertThat(running.isPolledWithin(MOST)).isTrue();
    }
  }

  @Test
  void thatItIsSlowedIsLoggedOnceAndThatItIsNoMoreOnceToo() throws Exception {
    Pace slow = new Pace(Duration.ofMillis(69_120), "daily");
    Pace about = new Pace(Duration.ofSeconds(59), "daily");
    Pace free = new Pace(Duration.ofSeconds(20), "daily");
    try (Running running = new Running("1m", slow, HOURLY, about, slow, free, free, slow)) {
      for (int i = 0; i < 7; i++) {
        assertThat(running.isPolledWithin(MOST)).isTrue();
        running.loop.resume();
      }
      assertThat(running.isPolledWithin(MOST)).isTrue();

      assertThat(running.told())
          .containsExactly(
              "source desk: polled every 70 s instead of every 60 s, so that the budget of daily"
                  + " calls lasts",
              "source desk: polled every 60 s again",
              "source desk: polled every 70 s instead of every 60 s, so that the budget of daily"
                  + " calls lasts");
    }
  }

  /** A loop over a source that never has anything new. */
  private final class Running implements AutoCloseable {
    private final Semaphore polls = new Semaphore(0);
    private final Store store;
    private final SourceLoop loop;
    private final Thread thread;
    private Optional<Instant> lastSuccess = Optional.empty();
    private volatile Interval shown = Interval.of(Duration.ZERO);

    /**
     * @param paces after each poll; the last one from then on
     */
    Running(String pollEvery, Pace... paces) throws Exception {
      String source = GeneratedDesk.SOURCE.replace("poll_every: 1s", "poll_every: " + pollEvery);
      Wired wired = Wired.by(Reading.config(directory, TestPostgres.freshDatabase(), source));
      store = wired.open();
      loop =
          new SourceLoop(
              wired.plan(new Paced(new ArrayDeque<>(Arrays.asList(paces)))),
              wired.stored(store),
              this::show,
              new OneTicket.Unseen(),
              Clock.systemUTC(),
              RandomGenerator.getDefault());
      thread = Thread.ofVirtual().start(loop);
    }

    private void show(SourceView view) {
      // Shown in the midst of a poll, too.
      Optional<Instant> succeeded = view.health().lastSuccess();
      if (!succeeded.equals(lastSuccess)) {
        lastSuccess = succeeded;
        shown = view.health().interval();
        polls.release();
      }
    }

    boolean isPolledWithin(Duration time) throws InterruptedException {
      return polls.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    List<String> told() {
      return lines.list.stream()
          .map(ILoggingEvent::getFormattedMessage)
          .filter(line -> line.contains("polled every"))
          .toList();
    }

    @Override
    public void close() throws InterruptedException {
      loop.stop();
      thread.join();
      store.close();
    }
  }

  private static final class Paced extends OneTicket {
    private final Deque<Pace> paces;

    Paced(Deque<Pace> paces) {
      this.paces = paces;
    }

    @Override
    public Pace pace(Duration took) {
      return paces.size() > 1 ? paces.removeFirst() : paces.getFirst();
    }
  }
}
