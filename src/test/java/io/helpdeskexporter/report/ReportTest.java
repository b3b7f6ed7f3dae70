package io.helpdeskexporter.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.facts.Definitions;
import io.helpdeskexporter.kpi.Catalogue;
import io.helpdeskexporter.kpi.Goal;
import io.helpdeskexporter.kpi.Indicator;
import io.helpdeskexporter.kpi.Indicators;
import io.helpdeskexporter.kpi.Standing;
import io.helpdeskexporter.report.Report.Line;
import io.helpdeskexporter.report.Report.Section;
import io.helpdeskexporter.report.Report.Verdict;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a report says, in the words of each form. */
class ReportTest {
  private static final Indicators INDICATORS = Catalogue.of(Definitions.DEFAULT).indicators();
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Schedule WEEKLY =
      new Schedule(Every.WEEK, LocalTime.of(8, 0), BERLIN, DayOfWeek.MONDAY);
  private static final Period WEEK = WEEKLY.lastWhole(Instant.parse("2026-03-10T00:00:00Z"));

  private final Report report =
      new Report(
          "weekly",
          WEEK,
          WEEKLY.previous(WEEK),
          BERLIN,
          "zendesk",
          Optional.of("EUR"),
          List.of(
              new Section(
                  "desk",
                  Optional.of(Instant.parse("2026-03-09T06:59:30Z")),
                  List.of(
                      line("first_response", 4800, 7200),
                      line("csat", 0.9, 0.925),
                      line("backlog", 1234, 1234),
                      new Line(indicator("nps"), OptionalDouble.empty(), OptionalDouble.of(0.25))),
                  List.of(standing())),
              new Section(
                  "log",
                  Optional.of(Instant.parse("2026-03-05T11:00:00Z")),
                  List.of(line("cost_per_ticket", 12.5, 0)),
                  List.of()),
              new Section("new", Optional.empty(), List.of(), List.of())));

  @Test
  void forPeopleItSaysWhatItIsAboutAndHowThatWent() {
    assertThat(Markdown.of(report))
        .isEqualTo(
            """
            # weekly: 2026-03-02 to 2026-03-08

            - Period: the week from 2026-03-02 00:00:00 +01:00 up to 2026-03-09 00:00:00 +01:00; before it, that from 2026-02-23 00:00:00 +01:00
            - Time zone: Europe/Berlin
            - Definitions: profile zendesk
            - Amounts of money: EUR
            - Data: desk read up to 2026-03-09 07:59:30 +01:00
            - Data: log read up to 2026-03-05 12:00:00 +01:00, **before the period was over**: its numbers are not complete
            - Data: new has **not been read** yet

            ## desk

            | Indicator | Value | Before | Change | |
            | --- | ---: | ---: | ---: | --- |
            | Median first response time | 1 h 20 min | 2 h | -33.3 % | better |
            | Satisfied customers | 90.0 % | 92.5 % | -2.5 points | worse |
            | Backlog | 1,234 | 1,234 | 0 | same |
            | Promoters less detractors | – | +25 | – |  |

            | Goal | Indicator | Value | Target | Until | State |
            | --- | --- | ---: | ---: | --- | --- |
            | faster, Care \\| Co | Median first response time, first line, 30d | 1 h | 30 min | 2026-06-30 | on track |

            ## log

            | Indicator | Value | Before | Change | |
            | --- | ---: | ---: | ---: | --- |
            | Cost per solved ticket | 12.50 | 0.00 | +12.50 | worse |

            ## new

            | Indicator | Value | Before | Change | |
            | --- | ---: | ---: | ---: | --- |
            """);
  }

