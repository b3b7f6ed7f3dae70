package io.helpdeskexporter.bench;

import io.helpdeskexporter.store.Store;
import io.helpdeskexporter.sync.Progress;
import io.helpdeskexporter.sync.SourceLoop;
import io.helpdeskexporter.sync.SourceView;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/**
 * The first reading of a source, by the loop that the exporter runs: pages into the store, facts
 * and totals derived, the engine built from the store, and every number evaluated.
 */
final class Import {
  private Import() {}

  /**
   * How it went.
   *
   * @param pages what of the whole went into making the pages, which a real source would do
   *     elsewhere
   */
  record Done(long rows, Duration whole, Duration pages, Cpu cpu) {}

  static Done of(Volume volume, Scratch.Site site) throws IOException {
    AtomicReference<SourceLoop> loop = new AtomicReference<>();
    AtomicReference<SourceView> last = new AtomicReference<>();
    Cpu before = Cpu.now();
    long startedNanos = System.nanoTime();
    Duration whole;
    Cpu cpu;
    try (Store store = site.wired().open()) {
      loop.set(
          new SourceLoop(
              site.wired().plan(volume),
              site.wired().stored(store),
              view -> stopAtTheEnd(view, last, loop),
              new Unseen(),
              Clock.systemUTC(),
              RandomGenerator.getDefault()));
      loop.get().run();
      whole = Duration.ofNanos(System.nanoTime() - startedNanos);
      cpu = Cpu.now().since(before);
    }
    last.get()
        .health()
        .lastFailure()
        .ifPresent(
            failure -> {
              throw new IllegalStateException("the import failed: " + failure.sentence());
            });
    return new Done(volume.rows(), whole, volume.making(), cpu);
  }

  private static void stopAtTheEnd(
      SourceView view, AtomicReference<SourceView> last, AtomicReference<SourceLoop> loop) {
    last.set(view);
    if (view.health().up() || view.health().lastFailure().isPresent()) {
      loop.get().stop();
    }
  }

  /** Nobody looks on. */
  private static final class Unseen implements Progress {
    @Override
    public void reading(String source, String stream, long done, OptionalLong remaining) {}

    @Override
    public void deriving(String source, long done, long remaining) {}

    @Override
    public void finished(String source, long changes) {}
  }
}
