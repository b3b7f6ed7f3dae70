package io.helpdeskexporter.bench;

import io.helpdeskexporter.demo.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;

/**
 * The exporter as an operator runs it: a process of its own, by its launcher. Linux tells what it
 * uses.
 */
final class Exporter implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ChildProcess process;
  private final String address;
  private final Duration toReady;

  private Exporter(Scratch.Site site) throws IOException {
    long startedNanos = System.nanoTime();
    address = "http://127.0.0.1:" + site.port();
    process =
        ChildProcess.start(
            "helpdesk-exporter",
            ChildProcess.Signal.TERM,
            List.of(
                Path.of("bin", "helpdesk-exporter").toAbsolutePath().toString(),
                "run",
                "--config",
                site.config().toString()),
            Map.of());
    try {
      while (status("/-/ready") != HttpURLConnection.HTTP_OK) {
        if (System.nanoTime() - startedNanos > PATIENCE.toNanos()) {
          throw new IOException("not ready: " + process.stderr());
        }
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      }
    } catch (IOException | RuntimeException e) {
      process.close();
      throw e;
    }
    toReady = Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /** Returns when it says that it is ready. */
  static Exporter started(Scratch.Site site) throws IOException {
    return new Exporter(site);
  }

  /** From the start of the process. */
  Duration toReady() {
    return toReady;
  }

  String log() {
    return process.stderr() + process.stdout();
  }

  /** Resident memory in MiB. */
  double residentMebibytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
      }
    }
    throw new IOException("Linux does not tell the memory of process " + process.pid());
  }

  /** Processor time used so far, in milliseconds. */
  double cpuMillis() throws IOException {
    return Cpu.seconds(Path.of("/proc", Long.toString(process.pid())), false) * 1000;
  }

  /** A scrape as Prometheus does it; its bytes on the wire. */
  int scrape() throws IOException {
    HttpURLConnection connection = connection("/metrics");
    connection.setRequestProperty("Accept-Encoding", "gzip");
    try (InputStream in = connection.getInputStream()) {
      return in.readAllBytes().length;
    }
  }

  /** The sum of a family's samples; empty while there are none. */
  OptionalDouble sum(String family) throws IOException {
    HttpURLConnection connection = connection("/metrics?name[]=" + family);
    try (InputStream in = connection.getInputStream()) {
      List<String> samples =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.startsWith(family))
              .toList();
      return samples.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(
              samples.stream()
                  .mapToDouble(
                      line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                  .sum());
    }
  }

  private int status(String path) {
    process.mustBeAlive();
    try {
      return connection(path).getResponseCode();
    } catch (IOException notListening) {
      return 0;
    }
  }

  private HttpURLConnection connection(String path) throws IOException {
    return (HttpURLConnection) URI.create(address + path).toURL().openConnection();
  }

  @Override
  public void close() {
    process.close();
  }
}
