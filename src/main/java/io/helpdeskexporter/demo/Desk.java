package io.helpdeskexporter.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A helpdesk that does not exist: who writes when, and all that then happens. The life of each
 * ticket is a function of the settings and its number, and can be asked for in any order.
 *
 * <p>Two kinds of work come in. Tickets by e-mail, web form, phone and social media follow the
 * office day and week. Conversations in a chat that is staffed day and night keep the desk visibly
 * alive at any hour: a demo that is looked at in the evening would otherwise stand still.
 *
 * <p>Around the tickets there is a company, whose streams tell the same story: an outage some weeks
 * before the demo's first start brings several times the usual tickets and visits, presses the
 * staff, keeps them waiting who then say so, costs reviews some points and, in the weeks after,
 * customers.
 *
 * <p>Not for use by several threads at a time.
 */
public final class Desk {
  /** No ticket lives longer; what would come later does not happen. */
  static final Duration LONGEST_LIFE = Duration.ofDays(70);

  /** Nothing of a {@linkplain #toldOn day} is known sooner than so much before it. */
  static final Duration TOLD_BEFORE = Roster.TOLD_BEFORE;

  /** Nor later than so much after its end. */
  static final Duration TOLD_AFTER = Duration.ofDays(2);

  private static final int COUNTS = 1;
  private static final int TIMES = 2;

  private final DeskSettings settings;
  private final Rhythm rhythm;
  private final Roster roster;
  private final Website website;
  private final Clientele clientele;
  private final Disturbances disturbances;
  private final Storyteller storyteller;

  /** How many tickets were opened before each day of the desk, from the first on. */
  private final List<Long> openedBefore = new ArrayList<>(List.of(0L));

  public Desk(DeskSettings settings) {
    this.settings = settings;
    rhythm = new Rhythm(settings);
    roster = new Roster(settings.seed(), settings.zone(), rhythm);
    website = new Website(settings, rhythm);
    clientele = new Clientele(settings, rhythm);
    disturbances = new Disturbances(settings, rhythm);
    storyteller = new Storyteller(settings.seed(), rhythm, roster);
  }

  DeskSettings settings() {
    return settings;
  }

  /** A ticket that comes in. */
  record Arrival(long number, long at, boolean chat) {}

  /** The lives of the tickets that are opened on a day, in the order of their numbers. */
  List<TicketLife> openedOn(LocalDate day) {
    if (day.isBefore(settings.firstDay())) {
      return List.of();
    }
    List<Arrival> arrivals = arrivals(day);
    List<TicketLife> lives = new ArrayList<>(arrivals.size());
    for (Arrival arrival : arrivals) {
      lives.add(storyteller.tell(arrival, List.copyOf(lastOf(lives))));
    }
    return lives;
  }

  /**
   * What happens on a day beside the tickets, in no particular order.
   *
   * @param opened the lives of the tickets that are opened on it
   */
  List<Told> toldOn(LocalDate day, List<TicketLife> opened) {
    if (day.isBefore(settings.firstDay())) {
      return List.of();
    }
    List<ZonedDateTime> hours = hours(day);
    List<Told> all = new ArrayList<>(roster.on(day));
    all.addAll(website.on(day, hours, opened));
    all.addAll(clientele.on(day));
    all.addAll(disturbances.on(day, hours));
    return all;
  }

  /** Whom a ticket can be merged into: the latest few of the day. */
  private static List<TicketLife> lastOf(List<TicketLife> lives) {
    return lives.subList(Math.max(0, lives.size() - 8), lives.size());
  }

  /** The day of an instant in the desk's zone. */
  LocalDate dayOf(Instant at) {
    return at.atZone(settings.zone()).toLocalDate();
  }

  private List<Arrival> arrivals(LocalDate day) {
    record At(long at, boolean chat) {}
    List<At> moments = new ArrayList<>();
    Luck counts = Luck.of(settings.seed(), day.toEpochDay(), COUNTS);
    Luck times = Luck.of(settings.seed(), day.toEpochDay(), TIMES);
    for (ZonedDateTime hour : hours(day)) {
      long start = hour.toInstant().toEpochMilli();
      int tickets = counts.poisson(rhythm.tickets(hour));
      int chats = counts.poisson(rhythm.chats(hour));
      for (int n = 0; n < tickets + chats; n++) {
        moments.add(new At(start + times.between(0, 3_600_000), n >= tickets));
      }
    }
    moments.sort((a, b) -> Long.compare(a.at(), b.at()));
    List<Arrival> arrivals = new ArrayList<>(moments.size());
    long number = openedBefore(day);
    for (At moment : moments) {
      arrivals.add(new Arrival(++number, moment.at(), moment.chat()));
    }
    return arrivals;
  }

  private long openedBefore(LocalDate day) {
    int index = Math.toIntExact(day.toEpochDay() - settings.firstDay().toEpochDay());
    while (openedBefore.size() <= index) {
      LocalDate last = settings.firstDay().plusDays(openedBefore.size() - 1L);
      openedBefore.add(openedBefore.getLast() + count(last));
    }
    return openedBefore.get(index);
  }

  private int count(LocalDate day) {
    Luck counts = Luck.of(settings.seed(), day.toEpochDay(), COUNTS);
    int count = 0;
    for (ZonedDateTime hour : hours(day)) {
      count += counts.poisson(rhythm.tickets(hour)) + counts.poisson(rhythm.chats(hour));
    }
    return count;
  }

  /** 23 to 25 of them. */
  private List<ZonedDateTime> hours(LocalDate day) {
    List<ZonedDateTime> hours = new ArrayList<>(25);
    ZonedDateTime end = day.plusDays(1).atStartOfDay(settings.zone());
    for (ZonedDateTime hour = day.atStartOfDay(settings.zone());
        hour.isBefore(end);
        hour = hour.plusHours(1)) {
      hours.add(hour);
    }
    return hours;
  }
}
