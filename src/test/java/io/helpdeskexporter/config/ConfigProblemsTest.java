package io.helpdeskexporter.config;

import static io.helpdeskexporter.config.Yaml.REST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator reads after a mistake. The texts are looked for in logs: change them knowingly.
 */
class ConfigProblemsTest {
  @TempDir Path directory;
  private Yaml yaml;

  @BeforeEach
  void inADirectoryOfItsOwn() {
    yaml = Yaml.in(directory);
  }

  @Test
  void allProblemsComeAtOnceInTheOrderOfTheirLines() {
    assertThat(
            yaml.problems(
                """
                listen:
                  port: 99999
                store: {embedded_dir: .data}
                reporting:
                  zone: Europe/Berln
                  quantile_method: nearest
                sources:
                  - name: rt
                    kind: file
                    tickets: {path: t.csv, format: csv}
                  - name: Acme Support
                    kind: file
                    poll_every: "5 min"
                    pol_every: 5m
                    tickets: {path: t.csv, format: xml}
                """))
        .isEqualTo(
            """
            helpdesk.yml:2: listen.port: found "99999"; allowed: a whole number from 0 to 65535
            helpdesk.yml:5: reporting.zone: found "Europe/Berln"; allowed: an IANA time zone, such as Europe/Berlin \
            (did you mean Europe/Berlin?)
            helpdesk.yml:6: reporting.quantile_method: found "nearest"; allowed: linear, nearest_rank
            helpdesk.yml:11: sources[1].name: found "Acme Support"; allowed: a name of lower-case letters, digits, \
            - and _, such as acme-support
            helpdesk.yml:13: sources[1].poll_every: found "5 min"; allowed: a duration of at least 1s, such as \
            30s, 5m, PT5M
            helpdesk.yml:14: sources[1]: unknown key "pol_every"; did you mean poll_every?
            helpdesk.yml:15: sources[1].tickets.format: found "xml"; allowed: csv, jsonl\
            """);
  }

  @Test
  void aReportGoesSomewhereAndIsAboutASourceThatThereIs() {
    assertThat(
            yaml.problems(
                """
                reports:
                  - {name: weekly, every: week}
                  - {name: daily, every: hour, directory: out}
                  - {name: monthly, every: month, source: nowhere, directory: out}
                  - {name: weekly, every: week, webhook: {url: "https://jo:pw@example.com/x"}}
                  - {name: other, every: week, webhook: {url: "ftp://example.com/x"}}
                """
                    + REST))
        .isEqualTo(
            """
            helpdesk.yml:2: reports[0]: found neither directory nor webhook; allowed: one of them, or both
            helpdesk.yml:3: reports[1].every: found "hour"; allowed: day, week, month
            helpdesk.yml:4: reports[2].source: found "nowhere"; allowed: rt
            helpdesk.yml:5: reports[3].webhook: url: found a user or password in it; allowed: in the key \
            token, which is never printed
            helpdesk.yml:5: reports[3].name: found "weekly", which is taken by line 2; allowed: a name of its own
            helpdesk.yml:6: reports[4].webhook: url: found the scheme ftp; allowed: https or http\
            """);
  }

  @Test
  void anUnknownKeyNamesTheKnownOnesWhereNoneIsNear() {
    assertThat(yaml.problems("log: {colour: true}\n" + REST))
        .isEqualTo("helpdesk.yml:1: log: unknown key \"colour\"; allowed: format, level");
  }

  @Test
  void anUnknownKeyAtTheTopHasNoPath() {
    assertThat(yaml.problems("lisen: {}\n" + REST))
        .isEqualTo("helpdesk.yml:1: unknown key \"lisen\"; did you mean listen?");
  }

  @Test
  void anUnknownKindIsCorrectedAndItsKeysAreLeftAlone() {
    assertThat(
            yaml.problems(
                """
                store: {embedded_dir: .data}
                sources:
                  - name: rt
                    kind: sqll
                    preset: rt5
                """))
        .isEqualTo(
            "helpdesk.yml:4: sources[0].kind: found \"sqll\"; allowed: file, sql (did you mean"
                + " sql?)");
  }

