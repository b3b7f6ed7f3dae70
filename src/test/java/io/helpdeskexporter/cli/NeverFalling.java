package io.helpdeskexporter.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Scrapes one port again and again, whoever listens there, and compares each scrape with all before
 * it. A scrape that says up to when its numbers are complete has to show every counter that was
 * ever shown, none of them lower than before.
 */
final class NeverFalling implements AutoCloseable {
  private final URI uri;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService scraper = Executors.newSingleThreadExecutor();
  private final Future<?> scraping;
  private final Map<String, Double> highest = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private Instant watermark = Instant.MIN;
  private int scrapes;
  private int grown;
  private volatile boolean closed;

  NeverFalling(int port) {
    uri = URI.create("http://127.0.0.1:" + port + "/metrics");
    scraping =
        scraper.submit(
            () -> {
              while (!closed) {
                scrape();
              }
              return null;
            });
  }

  /** How many scrapes showed numbers. */
  synchronized int scrapes() {
    return scrapes;
  }

  /** How many of them showed more than the one before. */
  synchronized int grown() {
    return grown;
  }

  /** How many series have been seen. */
  synchronized int series() {
    return highest.size();
  }

  /** What fell or went missing, and when. */
  synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  private void scrape() throws InterruptedException {
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        compare(Exposed.of(answer.body()));
      }
    } catch (IOException e) {
      // Nobody listens at the moment.
    }
  }

  private synchronized void compare(Exposed scrape) {
    if (scrape.watermark().isEmpty()) {
      return;
    }
    scrapes++;
    Instant now = scrape.watermark().get();
    if (now.isBefore(watermark)) {
      problems.add("scrape " + scrapes + ": complete up to " + now + " after " + watermark);
    }
    watermark = now;
    Map<String, Double> counters = scrape.counters();
    highest.forEach(
        (series, before) -> {
          if (!counters.containsKey(series)) {
            problems.add("scrape " + scrapes + ": " + series + " is missing");
          } else if (counters.get(series) < before) {
            problems.add(
                "scrape " + scrapes + ": " + series + " " + counters.get(series) + " < " + before);
          }
        });
    if (!counters.equals(highest)) {
      grown++;
    }
    counters.forEach((series, value) -> highest.merge(series, value, Math::max));
  }

  @Override
  public void close() {
    closed = true;
    scraper.close();
    client.close();
    try {
      scraping.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new AssertionError("scraping failed", e.getCause());
    }
  }
}
