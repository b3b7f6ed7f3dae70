package io.helpdeskexporter.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Reported;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.Scale;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.Inspection;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rows about tickets become. */
class TicketFileTest {
  @TempDir private Path folder;

  @Test
  void eachColumnGoesWhereItIsMapped() throws Exception {
    Given.TicketsGiven given =
        given(
            """
            no,rev,opened,changed,state,prio,via,group,agent,who,firm,by,cat,sub,before,into,junk
            7,3,2026-03-02T08:00:00Z,2026-03-02T09:00:00Z,Open,1,Phone,Hardware,ada,u1,f1,agent,printers,toner,5,9,spam
            """);
    given.rowsAre = Optional.of(RowsAre.CURRENT);
    given.id = "no";
    given.version = Optional.of("rev");
    given.createdAt = "opened";
    given.updatedAt = Optional.of("changed");
    given.status = Optional.of("state");
    given.priority = Optional.of("prio");
    given.channel = Optional.of("via");
    given.team = Optional.of("group");
    given.assignee = Optional.of("agent");
    given.requester = Optional.of("who");
    given.organization = Optional.of("firm");
    given.openedBy = Optional.of("by");
    given.topics = List.of("cat", "sub");
    given.followUpOf = Optional.of("before");
    given.mergedInto = Optional.of("into");
    given.excluded = Optional.of("junk");

    Told told = Told.by(Given.settings(given));

    assertThat(told.tickets)
        .containsExactly(
            Map.entry(
                "7",
                Ticket.ticket("7", Instant.parse("2026-03-02T08:00:00Z"))
                    .version(3)
                    .updatedAt(Instant.parse("2026-03-02T09:00:00Z"))
                    .status("Open")
                    .priority("1")
                    .channel("Phone")
                    .team("Hardware")
                    .assignee("ada")
                    .requester("u1")
                    .organization(Optional.of("f1"))
                    .openedBy(Actor.AGENT)
                    .topics(List.of("printers", "toner"))
                    .followUpOf(Optional.of("5"))
                    .mergedInto(Optional.of("9"))
                    .excluded(Optional.of(Exclusion.SPAM))
                    .build()));
    assertThat(told.events).as("rows that are current tell no history").isEmpty();
  }

  @Test
  void aRowOfStatesIsAlsoASnapshotOfItsTime() throws Exception {
    Given.TicketsGiven given =
        given(
                """
                id,version,created_at,updated_at,status,again,moved
                7,3,2026-03-02T08:00:00Z,2026-03-02T09:00:00Z,open,1,2
                """)
            .withHistory();
    given.reported = reported("again", "moved");

    assertThat(Told.by(Given.settings(given)).events.values())
        .singleElement()
        .isInstanceOfSatisfying(
            TicketEvent.Snapshot.class,
            snapshot -> {
              assertThat(snapshot.stamp().sequence()).isEqualTo(3);
              assertThat(snapshot.at()).isEqualTo("2026-03-02T09:00:00Z");
              assertThat(snapshot.status()).contains("open");
              assertThat(snapshot.team()).isEmpty();
              assertThat(snapshot.reopens()).hasValue(1);
              assertThat(snapshot.reassignments()).hasValue(2);
            });
  }

  @Test
  void rowsOfAFileWithoutEventsAreStatesUnlessTheyAreSaidToBeCurrent() throws Exception {
    Given.TicketsGiven given =
        given("id,created_at,at,state\n7,2026-03-02T08:00:00Z,2026-03-02T09:00:00Z,solved\n");
    given.updatedAt = Optional.of("at");
    given.status = Optional.of("state");

    assertThat(Told.by(Given.settings(given)).events).hasSize(1);
    given.rowsAre = Optional.of(RowsAre.CURRENT);
    assertThat(given.file().tellsHistory(false)).isFalse();
    given.rowsAre = Optional.empty();
    assertThat(given.file().tellsHistory(true)).as("beside events").isFalse();
  }

