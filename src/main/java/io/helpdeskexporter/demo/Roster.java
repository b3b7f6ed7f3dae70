package io.helpdeskexporter.demo;

import io.helpdeskexporter.domain.Happening;
import io.helpdeskexporter.domain.Happening.Presence.State;
import io.helpdeskexporter.domain.Stamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who of the staff works when, and what they do meanwhile: shifts, holidays and sick days; coming
 * late, lunch, and how long they wait for the next customer. The chat has three shifts a day, all
 * others work in the office's hours. Pure but for what it remembers.
 *
 * <p>Not for use by several threads at a time.
 */
final class Roster {
  private static final int VACATION = 31;
  private static final int SICKNESS = 32;
  private static final int DAY = 33;
  private static final int CALLS = 34;

  /** A rota is published so long before. */
  static final Duration TOLD_BEFORE = Duration.ofDays(7);

  private static final int WEEKS_PER_VACATION = 9;
  private static final int DAYS_PER_SICK_DAY = 45;
  private static final Duration OFFICE_SHIFT = Duration.ofMinutes(510);
  private static final Duration CHAT_SHIFT = Duration.ofHours(8);

  /** What chat agents do from day to day: two early shifts, two late ones, a night, and free. */
  private static final List<Optional<LocalTime>> CHAT_ROTA =
      List.of(
          Optional.of(LocalTime.of(6, 0)),
          Optional.of(LocalTime.of(6, 0)),
          Optional.of(LocalTime.of(14, 0)),
          Optional.of(LocalTime.of(14, 0)),
          Optional.of(LocalTime.of(22, 0)),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private static final double CALLS_PER_SHIFT = 5;

  private final long seed;
  private final ZoneId zone;
  private final Rhythm rhythm;
  private final Map<LocalDate, List<Duty>> known = new HashMap<>();

  Roster(long seed, ZoneId zone, Rhythm rhythm) {
    this.seed = seed;
    this.zone = zone;
    this.rhythm = rhythm;
  }

  /**
   * A shift as it was planned.
   *
   * @param calledOff when the agent reported sick, shortly before it
   */
  private record Duty(int agent, Team team, long from, long until, Optional<Long> calledOff) {
    boolean covers(long millis) {
      return calledOff.isEmpty() && from <= millis && millis < until;
    }
  }

  /** The agents of a team who are at work at an instant; there may be none. */
  List<Integer> onDuty(Team team, long millis) {
    LocalDate day = Instant.ofEpochMilli(millis).atZone(zone).toLocalDate();
    List<Integer> agents = new ArrayList<>();
    for (LocalDate each : List.of(day.minusDays(1), day)) {
      for (Duty duty : duties(each)) {
        if (duty.team() == team && duty.covers(millis)) {
          agents.add(duty.agent());
        }
      }
    }
    return agents;
  }

  /** The shifts that begin on a day, and what is known of those who work them. */
  List<Told> on(LocalDate day) {
    List<Told> all = new ArrayList<>();
    for (Duty duty : duties(day)) {
      all.addAll(shift(day, duty));
      if (duty.calledOff().isEmpty()) {
        all.addAll(presence(day, duty));
        if (duty.team() == Team.SERVICE_DESK) {
          all.addAll(calls(day, duty));
        }
      }
    }
    return all;
  }

  private List<Duty> duties(LocalDate day) {
    return known.computeIfAbsent(
        day,
        _ -> {
          List<Duty> duties = new ArrayList<>();
          for (Team team : Team.values()) {
            for (int agent = team.firstAgent();
                agent < team.firstAgent() + team.agents();
                agent++) {
              duty(day, team, agent).ifPresent(duties::add);
            }
          }
          return List.copyOf(duties);
        });
  }

  private Optional<Duty> duty(LocalDate day, Team team, int agent) {
    Optional<LocalTime> begins = team == Team.LIVE_CHAT ? chat(day, agent) : office(day, agent);
    return begins.map(
        time -> {
          long from = day.atTime(time).atZone(zone).toInstant().toEpochMilli();
          Duration length = team == Team.LIVE_CHAT ? CHAT_SHIFT : OFFICE_SHIFT;
          boolean sick = draws(agent, day.toEpochDay(), SICKNESS, DAYS_PER_SICK_DAY);
          return new Duty(
              agent,
              team,
              from,
              from + length.toMillis(),
              sick ? Optional.of(from - Duration.ofMinutes(40).toMillis()) : Optional.empty());
        });
  }

  /** The chat goes on on holidays and in vacations: others step in, which nobody writes down. */
  private static Optional<LocalTime> chat(LocalDate day, int agent) {
    return CHAT_ROTA.get((int) Math.floorMod(day.toEpochDay() + agent, (long) CHAT_ROTA.size()));
  }

  /** Early or late, a week each; the late ones overlap with the early ones at noon. */
  private Optional<LocalTime> office(LocalDate day, int agent) {
    long week = Math.floorDiv(day.toEpochDay() + 3, 7L);
    boolean free =
        day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0
            || rhythm.isHoliday(day)
            || draws(agent, week, VACATION, WEEKS_PER_VACATION);
    boolean early = Math.floorMod(week + agent, 2L) == 0;
    return free ? Optional.empty() : Optional.of(early ? LocalTime.of(8, 0) : LocalTime.of(9, 30));
  }

  private boolean draws(int agent, long number, int purpose, int among) {
    return Math.floorMod(Luck.hash(seed, number * 1000 + agent, purpose), among) == 0;
  }

  private static List<Told> shift(LocalDate day, Duty duty) {
    String key = Words.login(duty.agent()) + "/" + day;
    long planned = duty.from() - TOLD_BEFORE.toMillis();
    return duty.calledOff()
        .map(at -> Told.twice(shift(key, duty, false), planned, shift(key, duty, true), at))
        .orElseGet(() -> List.of(new Told(shift(key, duty, false), planned, Told.FOR_EVER, false)));
  }

  private static Happening shift(String key, Duty duty, boolean cancelled) {
    return new Happening.Shift(
        stamp(key, duty.from()),
        Words.login(duty.agent()),
        Optional.of(duty.team().title()),
        Instant.ofEpochMilli(duty.until()),
        cancelled);
  }

  private List<Told> presence(LocalDate day, Duty duty) {
    return new Attendance(Luck.of(seed, day.toEpochDay() * 1000 + duty.agent(), DAY), duty).told();
  }

  /** Calls that need no ticket. */
  private List<Told> calls(LocalDate day, Duty duty) {
    Luck luck = Luck.of(seed, day.toEpochDay() * 1000 + duty.agent(), CALLS);
    double usual = CALLS_PER_SHIFT * rhythm.growth(day);
    int calls = luck.poisson(usual * Math.sqrt(rhythm.pressure(duty.from() + 14_400_000)));
    List<Told> all = new ArrayList<>();
    for (int n = 1; n <= calls; n++) {
      long ended = duty.from() + luck.millisBetween(900, OFFICE_SHIFT.toSeconds());
      all.add(
          Told.atOnce(
              new Happening.Work(
                  stamp(Words.login(duty.agent()) + "/" + day + "/" + n, ended),
                  Words.login(duty.agent()),
                  Optional.of(duty.team().title()),
                  Duration.ofSeconds(Math.min(2400, luck.wait(330, 0.6) / 1000)))));
    }
    return all;
  }

  private static Stamp stamp(String key, long at) {
    return Stamp.of(key, Instant.ofEpochMilli(at));
  }

  /** What an agent does in a shift. */
  private final class Attendance {
    private final Luck luck;
    private final Duty duty;
    private final List<Told> all = new ArrayList<>();
    private long now;

    Attendance(Luck luck, Duty duty) {
      this.luck = luck;
      this.duty = duty;
      // Some are there before their time, most soon after.
      now = duty.from() + luck.millisBetween(-240, 720);
    }

    List<Told> told() {
      long half = duty.from() + (duty.until() - duty.from()) / 2;
      workUntil(duty.from() + luck.millisBetween(6600, 8400));
      pause(480, 840);
      workUntil(half + luck.millisBetween(-900, 2700));
      pause(1620, 2520);
      workUntil(half + luck.millisBetween(7200, 10_800));
      pause(420, 780);
      workUntil(duty.until() + luck.millisBetween(-900, 1500));
      add(State.OFFLINE);
      return all;
    }

    private void pause(double leastSeconds, double mostSeconds) {
      add(State.AWAY);
      now += luck.millisBetween(leastSeconds, mostSeconds);
    }

    /** Customers, and between them the wait for the next; hardly any where they queue. */
    private void workUntil(long end) {
      while (now < end) {
        add(State.BUSY);
        now = Math.min(end, now + luck.millisBetween(3600, 7200));
        if (now < end) {
          add(State.AVAILABLE);
          double idle = idle() / rhythm.pressure(now);
          now = Math.min(end, now + luck.millisBetween(700 * idle, 1500 * idle));
        }
      }
    }

    /** At night and on Sundays there is less to do. */
    private double idle() {
      var at = Instant.ofEpochMilli(now).atZone(zone);
      boolean quiet = at.getHour() < 7 || at.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
      return quiet ? 2.5 : 1;
    }

    private void add(State state) {
      all.add(
          Told.atOnce(
              new Happening.Presence(
                  stamp(Words.login(duty.agent()) + "/" + now, now),
                  Words.login(duty.agent()),
                  Optional.of(duty.team().title()),
                  state)));
      now++;
    }
  }
}