  @Test
  void aKeyThatNoKindHasIsToldEvenIfTheKindIsUnknown() {
    assertThat(
            yaml.problems(
                """
                store: {embedded_dir: .data}
                sources:
                  - name: rt
                    kind: sqll
                    pol_every: 5s
                    preset: rt5
                    colour: red
                """))
        .isEqualTo(
            """
            helpdesk.yml:4: sources[0].kind: found "sqll"; allowed: file, sql (did you mean sql?)
            helpdesk.yml:5: sources[0]: unknown key "pol_every"; did you mean poll_every?
            helpdesk.yml:7: sources[0]: unknown key "colour"; no kind has it\
            """);
  }

  @Test
  void aKeyOfAnotherKindIsUnknown() {
    assertThat(
            yaml.problems(
                """
                store: {embedded_dir: .data}
                sources:
                  - name: rt
                    kind: file
                    preset: rt5
                    tickets: {path: t.csv, format: csv}
                """))
        .startsWith("helpdesk.yml:5: sources[0]: unknown key \"preset\"; allowed: name, kind, ");
  }

  @Test
  void aDuplicateKeyNamesTheLineOfTheFirst() {
    assertThat(yaml.problems("listen:\n  port: 1\n  address: a\n  port: 2\n" + REST))
        .isEqualTo("helpdesk.yml:4: listen: duplicate key \"port\"; the first is on line 2");
  }

  @Test
  void aMissingKeyIsLocatedAtWhatLacksIt() {
    assertThat(yaml.problems("store: {embedded_dir: .data}\nsources:\n  - kind: sql\n"))
        .isEqualTo(
            """
            helpdesk.yml:3: sources[0]: missing key "name"; needed: a name of lower-case letters, digits, - and _, \
            such as acme-support
            helpdesk.yml:3: sources[0]: missing key "preset"; needed: a text
            helpdesk.yml:3: sources[0]: missing key "url"; needed: a text
            helpdesk.yml:3: sources[0]: missing key "user"; needed: a text\
            """);
  }

  @Test
  void aSourceWithoutKindLacksOnlyThat() {
    assertThat(
            yaml.problems("store: {embedded_dir: .data}\nsources:\n  - {name: rt, preset: rt5}\n"))
        .isEqualTo("helpdesk.yml:3: sources[0]: missing key \"kind\"; needed: a text");
  }

  @Test
  void aKeyWithoutValueIsNotADefault() {
    assertThat(yaml.problems("log:\n  level:\nlabels:\n" + REST))
        .isEqualTo(
            """
            helpdesk.yml:2: log.level: found nothing; allowed: error, warn, info, debug, trace
            helpdesk.yml:3: labels: found nothing; allowed: a map with the keys max_teams, \
            max_series_per_source\
            """);
  }

  @Test
  void changesOfHoursComeInTheOrderOfTheirDays() {
    assertThat(
            yaml.problems(
                """
                calendars:
                  a:
                    zone: UTC
                    hours: {mon: 09:00-17:00}
                    changes:
                      - {from: 2026-09-01, hours: {mon: 08:00-17:00}}
                      - {from: 2026-08-01, hours: {mon: 10:00-17:00}}
                """
                    + REST))
        .isEqualTo(
            "helpdesk.yml:2: calendars.a: found a change from 2026-08-01 after one from 2026-09-01;"
                + " allowed: in the order of their days");
  }

  @Test
  void whatTheExporterCannotServeIsRefusedBeforeItStarts() {
    assertThat(
            yaml.problems(
                "labels: {max_teams: 501}\n"
                    + "reporting:\n  windows: [1d,2d,3d,4d,5d,6d,7d,8d,9d,10d,11d,12d,13d]\n"
                    + REST))
        .isEqualTo(
            """
            helpdesk.yml:1: labels.max_teams: found "501"; allowed: a whole number from 1 to 500
            helpdesk.yml:2: reporting: found 13 windows; allowed: at most 12\
            """);
  }

  @Test
  void aValueOfTheWrongShapeSaysWhichShapeIsAllowed() {
    assertThat(
            yaml.problems(
                "log: info\nlisten: [a]\nsla: {name: x}\nreporting: {week_starts: [monday]}\n"
                    + REST))
        .isEqualTo(
            """
            helpdesk.yml:1: log: found "info"; allowed: a map with the keys format, level
            helpdesk.yml:2: listen: found a list; allowed: a map with the keys address, port, web_config_file, \
            explain_users
            helpdesk.yml:3: sla: found a map; allowed: a list of: a map with the keys name, match, calendar, \
            first_response, next_response, resolution, at_risk
            helpdesk.yml:4: reporting.week_starts: found a list; allowed: monday, tuesday, wednesday, thursday, \
            friday, saturday, sunday\
            """);
  }

