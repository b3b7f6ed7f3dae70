package io.helpdeskexporter.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes what Alertmanager delivers to webhooks, one path for each receiver. */
final class Pages implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<Page> all = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /**
   * One alert of one delivery.
   *
   * @param alert with its status, labels and annotations
   */
  record Page(String receiver, JsonNode alert) {
    String name() {
      return label("alertname");
    }

    String status() {
      return alert.path("status").asString();
    }

    String label(String name) {
      return alert.path("labels").path(name).asString();
    }

    String annotation(String name) {
      return alert.path("annotations").path(name).asString();
    }
  }

  Pages() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String receiver = exchange.getRequestURI().getPath().substring(1);
      JsonNode delivery = JSON.readTree(exchange.getRequestBody().readAllBytes());
      delivery.path("alerts").forEach(alert -> all.add(new Page(receiver, alert)));
      exchange.sendResponseHeaders(200, -1);
    }
  }

  String url(String receiver) {
    return "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), receiver);
  }

  /** In the order in which they came. */
  List<Page> of(String alert) {
    return all.stream().filter(page -> page.name().equals(alert)).toList();
  }

  /** All that came, for messages. */
  List<String> summary() {
    return all.stream()
        .map(page -> page.receiver() + " " + page.name() + " " + page.status())
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
