package io.helpdeskexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.StatusMeaning;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinderTest {
  @TempDir Path directory;
  private Yaml yaml;

  record Everything(
      String text,
      int count,
      long bigCount,
      double share,
      boolean flag,
      Duration every,
      Instant since,
      LocalDate day,
      LocalTime opening,
      ZoneId zone,
      DayOfWeek first,
      Path file,
      URI site,
      Status status,
      StatusMeaning meaning,
      Optional<Duration> maybe,
      List<Integer> numbers,
      Set<Status> statuses,
      Map<String, List<String>> lists,
      Map<DayOfWeek, Inner> inners,
      Secret secret,
      @Key("from") Inner inner,
      Window window) {}

  record Inner(@Default("5") int a, Optional<String> b) {}

  record Text(String value) {}

  record Span(Duration value) {}

  record Shared(@Default("3") @Min("1") int retries) {}

  record WithShared(String name, @Flattened Shared http) {}

  record Broken(@Default("many") int value) {}

  record Promise(SlaConfig.Resolution resolution) {}

  @BeforeEach
  void inADirectoryOfItsOwn() {
    yaml = Yaml.in(directory);
  }

  @Test
  void everyTypeIsBound() throws Exception {
    Everything bound =
        yaml.read(
            Everything.class,
            """
            text: 0123
            count: -7
            big_count: 9000000000
            share: 0.25
            flag: true
            every: 1h30m
            since: 2026-03-01T09:00:00+01:00
            day: 2026-03-01
            opening: 09:00
            zone: Europe/Berlin
            first: sunday
            file: some/file.csv
            site: https://helpdesk.example.com/x
            status: on_hold
            meaning: spam
            numbers: [3, 1, 2]
            statuses: [solved, new]
            lists: {z: [a, b], a: [], m: alone}
            inners: {monday: {a: 1}, tuesday: {b: x}}
            secret: s
            from: {}
            window: 12h
            """);

    assertThat(bound)
        .isEqualTo(
            new Everything(
                "0123",
                -7,
                9_000_000_000L,
                0.25,
                true,
                Duration.ofMinutes(90),
                Instant.parse("2026-03-01T08:00:00Z"),
                LocalDate.of(2026, 3, 1),
                LocalTime.of(9, 0),
                ZoneId.of("Europe/Berlin"),
                DayOfWeek.SUNDAY,
                directory.toAbsolutePath().resolve("some/file.csv"),
                URI.create("https://helpdesk.example.com/x"),
                Status.ON_HOLD,
                Exclusion.SPAM,
                Optional.empty(),
                List.of(3, 1, 2),
                Set.of(Status.SOLVED, Status.NEW),
                Map.of("z", List.of("a", "b"), "a", List.of(), "m", List.of("alone")),
                Map.of(
                    DayOfWeek.MONDAY, new Inner(1, Optional.empty()),
                    DayOfWeek.TUESDAY, new Inner(5, Optional.of("x"))),
                Secret.of("s"),
                new Inner(5, Optional.empty()),
                Window.parse("12h")));
    assertThat(bound.lists().keySet()).containsExactly("z", "a", "m");
    assertThat(bound.statuses()).containsExactly(Status.SOLVED, Status.NEW);
  }

  @Test
  void whatIsBoundCannotBeChanged() throws Exception {
    record Lists(List<String> list, Set<String> set, Map<String, String> map) {}
    Lists bound = yaml.read(Lists.class, "list: [a]\nset: [a]\nmap: {a: b}\n");

    assertThatThrownBy(() -> bound.list().add("b"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> bound.set().add("b"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> bound.map().put("b", "c"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "30s, PT30S",
    "5m, PT5M",
    "2h, PT2H",
    "4d, PT96H",
    "1d2h3m4s5ms, PT26H3M4.005S",
    "0s, PT0S",
    "PT5M, PT5M",
    "P2D, PT48H",
  })
  void durationsAreReadAndWritten(String written, Duration meant) throws Exception {
    assertThat(yaml.read(Span.class, "value: " + written).value()).isEqualTo(meant);
    assertThat(DurationText.parse(DurationText.format(meant))).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "5 m",
        "m",
        "5m2h",
        "-5m",
        "PT-5M",
        "1.5h",
        "5M",
        "9999999999999999999d",
        "40000d",
        "P1000000D",
        "''",
        "5min"
      })
  void aDurationIsNotGuessed(String written) {
    assertThat(yaml.problems(Span.class, "value: " + written))
        .endsWith("; allowed: a duration, such as 30s, 5m, PT5M");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e3", "07.5", "-0.0", "2"})
  void numbersAreReadAsWritten(String written) throws Exception {
    record Amount(double value) {}
    assertThat(yaml.read(Amount.class, "value: " + written).value())
        .isEqualTo(Double.parseDouble(written));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999", "NaN", ".inf", "1_000", "0x10", "1d"})
  void aNumberIsNotGuessed(String written) {
    record Amount(double value) {}
    assertThat(yaml.problems(Amount.class, "value: " + written))
        .isEqualTo("helpdesk.yml:1: value: found \"" + written + "\"; allowed: a number");
  }

  @Test
  void textIsTakenAsItStands() throws Exception {
    assertThat(yaml.read(Text.class, "value: yes").value()).isEqualTo("yes");
    assertThat(yaml.read(Text.class, "value: 1.10").value()).isEqualTo("1.10");
    assertThat(yaml.read(Text.class, "value: ''").value()).isEmpty();
    assertThat(yaml.read(Text.class, "value: |\n  a\n  b\n").value()).isEqualTo("a\nb\n");
    assertThat(yaml.problems(Text.class, "value: ~")).endsWith("found nothing; allowed: a text");
  }

  @Test
  void placeholdersStandAnywhereInAText() throws Exception {
    yaml.write("secrets/host", "db.example.com\r\n");
    Yaml with = yaml.with("PORT", "5432").with("EMPTY", "");

    assertThat(with.read(Text.class, "value: ${file:secrets/host}:${env:PORT}/x").value())
        .isEqualTo("db.example.com:5432/x");
    assertThat(
            with.read(Text.class, "value: ${env:EMPTY:-a}${env:UNSET:-b-c}${env:PORT:-d}").value())
        .isEqualTo("ab-c5432");
    assertThat(with.read(Text.class, "value: x${env:EMPTY}y").value()).isEqualTo("xy");
    assertThat(with.read(Text.class, "value: $${env:PORT} costs $5 and $$").value())
        .isEqualTo("${env:PORT} costs $5 and $$");
  }

  @Test
  void whatAPlaceholderGivesIsNotReadAgain() throws Exception {
    assertThat(yaml.with("A", "${env:B} $1 \\").read(Text.class, "value: ${env:A}").value())
        .isEqualTo("${env:B} $1 \\");
  }

  @Test
  void onlyTheLastLineEndOfAFileIsDropped() throws Exception {
    yaml.write("key.pem", "-----\nabc\n\n");
    assertThat(yaml.read(Text.class, "value: ${file:key.pem}").value()).isEqualTo("-----\nabc\n");
  }

  @Test
  void keysOfAFlattenedRecordStandBesideItsSiblings() throws Exception {
    assertThat(yaml.read(WithShared.class, "name: a\nretries: 7\n"))
        .isEqualTo(new WithShared("a", new Shared(7)));
    assertThat(yaml.problems(WithShared.class, "name: a\nretrie: 0\n"))
        .isEqualTo("helpdesk.yml:2: unknown key \"retrie\"; did you mean retries?");
  }

  @Test
  void whatAKindInterpretsItselfIsTextsInListsAndMaps() throws Exception {
    record Options(Map<String, Object> options) {}
    assertThat(
            yaml.with("X", "y")
                .read(Options.class, "options: {a: 1, b: [x, '${env:X}'], c: {d: true, e: [{}]}}")
                .options())
        .isEqualTo(
            Map.of(
                "a", "1",
                "b", List.of("x", "y"),
                "c", Map.of("d", "true", "e", List.of(Map.of()))));
    assertThat(yaml.problems(Options.class, "options: {a: {b: , c: 1, c: 2}}"))
        .isEqualTo(
            """
            helpdesk.yml:1: options.a: duplicate key "c"; the first is on line 1
            helpdesk.yml:1: options.a.b: found nothing; allowed: a text, a list or a map\
            """);
    assertThat(yaml.problems(Options.class, "options:\n  a: &x\n    b: [*x]\n"))
        .contains("found an anchor that holds itself; allowed: a text, a list or a map");
  }

  @Test
  void aRecordWithAShortFormIsWrittenEitherWay() throws Exception {
    assertThat(yaml.read(Promise.class, "resolution: 8h"))
        .isEqualTo(yaml.read(Promise.class, "resolution: {within: 8h}"));
    assertThat(yaml.problems(Promise.class, "resolution: [8h]"))
        .isEqualTo(
            "helpdesk.yml:1: resolution: found a list; allowed: a duration, such as 8h, or a map"
                + " with the keys within and pause_on");
  }

  @Test
  void anAnchorIsFollowed() throws Exception {
    record Two(Inner one, Inner two) {}
    assertThat(yaml.read(Two.class, "one: &x {a: 9}\ntwo: *x\n"))
        .isEqualTo(new Two(new Inner(9, Optional.empty()), new Inner(9, Optional.empty())));
  }

  @Test
  void whatTwoSectionsShareIsMergedIntoThem() throws Exception {
    record Two(Inner one, Inner two) {}
    assertThat(yaml.read(Two.class, "one: &x {a: 9, b: x}\ntwo:\n  <<: *x\n  b: y\n"))
        .isEqualTo(new Two(new Inner(9, Optional.of("x")), new Inner(9, Optional.of("y"))));
    assertThat(yaml.problems(Two.class, "one: &x {a: 9}\ntwo:\n  <<: *x\n  b: y\n  b: z\n"))
        .isEqualTo("helpdesk.yml:5: two: duplicate key \"b\"; the first is on line 4");
  }

  @Test
  void anAnchorThatHoldsItselfEnds() {
    assertThat(yaml.problems(Everything.class, "from: &x\n  a: *x\n"))
        .contains("helpdesk.yml:2: from.a: found a map; allowed: a whole number");
  }

  @Test
  void aDefaultThatDoesNotFitIsOurMistakeNotTheOperators() {
    assertThatThrownBy(() -> yaml.read(Broken.class, "{}"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Broken");
  }
}
