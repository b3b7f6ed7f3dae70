package io.helpdeskexporter.demo;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/**
 * How a simulated desk is. One desk keeps its settings for life: they decide what happens in it.
 *
 * @param seed desks with the same settings and seed have the same tickets
 * @param firstDay the day on which its history begins
 * @param zone where its staff works and its days begin
 * @param ticketsPerYear how many tickets come in office rhythm, about, in the first year
 * @param chatSince since when the chat is staffed day and night
 * @param chatsPerDay how many conversations this brings, about; 0 for none
 * @param outageDay the day on which everybody writes in
 */
public record DeskSettings(
    long seed,
    LocalDate firstDay,
    ZoneId zone,
    int ticketsPerYear,
    LocalDate chatSince,
    int chatsPerDay,
    LocalDate outageDay) {
  public static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** About one row is then written every six seconds, at night too. */
  private static final int CHATS_PER_DAY = 600;

  private static final int TICKETS_PER_YEAR = 9_000;

  /** The forecast looks back four weeks, so the chat must be older for it not to be news. */
  private static final int CHAT_SINCE_DAYS = 29;

  private static final int OUTAGE_DAYS_AGO = 18;

  public DeskSettings {
    if (ticketsPerYear < 1 || chatsPerDay < 0) {
      throw new IllegalArgumentException(
          "%d tickets a year and %d chats a day: allowed are at least 1 and 0"
              .formatted(ticketsPerYear, chatsPerDay));
    }
  }

  /** The desk of {@code demo} that is started for the first time today, some days old. */
  public static DeskSettings demo(LocalDate today, int days) {
    return new DeskSettings(
        42,
        today.minusDays(days),
        BERLIN,
        TICKETS_PER_YEAR,
        today.minusDays(CHAT_SINCE_DAYS),
        CHATS_PER_DAY,
        outageBefore(today));
  }

  /** A desk of some days without the chat, for tests. */
  public static DeskSettings small(long seed, LocalDate today, int days, int ticketsPerYear) {
    return new DeskSettings(
        seed, today.minusDays(days), BERLIN, ticketsPerYear, today, 0, outageBefore(today));
  }

  public DeskSettings withChat(LocalDate since, int perDay) {
    return new DeskSettings(seed, firstDay, zone, ticketsPerYear, since, perDay, outageDay);
  }

  private static LocalDate outageBefore(LocalDate today) {
    return today
        .minusDays(OUTAGE_DAYS_AGO)
        .with(TemporalAdjusters.previousOrSame(DayOfWeek.TUESDAY));
  }
}
