package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.source.api.Act;
import io.helpdeskexporter.source.api.Asked;
import io.helpdeskexporter.source.api.Fault;
import io.helpdeskexporter.source.api.SimulatedApi;
import io.helpdeskexporter.source.api.SimulatedGrant;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.api.Told;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Zendesk Support as its manual tells it: exports with their cursors, lists, limits, errors. */
public final class SimulatedZendesk extends SimulatedApi {
  public static final String EMAIL = "admin@example.com";
  public static final String TOKEN = "the-api-token";
  static final String OAUTH = "the-access-token";
  static final String BOT = "900";
  static final int FIRST_AGENT = 1_000;
  static final int FIRST_CUSTOMER = 5_000;
  static final int FIRST_GROUP = 300;

  private static final Duration WITHHELD = Duration.ofSeconds(60);
  private static final Duration PROMISED = Duration.ofHours(1);
  private static final String ELSEWHERE = "https://brand.invalid";

  final Map<Long, Map<String, Object>> tickets = new TreeMap<>();
  final List<Map<String, Object>> audits = new ArrayList<>();
  final List<Map<String, Object>> metricEvents = new ArrayList<>();
  final Map<Long, Map<String, Object>> ratings = new TreeMap<>();
  final Map<String, Map<String, Object>> users = new TreeMap<>();
  final Map<String, Map<String, Object>> groups = new TreeMap<>();
  final List<Map<String, Object>> customStatuses = new ArrayList<>();
  final Map<String, Map<String, Object>> schedules = new TreeMap<>();
  final Map<String, List<Map<String, Object>>> holidays = new TreeMap<>();

  /** Every request that no fault struck. */
  final List<Asked> asked = new ArrayList<>();

  /** What is not permitted, by path, with its status. */
  final Map<String, Integer> refused = new HashMap<>();

  /** Whose tokens are renewed, beside the credentials that are not. */
  Optional<SimulatedGrant> grant = Optional.empty();

  String role = "admin";
  boolean noHelpdesk;
  boolean anonymous;
  boolean emptyPageFirst;

  /** Whether some promises of the year are in the hours of schedules, and some clocks pause. */
  private boolean keepsHours;

  int accountLimit = 200;
  int exportLimit = 10;
  private long lastId = 10_000;

  public SimulatedZendesk(SimulatedTime time) {
    super(time);
    for (int i = 0; i < 6; i++) {
      user(String.valueOf(FIRST_AGENT + i), i == 0 ? "admin" : "agent");
    }
    user(BOT, "agent");
    for (int i = 0; i < 80; i++) {
      user(String.valueOf(FIRST_CUSTOMER + i), "end-user");
    }
    for (int i = 0; i < 3; i++) {
      group(String.valueOf(FIRST_GROUP + i), "Team " + i);
    }
  }

  // ---- what happens in it

  void user(String id, String as) {
    Map<String, Object> user = new LinkedHashMap<>();
    user.put("id", Long.valueOf(id));
    user.put("email", "user" + id + "@example.com");
    user.put("role", as);
    user.put("active", true);
    users.put(id, user);
  }

  void group(String id, String name) {
    groups.put(id, new LinkedHashMap<>(Map.of("id", Long.valueOf(id), "name", name)));
  }

  /**
   * @param zone by Zendesk's own name
   * @param intervals minutes since Sunday, the beginning and the end of each
   */
  void schedule(String id, String zone, int... intervals) {
    List<Map<String, Object>> week = new ArrayList<>();
    for (int i = 0; i < intervals.length; i += 2) {
      week.add(Map.of("start_time", intervals[i], "end_time", intervals[i + 1]));
    }
    Map<String, Object> schedule = new LinkedHashMap<>();
    schedule.put("id", Long.valueOf(id));
    schedule.put("name", "Schedule " + id);
    schedule.put("time_zone", zone);
    schedule.put("intervals", week);
    schedules.put(id, schedule);
    holidays.put(id, new ArrayList<>());
  }

  /** Monday to Friday, by hours of the day. */
  void weekdays(String id, String zone, int from, int until) {
    int[] intervals = new int[10];
    for (int day = 1; day <= 5; day++) {
      intervals[2 * day - 2] = (day * 24 + from) * 60;
      intervals[2 * day - 1] = (day * 24 + until) * 60;
    }
    schedule(id, zone, intervals);
  }

