package io.helpdeskexporter.source.api;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.source.Pace;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Traffic;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks one system at one address. What may pass by itself is tried again a few times, within the
 * system's limits; all else is an error that says what to do. Nothing is followed to another host,
 * and no secret gets into a message. Used by one thread.
 */
public final class Api implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int TRIES = 4;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** Far more than any page of any vendor, and little enough to be held. */
  private static final int LARGEST_BODY = 64 << 20;

  /** Enough to recognise a page of a proxy. */
  private static final int TEXT_KEPT = 200;

  private static final int LONGEST_REASON = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY = 429;

  private final Address address;
  private final Authorization authorization;
  private final Manners manners;
  private final Budget budget;
  private final InstantSource clock;
  private final Duration timeout;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private long requests;
  private final Map<String, Long> failures = new TreeMap<>();

  /**
   * @param timeout for one answer, its body included
   */
  public Api(
      Address address,
      Authorization authorization,
      Manners manners,
      Budget budget,
      InstantSource clock,
      Duration timeout) {
    this.address = address;
    this.authorization = authorization;
    this.manners = manners;
    this.budget = budget;
    this.clock = clock;
    this.timeout = timeout;
  }

  /**
   * The answer of a call: a success, or one of the statuses that the call accepts.
   *
   * @throws SourceException if there is none; its kind says who has to act
   */
  public Answer ask(Call call) throws SourceException, InterruptedException {
    boolean renewed = false;
    for (int tried = 1; ; tried++) {
      budget.take(call);
      String header = authorization.header();
      Failure failure;
      try {
        Answer answer = send(call, header);
        manners.learn(call, answer, budget);
        if (call.accepted().contains(answer.status())) {
          return answer;
        }
        Optional<SourceException> known = manners.failure(call, answer);
        if (known.isEmpty() && answer.isSuccess()) {
          if (answer.json().isMissingNode()) {
            throw new Failure("no_json", cutOff(call, answer), Optional.empty());
          }
          return answer;
        }
        count(String.valueOf(answer.status()));
        if (manners.isRefusal(call, answer) && !renewed && authorization.renew(header)) {
          renewed = true;
          continue;
        }
        SourceException wrong = known.orElseGet(() -> usual(call, answer));
        if (!(wrong instanceof SourceException.Unavailable unavailable)) {
          throw wrong;
        }
        failure = new Failure(unavailable, unavailable.retryAfter());
        if (answer.status() == TOO_MANY) {
          Duration wait =
              answer.retryAfter().or(unavailable::retryAfter).orElseGet(manners::pauseAfterTooMany);
          budget.exhausted(call, wait);
          failure = new Failure(unavailable, Optional.of(wait));
        }
      } catch (Failure passing) {
        count(passing.reason);
        failure = passing;
      }
      Duration pause = failure.pause.orElse(FIRST_PAUSE.multipliedBy(1L << (2 * (tried - 1))));
      if (tried == TRIES || pause.compareTo(Budget.LONGEST_WAIT) > 0) {
        throw failure.told;
      }
      budget.rest(pause);
    }
  }

  /** What came of all calls so far, those that logged in included. */
  public Traffic traffic() {
    Traffic own = new Traffic(requests, failures, budget.waited(), budget.remaining());
    return authorization.traffic().map(own::withRequestsOf).orElse(own);
  }

  /** How far apart polls have to begin, when one has ended that took so long. */
  public Pace pace(Duration took) {
    return budget.pace(took);
  }

  public Address address() {
    return address;
  }

  @Override
  public void close() {
    client.shutdownNow();
    authorization.close();
  }

  /** Something that may pass by itself. */
  private static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final transient Optional<Duration> pause;
    private final SourceException told;

    Failure(SourceException.Unavailable told, Optional<Duration> pause) {
      super(told.getMessage(), told, false, false);
      this.reason = "";
      this.pause = pause;
      this.told = told;
    }

    Failure(String reason, String sentence, Optional<Exception> cause) {
      super(sentence, cause.orElse(null), false, false);
      this.reason = reason;
      this.pause = Optional.empty();
      this.told = new SourceException.Unavailable(sentence, this);
    }
  }

  // ---- one try

  private Answer send(Call call, String authorizationHeader)
      throws Failure, SourceException, InterruptedException {
    URI uri = address.resolve(call.path(), call.parameters());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Accept", "application/json")
            .header("Accept-Encoding", "gzip")
            .header("User-Agent", "helpdesk-exporter");
    if (!authorizationHeader.isEmpty()) {
      request.header("Authorization", authorizationHeader);
    }
    if (call.body().isPresent()) {
      Call.Body body = call.body().get();
      request
          .header("Content-Type", body.mediaType())
          .method(call.method(), HttpRequest.BodyPublishers.ofString(body.text()));
    } else {
      request.method(call.method(), HttpRequest.BodyPublishers.noBody());
    }
    requests++;
    CompletableFuture<HttpResponse<InputStream>> coming =
        client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try {
      return awaited(coming, call);
    } finally {
      coming.cancel(true);
    }
  }

  /** A server that stops in the middle of a body is as silent as one that never answers. */
  private Answer awaited(CompletableFuture<HttpResponse<InputStream>> coming, Call call)
      throws Failure, SourceException, InterruptedException {
    CompletableFuture<Answer> whole = new CompletableFuture<>();
    Thread reader =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  try {
                    whole.complete(read(coming.get()));
                  } catch (ExecutionException e) {
                    whole.completeExceptionally(e.getCause() == null ? e : e.getCause());
                  } catch (IOException | RuntimeException | InterruptedException e) {
                    whole.completeExceptionally(e);
                  }
                });
    reader.start();
    try {
      return whole.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Failure(
          "timeout",
          "%s at %s did not answer %s within %d s"
              .formatted(manners.vendor(), address.host(), call, timeout.toSeconds()),
          Optional.of(e));
    } catch (ExecutionException e) {
      throw unreachable(call, e.getCause() == null ? e : e.getCause());
    } finally {
      reader.interrupt();
    }
  }

  private Answer read(HttpResponse<InputStream> response) throws IOException {
    Map<String, String> headers = new HashMap<>();
    response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    byte[] body;
    try (InputStream raw = response.body()) {
      body = raw.readNBytes(LARGEST_BODY + 1);
    }
    boolean zipped =
        response
            .headers()
            .firstValue("Content-Encoding")
            .filter("gzip"::equalsIgnoreCase)
            .isPresent();
    if (zipped && body.length > 0) {
      try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
        body = plain.readNBytes(LARGEST_BODY + 1);
      }
    }
    if (body.length > LARGEST_BODY) {
      throw new IOException("an answer of more than " + LARGEST_BODY + " bytes");
    }
    JsonNode json = json(body);
    String text =
        json.isMissingNode()
            ? new String(body, 0, Math.min(body.length, TEXT_KEPT), StandardCharsets.UTF_8)
            : "";
    return new Answer(response.statusCode(), headers, json, text, clock.instant());
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      return JSON.missingNode();
    }
  }

  // ---- what went wrong

  private Failure unreachable(Call call, Throwable cause) throws SourceException {
    String server = manners.vendor() + " at " + address.host();
    if (cause instanceof UnknownHostException
        || cause instanceof UnresolvedAddressException
        || cause instanceof ConnectException
            && cause.getCause() instanceof UnresolvedAddressException) {
      return new Failure(
          "unknown_host",
          server + ": there is no such host; is the address written correctly?",
          Optional.empty());
    }
    if (cause instanceof HttpConnectTimeoutException || cause instanceof ConnectException) {
      return new Failure(
          "no_connection",
          server + ": no connection could be made; is there a firewall or a proxy between?",
          Optional.empty());
    }
    if (cause instanceof SSLException) {
      throw new SourceException.Misconfigured(
          "%s: no secure connection: %s; is it the right host, and is its certificate known to Java?"
              .formatted(server, redacted(String.valueOf(cause.getMessage()))),
          cause);
    }
    if (cause instanceof IOException) {
      return new Failure(
          "cut_off", server + ": the answer of " + call + " was cut off", Optional.empty());
    }
    throw new IllegalStateException(call.toString(), cause);
  }

  private String cutOff(Call call, Answer answer) {
    boolean page = answer.text().stripLeading().startsWith("<");
    return "%s at %s answered %s with %s"
        .formatted(
            manners.vendor(),
            address.host(),
            call,
            page
                ? "a page instead of JSON; is there a proxy or a login between?"
                : "something that is no whole JSON");
  }

  private SourceException usual(Call call, Answer answer) {
    int status = answer.status();
    String said =
        "%s at %s answered %s with %d%s"
            .formatted(
                manners.vendor(),
                address.host(),
                call,
                status,
                manners.reason(answer).map(it -> " (" + redacted(it) + ")").orElse(""));
    return switch (status) {
      case UNAUTHORIZED ->
          new SourceException.Misconfigured(
              said + ": the credentials are refused; are they right, and still valid?");
      case 403 ->
          new SourceException.Misconfigured(
              said + ": these credentials may not read " + call.name());
      case 404, 410 ->
          new SourceException.Misconfigured(
              said + ": there is no such thing; is the address right?");
      case 301, 302, 303, 307, 308 ->
          new SourceException.Misconfigured(
              said + ": it sends elsewhere, where no credentials are sent; is the address right?");
      case 408, 409, 423, 425, TOO_MANY -> unavailable(said, answer);
      default ->
          status >= 500
              ? unavailable(said, answer)
              : new SourceException.Nonsense(said + ": the question was not understood");
    };
  }

  private static SourceException unavailable(String said, Answer answer) {
    return answer
        .retryAfter()
        .map(wait -> new SourceException.Unavailable(said, wait))
        .orElseGet(() -> new SourceException.Unavailable(said));
  }

  /** Without secrets, control characters and length. */
  private String redacted(String text) {
    String clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
    for (Secret secret : authorization.secrets()) {
      if (!secret.reveal().isEmpty()) {
        clean = clean.replace(secret.reveal(), "***");
      }
    }
    return clean.length() > LONGEST_REASON ? clean.substring(0, LONGEST_REASON) + "..." : clean;
  }

  private void count(String reason) {
    if (!reason.isEmpty()) {
      failures.merge(reason, 1L, Long::sum);
    }
  }
}
