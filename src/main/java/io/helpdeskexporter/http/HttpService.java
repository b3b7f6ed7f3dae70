package io.helpdeskexporter.http;

import io.helpdeskexporter.exposition.Exposition;
import io.helpdeskexporter.exposition.Format;
import io.helpdeskexporter.exposition.Negotiation;
import io.helpdeskexporter.exposition.Scrape;
import io.helpdeskexporter.http.LiveWebConfig.InForce;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.Endpoint;
import io.javalin.security.BasicAuthCredentials;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running HTTP service.
 *
 * <pre>
 *   GET /metrics             KPI and runtime metrics; ?name[]= selects families
 *   GET /metrics/agents      what single agents did, under pseudonyms; only if configured
 *   GET /probe?source=NAME   the KPIs of one configured source
 *   GET /-/healthy           200 while the process runs
 *   GET /-/ready             200 once there is something to scrape, 503 with the reason before
 *   GET /                    the landing page
 *   GET /explain             what one ticket counted as, and why; for users only
 *   GET /api/v1/kpis[.csv]   the value of every indicator, now or in the past
 *   POST /api/v1/push        rows of sources that may be pushed to
 *   GET /wallboard           a page for a screen on a wall; only if configured
 * </pre>
 *
 * Every answer passes rate limit and authentication of the web configuration file first, health
 * checks included, as with other exporters; pushes, metrics about agents and the wall board have
 * credentials of their own instead.
 */
