package io.helpdeskexporter.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Forty days of a helpdesk that never was, as the rows that its two logs would hold: who opened
 * tickets, and what then happened to them. The same for the same seed. It knows of a few KPIs how
 * they have to come out, counted while it is made up and not from its rows.
 *
 * <p>Rows are in the order of their times, and no two share one: whoever writes them in this order
 * tells, with each row, that everything up to it has been told. The last two are a ticket and an
 * event at {@link #END}, so that both logs are complete up to there.
 */
final class GeneratedDesk {
  static final Instant BEGIN = Instant.parse("2024-03-04T06:00:00Z");
  static final Instant END = BEGIN.plus(Duration.ofDays(40));
  static final String TICKETS_HEADER =
      "id,created,status,priority,team,agent,channel,customer,topic,opened_by\n";

  /** A source that follows the two logs beside the configuration file. */
  static final String SOURCE =
      """
      reporting: {zone: Europe/Berlin, windows: [1d, 7d, 30d, today, this_week, last_month]}
      calendars:
        office: {zone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}
      sla:
        - name: urgent
          match: {priority: urgent}
          first_response: 30m
          resolution: {within: 8h, pause_on: [pending]}
        - name: others
          calendar: office
          first_response: 4h
          next_response: 8h
          resolution: 16h
      kpi:
        tiers: {first line: 1, billing: 1, experts: 2}
      sources:
        - name: desk
          kind: file
          poll_every: 1s
          stale_after: 1h
          calendar: office
          watermark: last_row
          tickets:
            path: tickets.csv
            columns:
              id: id
              created_at: created
              status: status
              priority: priority
              team: team
              assignee: agent
              channel: channel
              requester: customer
              topics: topic
              opened_by: opened_by
          events:
            path: events.jsonl
            format: jsonl
            columns:
              ticket: ticket
              at: at
              kind: kind
              author: author
              actor: actor
              from: from
              to: to
              seconds: seconds
              visible: visible
      """;

  private static final List<String> TEAMS = List.of("first line", "billing", "experts");
  private static final List<String> PRIORITIES = List.of("urgent", "high", "normal");
  private static final List<String> CHANNELS = List.of("email", "web", "chat");
  private static final List<String> TOPICS = List.of("invoice", "login", "delivery", "returns");
  private static final Duration NEW_TICKETS = Duration.ofDays(36);

  /** What a row means for a KPI. */
  enum Mark {
    CREATED,
    FIRST_SOLVE,
    FIRST_REPLY
  }

  /** The two files. */
  enum Log {
    TICKETS("tickets.csv"),
    EVENTS("events.jsonl");

    final String file;

    Log(String file) {
      this.file = file;
    }
  }

  /**
   * One line of a log.
   *
   * @param text with its line end
   */
  record Row(Instant at, Log log, String text, Set<Mark> marks) {}

  private final List<Row> rows;

  private GeneratedDesk(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  static GeneratedDesk of(long seed, int tickets) {
    Random random = new Random(seed);
    List<Draft> drafts = new ArrayList<>();
    for (int number = 1; number <= tickets; number++) {
      new Life(number, tickets, random).tell(drafts);
    }
    drafts.sort(Comparator.comparingLong(Draft::millis));
    List<Row> rows = new ArrayList<>();
    long last = 0;
    for (Draft draft : drafts) {
      last = Math.max(last + 1, draft.millis);
      if (last < END.toEpochMilli()) {
        rows.add(draft.at(Instant.ofEpochMilli(last)));
      }
    }
    rows.add(
        new Row(
            END,
            Log.EVENTS,
            "{\"ticket\":\"T1\",\"at\":\"%s\",\"kind\":\"note\",\"actor\":\"system\"}\n"
                .formatted(END),
            Set.of()));
    rows.add(
        new Row(
            END,
            Log.TICKETS,
            "LAST,%s,new,normal,billing,,email,,,customer\n".formatted(END),
            Set.of(Mark.CREATED)));
    return new GeneratedDesk(rows);
  }

  List<Row> rows() {
    return rows;
  }

  int size() {
    return rows.size();
  }

  /** Up to when the first so many rows tell everything in both logs. */
  Instant completeAfter(int count) {
    return Arrays.stream(Log.values())
        .map(
            log ->
                rows.subList(0, count).stream()
                    .filter(row -> row.log() == log)
                    .map(Row::at)
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.EPOCH))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** What a KPI has come to at an instant. */
  long count(Mark mark, Instant upTo) {
    return rows.stream()
        .filter(row -> !row.at().isAfter(upTo) && row.marks().contains(mark))
        .count();
  }

  long tickets() {
    return count(Mark.CREATED, END);
  }

  long events() {
    return rows.stream().filter(row -> row.log() == Log.EVENTS).count();
  }

  /**
   * A row whose time may yet move by some milliseconds.
   *
   * @param text with {@code %s} for the time
   */
  private record Draft(long millis, Log log, String text, Set<Mark> marks) {
    Row at(Instant at) {
      return new Row(at, log, text.formatted(at) + "\n", marks);
    }
  }

  /** One ticket's life while it is made up. */
  private static final class Life {
    private final Random random;
    private final int number;
    private final int desk;
    private final List<Draft> drafts = new ArrayList<>();
    private long now;
    private String status = "new";
    private String team;
    private String priority;
    private Optional<String> agent = Optional.empty();
    private final boolean proactive;
    private boolean awaitsFirstReply;
    private boolean answered;
    private boolean everSolved;

    Life(int number, int desk, Random random) {
      this.number = number;
      this.desk = desk;
      this.random = random;
      team = oneOf(TEAMS);
      priority = oneOf(PRIORITIES);
      proactive = chance(0.06);
    }

    void tell(List<Draft> all) {
      String channel = oneOf(CHANNELS);
      awaitsFirstReply = !proactive;
      now = BEGIN.toEpochMilli() + Math.round(random.nextDouble() * NEW_TICKETS.toMillis());
      drafts.add(
          new Draft(
              now,
              Log.TICKETS,
              "T%d,%%s,new,%s,%s,,%s,C%d,%s,%s"
                  .formatted(
                      number,
                      priority,
                      team,
                      channel,
                      random.nextInt(Math.max(1, desk / 3)),
                      oneOf(TOPICS),
                      proactive ? "agent" : "customer"),
              Set.of(Mark.CREATED)));
      if (channel.equals("chat") && chance(0.5)) {
        event("message", "actor", "bot");
        event("handed_off");
      }
      if (chance(0.04)) {
        event("excluded", "to", "spam");
        if (chance(0.5)) {
          all.addAll(drafts);
          return;
        }
        event("restored");
      }
      work();
      while (status.equals("solved") && chance(0.25)) {
        customerWrites();
        work();
      }
      if (status.equals("solved") && chance(0.5)) {
        wait(Duration.ofDays(5));
        becomes("closed", "system");
      } else if (!status.equals("solved") && chance(0.2)) {
        event("merged", "to", "T" + (1 + random.nextInt(number)));
      }
      all.addAll(drafts);
    }

    private void work() {
      for (int steps = 1 + random.nextInt(5); steps > 0; steps--) {
        switch (random.nextInt(10)) {
          case 0, 1, 2, 3 -> {
            if (agent.isEmpty()) {
              assign("agent" + random.nextInt(9));
            }
            reply();
          }
          case 4, 5 -> customerWrites();
          case 6 -> event("note", "actor", "agent", "author", agent.orElse("agent1"));
          case 7 -> moveTo(oneOf(TEAMS));
          case 8 -> assign("agent" + random.nextInt(9));
          default -> {
            String to = oneOf(PRIORITIES);
            if (!to.equals(priority)) {
              event("priority", "from", priority, "to", to);
              priority = to;
            }
          }
        }
      }
      if (chance(0.85)) {
        becomes("solved", chance(0.1) ? "system" : "agent");
      }
    }

    private void reply() {
      message("agent", agent.orElseThrow(), awaitsFirstReply);
      answered |= awaitsFirstReply;
      awaitsFirstReply = false;
      if (chance(0.6)) {
        event("time", "author", agent.orElseThrow(), "seconds", "" + (60 + random.nextInt(3_000)));
      }
      if (chance(0.4)) {
        becomes(chance(0.7) ? "pending" : "on_hold", "agent");
      }
    }

    private void customerWrites() {
      message("customer", "", false);
      if (!status.equals("new")) {
        becomes("open", "customer");
      }
      if (proactive && !answered) {
        // The clock of such a ticket starts here.
        awaitsFirstReply = true;
        assign("agent1");
        reply();
      }
    }

    private void message(String actor, String author, boolean first) {
      Set<Mark> marks = first ? Set.of(Mark.FIRST_REPLY) : Set.of();
      event(marks, "message", "actor", actor, "author", author, "visible", "true");
    }

    private void assign(String to) {
      if (!agent.equals(Optional.of(to))) {
        event("assignee", "from", agent.orElse(""), "to", to);
        agent = Optional.of(to);
      }
    }

    private void moveTo(String to) {
      if (!to.equals(team)) {
        event("team", "from", team, "to", to);
        team = to;
      }
    }

    private void becomes(String to, String by) {
      if (to.equals(status)) {
        return;
      }
      boolean first = to.equals("solved") && !everSolved;
      Set<Mark> marks = first ? EnumSet.of(Mark.FIRST_SOLVE) : Set.of();
      event(marks, "status", "from", status, "to", to, "actor", by);
      status = to;
      if (to.equals("solved")) {
        everSolved = true;
        awaitsFirstReply = false;
      }
    }

    private void event(String kind, String... fields) {
      event(Set.of(), kind, fields);
    }

    private void event(Set<Mark> marks, String kind, String... fields) {
      wait(Duration.ofHours(5));
      StringBuilder text =
          new StringBuilder(
              "{\"ticket\":\"T%d\",\"at\":\"%%s\",\"kind\":\"%s\"".formatted(number, kind));
      for (int i = 0; i < fields.length; i += 2) {
        if (!fields[i + 1].isEmpty()) {
          text.append(String.format(Locale.ROOT, ",\"%s\":\"%s\"", fields[i], fields[i + 1]));
        }
      }
      drafts.add(new Draft(now, Log.EVENTS, text.append('}').toString(), marks));
    }

    /** Mostly much less than the mean, at times much more; at least a second. */
    private void wait(Duration mean) {
      now += 1_000 + Math.round(-Math.log(1 - random.nextDouble()) * mean.toMillis());
    }

    private String oneOf(List<String> words) {
      return words.get(random.nextInt(words.size()));
    }

    private boolean chance(double share) {
      return random.nextDouble() < share;
    }
  }
}