  @Test
  void forSpreadsheetsEachRowSaysWhatItIsAbout() {
    assertThat(Csv.of(report))
        .isEqualTo(
            """
            report,every,first_day,last_day,zone,profile,source,watermark,complete,indicator,title,unit,value,before,change,verdict
            weekly,week,2026-03-02,2026-03-08,Europe/Berlin,zendesk,desk,2026-03-09T06:59:30Z,true,first_response,Median first response time,seconds,4800,7200,-2400,better
            weekly,week,2026-03-02,2026-03-08,Europe/Berlin,zendesk,desk,2026-03-09T06:59:30Z,true,csat,Satisfied customers,ratio,0.9,0.925,-0.025,worse
            weekly,week,2026-03-02,2026-03-08,Europe/Berlin,zendesk,desk,2026-03-09T06:59:30Z,true,backlog,Backlog,tickets,1234,1234,0,same
            weekly,week,2026-03-02,2026-03-08,Europe/Berlin,zendesk,desk,2026-03-09T06:59:30Z,true,nps,Promoters less detractors,ratio,,0.25,,
            weekly,week,2026-03-02,2026-03-08,Europe/Berlin,zendesk,log,2026-03-05T11:00:00Z,false,cost_per_ticket,Cost per solved ticket,money,12.5,0,12.5,worse
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void forProgramsWhatIsNotKnownIsNull() {
    assertThat(Json.of(report).lines().map(String::strip).toList())
        .containsSubsequence(
            "\"report\" : \"weekly\",",
            "\"every\" : \"week\",",
            "\"first_day\" : \"2026-03-02\",",
            "\"last_day\" : \"2026-03-08\",",
            "\"from\" : \"2026-03-01T23:00:00Z\",",
            "\"to\" : \"2026-03-08T23:00:00Z\"",
            "\"zone\" : \"Europe/Berlin\",",
            "\"profile\" : \"zendesk\",",
            "\"currency\" : \"EUR\",",
            "\"complete\" : false,",
            "\"source\" : \"desk\",",
            "\"watermark\" : \"2026-03-09T06:59:30Z\",",
            "\"complete\" : true,",
            "\"indicator\" : \"first_response\",",
            "\"better\" : \"lower\",",
            "\"value\" : 4800,",
            "\"change\" : -2400,",
            "\"verdict\" : \"better\"",
            "\"indicator\" : \"nps\",",
            "\"value\" : null,",
            "\"before\" : 0.25,",
            "\"change\" : null,",
            "\"verdict\" : null",
            "\"goal\" : \"faster\",",
            "\"target\" : 1800,",
            "\"state\" : \"on_track\"",
            "\"source\" : \"new\",",
            "\"watermark\" : null,");
  }

  @ParameterizedTest(name = "{0} {1} after {2}: {3}")
  @CsvSource({
    "first_response, 2, 1, WORSE",
    "first_response, 1, 2, BETTER",
    "csat, 0.9, 0.8, BETTER",
    "csat, 0.8, 0.9, WORSE",
    "cost_per_ticket, 0.30000000000000004, 0.3, SAME",
    "backlog, 0, 0, SAME",
    "backlog, 1, 0, WORSE",
  })
  void lessIsBetterOrWorseAsTheIndicatorSays(
      String indicator, double value, double before, Verdict verdict) {
    assertThat(line(indicator, value, before).verdict()).contains(verdict);
  }

  @ParameterizedTest(name = "{0} s: {1}")
  @CsvSource({
    "0, 0 s",
    "0.25, 0.3 s",
    "59.94, 59.9 s",
    "59.96, 1 min",
    "3599.6, 1 h",
    "3660, 1 h 1 min",
    "90061, 1 d 1 h",
    "86401, 1 d"
  })
  void timesAreWrittenInTheirLargestUnits(double seconds, String text) {
    assertThat(Amounts.text(indicator("first_response"), seconds)).isEqualTo(text);
  }

  private static Standing standing() {
    Goal goal =
        new Goal(
            "faster",
            indicator("first_response"),
            "desk",
            Optional.of("first line"),
            "30d",
            7200,
            Instant.parse("2026-01-01T00:00:00Z"),
            1800,
            Instant.parse("2026-06-30T22:00:00Z"),
            "Care | Co");
    return new Standing(
        goal,
        Optional.of(Standing.State.OPEN),
        OptionalDouble.of(3600),
        OptionalDouble.of(2.0 / 3),
        OptionalDouble.of(0.4),
        OptionalDouble.of(1000),
        Optional.of(true));
  }

  private static Line line(String indicator, double value, double before) {
    return new Line(indicator(indicator), OptionalDouble.of(value), OptionalDouble.of(before));
  }

  private static Indicator indicator(String id) {
    return INDICATORS.named(id).orElseThrow();
  }
}