  @Test
  void aFileThatHidesWhenTicketsWereSolvedIsNoted() throws Exception {
    Given.TicketsGiven given = given("id,created_at,state\n7,2026-03-02T08:00:00Z,solved\n");
    given.status = Optional.of("state");

    try (Source source = new FileKind().open("acme", Given.settings(given), Told.CLOCK)) {
      assertThat(source.inspect().notes())
          .singleElement()
          .asString()
          .startsWith("nothing tells since when a ticket has its status");
    }
  }

  @Test
  void aRatingIsAnAnswerOnItsDateAndRowsThatRepeatItTellNothingNew() throws Exception {
    Told told =
        Told.by(
            Given.settings(
                rated(
                    """
                    7,1,2026-03-02,2026-03-03,open,,
                    7,2,2026-03-02,2026-03-04,solved,2,2026-03-04
                    7,3,2026-03-02,2026-03-05,solved,4,2026-03-04
                    7,4,2026-03-02,2026-03-06,closed,4.0,2026-03-04
                    """)));

    assertThat(ratings(told))
        .extracting(
            rated -> rated.answer().score(), TicketEvent::at, rated -> rated.stamp().sequence())
        .containsExactlyInAnyOrder(
            tuple(2, Instant.parse("2026-03-04T00:00:00Z"), 2L),
            tuple(4, Instant.parse("2026-03-04T00:00:00Z"), 3L));
  }

  @Test
  void theScaleOfRatingsIsAColumnOrItself() throws Exception {
    Given.TicketsGiven given = rated("7,1,2026-03-02,2026-03-03,solved,3,2026-03-04\n");
    given.ratingScale = Optional.of("1-3");
    assertThat(ratings(Told.by(Given.settings(given))))
        .extracting(rated -> rated.answer().scale())
        .containsExactly(Optional.of(Scale.ONE_TO_THREE));

    Given.TicketsGiven byColumn = rated("7,1,2026-03-02,2026-03-03,1-4,3,2026-03-04\n");
    byColumn.status = Optional.empty();
    byColumn.ratingScale = Optional.of("status");
    assertThat(ratings(Told.by(Given.settings(byColumn))))
        .extracting(rated -> rated.answer().scale())
        .containsExactly(Optional.of(Scale.ONE_TO_FOUR));
  }

  @Test
  void aRatingThatCannotBeIsLeftOutAndItsTicketIsNot() throws Exception {
    Told told =
        Told.by(
            Given.settings(
                rated(
                    """
                    7,1,2026-03-02,2026-03-03,solved,6,2026-03-04
                    8,1,2026-03-02,2026-03-03,solved,5,
                    9,1,2026-03-02,2026-03-03,solved,5,2026-03-04
                    """)));

    assertThat(told.places())
        .containsExactly("tickets.csv:2 bad_score", "tickets.csv:3 missing_date");
    assertThat(told.tickets).containsOnlyKeys("7", "8", "9");
    assertThat(ratings(told)).hasSize(1);
  }

  @Test
  void aRatingNeedsItsDate() {
    Given.TicketsGiven undated = Given.tickets(folder);
    undated.rating = Optional.of("csat");
    Given.TicketsGiven unrated = Given.tickets(folder);
    unrated.ratedAt = Optional.of("when");

    assertThatThrownBy(undated::file)
        .hasMessage("missing key \"rated_at\": with rating it says when the customer gave it");
    assertThatThrownBy(unrated::file)
        .hasMessage("found rated_at or rating_scale without rating; allowed: beside it");
  }

  private Given.TicketsGiven rated(String rows) throws IOException {
    Given.TicketsGiven given =
        given("id,version,created_at,updated_at,status,csat,on\n" + rows).withHistory();
    given.rating = Optional.of("csat");
    given.ratedAt = Optional.of("on");
    return given;
  }

