package io.helpdeskexporter.http;

import io.helpdeskexporter.hook.Delivery;
import io.helpdeskexporter.hook.Hook;
import io.helpdeskexporter.hook.Hook.Outcome;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * {@code POST /hooks/SOURCE}: a system tells that something is new at it. Answers are those after
 * which vendors do what is right: never 404 or 410 for a source that has a webhook, after which
 * some switch it off; 503 for what is to be sent again.
 */
public final class HookRoute {
  static final String PREFIX = "/hooks/";

  private static final int MOST_BYTES = 1 << 20;

  /** Bodies in memory at once: one bulk edit sends thousands within seconds. */
  private static final int AT_ONCE = 16;

  private static final String RETRY_AFTER_SECONDS = "120";

  private final Map<String, Hook> hooks = new HashMap<>();
  private final Semaphore bodies = new Semaphore(AT_ONCE);

  public HookRoute(List<Hook> hooks) {
    hooks.forEach(hook -> this.hooks.put(hook.source(), hook));
  }

  /** Nothing, as long as no source has one. */
  public void addTo(RoutesConfig routes) {
    if (!hooks.isEmpty()) {
      routes.post(PREFIX + "{source}", this::take);
      routes.head(PREFIX + "{source}", ctx -> ctx.status(known(ctx).isPresent() ? 200 : 404));
    }
  }

  private void take(Context ctx) throws IOException {
    Optional<Hook> hook = known(ctx);
    if (hook.isEmpty()) {
      ctx.status(404);
    } else if (!Optional.ofNullable(ctx.header("Content-Encoding"))
        .orElse("identity")
        .equals("identity")) {
      answer(ctx, hook.get().counted(Outcome.INVALID));
    } else if (!bodies.tryAcquire()) {
      answer(ctx, hook.get().counted(Outcome.UNAVAILABLE));
    } else {
      try {
        Optional<byte[]> body = body(ctx);
        answer(
            ctx,
            body.isPresent()
                ? hook.get().take(delivery(ctx, body.get()))
                : hook.get().counted(Outcome.TOO_LARGE));
      } finally {
        bodies.release();
      }
    }
  }

  private Optional<Hook> known(Context ctx) {
    return Optional.ofNullable(hooks.get(ctx.pathParam("source")));
  }

  private static Delivery delivery(Context ctx, byte[] body) {
    String query = ctx.req().getQueryString();
    return new Delivery(
        ctx.req().getMethod(),
        ctx.req().getRequestURI() + (query == null ? "" : "?" + query),
        ctx.headerMap(),
        body);
  }

  /** Empty if it is too large, whatever length it says it has, if it says so at all. */
  private static Optional<byte[]> body(Context ctx) throws IOException {
    try (InputStream in = ctx.req().getInputStream()) {
      byte[] body = in.readNBytes(MOST_BYTES + 1);
      return body.length > MOST_BYTES ? Optional.empty() : Optional.of(body);
    }
  }

  private static void answer(Context ctx, Outcome outcome) {
    if (outcome == Outcome.UNAVAILABLE) {
      ctx.header("Retry-After", RETRY_AFTER_SECONDS);
    }
    ctx.status(outcome.status());
  }
}
