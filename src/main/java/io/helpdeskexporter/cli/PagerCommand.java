package io.helpdeskexporter.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "pager",
    description =
        "Stands in for a pager: prints the alerts that Alertmanager delivers to it as a webhook,"
            + " for trying things out. Ctrl-C ends it.",
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PagerCommand implements Callable<Integer> {
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;

  /** Alertmanager sends no more than its {@code max_alerts}; this is far above that. */
  private static final int LONGEST = 4 * 1024 * 1024;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9095",
      description = "Where it listens, on this machine only (default: ${DEFAULT-VALUE}).")
  private int port = 9095;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final JsonMapper json = JsonMapper.builder().build();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", exchange -> take(exchange, out));
    server.start();
    out.println("pager: waits for alerts on http://localhost:" + server.getAddress().getPort());
    out.flush();
    new CountDownLatch(1).await();
    return 0;
  }

  private void take(HttpExchange exchange, PrintWriter out) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(LONGEST);
      try {
        String text = PagerText.of(json.readTree(body));
        // Deliveries come one at a time, but nobody promises that.
        synchronized (this) {
          out.print(text);
          out.flush();
        }
        exchange.sendResponseHeaders(OK, -1);
      } catch (JacksonException e) {
        exchange.sendResponseHeaders(BAD_REQUEST, -1);
      }
    }
  }
}