  private static List<TicketEvent.Rated> ratings(Told told) {
    return told.events.values().stream()
        .filter(TicketEvent.Rated.class::isInstance)
        .map(TicketEvent.Rated.class::cast)
        .toList();
  }

  @Test
  void theNewestOfSeveralRowsWinsWhateverTheirOrder() throws Exception {
    Given.TicketsGiven given =
        given(
                """
                id,version,created_at,updated_at,status
                7,2,2026-03-02,2026-03-04,pending
                7,10,2026-03-02,2026-03-05,solved
                7,1,2026-03-02,2026-03-06,open
                """)
            .withHistory();

    Told told = Told.by(Given.settings(given));

    assertThat(told.ticket("7").status()).contains("solved");
    assertThat(told.events).hasSize(3);
  }

  @Test
  void ofTwoRowsWithOneVersionTheLaterWins() throws Exception {
    Given.TicketsGiven given =
        given(
                """
                id,version,created_at,updated_at,status
                7,2,2026-03-01,2026-03-05,solved
                7,2,2026-03-02,2026-03-04,pending
                """)
            .withHistory();

    assertThat(Told.by(Given.settings(given)).ticket("7").status()).contains("solved");
  }

  @Test
  void whereThereIsNoVersionTimeOrdersTheRows() throws Exception {
    Given.TicketsGiven given =
        given(
            """
            id,created_at,updated_at,status
            7,2026-03-02,2026-03-04,solved
            7,2026-03-02,2026-03-03,open
            """);
    given.updatedAt = Optional.of("updated_at");
    given.status = Optional.of("status");

    Ticket ticket = Told.by(Given.settings(given)).ticket("7");

    assertThat(ticket.status()).contains("solved");
    assertThat(ticket.version()).isEqualTo(Instant.parse("2026-03-04T00:00:00Z").toEpochMilli());
  }

