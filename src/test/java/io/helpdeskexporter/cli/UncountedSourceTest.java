package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.fixtures.TestPostgres;
import io.helpdeskexporter.source.Change;
import io.helpdeskexporter.source.Cursor;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Page;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Stream;
import io.helpdeskexporter.store.Store;
import io.helpdeskexporter.sync.Progress;
import io.helpdeskexporter.sync.SourceLoop;
import io.helpdeskexporter.sync.SourceView;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
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
              new Unseen(),
              Clock.systemUTC(),
              RandomGenerator.getDefault()));
      loop.get().run();

      assertThat(last.get().health().lastFailure().orElseThrow().sentence())
          .contains("counting took too long");
      assertThat(wired.stored(store).holdings().tickets()).isEqualTo(1);
      assertThat(last.get().metrics()).isPresent();
    }
  }

  private static final class Uncounted implements Source {
    private static final Instant NOW = Instant.parse("2026-03-12T15:00:00Z");

    @Override
    public List<Stream> streams() {
      return List.of(new Stream("all"));
    }

    @Override
    public Page fetch(Stream stream, Cursor cursor) {
      Ticket ticket = Ticket.ticket("1", NOW.minusSeconds(60)).status("open").build();
      return Page.last(List.of(new Change.TicketSeen(ticket)), new Cursor("1"), NOW);
    }

    @Override
    public OptionalLong countTickets() throws SourceException {
      throw new SourceException.Unavailable(
          "counting took too long", new IllegalStateException("timeout"));
    }

    @Override
    public Inspection inspect() throws SourceException {
      throw new SourceException.Misconfigured("this source is only read");
    }

    @Override
    public void close() {}
  }

  private static final class Unseen implements Progress {
    @Override
    public void reading(String source, String stream, long done, OptionalLong remaining) {}

    @Override
    public void deriving(String source, long done, long remaining) {}

    @Override
    public void finished(String source, long changes) {}
  }
}
