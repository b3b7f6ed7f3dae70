package io.helpdeskexporter.source.api;

import io.helpdeskexporter.source.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fetches a file of JSON that a vendor keeps on another host and hands out by a signed link. The
 * one exception to "no other host", and so made of what it cannot do: it knows no credentials,
 * sends none, keeps no cookies, follows nothing, and asks only hosts that the operator named. Links
 * are never shown, because whoever has one can read the file. Used by one thread.
 */
public final class Download implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** More than a day of a large desk, and little enough to be held. */
  private static final int LARGEST_FILE = 128 << 20;

  private static final int OK = 200;
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1");

  private final List<String> hosts;
  private final Duration timeout;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param hosts names of hosts that may be asked, and all below them
   * @param timeout for one file
   */
  public Download(List<String> hosts, Duration timeout) {
    this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    this.timeout = timeout;
  }

  /** Whether the operator named the host; on any but this machine only a secure one will do. */
  public boolean permits(URI link) {
    String host = link.getHost() == null ? "" : link.getHost().toLowerCase(Locale.ROOT);
    boolean secure = "https".equalsIgnoreCase(link.getScheme());
    boolean local = "http".equalsIgnoreCase(link.getScheme()) && THIS_MACHINE.contains(host);
    return (secure || local)
        && link.getRawUserInfo() == null
        && hosts.stream().anyMatch(named -> host.equals(named) || host.endsWith("." + named));
  }

  /**
   * The file.
   *
   * @throws SourceException.Unavailable if it could not be had: a new link is to be asked for then
   * @throws IllegalArgumentException if the host is not permitted
   */
  public JsonNode fetch(URI link) throws SourceException, InterruptedException {
    if (!permits(link)) {
      throw new IllegalArgumentException("a host that nobody named: " + link.getHost());
    }
    HttpRequest request =
        HttpRequest.newBuilder(link)
            .header("Accept-Encoding", "gzip")
            .header("User-Agent", "helpdesk-exporter")
            .build();
    CompletableFuture<byte[]> whole =
        client
            .sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
            .thenApplyAsync(Download::body);
    try {
      return JSON.readTree(whole.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw failed(link, "it did not come within " + timeout.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw failed(
          link, e.getCause() instanceof Refused refused ? refused.reason : "it was cut off");
    } catch (JacksonException e) {
      throw failed(link, "it is no JSON");
    } finally {
      whole.cancel(true);
    }
  }

  private static SourceException failed(URI link, String reason) {
    return new SourceException.Unavailable(
        "a file on " + link.getHost() + " could not be had: " + reason);
  }

  private static byte[] body(HttpResponse<InputStream> response) {
    try (InputStream raw = response.body()) {
      if (response.statusCode() != OK) {
        throw new Refused("it was answered with " + response.statusCode());
      }
      byte[] bytes = raw.readNBytes(LARGEST_FILE + 1);
      boolean zipped =
          response
              .headers()
              .firstValue("Content-Encoding")
              .filter("gzip"::equalsIgnoreCase)
              .isPresent();
      if (zipped) {
        try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
          bytes = plain.readNBytes(LARGEST_FILE + 1);
        }
      }
      if (bytes.length > LARGEST_FILE) {
        throw new Refused("it has more than " + LARGEST_FILE + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw new Refused("it was cut off");
    }
  }

  /** Says why, across the thread that reads. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    Refused(String reason) {
      super(reason);
      this.reason = reason;
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