  void holiday(String schedule, String first, String last) {
    Map<String, Object> holiday = new LinkedHashMap<>();
    holiday.put("id", nextId());
    holiday.put("name", "a day off");
    holiday.put("start_date", first);
    holiday.put("end_date", last);
    holidays.get(schedule).add(holiday);
  }

  /** A trigger gives the ticket a schedule, or takes it away. */
  void assignSchedule(long ticket, Instant at, Optional<String> schedule) {
    Map<String, Object> child = child("ScheduleAssignment");
    child.put("previous_schedule_id", null);
    child.put("new_schedule_id", schedule.map(Long::valueOf).orElse(null));
    child.put("via", Map.of("channel", "rule"));
    audit(ticket, at, "-1", List.of(child));
    touch(ticket(ticket), at);
  }

  /** Two teams, each with hours of its own. */
  void keepHours() {
    keepsHours = true;
    weekdays("41", "Berlin", 9, 17);
    weekdays("42", "Pacific Time (US & Canada)", 8, 18);
    holiday("41", "2025-05-01", "2025-05-02");
    holiday("41", "2025-12-24", "2025-12-31");
    holiday("42", "2025-07-04", "2025-07-04");
  }

  long nextId() {
    return ++lastId;
  }

  /** A ticket of a customer that came by mail; whatever else it is, {@code fields} say. */
  Map<String, Object> create(long id, Instant at, String requester, Map<String, Object> fields) {
    Map<String, Object> ticket = new LinkedHashMap<>();
    ticket.put("id", id);
    ticket.put("url", ELSEWHERE + "/api/v2/tickets/" + id + ".json");
    ticket.put("via", via("mail"));
    ticket.put("created_at", at.toString());
    ticket.put("subject", "a customer's words");
    ticket.put("status", "new");
    ticket.put("priority", null);
    ticket.put("requester_id", Long.valueOf(requester));
    ticket.put("submitter_id", Long.valueOf(requester));
    ticket.put("assignee_id", null);
    ticket.put("organization_id", null);
    ticket.put("group_id", null);
    ticket.put("is_public", true);
    ticket.put("tags", new ArrayList<>());
    ticket.put("custom_fields", List.of());
    ticket.put("from_messaging_channel", false);
    ticket.putAll(fields);
    tickets.put(id, ticket);
    touch(ticket, at);
    List<Map<String, Object>> children = new ArrayList<>();
    children.add(comment(ticket.get("submitter_id").toString(), true));
    for (String field : List.of("requester_id", "status", "priority", "group_id")) {
      Map<String, Object> child = child("Create");
      child.put(field, ticket.get(field));
      children.add(child);
    }
    audit(id, at, ticket.get("submitter_id").toString(), children);
    return ticket;
  }

  Map<String, Object> ticket(long id) {
    return tickets.get(id);
  }

  /** Zendesk's own time of the last change, whoever made it. */
  void touch(Map<String, Object> ticket, Instant at) {
    ticket.put("updated_at", at.toString());
    ticket.put("generated_timestamp", at.getEpochSecond());
  }

  void reply(long ticket, Instant at, String author, boolean visible) {
    audit(ticket, at, author, List.of(comment(author, visible)));
    touch(ticket(ticket), at);
  }

  void change(long id, Instant at, String updater, String field, Object to) {
    Map<String, Object> ticket = ticket(id);
    Map<String, Object> child = changed(field, ticket.get(field), to);
    ticket.put(field, to);
    audit(id, at, updater, List.of(child));
    touch(ticket, at);
  }

  /** Without an audit: what is deleted has none. */
  void delete(long id, Instant at) {
    ticket(id).put("before", ticket(id).get("status"));
    ticket(id).put("status", "deleted");
    touch(ticket(id), at);
  }

  void restore(long id, Instant at, String updater) {
    change(id, at, updater, "status", ticket(id).remove("before"));
  }

  void merge(long id, Instant at, String updater, long other) {
    Map<String, Object> ticket = ticket(id);
    List<Object> tags = new ArrayList<>((List<?>) ticket.get("tags"));
    List<Object> before = List.copyOf(tags);
    tags.add("closed_by_merge");
    Map<String, Object> status = changed("status", ticket.get("status"), "closed");
    ticket.put("status", "closed");
    ticket.put("tags", tags);
    Map<String, Object> audit =
        audit(
            id,
            at,
            updater,
            List.of(comment(updater, true), changed("tags", before, tags), status));
    audit.put("via", Map.of("channel", "web", "source", mergeSource(other)));
    touch(ticket, at);
    Map<String, Object> otherAudit = audit(other, at, updater, List.of(comment(updater, false)));
    otherAudit.put("via", Map.of("channel", "web", "source", mergeSource(id)));
    touch(ticket(other), at);
  }

