package io.helpdeskexporter.source.api;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A vendor's API on a port of this machine, with a clock of its own. What it holds and how it
 * answers is its subclass's; how it misbehaves is told by {@link #faults}. It notes every request,
 * and every one that should never have been made.
 */
public abstract class SimulatedApi implements AutoCloseable {
  protected final SimulatedTime time;
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Faults faults = new Faults();
  private final Map<String, Integer> requests = new TreeMap<>();
  private final Map<String, Deque<Instant>> taken = new HashMap<>();
  private final List<String> unexpected = new ArrayList<>();
  private Duration skew = Duration.ZERO;

  protected SimulatedApi(SimulatedTime time) {
    this.time = time;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** Answers what no fault strikes; called by one thread at a time. */
  protected abstract Told answer(Asked asked);

  /** The endpoint for the count of requests: the path without ids. */
  protected String endpoint(Asked asked) {
    return asked.path().replaceAll("/\\d+(?=/|$)", "/{id}");
  }

  /** The vendor's clock, which need not agree with anybody's. */
  public Instant now() {
    return time.instant().plus(skew);
  }

  public void skew(Duration by) {
    skew = by;
  }

  public Faults faults() {
    return faults;
  }

  /** Without a slash at its end. */
  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Requests so far, by endpoint, those that met a fault included. */
  public synchronized Map<String, Integer> requests() {
    return new TreeMap<>(requests);
  }

  public synchronized int requestCount() {
    return requests.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Requests that the vendor does not know: each is a defect of the source. */
  public synchronized List<String> unexpected() {
    return List.copyOf(unexpected);
  }

  /** For an endpoint that there is none of. */
  protected Told unknown(Asked asked) {
    unexpected.add(asked.method() + " " + asked.path());
    return Told.empty(404);
  }

  /**
   * Charges a request to a budget.
   *
   * @return how many are left, below 0 if this one is too many; it is not charged then
   */
  protected int charge(String budget, int calls, Duration per) {
    Deque<Instant> recent = taken.computeIfAbsent(budget, _ -> new ArrayDeque<>());
    while (!recent.isEmpty() && !recent.getFirst().plus(per).isAfter(now())) {
      recent.removeFirst();
    }
    if (recent.size() >= calls) {
      return -1;
    }
    recent.add(now());
    return calls - recent.size();
  }

  /**
   * Rows as they come in bad times: in another order, or some of them twice. For lists of which the
   * vendor promises neither order nor uniqueness.
   */
  protected <T> List<T> untidy(List<T> rows) {
    List<T> untidy = new ArrayList<>(rows);
    faults.disorder(untidy);
    return untidy;
  }

  /** Forgets what was charged, as if the period had just begun. */
  public synchronized void refill() {
    taken.clear();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        threads.execute(() -> handle(socket));
      } catch (IOException e) {
        // Closed while it waited.
      }
    }
  }

  /**
   * One request a connection; sockets, because no server lets its answers be spoilt so thoroughly.
   */
  private void handle(Socket connection) {
    try (Socket socket = connection;
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream()) {
      Asked asked = asked(in);
      Optional<Fault> fault;
      Told told;
      synchronized (this) {
        requests.merge(endpoint(asked), 1, Integer::sum);
        fault = faults.strikes();
        told = fault.isPresent() ? struck(fault.get(), asked) : answer(asked);
      }
      if (fault.equals(Optional.of(Fault.SILENCE))) {
        closed.await();
        return;
      }
      byte[] body = told.body().getBytes(StandardCharsets.UTF_8);
      StringBuilder head = new StringBuilder("HTTP/1.1 " + told.status() + " Told\r\n");
      Map<String, String> headers = new TreeMap<>(told.headers());
      headers.put("Content-Type", told.mediaType());
      headers.put("Content-Length", String.valueOf(body.length));
      headers.put("Connection", "close");
      headers.putIfAbsent(
          "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now().atZone(ZoneOffset.UTC)));
      headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
      out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      if (!asked.method().equals("HEAD")) {
        boolean cut = fault.equals(Optional.of(Fault.CUT_OFF));
        out.write(body, 0, cut ? body.length / 2 : body.length);
      }
      out.flush();
    } catch (IOException e) {
      // Who asked has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // Shown by the test: without an answer, nobody would know why there is none.
      synchronized (this) {
        unexpected.add("the simulator failed: " + e);
      }
    }
  }

  /** What a fault makes of an answer. Vendors whose errors look otherwise override it. */
  protected Told struck(Fault fault, Asked asked) {
    return switch (fault) {
      case TOO_MANY -> Told.json(429, Map.of("error", "TooManyRequests")).with("Retry-After", 7);
      case TOO_MANY_WITHOUT_A_WORD -> Told.text(429, "text/plain", "Slow down.");
      case INTERNAL_ERROR -> Told.json(500, Map.of("error", "InternalServerError"));
      case UNAVAILABLE -> Told.text(503, "text/plain", "").with("Retry-After", 3);
      case BAD_GATEWAY -> Told.text(502, "text/html", "<html>bad gateway</html>");
      case HALF_JSON -> {
        Told whole = answer(asked);
        yield Told.text(
            whole.status(),
            whole.mediaType(),
            whole.body().substring(0, (whole.body().length() + 1) / 2));
      }
      case LOGIN_PAGE -> Told.text(200, "text/html", "<html>Log in</html>");
      case SENT_ELSEWHERE ->
          Told.empty(302).with("Location", "http://elsewhere.invalid" + asked.path());
      case REFUSED -> Told.json(401, Map.of("error", "invalid_token"));
      case CUT_OFF, SILENCE -> answer(asked);
    };
  }

  private static Asked asked(InputStream in) throws IOException {
    String[] first = line(in).split(" ", 3);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.putIfAbsent(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    String[] target = first[1].split("\\?", 2);
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (target.length == 2 && !target[1].isEmpty()) {
      for (String pair : target[1].split("&")) {
        String[] parts = pair.split("=", 2);
        parameters
            .computeIfAbsent(decoded(parts[0]), _ -> new ArrayList<>())
            .add(parts.length == 2 ? decoded(parts[1]) : "");
      }
    }
    return new Asked(first[0], target[0], parameters, headers, body);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      if (next == '\n') {
        return line.toString().stripTrailing();
      }
      line.append((char) next);
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