  @Test
  void whatARecordItselfRefusesIsLocatedAtIt() {
    assertThat(
            yaml.problems(
                """
                store:
                  pool_size: 4
                sla:
                  - name: none
                sources:
                  - {name: rt, kind: sql, preset: rt5, url: "http://x", user: u}
                """))
        .isEqualTo(
            """
            helpdesk.yml:1: store: found neither url nor embedded_dir; allowed: one of them
            helpdesk.yml:4: sla[0]: found no promise; allowed: at least one of first_response, next_response, \
            resolution
            helpdesk.yml:6: sources[0]: url: found http://x; allowed: a JDBC URL\
            """);
  }

  @Test
  void aTokenIsLongEnoughAndOfOneSourceOnlyAndNeverShown() {
    assertThat(
            yaml.problems(
                """
                store: {embedded_dir: .data}
                sources:
                  - name: a
                    kind: file
                    tickets: {path: t.csv, format: csv}
                    push: {token: hunter2-hunter2-hunter2}
                  - name: b
                    kind: file
                    tickets: {path: t.csv, format: csv}
                    push: {token: hunter2-hunter2-hunter2}
                  - name: c
                    kind: file
                    tickets: {path: t.csv, format: csv}
                    push: {token: hunter2}
                """))
        .isEqualTo(
            """
            helpdesk.yml:10: sources[1].push.token: found the token of line 6; allowed: one of its own, as \
            it says what is pushed to
            helpdesk.yml:14: sources[2].push: token: found one of 7 characters; allowed: at least 16\
            """);
  }

  @Test
  void namesAreTheirOwnAndCalendarsAreDefined() {
    assertThat(
            yaml.problems(
                """
                store: {embedded_dir: .data}
                calendars:
                  berlin: {zone: Europe/Berlin, hours: {mon-fri: 09:00-18:00}}
                  24x7: {zone: UTC, hours: {mon: 24h}}
                sla:
                  - {name: a, first_response: 1h, calendar: berlni}
                  - {name: a, first_response: 2h, calendar: berlin}
                sources:
                  - {name: rt, kind: file, tickets: {path: t.csv, format: csv}, calendar: 24x7}
                  - {name: rt, kind: file, tickets: {path: t.csv, format: csv}, calendar: office}
                """))
        .isEqualTo(
            """
            helpdesk.yml:4: calendars.24x7: found "24x7", which is always there; allowed: another name
            helpdesk.yml:6: sla[0].calendar: found "berlni"; allowed: 24x7, berlin (did you mean berlin?)
            helpdesk.yml:7: sla[1].name: found "a", which is taken by line 6; allowed: a name of its own
            helpdesk.yml:10: sources[1].name: found "rt", which is taken by line 9; allowed: a name of its own
            helpdesk.yml:10: sources[1].calendar: found "office"; allowed: 24x7, berlin\
            """);
  }

  @Test
  void hoursAndHolidaysThatMeanNothingAreLocatedAtTheirCalendar() {
    assertThat(
            yaml.problems(
                """
                calendars:
                  a:
                    zone: UTC
                    hours: {mon-fry: 09:00-18:00}
                  b:
                    zone: UTC
                    hours: {mon-fri: 9 to 5}
                  c:
                    zone: UTC
                    hours: {mon: 24h}
                    holidays: {extra: [2026-12-24 from 14:00]}
                  d: {zone: UTC, hours: {}}
                  e: {zone: UTC, hours: {mon: 24h}, holidays: {regions: [by]}}
                """
                    + REST))
        .isEqualTo(
            """
            helpdesk.yml:2: calendars.a: working hours: found "fry" in "mon-fry"; allowed: mon, tue, wed, thu, fri, \
            sat, sun, such as mon-fri or sat,sun
            helpdesk.yml:5: calendars.b: working hours: mon: found "9 to 5"; allowed: times from 00:00 to 24:00 such \
            as 09:00-18:00 or 09:00-12:00,13:00-18:00, 22:00-06:00 into the next day, 24h, closed
            helpdesk.yml:11: calendars.c.holidays.extra[0]: found "2026-12-24 from 14:00"; allowed: a date such as \
            2026-12-24, or a day of every year such as --12-24; if only the afternoon: --12-24 from 14:00
            helpdesk.yml:12: calendars.d: found no hours; allowed: such as mon-fri: 09:00-18:00
            helpdesk.yml:13: calendars.e.holidays: found regions without their country; allowed: both\
            """);
  }

