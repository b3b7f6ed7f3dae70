package io.helpdeskexporter.source;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A system that is read. Used by one thread at a time. Reading it never changes it.
 *
 * <p>Delivery is at least once: pages may repeat or overlap, and after a crash the last one comes
 * again. What a source owes is that nothing is left out.
 */
public interface Source extends AutoCloseable {
  /** What can be read, in the order in which it is to be read. */
  List<Stream> streams();

  /**
   * Changes after {@code cursor}. Does not wait for new ones; may wait for its turn, and try again
   * what may pass by itself, for a few minutes at most.
   *
   * @throws SourceException if it could not be read; its kind says who has to act
   */
  Page fetch(Stream stream, Cursor cursor) throws SourceException, InterruptedException;

  /**
   * How many tickets the source holds by its own count, which coverage is measured against; empty
   * where it cannot tell cheaply.
   */
  OptionalLong countTickets() throws SourceException, InterruptedException;

  /** A look at what would be read, for {@code check}. */
  Inspection inspect() throws SourceException, InterruptedException;

  /** What its requests came to; empty where it makes none over a network's limits. */
  default Optional<Traffic> traffic() {
    return Optional.empty();
  }

  /**
   * How far apart polls have to begin so that what the system permits lasts. Asked once after each
   * poll that read everything.
   *
   * @param took how long that poll took
   */
  default Pace pace(Duration took) {
    return Pace.FREE;
  }

  /**
   * Asked by another thread when nobody wants to wait any more: a fetch that waits for its turn
   * ends with an {@link InterruptedException}.
   */
  default void stopWaiting() {}

  @Override
  void close();
}
