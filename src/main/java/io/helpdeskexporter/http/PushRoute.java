package io.helpdeskexporter.http;

import io.helpdeskexporter.http.WebConfig.RateLimit;
import io.helpdeskexporter.push.Inlet;
import io.helpdeskexporter.push.Inlet.Answer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** {@code POST /api/v1/push}: the token says to which source. */
public final class PushRoute {
  static final String PATH = "/api/v1/push";

  /** Bodies in memory at once. */
  private static final int AT_ONCE = 4;

  private final List<Door> doors = new ArrayList<>();
  private final Semaphore bodies = new Semaphore(AT_ONCE);

  private record Door(Inlet inlet, TokenBucket bucket, int maxBytes) {}

  /**
   * Lets a source be pushed to.
   *
   * @param perMinute pushes; as many may come at once
   * @param maxBytes of a body
   */
  public void open(Inlet inlet, int perMinute, int maxBytes) {
    RateLimit limit = new RateLimit(Duration.ofMinutes(1).dividedBy(perMinute), perMinute);
    doors.add(new Door(inlet, new TokenBucket(limit, System::nanoTime), maxBytes));
  }

  /** Nothing, as long as no source may be pushed to. */
  public void addTo(RoutesConfig routes) {
    if (!doors.isEmpty()) {
      routes.post(PATH, this::push);
    }
  }

  private void push(Context ctx) throws IOException {
    Optional<Door> door = door(Optional.ofNullable(ctx.header("Authorization")).orElse(""));
    if (door.isEmpty()) {
      ctx.header("WWW-Authenticate", "Bearer realm=\"helpdesk-exporter\"");
      answer(ctx, problem(401, "no such token", 0));
      return;
    }
    Inlet inlet = door.get().inlet();
    if (!door.get().bucket().grant()) {
      answer(ctx, inlet.counted("limited", problem(429, "too many pushes", 1)));
    } else if (!Optional.ofNullable(ctx.header("Content-Encoding"))
        .orElse("identity")
        .equals("identity")) {
      answer(ctx, inlet.counted("invalid", problem(415, "send the body uncompressed", 0)));
    } else if (!bodies.tryAcquire()) {
      answer(ctx, inlet.counted("unavailable", problem(503, "too many pushes at once", 1)));
    } else {
      try {
        Optional<byte[]> body = body(ctx, door.get().maxBytes());
        answer(
            ctx,
            body.isEmpty()
                ? inlet.counted(
                    "too_large",
                    problem(413, "at most %d bytes".formatted(door.get().maxBytes()), 0))
                : inlet.take(body.get(), Optional.ofNullable(ctx.header("Idempotency-Key"))));
      } finally {
        bodies.release();
      }
    }
  }

  /** All are asked, so that the time taken does not tell which token is nearly right. */
  private Optional<Door> door(String authorization) {
    String token = BearerToken.in(authorization);
    Optional<Door> found = Optional.empty();
    for (Door door : doors) {
      found = door.inlet().isFor(token) ? Optional.of(door) : found;
    }
    return found;
  }

  /** Empty if it is larger. A body may come without a length. */
  private static Optional<byte[]> body(Context ctx, int maxBytes) throws IOException {
    if (ctx.req().getContentLengthLong() > maxBytes) {
      return Optional.empty();
    }
    try (InputStream in = ctx.req().getInputStream()) {
      byte[] body = in.readNBytes(maxBytes + 1);
      return body.length > maxBytes ? Optional.empty() : Optional.of(body);
    }
  }

  private static Answer problem(int status, String error, int retryAfterSeconds) {
    return new Answer(status, "{\"error\":\"" + error + "\"}\n", retryAfterSeconds, false);
  }

  private static void answer(Context ctx, Answer answer) {
    if (answer.retryAfterSeconds() > 0) {
      ctx.header("Retry-After", Integer.toString(answer.retryAfterSeconds()));
    }
    if (answer.replayed()) {
      ctx.header("Idempotent-Replayed", "true");
    }
    ctx.status(answer.status()).contentType("application/json").result(answer.body());
  }
}