  @Test
  void anUnknownCountryIsLocatedAtTheHolidays() {
    assertThat(
            yaml.problems(
                "calendars:\n"
                    + "  a:\n"
                    + "    zone: UTC\n"
                    + "    hours: {mon: 24h}\n"
                    + "    holidays: {country: xx}\n"
                    + REST))
        .startsWith("helpdesk.yml:5: calendars.a.holidays: ")
        .contains("\"xx\"");
  }

  @Test
  void anExporterWithoutSourcesIsAMistake() {
    assertThat(yaml.problems("store: {embedded_dir: .data}\nsources: []\n"))
        .isEqualTo("helpdesk.yml:2: sources: found an empty list; allowed: at least one source");
  }

  @Test
  void itemsOfListsAndKeysOfMapsAreLocatedToo() {
    assertThat(
            yaml.problems(
                """
                reporting:
                  windows:
                    - 7d
                    - 7 days
                    - 7d
                  quantiles: [0.5, 1.5]
                kpi: {tiers: {Support: 0}}
                calendars:
                  Berlin: {zone: UTC, hours: {mon: 24h}, holidays: {extra: [2026-02-30]}}
                """
                    + REST))
        .isEqualTo(
            """
            helpdesk.yml:4: reporting.windows[1]: found "7 days"; allowed: a period of days or hours such as 7d or \
            12h, at most 366d, or one of today, yesterday, this_week, last_week, this_month, last_month
            helpdesk.yml:6: reporting.quantiles[1]: found "1.5"; allowed: a number from 0 to 1
            helpdesk.yml:7: kpi.tiers.Support: found "0"; allowed: a whole number of at least 1
            helpdesk.yml:9: calendars.Berlin: found the key "Berlin"; allowed: a name of lower-case letters, \
            digits, - and _, such as acme-support
            helpdesk.yml:9: calendars.Berlin.holidays.extra[0]: found "2026-02-30"; allowed: a date such as \
            2026-12-24, or a day of every year such as --12-24; if only the afternoon: --12-24 from 14:00\
            """);
  }

  @Test
  void aValueThatStandsTwiceInASetIsAMistake() {
    assertThat(yaml.problems("reporting:\n  windows:\n    - 7d\n    - 7d\n" + REST))
        .isEqualTo("helpdesk.yml:4: reporting.windows[1]: stands in the list twice; allowed: once");
  }

  @Test
  void wordsOfASourceThatDifferOnlyInCaseAreAMistake() {
    assertThat(
            yaml.problems(
                """
                store: {embedded_dir: .data}
                sources:
                  - name: rt
                    kind: file
                    tickets: {path: t.csv, format: csv}
                    statuses: {Stalled: pending, stalled: on_hold, "in QA": wip}
                """))
        .isEqualTo(
            "helpdesk.yml:6: sources[0].statuses[\"in QA\"]: found \"wip\"; allowed: new, open,"
                + " pending, on_hold, solved, closed, spam, deleted, test, internal");
    assertThat(
            yaml.problems(
                """
                store: {embedded_dir: .data}
                sources:
                  - name: rt
                    kind: file
                    tickets: {path: t.csv, format: csv}
                    statuses: {Stalled: pending, stalled: on_hold}
                """))
        .isEqualTo(
            "helpdesk.yml:3: sources[0]: found \"Stalled\" and \"stalled\" in statuses; allowed:"
                + " one of them, as case does not matter");
  }

  @Test
  void aPlaceholderThatCannotBeFilledSaysWhy() {
    assertThat(
            yaml.problems(
                """
                log:
                  level: ${env:LOG_LEVEL}
                  format: ${vault:format}
                store:
                  url: jdbc:postgresql://db/${env:DB
                  user: helpdesk
                  password: ${file:secrets/store}
                sources: [{name: rt, kind: file, tickets: {path: t.csv, format: csv}}]
                """))
        .isEqualTo(
            """
            helpdesk.yml:2: log.level: the environment variable LOG_LEVEL is not set; set it, or give a default: \
            ${env:LOG_LEVEL:-default}
            helpdesk.yml:3: log.format: found "${vault:format}"; allowed: ${env:NAME}, ${env:NAME:-default}, \
            ${file:PATH}, and $${ for a literal ${
            helpdesk.yml:5: store.url: found "${" without its "}"; allowed: ${env:NAME}, ${env:NAME:-default}, \
            ${file:PATH}, and $${ for a literal ${
            helpdesk.yml:7: store.password: cannot read the file of "${file:secrets/store}": there is no such file; \
            a relative path starts at the directory of this file\
            """);
  }

