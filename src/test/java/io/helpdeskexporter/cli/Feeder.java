package io.helpdeskexporter.cli;

import io.helpdeskexporter.cli.GeneratedDesk.Log;
import io.helpdeskexporter.cli.GeneratedDesk.Row;
import io.helpdeskexporter.fixtures.Eventually;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes the logs of a {@link GeneratedDesk} while they are read, in the order of time: a row is
 * whole in its file before the next one begins. As with any writer that has a buffer, a reader may
 * find half a row at the end.
 */
final class Feeder implements AutoCloseable {
  private final List<Row> rows;
  private final Map<Log, OutputStream> logs = new EnumMap<>(Log.class);
  private final Random random;
  private final ExecutorService writer = Executors.newSingleThreadExecutor();
  private final List<Future<?>> tasks = new ArrayList<>();
  private volatile int written;
  private volatile int allowed;
  private volatile boolean closed;

  Feeder(GeneratedDesk desk, Path directory, long seed) {
    rows = desk.rows();
    random = new Random(seed);
    try {
      for (Log log : Log.values()) {
        Path file = directory.resolve(log.file);
        logs.put(log, Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
      }
      logs.get(Log.TICKETS).write(GeneratedDesk.TICKETS_HEADER.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many rows have been written. */
  int written() {
    return written;
  }

  /** Writes up to so many rows now. */
  void write(int upTo) {
    try {
      while (written < upTo) {
        write(rows.get(written), false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes on writing in the background, some rows every few milliseconds, as far as is allowed. */
  void start(int rowsAtOnce, Duration pause) {
    tasks.add(
        writer.submit(
            () -> {
              while (!closed && written < rows.size()) {
                int until = Math.min(allowed, written + 1 + random.nextInt(rowsAtOnce));
                while (written < until) {
                  write(rows.get(written), random.nextInt(8) == 0);
                }
                LockSupport.parkNanos(Math.round(pause.toNanos() * 2 * random.nextDouble()));
              }
              return null;
            }));
  }

  /** Lets the background go on up to so many rows. */
  void allow(int upTo) {
    allowed = upTo;
  }

  /** Lets the background write all that is left and returns when it has. */
  void finish(Duration limit) {
    allow(rows.size());
    Eventually.holds("all rows are written", limit, () -> written == rows.size());
  }

  private void write(Row row, boolean inHalves) throws IOException {
    byte[] bytes = row.text().getBytes(StandardCharsets.UTF_8);
    OutputStream log = logs.get(row.log());
    int half = inHalves ? random.nextInt(bytes.length) : 0;
    log.write(bytes, 0, half);
    if (inHalves) {
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(30)).toNanos());
    }
    log.write(bytes, half, bytes.length - half);
    written++;
  }

  @Override
  public void close() {
    closed = true;
    writer.close();
    try {
      for (Future<?> task : tasks) {
        task.get();
      }
      for (OutputStream log : logs.values()) {
        log.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new AssertionError("writing the logs failed", e.getCause());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
