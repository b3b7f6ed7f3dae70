package io.helpdeskexporter.cli;

import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.ExporterProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An exporter in a process of its own that listens, asked over HTTP. */
final class LiveExporter implements AutoCloseable {
  /** For what happens within seconds on an idle machine. */
  static final Duration LIMIT = Duration.ofMinutes(3);

  private static final Pattern LISTENING = Pattern.compile("listening on http://127.0.0.1:(\\d+)");

  private final ExporterProcess process;
  private final int port;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private LiveExporter(ExporterProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** One of which is known where it listens. */
  static LiveExporter at(int port, ExporterProcess process) {
    return new LiveExporter(process, port);
  }

  /** The command that {@link #listening} waits for. */
  static ExporterProcess.Command command(Path config, int port) {
    return ExporterProcess.of(
        "run", "--config", config.toString(), "--web.listen-address=127.0.0.1:" + port);
  }

  /** Returns when it listens on any free port. */
  static LiveExporter start(Path config) {
    return start(config, 0);
  }

  /** Returns when it listens. */
  static LiveExporter start(Path config, int port) {
    return listening(command(config, port).start());
  }

  /** Returns when it listens. */
  static LiveExporter listening(ExporterProcess process) {
    try {
      process.awaitOutput("listening on", LIMIT);
      Matcher matcher = LISTENING.matcher(process.stderr());
      if (!matcher.find()) {
        throw new AssertionError("where does it listen? " + process.stderr());
      }
      return new LiveExporter(process, Integer.parseInt(matcher.group(1)));
    } catch (RuntimeException | Error e) {
      process.close();
      throw e;
    }
  }

  int port() {
    return port;
  }

  ExporterProcess process() {
    return process;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return client.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  int status(String path) throws IOException, InterruptedException {
    return get(path).statusCode();
  }

  Exposed scrape() throws IOException, InterruptedException {
    HttpResponse<String> answer = get("/metrics");
    if (answer.statusCode() != 200) {
      throw new IOException("/metrics: " + answer.statusCode());
    }
    return Exposed.of(answer.body());
  }

  /** The first scrape in which everything up to an instant is counted. */
  Exposed awaitUpTo(Instant instant) {
    try {
      return Eventually.gives(
          "everything up to " + instant + " is counted",
          LIMIT,
          () -> {
            if (!process.alive()) {
              throw new Eventually.GivenUp("it has ended");
            }
            return Optional.of(scrape()).filter(it -> it.isUpTo(instant));
          });
    } catch (AssertionError | Eventually.GivenUp e) {
      throw new AssertionError(e.getMessage() + "\n" + process.stderr(), e);
    }
  }

  void awaitReady() {
    Eventually.holds("it is ready", LIMIT, () -> status("/-/ready") == 200);
  }

  @Override
  public void close() {
    process.close();
    client.close();
  }
}
