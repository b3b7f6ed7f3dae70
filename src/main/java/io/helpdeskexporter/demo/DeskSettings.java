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
 * @param ticketsPerDay how many tickets come in office rhythm on the first days, weekends included
 * @param chatsPerDay how many tickets come by the chat that is staffed day and night; 0 for none
 * @param outageDay the day on which everybody writes in
 */
public record DeskSettings(
    long seed,
    LocalDate firstDay,
    ZoneId zone,
    int ticketsPerDay,
    int chatsPerDay,
    LocalDate outageDay) {
  public static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /**
   * Days of history of a demo that does not say otherwise: the longest of the usual windows, and a
   * week more for what settles late.
   */
  public static final int DEMO_DAYS = 98;

  private static final int TICKETS_PER_DAY = 145;
  private static final int CHATS_PER_DAY = 115;

  /**
   * Before the last 30 days, so that what customers said of it comes before the month in which some
   * of them leave, and the forecast's error is that of ordinary days.
   */
  private static final int OUTAGE_DAYS_AGO = 33;

  public DeskSettings {
    if (ticketsPerDay < 1 || chatsPerDay < 0) {
      throw new IllegalArgumentException(
          "%d tickets and %d chats a day: allowed are at least 1 and 0"
              .formatted(ticketsPerDay, chatsPerDay));
    }
  }

  /** The desk of {@code demo} that is started for the first time today, some days old. */
  public static DeskSettings demo(LocalDate today, int days) {
    return new DeskSettings(
        42, today.minusDays(days), BERLIN, TICKETS_PER_DAY, CHATS_PER_DAY, outageBefore(today));
  }

  /** A desk of some days without the chat, for tests. */
  public static DeskSettings small(long seed, LocalDate today, int days, int ticketsPerDay) {
    return new DeskSettings(
        seed, today.minusDays(days), BERLIN, ticketsPerDay, 0, outageBefore(today));
  }

  public DeskSettings withChat(int perDay) {
    return new DeskSettings(seed, firstDay, zone, ticketsPerDay, perDay, outageDay);
  }

  /** How large it is beside the demo's. */
  double size() {
    return (double) ticketsPerDay / TICKETS_PER_DAY;
  }

  private static LocalDate outageBefore(LocalDate today) {
    return today
        .minusDays(OUTAGE_DAYS_AGO)
        .with(TemporalAdjusters.previousOrSame(DayOfWeek.TUESDAY));
  }
}
