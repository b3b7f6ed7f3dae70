package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.store.Store;
import io.helpdeskexporter.sync.SourceLoop;
import io.helpdeskexporter.sync.SourceView;
import java.nio.file.Path;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counting a big table may time out where reading what changed does not. */
class UncountedSourceTest {
  @TempDir private Path directory;

  @Test
  void whatCannotBeCountedIsReadAllTheSameAndItsFailureIsTold() throws Exception {
    Wired wired =
        Wired.by(Reading.config(directory, TestPostgres.freshDatabase(), GeneratedDesk.SOURCE));
    AtomicReference<SourceLoop> loop = new AtomicReference<>();
    AtomicReference<SourceView> last = new AtomicReference<>();
    try (Store store = wired.open()) {
      loop.set(
          new SourceLoop(
              wired.plan(new Uncounted()),
              wired.stored(store),
              view -> {
                last.set(view);
                if (view.health().lastFailure().isPresent()) {
                  loop.get().stop();
                }
              },
              new OneTicket.Unseen(),
              Clock.systemUTC(),
              RandomGenerator.getDefault()));
      loop.get().run();

      assertThat(last.get().health().lastFailure().orElseThrow().sentence())
          .contains("counting took too long");
      assertThat(wired.stored(store).holdings().tickets()).isEqualTo(1);
      assertThat(last.get().metrics()).isPresent();
    }
  }

  private static final class Uncounted extends OneTicket {
    @Override
    public OptionalLong countTickets() throws SourceException {
      throw new SourceException.Unavailable(
          "counting took too long", new IllegalStateException("timeout"));
    }
  }
}