  @Test
  void whereThereIsNoUpdateTimeTheLatestOtherDateIsIt() throws Exception {
    Given.TicketsGiven given =
        given(
            """
            id,created_at,replied
            7,2026-03-02,2026-03-03
            8,2026-03-02,
            """);
    given.reported =
        new ReportedColumns(
            Optional.of("replied"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    Told told = Told.by(Given.settings(given));

    assertThat(told.ticket("7").updatedAt()).isEqualTo("2026-03-03T00:00:00Z");
    assertThat(told.ticket("8").updatedAt()).isEqualTo("2026-03-02T00:00:00Z");
  }

  @Test
  void whatTheHelpdeskComputedIsReported() throws Exception {
    Given.TicketsGiven given =
        given(
            """
            id,created_at,first,solved,closed,again,moved,replies,worked,kept
            7,2026-03-02,2026-03-03,2026-03-04,2026-03-05,0,2,3,90.5,yes
            8,2026-03-02,,,,,,,,
            """);
    given.reported =
        new ReportedColumns(
            Optional.of("first"),
            Optional.of("solved"),
            Optional.of("closed"),
            Optional.of("again"),
            Optional.of("moved"),
            Optional.of("replies"),
            Optional.of("worked"),
            Optional.of("kept"));

    Told told = Told.by(Given.settings(given));

    Optional<Instant> solved = Optional.of(Instant.parse("2026-03-04T00:00:00Z"));
    assertThat(told.ticket("7").reported())
        .isEqualTo(
            new Reported(
                Optional.of(Instant.parse("2026-03-03T00:00:00Z")),
                solved,
                Optional.of(Instant.parse("2026-03-05T00:00:00Z")),
                OptionalInt.of(0),
                OptionalInt.of(2),
                OptionalInt.of(3),
                Optional.of(Duration.ofMillis(90_500)),
                List.of(
                    new Reported.Promise(
                        SlaMetric.RESOLUTION, Optional.of(true), Optional.empty(), solved))));
    assertThat(told.ticket("8").reported())
        .as("what is not there is unknown, not zero")
        .isEqualTo(Reported.NOTHING);
    assertThat(new FileKind().reports(Given.settings(given)))
        .containsExactlyInAnyOrder(ReportedField.values());
    assertThat(new FileKind().reports(Given.settings(given("id,created_at\n")))).isEmpty();
  }

  @ParameterizedTest(name = "made_sla {0}, solved {1}, closed {2}: met {3}, ended {4}")
  @CsvSource({
    "true,  2026-03-04, ,           true,  2026-03-04T00:00:00Z",
    "true,  ,           2026-03-05, true,  2026-03-05T00:00:00Z",
    "true,  ,           ,           ,",
    "false, ,           ,           false,",
    "false, 2026-03-04, 2026-03-05, false, 2026-03-04T00:00:00Z",
  })
  void aPromiseOfAnOpenTicketIsKeptByNobodyYet(
      String kept, String solved, String closed, Boolean met, Instant ended) throws Exception {
    Given.TicketsGiven given =
        given(
            "id,created_at,kept,solved,closed\n7,2026-03-02,%s,%s,%s\n"
                .formatted(kept, solved == null ? "" : solved, closed == null ? "" : closed));
    given.reported = slaWith(Optional.of("solved"), Optional.of("closed"));

    assertThat(Told.by(Given.settings(given)).ticket("7").reported().promises())
        .containsExactly(
            new Reported.Promise(
                SlaMetric.RESOLUTION,
                Optional.ofNullable(met),
                Optional.empty(),
                Optional.ofNullable(ended)));
  }

  @Test
  void aPromiseIsBelievedWhereTheFileDoesNotTellWhatHasEnded() throws Exception {
    Given.TicketsGiven given = given("id,created_at,kept\n7,2026-03-02,true\n");
    given.reported = slaWith(Optional.empty(), Optional.empty());

    assertThat(Told.by(Given.settings(given)).ticket("7").reported().promises().getFirst().met())
        .contains(true);
  }

  @Test
  void missingWordsAndBlanksAreNoValues() throws Exception {
    Given.TicketsGiven given =
        given(
            """
            id,created_at,status,team
            7,2026-03-02,?," "
            8,2026-03-02,open , n/a
            """);
    given.status = Optional.of("status");
    given.team = Optional.of("team");
    given.missing = List.of("?", "n/a");

    Told told = Told.by(Given.settings(given));

    assertThat(told.ticket("7").status()).isEmpty();
    assertThat(told.ticket("7").team()).isEmpty();
    assertThat(told.ticket("8").status()).contains("open");
    assertThat(told.ticket("8").team()).isEmpty();
  }

  @Test
  void oneColumnMayBeMappedTwice() throws Exception {
    Given.TicketsGiven given = given("id,created_at,end\n7,2026-03-02,2026-03-03\n");
    given.reported = slaWith(Optional.of("end"), Optional.of("end"), Optional.empty());

    Reported reported = Told.by(Given.settings(given)).ticket("7").reported();

    assertThat(reported.solvedAt()).isPresent().isEqualTo(reported.closedAt());
  }

  @Test
  void aColumnOfTrueAndFalseExcludesWhereItsTrueIsMapped() throws Exception {
    Given.TicketsGiven given =
        given("id,created_at,is_test\n7,2026-03-02,false\n8,2026-03-02,TRUE\n");
    given.excluded = Optional.of("is_test");
    given.exclusions = Map.of("true", Exclusion.TEST);

    Told told = Told.by(Given.settings(given));

    assertThat(told.ticket("7").excluded()).isEmpty();
    assertThat(told.ticket("8").excluded()).contains(Exclusion.TEST);
  }

  @Test
  void ticketsMayBeJsonLinesWithNestedKeysAndLists() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("tickets.jsonl"),
            """
            {"id": 7, "created": 1456701360.5, "fields": {"status": {"name": "Open"}}, "tags": ["vip", "", "toner"], "a.b": "dotted"}

            {"id": "8", "created": 1.4567013605E9, "fields": null, "tags": []}
            """);
    Given.TicketsGiven given = Given.tickets(file);
    given.format = Format.JSONL;
    given.dateFormat = List.of("epoch_seconds");
    given.createdAt = "created";
    given.status = Optional.of("fields.status.name");
    given.team = Optional.of("a.b");
    given.topics = List.of("tags");

    Told told = Told.by(Given.settings(given));

    Instant created = Instant.parse("2016-02-28T23:16:00.500Z");
    long version = created.toEpochMilli();
    assertThat(told.rejected).isEmpty();
    assertThat(told.tickets.values())
        .containsExactly(
            Ticket.ticket("7", created)
                .version(version)
                .status("Open")
                .team("dotted")
                .topics(List.of("vip", "toner"))
                .build(),
            Ticket.ticket("8", created).version(version).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTF-8",
        "UTF-16",
        "UTF-16LE",
        "UTF-16BE",
        "UTF-32",
        "windows-1252",
        "ISO-8859-15",
        "GBK",
        "Shift_JIS"
      })
  void encodingsAreReadPageByPage(String charset) throws Exception {
    String word = charset.matches("GBK|Shift_JIS") ? "東京" : "gelöst";
    StringBuilder text = new StringBuilder("id;created_at;status\n");
    for (int i = 0; i < 50; i++) {
      text.append("T-%d;2026-03-02;'%s;''\r\n%d'\r\n".formatted(i, word, i));
    }
    Path file = folder.resolve("tickets.csv");
    Files.write(file, text.toString().getBytes(Charset.forName(charset)));
    Given.TicketsGiven given = Given.tickets(file);
    given.charset = charset;
    given.delimiter = ";";
    given.quote = "'";
    given.status = Optional.of("status");

    Told told = new Told();
    while (told.completeUntil.isEmpty()) {
      try (Source source = new FileSource("acme", Given.settings(given), Told.CLOCK, 7)) {
        told.page(source);
      }
    }

    assertThat(told.rejected).isEmpty();
    assertThat(told.tickets).hasSize(50);
    assertThat(told.ticket("T-49").status()).contains(word + ";'\r\n49");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void aByteOrderMarkIsSkippedAndBelieved(String charset) throws Exception {
    Path file = folder.resolve("tickets.csv");
    Files.write(
        file,
        "\ufeffid,created_at,status\n7,2026-03-02,gelöst\n".getBytes(Charset.forName(charset)));
    Given.TicketsGiven given = Given.tickets(file);
    given.charset = "windows-1252";
    given.status = Optional.of("status");

    assertThat(Told.by(Given.settings(given)).ticket("7").status()).contains("gelöst");
  }

  @Test
  void aMissingColumnNamesThoseThatAreThereAndTheNearest() throws Exception {
    Given.TicketsGiven given = given("number,opened_at,state\n7,2026-03-02,open\n");
    given.id = "number";
    given.createdAt = "opend_at";
    given.status = Optional.of("incident_phase");

    SourceException failure =
        catchThrowableOfType(SourceException.class, () -> Told.by(Given.settings(given)));

    assertThat(failure)
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining(
            "tickets.csv: no column \"opend_at\" (created_at) (did you mean \"opened_at\"?); no"
                + " column \"incident_phase\" (status); its header has: number, opened_at, state");
  }

  @Test
  void aColumnThatIsThereTwiceIsRefused() throws Exception {
    assertThat(
            catchThrowableOfType(
                SourceException.class,
                () -> Told.by(Given.settings(given("id,created_at,id\n7,2026-03-02,8\n")))))
        .isInstanceOf(SourceException.Misconfigured.class)
        .hasMessageContaining("column \"id\" (id) is there twice");
  }

  @Test
  void aFileThatIsNotThereIsTheOperatorsBusiness() {
    for (String path : List.of("gone.csv", "gone/*.csv", "*.gone")) {
      assertThat(
              catchThrowableOfType(
                  SourceException.class,
                  () -> Told.by(Given.settings(Given.tickets(folder + "/" + path)))))
          .isInstanceOf(SourceException.Misconfigured.class)
          .hasMessageStartingWith(folder.toString());
    }
  }

  @Test
  void anInspectionCountsTheWordsOfAllRowsAndShowsTheFirstBadOnes() throws Exception {
    Given.TicketsGiven given =
        given(
                """
                id,version,created_at,updated_at,status
                7,1,2026-03-02,2026-03-02,open
                7,2,2026-03-02,2026-03-03,solved
                8,1,2026-03-04,2026-03-04,open
                ,1,2026-03-04,2026-03-04,open
                9,1,2026-03-04,2026-03-04
                """)
            .withHistory();
    try (Source source = new FileKind().open("acme", Given.settings(given), Told.CLOCK)) {
      Inspection inspection = source.inspect();

      assertThat(inspection.rows()).isEqualTo(Map.of("tickets", OptionalLong.of(5)));
      assertThat(inspection.statuses()).isEqualTo(Map.of("open", 2L, "solved", 1L));
      assertThat(inspection.newestTicketAt()).contains(Instant.parse("2026-03-04T00:00:00Z"));
      assertThat(inspection.notes()).hasSize(3);
      assertThat(inspection.notes().get(0)).startsWith("tickets: 2 rows cannot be understood");
      assertThat(inspection.notes().get(1)).contains("tickets.csv:5: missing_id: column \"id\"");
      assertThat(inspection.notes().get(2)).contains("tickets.csv:6: bad_columns: expected 5");
    }
  }

  @Test
  void settingsThatCannotWorkAreRefusedAtOnce() throws Exception {
    Given.TicketsGiven given = given("id,created_at\n");
    given.charset = "UTF-7.5";
    assertThatThrownBy(given::file).hasMessageContaining("charset: found \"UTF-7.5\"");
    given.charset = "ISO-2022-JP";
    assertThatThrownBy(given::file).hasMessageContaining("convert the file to UTF-8");
    given.charset = "Shift_JIS";
    given.delimiter = "|";
    assertThatThrownBy(given::file).hasMessageContaining("in Shift_JIS | may be half a character");
    given.charset = "UTF-8";
    given.delimiter = "";
    assertThatThrownBy(given::file).hasMessageContaining("delimiter: found \"\"; allowed: one");
    given.delimiter = "\"";
    assertThatThrownBy(given::file).hasMessageContaining("delimiter and quote are the same");
    given.delimiter = ",";
    given.rowsAre = Optional.of(RowsAre.SNAPSHOTS);
    assertThatThrownBy(given::file).hasMessageContaining("missing key \"columns.updated_at\"");
    assertThatThrownBy(
            () ->
                new FileSettings(Optional.empty(), Optional.empty(), Map.of(), Watermark.NOW, true))
        .hasMessageContaining("found neither tickets nor events");
    assertThatThrownBy(
            () ->
                new FileSettings(
                    Optional.of(given.withHistory().file()),
                    Optional.of(Given.events(folder).file()),
                    Map.of(),
                    Watermark.NOW,
                    true))
        .hasMessageContaining("missing key \"events.columns.sequence\"");
  }

  private Given.TicketsGiven given(String text) throws IOException {
    return Given.tickets(Files.writeString(folder.resolve("tickets.csv"), text));
  }

  private static ReportedColumns reported(String reopens, String reassignments) {
    return new ReportedColumns(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(reopens),
        Optional.of(reassignments),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static ReportedColumns slaWith(Optional<String> solved, Optional<String> closed) {
    return slaWith(solved, closed, Optional.of("kept"));
  }

  private static ReportedColumns slaWith(
      Optional<String> solved, Optional<String> closed, Optional<String> kept) {
    return new ReportedColumns(
        Optional.empty(),
        solved,
        closed,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        kept);
  }
}