  private static Map<String, Object> mergeSource(long other) {
    return Map.of("from", Map.of("ticket_id", other), "to", Map.of(), "rel", "merge");
  }

  void rate(long ticket, Instant at, String score) {
    Map<String, Object> rating =
        ratings.computeIfAbsent(
            ticket, _ -> new LinkedHashMap<>(Map.of("id", nextId(), "created_at", at.toString())));
    rating.put("ticket_id", ticket);
    rating.put("score", score);
    rating.put("comment", "a customer's words");
    rating.put("updated_at", at.toString());
    audit(
        ticket,
        at,
        ticket(ticket).get("requester_id").toString(),
        List.of(changed("satisfaction_score", "offered", score)));
    touch(ticket(ticket), at);
  }

  Map<String, Object> metricEvent(
      long ticket, String metric, int instance, String type, Instant at) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("id", nextId());
    event.put("ticket_id", ticket);
    event.put("metric", metric);
    event.put("instance_id", instance);
    event.put("type", type);
    event.put("time", at.toString());
    metricEvents.add(event);
    return event;
  }

  Map<String, Object> audit(
      long ticket, Instant at, String updater, List<Map<String, Object>> children) {
    Map<String, Object> audit = new LinkedHashMap<>();
    audit.put("id", nextId());
    audit.put("ticket_id", ticket);
    audit.put("timestamp", at.getEpochSecond());
    audit.put("created_at", at.toString());
    audit.put("updater_id", Long.valueOf(updater));
    audit.put("via", "Web form");
    audit.put("event_type", "Audit");
    audit.put("child_events", children);
    audits.add(audit);
    return audit;
  }

  Map<String, Object> child(String type) {
    Map<String, Object> child = new LinkedHashMap<>();
    child.put("id", nextId());
    child.put("event_type", type);
    return child;
  }

  Map<String, Object> comment(String author, boolean visible) {
    Map<String, Object> child = child("Comment");
    child.put("type", "Comment");
    child.put("author_id", Long.valueOf(author));
    child.put("public", visible);
    child.put("body", "a customer's words");
    return child;
  }

  Map<String, Object> changed(String field, Object from, Object to) {
    Map<String, Object> child = child("Change");
    child.put(field, to);
    child.put("previous_value", from);
    return child;
  }

  static Map<String, Object> via(String channel) {
    return Map.of("channel", channel, "source", Map.of("from", Map.of(), "to", Map.of()));
  }

  // ---- a year

  public void play(Act act) {
    Instant at = act.at();
    long id = act.ticket();
    switch (act) {
      case Act.Created it -> {
        Map<String, Object> fields = new HashMap<>();
        fields.put("via", via(channel(it.channel())));
        fields.put("priority", word(it.priority()));
        fields.put("group_id", (long) FIRST_GROUP + it.team());
        it.organization().ifPresent(org -> fields.put("organization_id", 700L + org));
        if (it.by() == Actor.AGENT) {
          fields.put("submitter_id", (long) FIRST_AGENT);
        }
        create(id, at, String.valueOf(FIRST_CUSTOMER + it.customer()), fields);
        promise(id, at);
      }
      case Act.Replied it -> replied(it);
      case Act.Noted it -> reply(id, at, agent(it.agent()), false);
      case Act.StatusSet it -> {
        change(id, at, agent(it.agent()), "status", word(it.to()));
        wait(id, at, it.to());
      }
      case Act.Assigned it ->
          change(
              id,
              at,
              agent(0),
              "assignee_id",
              it.agent().isPresent() ? Long.valueOf(agent(it.agent().get())) : null);
      case Act.MovedTo it -> change(id, at, agent(0), "group_id", (long) FIRST_GROUP + it.team());
      case Act.PrioritySet it -> change(id, at, agent(0), "priority", word(it.to()));
      case Act.Deleted it -> delete(id, at);
      case Act.Restored it -> restore(id, at, agent(0));
      case Act.MarkedSpam it -> delete(id, at);
      case Act.MergedInto it -> merge(id, at, agent(0), it.other());
      case Act.Rated it -> rate(id, at, it.good() ? "good" : "bad");
      case Act.TimeSpent it -> {
        // Nothing of Zendesk itself tells it.
      }
    }
  }

  private void replied(Act.Replied it) {
    long id = it.ticket();
    String author =
        switch (it.by()) {
          case CUSTOMER -> ticket(id).get("requester_id").toString();
          case AGENT -> agent(it.agent());
          case BOT, SYSTEM -> BOT;
        };
    reply(id, it.at(), author, true);
    if (it.by() == Actor.AGENT) {
      keep(id, it.at());
    }
  }

  /** A breach is written down before it happens, and taken back when it does not. */
  private void promise(long id, Instant at) {
    metricEvent(id, "reply_time", 1, "activate", at);
    if (keepsHours && id % 3 > 0) {
      String schedule = id % 3 == 1 ? "41" : "42";
      assignSchedule(id, at, Optional.of(schedule));
      metricEvent(id, "requester_wait_time", 1, "activate", at);
      for (String metric : List.of("reply_time", "requester_wait_time")) {
        metricEvent(id, metric, 1, "apply_sla", at)
            .put("sla", Map.of("target", PROMISED.toMinutes(), "business_hours", true));
      }
      return;
    }
    metricEvent(id, "reply_time", 1, "apply_sla", at)
        .put("sla", Map.of("target", PROMISED.toMinutes(), "business_hours", false));
    metricEvent(id, "reply_time", 1, "breach", at.plus(PROMISED)).put("deleted", false);
  }

  /** The clock of whom the ticket keeps waiting stands still while it waits for him. */
  private void wait(long id, Instant at, Status to) {
    if (keepsHours && id % 3 > 0) {
      String type =
          switch (to) {
            case PENDING -> "pause";
            case SOLVED, CLOSED -> "fulfill";
            case NEW, OPEN, ON_HOLD -> "activate";
          };
      metricEvent(id, "requester_wait_time", 1, type, at);
    }
  }

  private void keep(long id, Instant at) {
    for (Map<String, Object> event : List.copyOf(metricEvents)) {
      if (event.get("ticket_id").equals(id)
          && event.get("type").equals("breach")
          && Instant.parse(event.get("time").toString()).isAfter(at)) {
        event.put("deleted", true);
      }
    }
    metricEvent(id, "reply_time", 1, "fulfill", at);
  }

  static String agent(int number) {
    return String.valueOf(FIRST_AGENT + number);
  }

  static String word(Status status) {
    return status == Status.ON_HOLD ? "hold" : status.name().toLowerCase(Locale.ROOT);
  }

  private static Object word(Priority priority) {
    return switch (priority) {
      case URGENT, HIGH, NORMAL, LOW -> priority.label();
      case NONE, OTHER -> null;
    };
  }

  private static String channel(Channel channel) {
    return switch (channel) {
      case EMAIL -> "mail";
      case CHAT -> "chat";
      case PHONE -> "voice";
      case WEB, SOCIAL, API, MESSAGING, OUTBOUND, BOT, OTHER -> "web";
    };
  }

  /** An administrator permits an application to read, and puts the answer into the file. */
  SimulatedGrant permit(Path file) {
    SimulatedGrant permitted = new SimulatedGrant(this::now, Duration.ofMinutes(30), file, "read");
    permitted.permit();
    grant = Optional.of(permitted);
    return permitted;
  }

  // ---- what it answers

  @Override
  protected Told answer(Asked request) {
    asked.add(request);
    return answered(request);
  }

  private Told answered(Asked asked) {
    if (noHelpdesk) {
      return Told.json(
          404, Map.of("error", Map.of("title", "No help desk at x.zendesk.com", "message", "...")));
    }
    if (asked.path().equals("/oauth/tokens") && grant.isPresent()) {
      return grant.get().renew(asked);
    }
    int left = charge("account", accountLimit, Duration.ofMinutes(1));
    if (left < 0) {
      return Told.text(429, "text/plain", "Number of allowed API requests exceeded")
          .with("Retry-After", 20);
    }
    Told told = isKnown(asked) ? permitted(asked) : stranger(asked);
    return told.with("X-Rate-Limit", accountLimit).with("x-rate-limit-remaining", left);
  }

  /** What is spent by an answer that is lost, a test of its own tells. */
  @Override
  protected Told struck(Fault fault, Asked asked) {
    boolean spends = asked.path().equals("/oauth/tokens");
    return super.struck(spends ? Fault.INTERNAL_ERROR : fault, asked);
  }

  private boolean isKnown(Asked asked) {
    String basic =
        Base64.getEncoder()
            .encodeToString((EMAIL + "/token:" + TOKEN).getBytes(StandardCharsets.UTF_8));
    String given = asked.header("Authorization").orElse("");
    return given.equals("Basic " + basic)
        || given.equals("Bearer " + OAUTH)
        || grant.filter(it -> it.accepts(asked)).isPresent();
  }

  /** Nobody knows whether the rest is refused then; it may be empty. */
  private Told stranger(Asked asked) {
    if (!anonymous) {
      return Told.json(401, Map.of("error", "Couldn't authenticate you"));
    }
    Map<String, Object> nobody = new HashMap<>();
    nobody.put("id", null);
    nobody.put("role", "end-user");
    return Told.json(
        asked.path().equals("/api/v2/users/me")
            ? Map.of("user", nobody)
            : Map.of("end_of_stream", true));
  }

  private Told permitted(Asked asked) {
    if (refused.containsKey(asked.path())) {
      return Told.json(
          refused.get(asked.path()), Map.of("error", Map.of("code", "Forbidden"), "message", ""));
    }
    if (asked.path().startsWith("/api/v2/incremental/")) {
      int left = charge("exports", exportLimit, Duration.ofMinutes(1));
      if (left < 0) {
        return Told.text(429, "text/plain", "Too many").with("Retry-After", 30);
      }
      return export(asked)
          .with(
              "Zendesk-RateLimit-incremental-exports",
              "total=%d; remaining=%d; resets=60".formatted(exportLimit, left));
    }
    return switch (asked.path()) {
      case "/api/v2/users/me" -> Told.json(Map.of("user", Map.of("id", 1, "role", role)));
      case "/api/v2/users" ->
          list(
              asked,
              "users",
              users.values().stream()
                  .filter(user -> asked.parameters().get("role[]").contains(user.get("role")))
                  .filter(user -> user.get("active").equals(true))
                  .toList());
      case "/api/v2/users/show_many" -> many(asked, "users", users);
      case "/api/v2/tickets/show_many" -> {
        Map<String, Map<String, Object>> byId = new HashMap<>();
        tickets.forEach((id, ticket) -> byId.put(id.toString(), ticket));
        yield many(asked, "tickets", byId);
      }
      case "/api/v2/groups" -> list(asked, "groups", List.copyOf(groups.values()));
      case "/api/v2/business_hours/schedules" ->
          Told.json(Map.of("schedules", untidy(List.copyOf(schedules.values()))));
      case "/api/v2/custom_statuses" -> Told.json(Map.of("custom_statuses", customStatuses));
      case "/api/v2/satisfaction_ratings" -> {
        long start = Long.parseLong(asked.parameter("start_time").orElse("0"));
        yield list(
            asked,
            "satisfaction_ratings",
            ratings.values().stream()
                .filter(rating -> epoch(rating, "updated_at") >= start)
                .filter(rating -> !rating.get("score").equals("offered"))
                .toList());
      }
      default -> holidays(asked);
    };
  }

  private Told holidays(Asked asked) {
    String[] path = asked.path().split("/", -1);
    return asked.path().matches("/api/v2/business_hours/schedules/\\d+/holidays")
            && holidays.containsKey(path[5])
        ? Told.json(Map.of("holidays", untidy(holidays.get(path[5]))))
        : unknown(asked);
  }

  private Told many(Asked asked, String name, Map<String, Map<String, Object>> all) {
    List<String> ids = Arrays.asList(asked.parameter("ids").orElse("").split(","));
    if (ids.size() > 100) {
      return Told.json(400, Map.of("error", "TooManyIds"));
    }
    return Told.json(
        Map.of(name, untidy(ids.stream().filter(all::containsKey).map(all::get).toList())));
  }

  /** By id, whatever is asked. */
  private Told list(Asked asked, String name, List<Map<String, Object>> rows) {
    int size = asked.number("page[size]", 100);
    long after = Long.parseLong(asked.parameter("page[after]").orElse("0"));
    List<Map<String, Object>> rest =
        rows.stream()
            .sorted(Comparator.comparingLong(row -> number(row, "id")))
            .filter(row -> number(row, "id") > after)
            .toList();
    List<Map<String, Object>> page = rest.subList(0, Math.min(size, rest.size()));
    Map<String, Object> meta = new HashMap<>();
    meta.put("has_more", rest.size() > page.size());
    meta.put("after_cursor", page.isEmpty() ? null : page.getLast().get("id").toString());
    return Told.json(
        Map.of(
            name,
            untidy(page),
            "meta",
            meta,
            "links",
            Map.of("next", ELSEWHERE + asked.path() + "?page[after]=x")));
  }

  private Told export(Asked asked) {
    return switch (asked.path()) {
      case "/api/v2/incremental/tickets/cursor" -> ticketExport(asked);
      case "/api/v2/incremental/ticket_events" -> {
        if (!asked.parameter("include").equals(Optional.of("comment_events"))) {
          yield unknown(asked);
        }
        yield timeExport(
            asked,
            "ticket_events",
            audits,
            row -> number(row, "timestamp"),
            now().minus(WITHHELD).getEpochSecond());
      }
      case "/api/v2/incremental/ticket_metric_events" ->
          timeExport(
              asked,
              "ticket_metric_events",
              metricEvents,
              row -> epoch(row, "time"),
              Long.MAX_VALUE);
      default -> unknown(asked);
    };
  }

  private Told ticketExport(Asked asked) {
    if (!asked.parameter("support_type_scope").equals(Optional.of("all"))) {
      return unknown(asked);
    }
    long[] from =
        asked
            .parameter("cursor")
            .map(SimulatedZendesk::position)
            .orElseGet(() -> new long[] {Long.parseLong(asked.parameter("start_time").get()), -1});
    long until = now().minus(WITHHELD).getEpochSecond();
    List<Map<String, Object>> rest =
        tickets.values().stream()
            .filter(
                row -> {
                  long generated = number(row, "generated_timestamp");
                  return generated <= until
                      && (generated > from[0]
                          || (generated == from[0] && number(row, "id") > from[1]));
                })
            .sorted(
                Comparator.<Map<String, Object>>comparingLong(
                        row -> number(row, "generated_timestamp"))
                    .thenComparingLong(row -> number(row, "id")))
            .toList();
    List<Map<String, Object>> page =
        rest.subList(0, Math.min(asked.number("per_page", 1000), rest.size()));
    Map<String, Object> answer = new HashMap<>();
    answer.put("tickets", page);
    answer.put("end_of_stream", rest.size() == page.size());
    answer.put(
        "after_cursor",
        page.isEmpty()
            ? asked.parameter("cursor").orElse(null)
            : cursor(number(page.getLast(), "generated_timestamp"), number(page.getLast(), "id")));
    answer.put("after_url", ELSEWHERE + asked.path() + "?cursor=x");
    return Told.json(answer);
  }

  private static String cursor(long generated, long id) {
    return Base64.getEncoder()
        .encodeToString((generated + ".0||" + id + "|").getBytes(StandardCharsets.UTF_8));
  }

  private static long[] position(String cursor) {
    String[] parts =
        new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8).split("\\|");
    return new long[] {(long) Double.parseDouble(parts[0]), Long.parseLong(parts[2])};
  }

  /** Whole seconds, unless a page is full. */
  private Told timeExport(
      Asked asked,
      String name,
      List<Map<String, Object>> all,
      ToLongFunction<Map<String, Object>> time,
      long until) {
    long start = Long.parseLong(asked.parameter("start_time").orElse("0"));
    if (start > now().minus(WITHHELD).getEpochSecond()) {
      return Told.json(
          422, Map.of("error", "InvalidValue", "description", "Too recent start_time. ..."));
    }
    List<Map<String, Object>> rest =
        all.stream()
            .filter(row -> time.applyAsLong(row) >= start && time.applyAsLong(row) <= until)
            .sorted(Comparator.comparingLong(time))
            .toList();
    int size = Math.min(asked.number("per_page", 1000), rest.size());
    boolean full = size == 1000;
    while (!full
        && size > 0
        && size < rest.size()
        && time.applyAsLong(rest.get(size)) == time.applyAsLong(rest.get(size - 1))) {
      size++;
    }
    List<Map<String, Object>> page = emptyPageFirst ? List.of() : rest.subList(0, size);
    long end =
        page.isEmpty()
            ? emptyPageFirst ? start + 1 : start
            : time.applyAsLong(page.getLast()) + (full && size < rest.size() ? 0 : 1);
    boolean more = emptyPageFirst || size < rest.size();
    emptyPageFirst = false;
    return Told.json(
        Map.of(
            name,
            page,
            "count",
            page.size(),
            "end_time",
            end,
            "end_of_stream",
            !more,
            "next_page",
            ELSEWHERE + asked.path() + "?start_time=" + end));
  }

  private static long number(Map<String, Object> row, String field) {
    return ((Number) row.get(field)).longValue();
  }

  private static long epoch(Map<String, Object> row, String field) {
    return Instant.parse(row.get(field).toString()).getEpochSecond();
  }
}
