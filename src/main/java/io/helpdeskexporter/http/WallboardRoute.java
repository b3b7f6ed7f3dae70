package io.helpdeskexporter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The wall board.
 *
 * <pre>
 *   GET  /wallboard           the page, which holds no data; with #token=... it opens itself
 *   POST /wallboard/session   takes the token as a bearer token, gives a cookie
 *   GET  /wallboard/data      what it shows; only with the cookie, or with the token
 * </pre>
 *
 * A screen opens one address, with the token behind the {@code #}: that part is never sent to a
 * server, so it is in no log and in no referrer; the page exchanges it for a cookie that no script
 * can read and takes it out of the address. The cookie is made of the token, so it outlives a
 * restart of the exporter and ends with the token.
 */
public final class WallboardRoute {
  static final String PATH = "/wallboard";
  static final String COOKIE = "helpdesk_wallboard";

  private static final String SESSION_PATH = PATH + "/session";
  private static final String DATA_PATH = PATH + "/data";

  private static final int NO_CONTENT = 204;
  private static final int UNAUTHORIZED = 401;

  /** A television is not asked again for a year; browsers allow little more. */
  private static final int COOKIE_SECONDS = 365 * 24 * 60 * 60;

  private final byte[] token;
  private final String cookie;
  private final WallboardPage page;
  private final Supplier<String> data;

  /**
   * @param token what opens it
   * @param framed origins whose pages may be embedded
   * @param data JSON of what it shows; asked for each request, must be quick
   */
  public WallboardRoute(String token, List<String> framed, Supplier<String> data) {
    this.token = sha256(token);
    this.cookie = mac(token);
    this.page = new WallboardPage(framed);
    this.data = data;
  }

  public void addTo(RoutesConfig routes) {
    HttpService.toRead(routes, PATH, this::page);
    HttpService.toRead(routes, DATA_PATH, this::data);
    routes.post(SESSION_PATH, this::session);
  }

  /** Whether it has a path, and so asks for its token and for nobody's password. */
  static boolean has(String path) {
    return path.equals(PATH) || path.equals(SESSION_PATH) || path.equals(DATA_PATH);
  }

  private void page(Context ctx) {
    if (ctx.res().getHeader(HttpService.CONTENT_SECURITY_POLICY) == null) {
      ctx.header(HttpService.CONTENT_SECURITY_POLICY, page.policy(isOpenTo(ctx)));
    }
    ctx.header("Referrer-Policy", "no-referrer");
    ctx.header("X-Robots-Tag", "noindex");
    ctx.contentType("text/html; charset=utf-8").result(page.html(isOpenTo(ctx)));
  }

  private void session(Context ctx) {
    if (!hasToken(ctx)) {
      throw new HttpResponseException(UNAUTHORIZED);
    }
    ctx.header(
        "Set-Cookie",
        "%s=%s; Max-Age=%d; HttpOnly; SameSite=Lax%s"
            .formatted(COOKIE, cookie, COOKIE_SECONDS, ctx.req().isSecure() ? "; Secure" : ""));
    ctx.status(NO_CONTENT);
  }

  private void data(Context ctx) {
    if (!isOpenTo(ctx)) {
      throw new HttpResponseException(UNAUTHORIZED);
    }
    ctx.header("Wallboard-Page", page.version());
    ctx.contentType("application/json").result(data.get());
  }

  /** Compared so that the time taken does not tell how much is right. */
  private boolean isOpenTo(Context ctx) {
    String sent = Optional.ofNullable(ctx.cookie(COOKIE)).orElse("");
    return MessageDigest.isEqual(cookie.getBytes(UTF_8), sent.getBytes(UTF_8)) || hasToken(ctx);
  }

  private boolean hasToken(Context ctx) {
    String authorization = Optional.ofNullable(ctx.header("Authorization")).orElse("");
    return MessageDigest.isEqual(token, sha256(BearerToken.in(authorization)));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String mac(String token) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA256"));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal("the cookie of a wall board".getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
