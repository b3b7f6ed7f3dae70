package io.helpdeskexporter.config;

import static io.helpdeskexporter.config.Yaml.REST;
import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.config.WallboardConfig.BoardConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads after a mistake in the wall board, and what need not be said. */
class WallboardProblemsTest {
  private static final String TOKEN = "token: a-token-for-the-screen";

  @TempDir Path directory;
  private Yaml yaml;

  @BeforeEach
  void inADirectoryOfItsOwn() {
    yaml = Yaml.in(directory);
  }

  @Test
  void thereIsNoneUnlessItIsAskedFor() throws ConfigException {
    assertThat(yaml.load(REST).wallboard()).isEmpty();
  }

  @Test
  void aTokenIsEnough() throws ConfigException {
    WallboardConfig wallboard =
        yaml.load("wallboard: {" + TOKEN + "}\n" + REST).wallboard().orElseThrow();

    assertThat(wallboard.boards()).isEmpty();
    assertThat(wallboard.rotateEvery()).isEqualTo(Duration.ofSeconds(20));
    assertThat(wallboard.theme()).isEqualTo(WallboardConfig.Theme.AUTO);
    assertThat(wallboard.toString()).doesNotContain("a-token-for-the-screen");
  }

  @Test
  void aTileNeedsNoMoreThanAnIndicator() throws Exception {
    BoardConfig board =
        new ConfigLoader(Yaml.KINDS, AimProblemsTest.INDICATORS, Map.of())
            .load(yaml.file(boards("{name: one, tiles: [{kpi: csat}]}")))
            .value()
            .wallboard()
            .orElseThrow()
            .boards()
            .getFirst();

    assertThat(board.tiles().getFirst().window().label()).isEqualTo("7d");
    assertThat(board.tiles().getFirst().target()).isEmpty();
    assertThat(board.ticketsAboutToBreach()).isZero();
  }

  @Test
  void aTokenThatCanBeGuessedIsNone() {
    assertThat(yaml.problems("wallboard: {token: secret}\n" + REST))
        .isEqualTo(
            "helpdesk.yml:1: wallboard: token: found one of 6 characters; allowed: at least 16");
  }

  @Test
  void aBoardShowsSomethingAndHasANameOfItsOwn() {
    assertThat(
            problems(
                """
                {name: one, tickets_about_to_breach: 3}
                {name: two}
                {name: one, tickets_about_to_breach: 3}\
                """))
        .isEqualTo(
            """
            helpdesk.yml:5: wallboard.boards[1]: found neither tiles, tickets_about_to_breach nor grafana; allowed: one of \
            them, or several
            helpdesk.yml:6: wallboard.boards[2].name: found "one", which is taken by line 4; allowed: a name of its own\
            """);
  }

  @Test
  void aTileIsOfAnIndicatorInItsUnitAndOfAWindowThatIsReported() {
    assertThat(
            problems(
                """
                {name: a, tiles: [{kpi: csta}]}
                {name: b, tiles: [{kpi: csat, target: 30m}]}
                {name: c, tiles: [{kpi: csat, window: 3d}]}
                {name: d, tiles: [{kpi: sla_resolution, team: Billing}]}
                {name: e, tiles: [{kpi: csat, source: other}]}\
                """))
        .isEqualTo(
            """
            helpdesk.yml:4: wallboard.boards[0].tiles[0].kpi: found "csta"; allowed: first_response, csat, sla_resolution, \
            backlog
            helpdesk.yml:5: wallboard.boards[1].tiles[0].target: found "30m"; allowed: a number from 0 to 1, or a percentage \
            such as 85%
            helpdesk.yml:6: wallboard.boards[2].tiles[0].window: found "3d"; allowed: one of reporting.windows: 1d, 7d, 30d, \
            90d, today, this_week, this_month
            helpdesk.yml:7: wallboard.boards[3].tiles[0].team: found "Billing"; allowed: nothing, as sla_resolution is not \
            measured by team
            helpdesk.yml:8: wallboard.boards[4].tiles[0].source: found "other"; allowed: rt\
            """);
  }

  @Test
  void whatIsEmbeddedIsAPageOfTheWebWithoutAPassword() {
    assertThat(
            problems(
                """
                {name: a, grafana: [{title: t, url: "ftp://grafana.example.com/x"}]}
                {name: b, grafana: [{title: t, url: "https://jo:pw@grafana.example.com/d-solo/x"}]}\
                """))
        .isEqualTo(
            """
            helpdesk.yml:4: wallboard.boards[0].grafana[0]: url: found one without a host or of another scheme; allowed: \
            https://... or http://...
            helpdesk.yml:5: wallboard.boards[1].grafana[0]: url: found a user or password in it, which everybody in the room \
            could read; allowed: a panel that may be seen without\
            """);
  }

  private String problems(String boards) {
    try {
      new ConfigLoader(Yaml.KINDS, AimProblemsTest.INDICATORS, Map.of())
          .load(yaml.file(boards(boards)));
      return "no problem";
    } catch (ConfigException refused) {
      return String.valueOf(refused.getMessage()).replace(directory + "/", "");
    }
  }

  private static String boards(String boards) {
    return "wallboard:\n  %s\n  boards:\n    - %s\n%s"
        .formatted(TOKEN, boards.replace("\n", "\n    - "), REST);
  }
}
