package io.helpdeskexporter.source.api;

import java.time.Duration;

/** How a source waits for its turn, so that whoever wants it to end need not wait as well. */
public interface Patience {
  /**
   * Lets the time pass.
   *
   * @throws InterruptedException as soon as nobody wants to wait any more
   */
  void rest(Duration duration) throws InterruptedException;

  /** Ends all rests, those to come too. Called by any thread. */
  void end();

  /** Waits in real time. */
  static Patience real() {
    return new Patience() {
      private final Object lock = new Object();
      private boolean over;

      @Override
      public void rest(Duration duration) throws InterruptedException {
        long until = System.nanoTime() + duration.toNanos();
        synchronized (lock) {
          while (true) {
            if (over) {
              throw new InterruptedException("asked to end while it waited for its turn");
            }
            long left = until - System.nanoTime();
            if (left <= 0) {
              return;
            }
            // Rounded up, since a wait of 0 has no end.
            lock.wait(left / 1_000_000 + 1);
          }
        }
      }

      @Override
      public void end() {
        synchronized (lock) {
          over = true;
          lock.notifyAll();
        }
      }
    };
  }
}
