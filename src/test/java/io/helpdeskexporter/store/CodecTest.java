package io.helpdeskexporter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Author;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.Ticket;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.facts.Contact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {
  private static final Instant AT = Instant.parse("2026-01-05T08:00:00Z");

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aTicketComesBackAsItWas(long seed) {
    Ticket ticket = new RandomWorld(seed).anyTicket("42");
    assertThat(TicketCodec.decode("42", TicketCodec.encode(ticket))).isEqualTo(ticket);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aHistoryComesBackAsItWas(long seed) {
    List<TicketEvent> history = new RandomWorld(seed).anyHistory();
    assertThat(HistoryCodec.decode(HistoryCodec.encode(history))).isEqualTo(history);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsCutShortOrOverwrittenIsRefusedOrReadAsSomethingElseButNeverFails(long seed) {
    RandomWorld world = new RandomWorld(seed);
    byte[] bytes = HistoryCodec.encode(world.anyHistory());
    byte[] broken = Arrays.copyOf(bytes, world.below(bytes.length + 1));
    if (broken.length > 0) {
      broken[world.below(broken.length)] = (byte) world.below(256);
    }
    try {
      HistoryCodec.decode(broken);
    } catch (BlobReader.Malformed | IllegalArgumentException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }

  @Test
  void aContactComesBackAsItWas() {
    Contact contact =
        new Contact(
            "7",
            AT,
            List.of(AT.plusSeconds(5), AT.plusSeconds(900)),
            Optional.of("billing"),
            true,
            Optional.of(AT.minusSeconds(1)));
    assertThat(Summary.decode("7", Summary.encode(contact))).isEqualTo(contact);
    Contact rated = rated(Optional.of(new Contact.Rating(AT.plusSeconds(60), false)));
    assertThat(Summary.decode("7", Summary.encode(rated))).isEqualTo(rated);
    Contact praised = rated(Optional.of(new Contact.Rating(AT.plusSeconds(60), true)));
    assertThat(Summary.decode("7", Summary.encode(praised))).isEqualTo(praised);
  }

  private static Contact rated(Optional<Contact.Rating> rating) {
    return new Contact(
        "7",
        AT,
        List.of(AT.plusSeconds(5)),
        Optional.of("rechnung"),
        false,
        Optional.empty(),
        "billing",
        rating);
  }

  @Test
  void aContactOfTheFirstFormatIsOneThatNobodyRated() {
    byte[] bytes = HexFormat.of().parseHex("0180b0dcd2f16601904e010762696c6c696e670100");

    assertThat(Summary.decode("7", bytes))
        .isEqualTo(
            new Contact(
                "7",
                AT,
                List.of(AT.plusSeconds(5)),
                Optional.of("billing"),
                true,
                Optional.empty()));
  }

  @Test
  void sixOrdinaryEventsTakeLessThanAHundredBytes() {
    List<TicketEvent> events = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Stamp stamp =
          new Stamp("" + (5_000_000 + i * 7), 5_000_000 + i * 7, AT.plusSeconds(i * 4000));
      events.add(
          i < 4
              ? new TicketEvent.Message(stamp, Author.agent("agent 12"), true, false)
              : new TicketEvent.StatusChanged(stamp, Optional.of("open"), "solved", Actor.AGENT));
    }
    assertThat(HistoryCodec.encode(events)).hasSizeLessThan(100);
  }

  /** What is stored today has to be readable for ever: a new format needs a new number. */
  @Test
  void theBytesOfAHistoryAreTheseForEver() {
    List<TicketEvent> events =
        List.of(
            new TicketEvent.Message(
                new Stamp("1000000", 1_000_000, AT), Author.agent("4"), true, false),
            new TicketEvent.StatusChanged(
                Stamp.of("abc", AT.plusSeconds(10)), Optional.empty(), "solved", Actor.AGENT));
    assertThat(HexFormat.of().formatHex(HistoryCodec.encode(events)))
        .isEqualTo(
            "0102300100"
                + "8089"
                + "7a"
                + "80b0dcd2f166"
                + "09010134"
                + "4103616263"
                + "a09c01"
                + "01000106736f6c766564");
  }

  @Test
  void anUnknownFormatIsRefusedByItsNumber() {
    assertThatThrownBy(() -> HistoryCodec.decode(new byte[] {9, 0}))
        .isInstanceOf(BlobReader.Malformed.class)
        .hasMessageContaining("format 9 where 1 was expected");
  }

  @Test
  void nearnessIsMutual() {
    Duration week = Duration.ofDays(7);
    Instant later = AT.plus(Duration.ofDays(9));
    assertThat(Summary.near(AT, AT.plus(Duration.ofDays(2)), later, later, week)).isTrue();
    assertThat(Summary.near(later, later, AT, AT.plus(Duration.ofDays(2)), week)).isTrue();
    assertThat(Summary.near(AT, AT.plus(Duration.ofDays(1)), later, later, week)).isFalse();
    assertThat(Summary.near(later, later, AT, AT.plus(Duration.ofDays(1)), week)).isFalse();
  }
}
