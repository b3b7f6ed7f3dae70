package io.helpdeskexporter.cli;

import io.helpdeskexporter.config.ReportConfig;
import io.helpdeskexporter.config.ReportConfig.Webhook;
import io.helpdeskexporter.report.Csv;
import io.helpdeskexporter.report.Json;
import io.helpdeskexporter.report.Markdown;
import io.helpdeskexporter.report.Report;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * Takes one report to where it is to go. Files come first: writing them again changes nothing,
 * while what was posted is there.
 */
final class Courier {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

  /** Some receivers answer only when they have passed it on. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  private static final int SUCCESS = 2;

  private final ReportConfig config;

  Courier(ReportConfig config) {
    this.config = config;
  }

  /** It did not arrive. The message is without secrets. */
  static final class Undelivered extends Exception {
    private static final long serialVersionUID = 1L;

    Undelivered(String message) {
      super(message);
    }

    Undelivered(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Delivers to all places. */
  void deliver(Report report) throws Undelivered, InterruptedException {
    String name = "%s-%s".formatted(report.name(), report.period().first());
    if (config.directory().isPresent()) {
      write(config.directory().get(), name + ".md", Markdown.of(report));
      write(config.directory().get(), name + ".csv", Csv.of(report));
    }
    if (config.webhook().isPresent()) {
      post(config.webhook().get(), name, Json.of(report));
    }
  }

  /** Nobody ever sees half of it. */
  private static void write(Path directory, String name, String text) throws Undelivered {
    try {
      Files.createDirectories(directory);
      Path unfinished = directory.resolve("." + name + ".tmp");
      Files.writeString(unfinished, text);
      Files.move(unfinished, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Undelivered(
          "%s cannot be written: %s: %s"
              .formatted(directory.resolve(name), e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  private static void post(Webhook webhook, String name, String text)
      throws Undelivered, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(webhook.url())
            .timeout(ANSWER_WITHIN)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", name)
            .POST(HttpRequest.BodyPublishers.ofString(text));
    webhook.token().ifPresent(it -> request.header("Authorization", "Bearer " + it.reveal()));
    int status = status(webhook, request.build());
    if (status / 100 != SUCCESS) {
      throw new Undelivered("%s answered %d; expected: any 2xx".formatted(webhook.host(), status));
    }
  }

  private static int status(Webhook webhook, HttpRequest request)
      throws Undelivered, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_WITHIN)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build()) {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      // What else it says may have no end.
      response.body().close();
      client.shutdownNow();
      return response.statusCode();
    } catch (IOException e) {
      throw new Undelivered(
          "%s does not answer: %s".formatted(webhook.host(), e.getClass().getSimpleName()), e);
    }
  }
}
