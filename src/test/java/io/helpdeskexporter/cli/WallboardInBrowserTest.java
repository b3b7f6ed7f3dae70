package io.helpdeskexporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import io.helpdeskexporter.fixtures.Eventually;
import io.helpdeskexporter.fixtures.TestPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The wall board on a screen: the exporter as it runs, in the system's Chromium. */
class WallboardInBrowserTest {
  private static final String TOKEN = "a-token-for-the-screen";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SHOWN = ".board:not([hidden])";
  private static final String ALARM = "#alarm:not([hidden])";

  @TempDir static Path directory;
  private static Path config = Path.of("");
  private static RunningExporter exporter;
  private static Playwright playwright;
  private static Browser browser;

  private final List<String> complaints = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void aDeskWithATicketThatIsAboutToBreach() throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    StringBuilder rows = new StringBuilder("id,created_at,updated_at,status,team\n");
    rows.append("4711,%1$s,%1$s,new,Support\n".formatted(now.minus(80, ChronoUnit.MINUTES)));
    ZoneId zone = ZoneId.of("Europe/Berlin");
    LocalDate today = LocalDate.ofInstant(now, zone);
    for (int day = 1; day <= 20; day++) {
      // In the morning, so that what is solved is solved on the same day.
      Instant created = today.minusDays(day).atTime(9, 0).atZone(zone).toInstant();
      rows.append("%d,%2$s,%2$s,new,Support\n".formatted(day, created));
      rows.append(
          "s%d,%s,%s,solved,Billing\n".formatted(day, created, created.plus(3, ChronoUnit.HOURS)));
    }
    Path tickets = Files.writeString(directory.resolve("tickets.csv"), rows);
    config =
        Reading.config(
            directory,
            TestPostgres.freshDatabase(),
            """
            reporting: {zone: Europe/Berlin, min_samples: 1}
            sla:
              - {name: all, resolution: 2h}
            wallboard:
              token: %s
              rotate_every: 5s
              boards:
                - name: today
                  title: Support today
                  tickets_about_to_breach: 5
                  tiles:
                    - {kpi: backlog, label: Open tickets, target: 10}
                    - {kpi: resolution_rate, window: 30d}
                    - {kpi: backlog, team: Support}
                    - {kpi: csat}
                - name: second
                  title: The other board
                  tiles: [{kpi: unassigned}]
            sources:
              - name: log
                kind: file
                poll_every: 1s
                stale_after: 5m
                url_template: https://desk.example.com/t/{id}
                tickets:
                  path: %s
                  columns: {id: id, created_at: created_at, updated_at: updated_at, status: status, team: team}
            """
                .formatted(TOKEN, tickets));
    exporter = RunningExporter.start(config);
    awaitFigures();
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                    .setArgs(List.of("--no-sandbox")));
  }

  private static void awaitFigures() {
    Eventually.holds(
        "the exporter has read its source",
        RunningExporter.LIMIT,
        () -> exporter.get("/-/ready").statusCode() == 200);
  }

  @AfterAll
  static void end() {
    browser.close();
    playwright.close();
    exporter.close();
  }

  @BeforeEach
  void aScreen() {
    open(new Browser.NewContextOptions().setViewportSize(1920, 1080));
  }

  private void open(Browser.NewContextOptions options) {
    context = browser.newContext(options);
    context.setDefaultTimeout(RunningExporter.LIMIT.toMillis());
    page = context.newPage();
    page.onConsoleMessage(
        it -> {
          if (it.type().equals("error") || it.type().equals("warning")) {
            complaints.add(it.text());
          }
        });
    page.onPageError(complaints::add);
    page.onRequest(it -> asked.add(it.url()));
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void showsWhatTheTableTells() {
    openBoard("");

    JsonNode table = JSON.readTree(exporter.get("/api/v1/kpis").body());
    List<Locator> tiles = page.locator(SHOWN + " .tile").all();
    assertThat(tiles).hasSize(4);
    assertThat(value(tiles.get(0))).isEqualTo(told(table, "backlog", "", ""));
    assertThat(value(tiles.get(1))).isEqualTo(told(table, "resolution_rate", "30d", ""));
    assertThat(value(tiles.get(2))).isEqualTo(told(table, "backlog", "", "Support"));
    assertThat(tiles.get(0).locator(".value").innerText()).isEqualTo("21");
    assertThat(tiles.get(0).locator(".verdict").innerText())
        .contains("Off target")
        .contains("at most 10");
    assertThat(tiles.get(1).locator(".value").innerText().replaceAll("\\s", "")).isEqualTo("49%");
    assertThat(tiles.get(3).getAttribute("data-value")).as("nobody was asked").isEmpty();
    assertThat(tiles.get(3).locator(".value").innerText().strip()).isEqualTo("–");
    assertThat(tiles.get(3).locator(".verdict").innerText()).contains("No data");
    assertThat(complaints).isEmpty();
  }

  @Test
  void theCurveEndsWithTheValue() {
    openBoard("");

    page.waitForSelector(SHOWN + " .hero .trend svg");
    assertThat(page.locator(SHOWN + " .hero .trend").getAttribute("aria-label"))
        .isEqualTo("The last 28 days: lowest 1, highest 21");
    assertThat(page.locator(SHOWN + " .hero .edges").innerText()).contains("today");
  }

  @Test
  void theCountdownRuns() {
    openBoard("");

    Locator left = page.locator(SHOWN + " .due li .left").first();
    assertThat(page.locator(SHOWN + " .due li")).satisfies(it -> assertThat(it.count()).isOne());
    assertThat(page.locator(SHOWN + " .due li").innerText())
        .contains("#4711", "solution", "Support");
    assertThat(page.locator(SHOWN + " .due li a").getAttribute("href"))
        .isEqualTo("https://desk.example.com/t/4711");
    String before = left.innerText();
    assertThat(before).matches("[0-5]\\d:[0-5]\\d\\s*min");
    awaiting("a second has passed", () -> !left.innerText().equals(before));
    assertThat(seconds(left.innerText())).isLessThan(seconds(before));
  }

  @Test
  void loadsNothingFromElsewhereAndDoesNotComplain() {
    openBoard("");
    page.waitForRequest("**/wallboard/data", () -> {});

    assertThat(asked)
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it).startsWith("http://127.0.0.1:" + exporter.port() + "/"))
        .noneSatisfy(it -> assertThat(it.replaceAll("#.*", "")).contains(TOKEN));
    assertThat(complaints).isEmpty();
  }

  @Test
  void theTokenDoesNotStayInTheAddress() {
    openBoard("");

    assertThat(page.url()).isEqualTo(address());
    assertThat(page.evaluate("document.cookie")).isEqualTo("");
    page.reload();
    page.waitForSelector(SHOWN + " .tile");
  }

  @Test
  void whoHasNoTokenIsAskedForIt() {
    page.navigate(address());
    page.waitForSelector("#door:not([hidden])");
    assertThat(page.locator(".tile").count()).isZero();

    page.fill("#token", "not-the-token-of-it");
    page.keyboard().press("Enter");
    awaiting(
        "the token is refused",
        () -> page.locator("#door-note").innerText().contains("not the token"));

    page.fill("#token", TOKEN);
    page.keyboard().press("Enter");
    page.waitForSelector(SHOWN + " .tile");
  }

  @Test
  void oldNumbersAreCalledOldUntilTheExporterIsBack() {
    openBoard("");
    assertThat(page.locator(ALARM).count()).isZero();
    String before = page.locator(SHOWN + " .hero .value").innerText();

    exporter.process().killHard();
    page.waitForSelector(ALARM);
    assertThat(page.locator(ALARM).innerText()).contains("Not current", "has not answered for");
    assertThat(page.locator("html.old").count()).isOne();
    assertThat(page.locator(".hero .value").first().innerText()).isEqualTo(before);

    int port = exporter.port();
    exporter.close();
    exporter = RunningExporter.startOn(port, config);
    awaiting("the exporter is back", () -> page.locator(ALARM).count() == 0);
    awaiting(
        "it shows what it showed",
        () -> page.locator(".hero .value").first().innerText().equals(before));
    assertThat(page.locator("html.old").count()).isZero();
    assertThat(page.locator("#door:not([hidden])").count()).as("asked for the token").isZero();
    awaitFigures();
  }

  @Test
  void boardsTakeTurnsUnlessTheKeyboardSaysOtherwise() {
    openBoard("");
    assertThat(page.locator("#title").innerText()).isEqualTo("Support today");
    awaiting(
        "it is the other board's turn",
        () -> page.locator("#title").innerText().equals("The other board"));

    page.keyboard().press("ArrowLeft");
    assertThat(page.locator("#title").innerText()).isEqualTo("Support today");
    page.keyboard().press("Space");
    assertThat(page.locator("#pause").getAttribute("aria-pressed")).isEqualTo("true");

    page.locator("#dots button").nth(1).focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("#title").innerText()).isEqualTo("The other board");
    assertThat(page.locator("#dots button").nth(1).getAttribute("aria-current")).isEqualTo("true");
    assertThat(complaints).isEmpty();
  }

  @Test
  void oneBoardCanBeShownAlone() {
    openBoard("&board=second");

    assertThat(page.locator("#title").innerText()).isEqualTo("The other board");
    assertThat(page.locator("#foot:not([hidden])").count()).isZero();
    assertThat(page.url()).endsWith("/wallboard#second");
  }

  @Test
  void nothingMovesForThoseWhomItMakesDizzy() {
    openBoard("");
    String animation =
        "getComputedStyle(document.querySelector('.board:not([hidden])')).animationName";
    assertThat(page.evaluate(animation)).isEqualTo("appear");
    context.close();

    open(new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE));
    openBoard("");
    assertThat(page.evaluate(animation)).isEqualTo("none");
  }

  @ParameterizedTest(name = "{0} x {1}")
  @CsvSource({"1280, 720", "1920, 1080", "3840, 2160"})
  void everythingIsInSightOnAScreen(int width, int height) {
    context.close();
    open(new Browser.NewContextOptions().setViewportSize(width, height));
    openBoard("");

    assertThat(
            page.evaluate(
                """
                () => [...document.querySelectorAll('.board:not([hidden]) .tile, .board:not([hidden]) li, #foot')]
                  .filter(it => it.getBoundingClientRect().bottom > innerHeight + 1).length
                    + (document.documentElement.scrollWidth > innerWidth ? 100 : 0)
                """))
        .isEqualTo(0);
    double letters =
        ((Number)
                page.evaluate(
                    "parseFloat(getComputedStyle(document.querySelector('.tile .scope')).fontSize)"
                        + " / innerHeight"))
            .doubleValue();
    assertThat(letters).as("the smallest letters, of the height").isGreaterThan(24.0 / 1080);
  }

  @Test
  void aPhoneScrollsDownAndNotSideways() {
    context.close();
    open(new Browser.NewContextOptions().setViewportSize(390, 844));
    openBoard("");

    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
  }

  // ----

  /** Beside the page, whose policy lets nothing be evaluated in it. */
  private static void awaiting(String what, Callable<Boolean> condition) {
    Eventually.holds(what, RunningExporter.LIMIT, condition);
  }

  private static String address() {
    return "http://127.0.0.1:" + exporter.port() + "/wallboard";
  }

  private void openBoard(String more) {
    page.navigate(address() + "#token=" + TOKEN + more);
    page.waitForSelector(SHOWN + " .tile");
  }

  private static BigDecimal value(Locator tile) {
    return new BigDecimal(tile.getAttribute("data-value"));
  }

  private static BigDecimal told(JsonNode table, String kpi, String window, String team) {
    for (JsonNode row : table) {
      if (row.get("kpi").asString().equals(kpi)
          && row.get("window").asString("").equals(window)
          && row.get("team").asString("").equals(team)) {
        return row.get("value").decimalValue();
      }
    }
    throw new AssertionError("no such row: " + kpi);
  }

  private static int seconds(String left) {
    String[] parts = left.replaceAll("[^0-9:]", "").split(":", -1);
    return 60 * Integer.parseInt(parts[0]) + Integer.parseInt(parts[1]);
  }
}