public final class HttpService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);

  /** Forms are never read; this keeps the container from trying. */
  private static final int MAX_FORM_KEYS = 16;

  private static final int PLATFORM_THREADS = 32;

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;
  private static final int TOO_MANY = 429;
  private static final int INTERNAL_ERROR = 500;
  private static final int UNAVAILABLE = 503;

  private static final String RETRY_AFTER_SECONDS = "1";

  static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

  private static final String FIRST_REFRESH = "The first refresh has not finished yet.";

  /** As a label these are few; a client may invent others. */
  private static final Set<HandlerType> METHODS =
      Set.of(
          HandlerType.GET,
          HandlerType.HEAD,
          HandlerType.POST,
          HandlerType.PUT,
          HandlerType.PATCH,
          HandlerType.DELETE,
          HandlerType.OPTIONS);

  private final HttpSettings settings;
  private final Exposition exposition;
  private final Set<String> sources;
  private final Supplier<ServiceStatus> status;
  private final Optional<AgentMetrics> agents;
  private final LiveWebConfig webConfig;
  private final BasicAuthentication authentication = new BasicAuthentication();
  private final Semaphore scrapes;
  private final Javalin javalin;

  private HttpService(
      HttpSettings settings,
      Exposition exposition,
      Set<String> sources,
      Supplier<ServiceStatus> status,
      LiveWebConfig webConfig,
      Optional<AgentMetrics> agents,
      Consumer<RoutesConfig> more) {
    this.settings = settings;
    this.exposition = exposition;
    this.sources = Set.copyOf(sources);
    this.status = status;
    this.webConfig = webConfig;
    this.agents = agents;
    this.scrapes = new Semaphore(settings.maxConcurrentScrapes());
    this.javalin = Javalin.create(config -> configure(config, more));
  }

  /**
   * Starts listening.
   *
   * @param sources the configured names, the only ones that {@code /probe} knows
   * @param status asked anew for each landing page and readiness check; must be quick
   * @param agents what is served about single agents, if anything
   * @param more further routes; authentication, limits and headers hold for them as well
   * @throws WebConfigException if the web configuration file cannot be used
   * @throws io.javalin.util.JavalinException if the address cannot be listened on
   */
  public static HttpService start(
      HttpSettings settings,
      Exposition exposition,
      Set<String> sources,
      Supplier<ServiceStatus> status,
      Optional<AgentMetrics> agents,
      Consumer<RoutesConfig> more)
      throws WebConfigException {
    LiveWebConfig webConfig =
        settings.webConfigFile().isPresent()
            ? LiveWebConfig.of(settings.webConfigFile().get(), System::nanoTime)
            : LiveWebConfig.none();
    HttpService service =
        new HttpService(settings, exposition, sources, status, webConfig, agents, more);
    service.javalin.start();
    service.bindMeters();
    LOG.info(
        "listening on {}://{}:{}",
        webConfig.current().tls().isPresent() ? "https" : "http",
        settings.address().orElse("*"),
        service.port());
    return service;
  }

  /** Reads the web configuration file as {@link #start} would and opens nothing. */
  public static void check(Path webConfigFile) throws WebConfigException {
    LiveWebConfig.of(webConfigFile, System::nanoTime);
  }

  /** The port that is listened on, also where the settings left the choice to the system. */
  public int port() {
    return javalin.port();
  }

  /** How often a changed web configuration file was taken over. */
  public long webConfigReloads() {
    return webConfig.reloads();
  }

  /**
   * How often a changed web configuration file could not be used, so that the one before stayed in
   * force.
   */
  public long webConfigFailures() {
    return webConfig.failures();
  }

  /** Stops accepting and waits for requests in flight, for no longer than the settings say. */
  @Override
  public void close() {
    javalin.stop();
  }

  private void configure(JavalinConfig config, Consumer<RoutesConfig> more) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.generateEtags = false;
    config.http.maxRequestSize = settings.maxRequestBodyBytes();
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.threadPool = threads();
    config.jetty.modifyServer(this::tighten);
    config.jetty.modifyHttpConfiguration(http -> Connectors.tighten(http, settings));
    config.jetty.modifyServletContextHandler(
        context -> {
          context.setMaxFormKeys(MAX_FORM_KEYS);
          context.setMaxFormContentSize(settings.maxRequestBodyBytes());
          context.setErrorHandler(new PlainErrors());
        });
    config.jetty.addConnector(
        (server, http) -> Connectors.create(server, http, settings, webConfig));
    config.requestLogger.http(this::record);
    routes(config.routes);
    more.accept(config.routes);
  }

  private void tighten(Server server) {
    server.setStopTimeout(settings.stopTimeout().toMillis());
    server.setErrorHandler(new PlainErrors());
    server.setHandler(new GracefulHandler());
    server.addBean(new NetworkConnectionLimit(settings.maxConnections(), server));
  }

  /** Few platform threads watch the sockets; each request runs on a virtual thread of its own. */
  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS, 2);
    threads.setName("http");
    threads.setReservedThreads(0);
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-request-", 0).factory()));
    return threads;
  }

  private void routes(RoutesConfig routes) {
    routes.before(this::admit);
    toRead(routes, "/metrics", this::metrics);
    agents.ifPresent(it -> toRead(routes, AgentMetrics.PATH, ctx -> agents(ctx, it)));
    toRead(routes, "/probe", this::probe);
    toRead(routes, "/-/healthy", ctx -> plain(ctx, OK, "helpdesk-exporter is healthy.\n"));
    toRead(routes, "/-/ready", this::ready);
    toRead(routes, "/", this::landingPage);
    routes.exception(MethodNotAllowedResponse.class, HttpService::methodNotAllowed);
    routes.exception(HttpResponseException.class, (e, ctx) -> plain(ctx, e.getStatus()));
    routes.exception(
        EofException.class, (e, ctx) -> LOG.debug("the client went away during {}", ctx.path()));
    routes.exception(
        Exception.class,
        (e, ctx) -> {
          LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
          plain(ctx, INTERNAL_ERROR);
        });
  }

  /** GET and HEAD; Javalin would answer HEAD itself, with status 200 whatever GET says. */
  static void toRead(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  private void metrics(Context ctx) throws IOException {
    List<String> names = ctx.queryParams("name[]");
    serve(
        ctx,
        (format, encoding) ->
            names.isEmpty()
                ? exposition.scrape(format, encoding)
                : exposition.scrapeNamed(names, format, encoding));
  }

  private void agents(Context ctx, AgentMetrics of) throws IOException {
    if (of.mayBeReadBy(header(ctx, "Authorization"))) {
      serve(ctx, of.exposition()::scrape);
    } else {
      ctx.header("WWW-Authenticate", "Bearer realm=\"helpdesk-exporter\"");
      throw new HttpResponseException(UNAUTHORIZED);
    }
  }

  private void probe(Context ctx) throws IOException {
    List<String> named = ctx.queryParams("source");
    if (named.size() != 1 || named.getFirst().isEmpty()) {
      plain(ctx, BAD_REQUEST, "Name one source: /probe?source=NAME\n");
    } else if (!sources.contains(named.getFirst())) {
      plain(ctx, NOT_FOUND, "No source of this name is configured.\n");
    } else {
      serve(ctx, (format, encoding) -> exposition.probe(named.getFirst(), format, encoding));
    }
  }

  private void serve(Context ctx, BiFunction<Format, Scrape.Encoding, Optional<Scrape>> answers)
      throws IOException {
    if (!scrapes.tryAcquire()) {
      ctx.header("Retry-After", RETRY_AFTER_SECONDS);
      plain(
          ctx,
          UNAVAILABLE,
          "Too many scrapes at once; the limit is %d.\n"
              .formatted(settings.maxConcurrentScrapes()));
      return;
    }
    try {
      Format format = Negotiation.format(header(ctx, "Accept"));
      Scrape.Encoding encoding =
          Negotiation.gzip(header(ctx, "Accept-Encoding"))
              ? Scrape.Encoding.GZIP
              : Scrape.Encoding.PLAIN;
      Optional<Scrape> answer = answers.apply(format, encoding);
      if (answer.isEmpty()) {
        ctx.header("Retry-After", RETRY_AFTER_SECONDS);
        plain(ctx, UNAVAILABLE, FIRST_REFRESH + "\n");
      } else {
        write(ctx, answer.get());
      }
    } finally {
      scrapes.release();
    }
  }

  /** Past Javalin's own result, which would copy the bytes once more. */
  private static void write(Context ctx, Scrape scrape) throws IOException {
    ctx.header("Vary", "Accept, Accept-Encoding");
    if (scrape.encoding() == Scrape.Encoding.GZIP) {
      ctx.header("Content-Encoding", "gzip");
    }
    HttpServletResponse response = ctx.res();
    response.setContentType(scrape.format().contentType());
    response.setContentLengthLong(scrape.length());
    if (!ctx.method().equals(HandlerType.HEAD)) {
      scrape.writeTo(response.getOutputStream());
    }
  }

  private void ready(Context ctx) {
    Optional<String> reason =
        status
            .get()
            .notReadyBecause()
            .or(() -> exposition.initialised() ? Optional.empty() : Optional.of(FIRST_REFRESH));
    if (reason.isPresent()) {
      plain(ctx, UNAVAILABLE, "helpdesk-exporter is not ready: %s\n".formatted(reason.get()));
    } else {
      plain(ctx, OK, "helpdesk-exporter is ready.\n");
    }
  }

  private void landingPage(Context ctx) {
    if (!webConfig.current().config().headers().containsKey(CONTENT_SECURITY_POLICY)) {
      ctx.header(CONTENT_SECURITY_POLICY, LandingPage.CONTENT_SECURITY_POLICY);
    }
    ctx.header("Referrer-Policy", "no-referrer");
    ctx.contentType("text/html; charset=utf-8").result(LandingPage.of(status.get()));
  }

  /** What holds before any route: headers, rate limit, authentication, size of the body. */
  private void admit(Context ctx) {
    InForce inForce = webConfig.current();
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.header("Cache-Control", "no-store");
    inForce.config().headers().forEach(ctx::header);
    if (inForce.bucket().isPresent() && !inForce.bucket().get().grant()) {
      ctx.header("Retry-After", RETRY_AFTER_SECONDS);
      throw new HttpResponseException(TOO_MANY);
    }
    if (ctx.path().equals(PushRoute.PATH)
        || ctx.path().startsWith(HookRoute.PREFIX)
        || WallboardRoute.has(ctx.path())
        || (agents.isPresent() && ctx.path().equals(AgentMetrics.PATH))) {
      // Has credentials of its own; a push and a webhook have limits of their own.
      return;
    }
    switch (authentication.judge(inForce.config().users(), header(ctx, "Authorization"))) {
      case GRANTED -> {
        if (!inForce.config().users().hashes().isEmpty()) {
          ctx.attribute(ExplainRoute.USER, user(ctx));
        }
      }
      case REFUSED -> {
        ctx.header("WWW-Authenticate", "Basic realm=\"helpdesk-exporter\", charset=\"UTF-8\"");
        throw new HttpResponseException(UNAUTHORIZED);
      }
      case BUSY -> {
        ctx.header("Retry-After", RETRY_AFTER_SECONDS);
        throw new HttpResponseException(UNAVAILABLE);
      }
    }
    if (ctx.req().getContentLengthLong() > settings.maxRequestBodyBytes()) {
      throw new HttpResponseException(TOO_LARGE);
    }
  }

  /** Of a request that was granted by name and password. */
  private static String user(Context ctx) {
    BasicAuthCredentials credentials = ctx.basicAuthCredentials();
    return credentials == null ? "" : credentials.getUsername();
  }

  private static void methodNotAllowed(MethodNotAllowedResponse e, Context ctx) {
    ctx.header("Allow", e.getDetails().getOrDefault("availableMethods", "GET, HEAD"));
    plain(ctx, e.getStatus());
  }

  private static void plain(Context ctx, int status) {
    plain(ctx, status, PlainErrors.text(status));
  }

  private static void plain(Context ctx, int status, String text) {
    ctx.status(status).contentType(PlainErrors.PLAIN).result(text);
  }

  /** All lines of a header as one; empty where there is none. */
  private static String header(Context ctx, String name) {
    return String.join(",", Collections.list(ctx.req().getHeaders(name)));
  }

  private void record(Context ctx, Float millis) {
    Endpoint endpoint = ctx.endpoints().matchedHttpEndpoint();
    HandlerType method = ctx.method();
    Timer.builder("http.server.requests")
        .description("Requests answered, by route.")
        .tag("method", METHODS.contains(method) ? method.name() : "OTHER")
        .tag("uri", endpoint == null ? "unmatched" : endpoint.path)
        .tag("status", Integer.toString(ctx.statusCode()))
        .register(exposition.meters())
        .record(Duration.ofNanos(Math.round(millis * 1e6)));
  }

  private void bindMeters() {
    FunctionCounter.builder("web.config.reloads", webConfig, LiveWebConfig::reloads)
        .description("Changed web configuration files taken over.")
        .register(exposition.meters());
    FunctionCounter.builder("web.config.reload.failures", webConfig, LiveWebConfig::failures)
        .description("Changed web configuration files that could not be used.")
        .register(exposition.meters());
  }
}
