package io.helpdeskexporter.cli;

import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.ExporterProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The exporter as its operators run it: a process of its own with a configuration file, asked over
 * HTTP.
 */
final class RunningExporter implements AutoCloseable {
  /** Generous, because the tests share few processors with much else. */
  static final Duration LIMIT = Duration.ofSeconds(120);

  private static final Pattern LISTENING = Pattern.compile("listening on http://[^:]+:(\\d+)");

  private final ExporterProcess process;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final int port;

  private RunningExporter(ExporterProcess process) {
    this.process = process;
    try {
      process.awaitOutput("listening on", LIMIT);
    } catch (RuntimeException | Error e) {
      process.close();
      throw e;
    }
    Matcher matcher = LISTENING.matcher(process.stderr());
    if (!matcher.find()) {
      throw new IllegalStateException("it does not say where it listens:\n" + process.stderr());
    }
    port = Integer.parseInt(matcher.group(1));
  }

  /** Runs with this configuration, on a free port. */
  static RunningExporter start(Path config) {
    return startOn(0, config);
  }

  /** The same on a port that another one has left. */
  static RunningExporter startOn(int port, Path config) {
    return new RunningExporter(
        ExporterProcess.start(
            "run", "--config", config.toString(), "--web.listen-address=127.0.0.1:" + port));
  }

  int port() {
    return port;
  }

  /** All it has logged so far. */
  String log() {
    return process.stderr() + process.stdout();
  }

  void awaitLog(String text) {
    process.awaitOutput(text, LIMIT);
  }

  ExporterProcess process() {
    return process;
  }

  /** What Prometheus would get in text format 0.0.4. */
  Scrape scrape() {
    HttpResponse<String> response = get("/metrics");
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + ": " + response.body());
    }
    return Scrape.of(response.body());
  }

  /** One answer, whatever its status. */
  HttpResponse<String> get(String path, String... headers) {
    return ask(path, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), headers);
  }

  HttpResponse<String> post(String path, byte[] body, String... headers) {
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .timeout(Duration.ofSeconds(30))
              .headers(headers)
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build(),
          HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("POST " + path + "\n" + log(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  HttpResponse<byte[]> bytes(String path, String... headers) {
    return ask(path, HttpResponse.BodyHandlers.ofByteArray(), headers);
  }

  private <T> HttpResponse<T> ask(
      String path, HttpResponse.BodyHandler<T> body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(30));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), body);
    } catch (IOException e) {
      throw new IllegalStateException("GET " + path + "\n" + log(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Until the assertions hold of a scrape; the log is shown if they never do. */
  void eventually(String what, Expectation expectation) {
    try {
      Eventually.passes(
          what,
          LIMIT,
          () -> {
            if (!process.alive()) {
              throw new Eventually.GivenUp("the exporter has ended:\n" + log());
            }
            expectation.of(scrape());
          });
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + log(), e);
    }
  }

  /**
   * The first scrape whose watermark says that all events of the source up to an instant are
   * counted. What happened by then must be in it, without any further waiting.
   */
  Scrape asOf(Instant instant, String source) {
    Scrape[] found = new Scrape[1];
    eventually(
        source + " has been read up to " + instant,
        scrape -> {
          double watermark =
              scrape.numbers().one("helpdesk_data_watermark_timestamp_seconds", "source", source);
          if (watermark * 1000 < instant.toEpochMilli()) {
            throw new AssertionError("read up to " + watermark);
          }
          found[0] = scrape;
        });
    return found[0];
  }

  /** Assertions about one scrape. */
  @FunctionalInterface
  interface Expectation {
    void of(Scrape scrape) throws Exception;
  }

  /** {@code kill -9}. */
  void kill() {
    process.killHard();
  }

  @Override
  public void close() {
    process.close();
    client.close();
  }
}
