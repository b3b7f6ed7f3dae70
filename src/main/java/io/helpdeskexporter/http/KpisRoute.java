package io.helpdeskexporter.http;

import io.helpdeskexporter.figures.Query;
import io.helpdeskexporter.figures.Table;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code GET /api/v1/kpis} and {@code /api/v1/kpis.csv}: the value of every indicator, now or at
 * the end of each of some days, for spreadsheets and programs. Open to whoever may read {@code
 * /metrics}, since it tells nothing else.
 */
public final class KpisRoute {
  static final String PATH = "/api/v1/kpis";
  static final String CSV_PATH = PATH + ".csv";

  private static final Logger LOG = LoggerFactory.getLogger(KpisRoute.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final int BAD_REQUEST = 400;
  private static final int UNAVAILABLE = 503;

  /** The past is read from the store, whose connections the sources need. */
  private static final int PASTS_AT_ONCE = 1;

  /** Shorter than spreadsheets and BI tools wait for an answer. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** Says to Excel that what follows is UTF-8. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final String SEPARATOR = "sep";
  private static final String MARK = "bom";

  private final Map<String, Set<String>> known;
  private final Answering answering;
  private final Semaphore places = new Semaphore(PASTS_AT_ONCE, true);

  /** Answers a query; of the past, that may take as long as reading all tickets takes. */
  @FunctionalInterface
  public interface Answering {
    /**
     * @return empty while there is nothing to tell, or if the store does not answer
     * @throws Query.Refused if it asks for too much
     */
    Optional<Table> answer(Query query) throws Query.Refused;
  }

  /**
   * @param known what the parameters source, kpi and window may say
   */
  public KpisRoute(Map<String, Set<String>> known, Answering answering) {
    this.known = Map.copyOf(known);
    this.answering = answering;
  }

  public void addTo(RoutesConfig routes) {
    HttpService.toRead(routes, PATH, ctx -> answer(ctx, KpisRoute::json, KpisRoute::problem));
    HttpService.toRead(routes, CSV_PATH, ctx -> answer(ctx, KpisRoute::csv, KpisRoute::csvProblem));
  }

  @FunctionalInterface
  private interface Writing {
    void write(Context ctx, Table table);
  }

  @FunctionalInterface
  private interface Problem {
    void tell(Context ctx, int status, String sentence);
  }

  private void answer(Context ctx, Writing writing, Problem problem) throws InterruptedException {
    Map<String, List<String>> parameters = new HashMap<>(ctx.queryParamMap());
    if (ctx.path().equals(CSV_PATH)) {
      parameters.remove(SEPARATOR);
      parameters.remove(MARK);
    }
    try {
      Query query = Query.of(parameters, known);
      Optional<Table> table = query.past().isEmpty() ? answering.answer(query) : waited(query);
      if (table.isPresent()) {
        writing.write(ctx, table.get());
      } else {
        ctx.header("Retry-After", "5");
        problem.tell(ctx, UNAVAILABLE, "there is nothing to tell yet; ask again");
      }
    } catch (Query.Refused e) {
      problem.tell(ctx, BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private Optional<Table> waited(Query query) throws Query.Refused, InterruptedException {
    if (!places.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.debug("too many ask for the past at once");
      return Optional.empty();
    }
    try {
      return answering.answer(query);
    } finally {
      places.release();
    }
  }

  private static void json(Context ctx, Table table) {
    ctx.contentType("application/json").result(table.json());
  }

  private static void csv(Context ctx, Table table) {
    char separator = ";".equals(ctx.queryParam(SEPARATOR)) ? ';' : ',';
    ctx.header("Content-Disposition", "attachment; filename=\"kpis.csv\"");
    ctx.contentType("text/csv; charset=utf-8; header=present")
        .result((ctx.queryParam(MARK) == null ? "" : BYTE_ORDER_MARK) + table.csv(separator));
  }

  /** As RFC 9457 has it. */
  private static void problem(Context ctx, int status, String sentence) {
    ctx.status(status)
        .contentType("application/problem+json")
        .result(
            JSON.writeValueAsString(
                    JSON.createObjectNode()
                        .put("type", "about:blank")
                        .put("title", PlainErrors.name(status))
                        .put("status", status)
                        .put("detail", sentence))
                + "\n");
  }

  /** Spreadsheets show what they get, whatever its status. */
  private static void csvProblem(Context ctx, int status, String sentence) {
    Table table =
        new Table(List.of("error"), List.of(List.<Table.Cell>of(new Table.Cell.Text(sentence))));
    ctx.status(status).contentType("text/csv; charset=utf-8").result(table.csv(','));
  }
}
