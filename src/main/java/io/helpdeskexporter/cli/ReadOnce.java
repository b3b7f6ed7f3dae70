package io.helpdeskexporter.cli;

import io.helpdeskexporter.store.Store;
import io.helpdeskexporter.sync.SourceHealth;
import io.helpdeskexporter.sync.SourceLoop;
import io.helpdeskexporter.sync.SourceView;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/** Reads a source to its end once, with the loop that otherwise goes on for ever. */
final class ReadOnce {
  private ReadOnce() {}

  static void read(Wiring wiring, ConfiguredSource<?> source, Store store, Clock clock)
      throws Refusal.Told {
    AtomicReference<Optional<SourceLoop>> running = new AtomicReference<>(Optional.empty());
    AtomicReference<Optional<SourceHealth.Failure>> failed =
        new AtomicReference<>(Optional.empty());
    SourceLoop loop =
        new SourceLoop(
            wiring.plan(source, clock),
            wiring.stored(store, source),
            view -> stopIfDone(view, running, failed),
            ImportProgress.forTerminalOrLog(),
            clock,
            RandomGenerator.getDefault());
    running.set(Optional.of(loop));
    loop.run();
    if (failed.get().isPresent()) {
      throw new Refusal.Told("source " + source.name() + ": " + failed.get().get().sentence());
    }
  }

  private static void stopIfDone(
      SourceView view,
      AtomicReference<Optional<SourceLoop>> running,
      AtomicReference<Optional<SourceHealth.Failure>> failed) {
    failed.set(view.health().lastFailure());
    if (view.health().up() || view.health().lastFailure().isPresent()) {
      running.get().ifPresent(SourceLoop::stop);
    }
  }
}
