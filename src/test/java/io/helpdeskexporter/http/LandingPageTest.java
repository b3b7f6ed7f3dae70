package io.helpdeskexporter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.http.ServiceStatus.Condition;
import io.helpdeskexporter.http.ServiceStatus.Link;
import io.helpdeskexporter.http.ServiceStatus.SourceStatus;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LandingPageTest {

  @Test
  void eachSourceSaysHowItDoes() {
    assertThat(LandingPage.of(Statuses.ofEachCondition()))
        .contains("up</span>")
        .contains("failing</span>")
        .contains("never succeeded</span>")
        .contains("importing</span>")
        .contains("184,223")
        .contains("1 min 35 s behind <span class=\"muted small\"><time")
        .contains("The database refused the password of user exporter")
        .contains("Last error, since recovered:")
        .contains("61,000 of about 150,000 tickets (40 %)")
        .contains("1 of 4")
        .contains("href=\"https://example.org/kpis\"");
  }

  @Test
  void whatIsNotKnownIsADashWithTheReason() {
    assertThat(LandingPage.of(Statuses.ofEachCondition()))
        .contains("<dt>Tickets</dt><dd>– <span class=\"muted small\">not counted yet</span>")
        .contains("<dt>Data up to</dt><dd>– <span class=\"muted small\">no data read yet</span>")
        .contains("no poll has succeeded since the start")
        .contains("in 3 of 4 sources");
  }

  @Test
  void aSourceThatIsPolledLessOftenThanConfiguredSaysSo() {
    assertThat(LandingPage.of(Statuses.ofEachCondition()))
        .containsOnlyOnce("<dt>Polled</dt>")
        .contains(
            "<dd>every 1 min 10 s instead of every 1 min <span class=\"muted small\">so that the"
                + " budget of daily calls lasts</span></dd>");
  }

  @Test
  void eachGoalSaysWhereItStandsAndWhatIsToBeExpected() {
    assertThat(LandingPage.of(Statuses.ofEachCondition()))
        .contains("<td class=\"now\">1 h 30 min</td><td class=\"target\">1 h<span")
        .contains("way 50 %, time 40 %")
        .contains("until 2026-03-31")
        .contains("on track</span>", "off track</span>", "too early</span>", "not measured</span>")
        .contains("reached</span>", "missed</span>")
        .contains("82.2 %", "+32", "1,204");
  }

  @Test
  void progressIsNotRoundedUpToWhatIsNotReachedAndItsBarStaysABar() {
    assertThat(LandingPage.of(Statuses.ofEachCondition()))
        .contains("way 99 %, time 5 %")
        .contains("<progress value=\"100\" max=\"100\" aria-label=\"Progress of fewer\">")
        .contains("<progress value=\"0\" max=\"100\" aria-label=\"Progress of promises\">")
        .contains("way -12 %");
  }

  @Test
  void whereNoGoalsAreConfiguredThereAreNone() {
    assertThat(LandingPage.of(Statuses.ready())).doesNotContain("Goals");
  }

  @Test
  void warningsStandOnTop() {
    assertThat(LandingPage.of(Statuses.ofEachCondition()))
        .contains("<p class=\"note busy\">The benchmark median of csat");
  }

  @Test
  void everyTextFromOutsideIsEscaped() {
    String page = LandingPage.of(Statuses.hostile("\"'><script>alert(1)</script>&"));
    assertThat(page)
        .doesNotContain("<script")
        .doesNotContain("\"'>")
        .contains("&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;")
        .contains("https://example.org/?a=1&amp;b=&#39;");
  }

  @Test
  void thePageFetchesNothing() {
    assertThat(LandingPage.of(Statuses.ofEachCondition()))
        .doesNotContain("<script")
        .doesNotContain("src=")
        .doesNotContain("@import")
        .doesNotContain("url(")
        .doesNotContain("rel=\"stylesheet\"");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT0.9S, 0 s",
    "PT59S, 59 s",
    "PT1M, 1 min",
    "PT95S, 1 min 35 s",
    "PT1H5S, 1 h",
    "PT26H30M, 1 d 2 h",
    "P400D, 400 d"
  })
  void durationsHaveTheirTwoLargestUnits(Duration duration, String text) {
    assertThat(LandingPage.forPeople(duration)).isEqualTo(text);
  }

  @Test
  void aStatusThatContradictsItselfIsRefused() {
    assertThatThrownBy(
            () ->
                new SourceStatus(
                    "acme",
                    "zendesk",
                    Condition.FAILING,
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))
        .hasMessage("source acme: needs an error if failing");
    assertThatThrownBy(() -> new Link("bad", URI.create("javascript:alert(1)")))
        .hasMessageContaining("javascript");
  }
}
