package io.helpdeskexporter.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.fixtures.Amtool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example for Alertmanager; what it holds back is shown by the test from ticket to pager. */
class AlertmanagerConfigTest {
  private static final Path FILE = Path.of("alertmanager/alertmanager.yml");

  @TempDir Path directory;

  @Test
  void alertmanagerFindsNothingWrong() throws IOException {
    assertThat(Amtool.configCheck(FILE)).isEmpty();

    Path broken =
        Files.writeString(
            directory.resolve("broken.yml"),
            Files.readString(FILE).replace("receiver: pager", "receiver: nobody"));
    assertThat(Amtool.configCheck(broken)).contains("nobody");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "alertname=HelpdeskWatchdog severity=info scope=exporter, dead-man",
    "alertname=HelpdeskExporterDown severity=critical scope=exporter, pager",
    "alertname=HelpdeskUrgentTicketInBreach severity=critical scope=kpi, pager",
    "alertname=HelpdeskBacklogGrowth severity=warning scope=kpi, tickets",
    "alertname=HelpdeskSourceDown severity=warning scope=exporter, tickets",
    "alertname=HelpdeskUnmappedWords severity=info scope=exporter, digest",
    "alertname=OfSomebodyElse, chat"
  })
  void eachAlertGoesToWhoCanDoSomething(String labels, String receiver) {
    assertThat(Amtool.receivers(FILE, labels.split(" ", -1))).isEqualTo(receiver);
  }

  @Test
  void whatItSaysOfAlertsIsTrue() throws IOException {
    String text = Files.readString(FILE);
    List<String> known =
        WrittenRule.alerts().stream().map(rule -> rule.alert().orElseThrow()).toList();
    assertThat(Pattern.compile("Helpdesk[A-Z]\\w+").matcher(text).results())
        .isNotEmpty()
        .allSatisfy(found -> assertThat(known).contains(found.group()));
  }

  @Test
  void itHoldsNoSecrets() throws IOException {
    assertThat(Files.readAllLines(FILE))
        .noneMatch(
            line ->
                line.strip()
                    .matches(
                        "(smtp_auth_password|slack_api_url|routing_key|service_key|credentials"
                            + "|password|bearer_token):.*"));
  }
}