  @Test
  void brokenYamlIsLocated() {
    assertThat(yaml.problems("listen:\n  port: 1\n\taddress: x\n"))
        .isEqualTo(
            "helpdesk.yml:3: not valid YAML: found character '\\t(TAB)' that cannot start any"
                + " token. (Do not use \\t(TAB) for indentation)");
    assertThat(yaml.problems("a: 1\n---\nb: 2\n"))
        .isEqualTo("helpdesk.yml:2: not valid YAML: but found another document");
    assertThat(yaml.problems("# nothing yet\n"))
        .isEqualTo("helpdesk.yml: is empty; see examples/ for what it may hold");
    assertThat(yaml.problems("store: !vault x\nsources: !!set {a, b}\n"))
        .startsWith("helpdesk.yml:1: store: found a YAML tag; allowed: a map with the keys url,");
  }

  @Test
  void whatYamlAllowsAndAConfigurationDoesNotIsLocatedToo() {
    assertThat(yaml.problems("log: {}\n? [a]\n: b\n" + REST))
        .isEqualTo("helpdesk.yml:2: found a key that is not a text; allowed: a text");
    assertThat(yaml.problems("log: \"\\UFFFFFFFF\"\n" + REST))
        .isEqualTo("helpdesk.yml: not valid YAML: found a version or a character that is unknown");
  }

  @Test
  void aFileThatCannotBeReadSaysWhy() throws Exception {
    ConfigLoader loader = new ConfigLoader(Yaml.KINDS, Map.of());
    Path missing = directory.resolve("missing.yml");
    Path binary = Files.write(directory.resolve("binary.yml"), new byte[] {(byte) 0xff, 0});
    Path control =
        Files.writeString(
            directory.resolve("control.yml"), "a: 1\nb: \u0007", StandardCharsets.UTF_8);

    assertThat(catchThrowableOfType(ConfigException.class, () -> loader.load(missing)))
        .hasMessage(missing + ": cannot be read: there is no such file");
    assertThat(catchThrowableOfType(ConfigException.class, () -> loader.load(binary)))
        .hasMessage(binary + ": cannot be read: it is not UTF-8 text");
    assertThat(catchThrowableOfType(ConfigException.class, () -> loader.load(control)))
        .hasMessage(control + ":2: not valid YAML: found a character that it does not allow");
  }

  @Test
  void whoeverUsesAValueCanLocateAProblemOfItsOwn() throws Exception {
    Loaded<Config> loaded =
        new ConfigLoader(Yaml.KINDS, Map.of())
            .load(
                yaml.file(
                    """
                    calendars:
                      berlin:
                        zone: UTC
                        hours: {mon: 24h}
                    """
                        + REST));

    assertThat(loaded.refuse("calendars.berlin.hours", "found \"24h\"; allowed: less").problems())
        .containsExactly(new Problem(4, "calendars.berlin.hours", "found \"24h\"; allowed: less"));
    assertThat(loaded.refuse("calendars.berlin.holidays.extra[3]", "x").problems())
        .extracting(Problem::line)
        .containsExactly(2);
  }

  @Test
  void aTopicThatNoWordMeansLeavesNothingOut() {
    assertThat(
            yaml.problems(
                REST
                    + """
                    kpi:
                      topics: {price: pricing, sso: login}
                      fcr: {net_exclude_topics: [login, princing]}
                    """))
        .endsWith(
            "kpi.fcr.net_exclude_topics[1]: found \"princing\"; allowed: login, none, other,"
                + " pricing (did you mean pricing?)");
  }

  @Test
  void aTopicThatNoWordMeansInfluencesNothing() {
    assertThat(
            yaml.problems(
                REST
                    + """
                    kpi:
                      topics: {price: pricing, sso: login}
                      upsell: {topics: [Pricing, prising, other]}
                    """))
        .endsWith(
            "kpi.upsell.topics[1]: found \"prising\"; allowed: login, none, other, pricing"
                + " (did you mean pricing?)");
    assertThat(yaml.problems(REST + "kpi: {upsell: {topics: [whatever]}}\n"))
        .startsWith("no problem");
  }
}
