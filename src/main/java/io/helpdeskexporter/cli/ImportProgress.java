package io.helpdeskexporter.cli;

import io.helpdeskexporter.sync.Progress;
import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows long imports: a bar on a terminal, a line every few seconds in a log. */
final class ImportProgress implements Progress {
  private static final Logger LOG = LoggerFactory.getLogger(ImportProgress.class);
  private static final int BAR = 30;
  private static final long LOG_EVERY_NANOS = 5_000_000_000L;

  private final PrintStream terminal;
  private final boolean bar;
  private volatile boolean drawn;
  private final Map<String, Long> startedNanos = new ConcurrentHashMap<>();
  private final Map<String, Long> loggedNanos = new ConcurrentHashMap<>();

  ImportProgress(PrintStream terminal, boolean bar) {
    this.terminal = terminal;
    this.bar = bar;
  }

  /** JDK 25 gives no console where there is no terminal, and other JDKs one that is none. */
  @SuppressWarnings("SystemConsoleNull")
  static Progress forTerminalOrLog() {
    Console console = System.console();
    return new ImportProgress(System.err, console != null && console.isTerminal());
  }

  @Override
  public void reading(String source, String stream, long done, OptionalLong remaining) {
    long nanos =
        System.nanoTime()
            - startedNanos.computeIfAbsent(source + " " + stream, any -> System.nanoTime());
    long perSecond = nanos > 1_000_000_000L ? Math.round(done / (nanos / 1e9)) : done;
    String rate = String.format(Locale.ROOT, "%,d changes read, %,d a second", done, perSecond);
    show(source, "reading " + stream, rate, done, remaining);
  }

  @Override
  public void deriving(String source, long done, long remaining) {
    show(
        source,
        "computing",
        String.format(Locale.ROOT, "%,d tickets done", done),
        done,
        OptionalLong.of(remaining));
  }

  @Override
  public void finished(String source, long changes) {
    if (bar && drawn) {
      terminal.print("\r\033[K");
      terminal.flush();
    }
    LOG.info(
        "source {}: first import done, {} changes",
        source,
        String.format(Locale.ROOT, "%,d", changes));
  }

  private void show(String source, String doing, String what, long done, OptionalLong remaining) {
    if (bar) {
      drawn = true;
      terminal.print("\r\033[K" + source + ": " + doing + " " + drawn(done, remaining) + what);
      terminal.flush();
    } else if (isTimeToLog(source)) {
      String share =
          remaining.isPresent()
              ? String.format(Locale.ROOT, ", %d %% done", percent(done, remaining.getAsLong()))
              : "";
      LOG.info("source {}: {}: {}{}", source, doing, what, share);
    }
  }

  private boolean isTimeToLog(String source) {
    long now = System.nanoTime();
    Long before = loggedNanos.get(source);
    if (before != null && now - before < LOG_EVERY_NANOS) {
      return false;
    }
    loggedNanos.put(source, now);
    return true;
  }

  private static String drawn(long done, OptionalLong remaining) {
    if (remaining.isEmpty()) {
      return "";
    }
    int filled = Math.toIntExact(BAR * percent(done, remaining.getAsLong()) / 100);
    return "["
        + "#".repeat(filled)
        + " ".repeat(BAR - filled)
        + "] "
        + percent(done, remaining.getAsLong())
        + " % ";
  }

  private static long percent(long done, long remaining) {
    return done + remaining == 0 ? 100 : Math.min(100, 100 * done / (done + remaining));
  }
}
