package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.source.api.Act;
import io.helpdeskexporter.source.api.Asked;
import io.helpdeskexporter.source.api.SimulatedApi;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.api.Told;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Freshdesk as its documentation and recorded answers show it: lists that shift while they are
 * paged, thirty days unless told otherwise, three hundred pages, statistics that know the last time
 * only, a budget for each group of endpoints, and an export of activities a day later on another
 * host.
 */
final class SimulatedFreshdesk extends SimulatedApi {
  static final String KEY = "very-secret-key";
  static final long BOT = 199;
  private static final int PER_MINUTE = 400;
  private static final int LISTS_PER_MINUTE = 100;
  private static final int MOST_PAGES = 300;
  private static final DateTimeFormatter DAY_FIRST =
      DateTimeFormatter.ofPattern("dd-MM-yyyy HH:mm:ss Z", Locale.ROOT);
  private static final Duration WINDOW = Duration.ofDays(30);
  private static final Map<Long, String> LABELS =
      new TreeMap<>(
          Map.of(
              2L, "Offen", 3L, "Wartend", 4L, "Gelöst", 5L, "Geschlossen", 7L, "Beim Lieferanten"));

  /** A ticket with all that the statistics know. */
  static final class SimulatedTicket {
    final long id;
    final Map<String, Object> fields = new LinkedHashMap<>();
    final Map<String, Object> stats = new LinkedHashMap<>();
    final List<Map<String, Object>> said = new ArrayList<>();
    Instant updatedAt;

    private SimulatedTicket(long id, Instant createdAt) {
      this.id = id;
      updatedAt = createdAt;
      fields.put("id", id);
      fields.put("subject", "what a customer wrote");
      fields.put("created_at", text(createdAt));
      fields.put("status", 2);
      fields.put("priority", 1);
      fields.put("source", 1);
      fields.put("spam", false);
      fields.put("tags", List.of());
      for (String empty : List.of("group_id", "responder_id", "company_id", "product_id", "type")) {
        fields.put(empty, null);
      }
      for (String stat :
          List.of(
              "first_responded_at",
              "agent_responded_at",
              "requester_responded_at",
              "reopened_at",
              "resolved_at",
              "closed_at",
              "pending_since")) {
        stats.put(stat, null);
      }
      stats.put("status_updated_at", text(createdAt));
    }

    SimulatedTicket with(String field, Object value) {
      fields.put(field, value);
      return this;
    }

    boolean is(String field) {
      return Boolean.TRUE.equals(fields.get(field));
    }

    long number(String field) {
      return ((Number) fields.get(field)).longValue();
    }

    private void changed(Instant at) {
      updatedAt = at.isAfter(updatedAt) ? at : updatedAt;
    }
  }

  /** Where the files of the export are: another host, which must never see the key. */
  static final class Bucket extends SimulatedApi {
    final Map<String, String> files = new TreeMap<>();
    final List<Asked> asked = new ArrayList<>();
    boolean refuses;

    Bucket(SimulatedTime time) {
      super(time);
    }

    @Override
    protected Told answer(Asked request) {
      asked.add(request);
      String file = files.get(request.path());
      boolean signed = request.parameter("X-Amz-Signature").equals(Optional.of("a/b+c=="));
      return file == null || !signed || refuses
          ? Told.text(403, "application/xml", "<Error>AccessDenied</Error>")
          : Told.text(200, "application/json", file);
    }
  }

  final Map<Long, SimulatedTicket> tickets = new TreeMap<>();
  final Map<Long, Map<String, Object>> agents = new TreeMap<>();
  final Map<Long, Map<String, Object>> ratings = new TreeMap<>();
  final List<Map<String, Object>> timeEntries = new ArrayList<>();

  /** Rows of the export with the instant by which they are dated. */
  final List<Map.Entry<Instant, Map<String, Object>>> activities = new ArrayList<>();

  final Bucket bucket;

  /** Tickets that are in a list, and were deleted for good since. */
  final Set<Long> gone = new TreeSet<>();

  /** Endpoints that this plan does not have. */
  final Set<String> notInPlan = new TreeSet<>();

  /** There is no account at this address. */
  boolean notFound;

  /** Whether stats are told at all; the oldest payloads have none. */
  boolean tellsStats = true;

  Map<String, Object> me = Map.of("id", 100L, "ticket_scope", 1);
  private long lastConversation = 1000;
  private long lastEntry = 5000;

  SimulatedFreshdesk(SimulatedTime time) {
    super(time);
    bucket = new Bucket(time);
    for (long agent = 100; agent < 106; agent++) {
      agents.put(agent, agent(agent, "support_agent"));
    }
    agents.put(BOT, agent(BOT, "bot"));
  }

  private static Map<String, Object> agent(long id, String type) {
    Map<String, Object> agent = new LinkedHashMap<>();
    agent.put("id", id);
    agent.put("type", type);
    agent.put("available", false);
    agent.put("available_since", null);
    agent.put("group_ids", List.of(700));
    agent.put("contact", Map.of("name", "the name of an agent", "active", true));
    return agent;
  }

  @Override
  public void close() {
    super.close();
    bucket.close();
  }

  // ---- what happens

  SimulatedTicket create(long id, Instant at, long requester) {
    SimulatedTicket ticket = new SimulatedTicket(id, at).with("requester_id", requester);
    ticket.with("fr_due_by", text(at.plus(Duration.ofHours(4))));
    ticket.with("due_by", text(at.plus(Duration.ofDays(1))));
    tickets.put(id, ticket);
    return ticket;
  }

  /** What was said, as the API shows it; {@code more} goes over the usual fields. */
  Map<String, Object> say(long id, Instant at, long user, int category, Map<String, Object> more) {
    SimulatedTicket ticket = ticket(id);
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("id", ++lastConversation);
    said.put("user_id", user);
    said.put("incoming", category == 1);
    said.put("private", category == 2);
    said.put("source", category == 2 ? 2 : 0);
    said.put("category", category);
    said.put("body_text", "what somebody wrote");
    said.put("created_at", text(at));
    said.putAll(more);
    ticket.said.add(said);
    ticket.said.sort(Comparator.comparing(it -> (String) it.get("created_at")));
    ticket.changed(at);
    boolean isFeedback = said.get("source").equals(6);
    if (!isFeedback && category == 3) {
      ticket.stats.merge("first_responded_at", text(at), (first, _) -> first);
      last(ticket, "agent_responded_at", at);
    } else if (!isFeedback && category == 1) {
      last(ticket, "requester_responded_at", at);
    }
    return said;
  }

  private static void last(SimulatedTicket ticket, String stat, Instant at) {
    String known = (String) ticket.stats.get(stat);
    ticket.stats.put(stat, known == null || known.compareTo(text(at)) < 0 ? text(at) : known);
  }

  void setStatus(long id, Instant at, long status) {
    SimulatedTicket ticket = ticket(id);
    long before = ticket.number("status");
    if (before == status) {
      return;
    }
    ticket.with("status", status);
    ticket.changed(at);
    ticket.stats.put("status_updated_at", text(at));
    ticket.stats.put("pending_since", status == 3 ? text(at) : null);
    boolean wasOver = before == 4 || before == 5;
    if (status == 4 || status == 5) {
      if (!wasOver) {
        ticket.stats.put("resolved_at", text(at));
      }
      ticket.stats.put("closed_at", status == 5 ? text(at) : null);
    } else if (wasOver) {
      ticket.stats.put("resolved_at", null);
      ticket.stats.put("closed_at", null);
      ticket.stats.put("reopened_at", text(at));
    }
  }

  void set(long id, Instant at, String field, Object value) {
    ticket(id).with(field, value).changed(at);
  }

  SimulatedTicket ticket(long id) {
    SimulatedTicket ticket = tickets.get(id);
    if (ticket == null) {
      throw new IllegalArgumentException("no ticket " + id);
    }
    return ticket;
  }

  Map<String, Object> activity(long id, Instant at, long performer, Map<String, Object> activity) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("performed_at", DAY_FIRST.format(at.atOffset(ZoneOffset.UTC)));
    row.put("ticket_id", id);
    row.put("performer_type", performer == 0 ? "system" : "user");
    row.put("performer_id", performer == 0 ? null : performer);
    row.put("activity", activity);
    activities.add(Map.entry(at, row));
    return row;
  }

  Map<String, Object> timeEntry(long ticket, Instant at, long agent, String spent) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("id", ++lastEntry);
    entry.put("ticket_id", ticket);
    entry.put("agent_id", agent);
    entry.put("time_spent", spent);
    entry.put("timer_running", false);
    entry.put("billable", true);
    entry.put("executed_at", text(at));
    entry.put("created_at", text(at));
    entry.put("updated_at", text(at));
    timeEntries.add(entry);
    return entry;
  }

  void rate(long ticket, Instant at, int value) {
    Map<String, Object> rating = ratings.get(ticket);
    if (rating == null) {
      rating = new LinkedHashMap<>();
      rating.put("id", 9000 + ticket);
      rating.put("ticket_id", ticket);
      rating.put("survey_id", 1);
      rating.put("feedback", "what a customer wrote");
      rating.put("created_at", text(at));
      ratings.put(ticket, rating);
    }
    rating.put("ratings", Map.of("default_question", value, "question_7", -103));
    rating.put("updated_at", text(at));
  }

  /** A year's acts. */
  void play(Act act) {
    Instant at = act.at();
    long id = act.ticket();
    switch (act) {
      case Act.Created it -> created(it);
      case Act.Replied it -> replied(it);
      case Act.Noted it -> say(id, at, 100 + it.agent(), 2, Map.of());
      case Act.StatusSet it -> statusSet(id, at, number(it.to()), 100 + it.agent());
      case Act.Assigned it -> {
        Long agent = it.agent().map(number -> 100L + number).orElse(null);
        set(id, at, "responder_id", agent);
        activity(id, at, 0, one("agent_id", agent));
      }
      case Act.MovedTo it -> {
        set(id, at, "group_id", 700 + it.team());
        activity(id, at, 100, Map.of("group", "Team " + it.team()));
      }
      case Act.PrioritySet it -> {
        set(id, at, "priority", number(it.to()));
        activity(id, at, 100, Map.of("priority", number(it.to())));
      }
      case Act.Deleted _ -> {
        set(id, at, "deleted", true);
        activity(id, at, 100, Map.of("deleted", true));
      }
      case Act.Restored _ -> {
        set(id, at, "deleted", false);
        activity(id, at, 100, Map.of("deleted", false));
      }
      case Act.MarkedSpam _ -> {
        set(id, at, "spam", true);
        activity(id, at, 100, Map.of("spam", true));
      }
      case Act.MergedInto it -> {
        statusSet(id, at, 5, 100);
        say(id, at, 100, 2, Map.of());
        activity(id, at, 100, Map.of("merge_ticket", Map.of("target_ticket_id", it.other())));
        activity(
            it.other(), at, 100, Map.of("merge_ticket", Map.of("source_ticket_ids", List.of(id))));
      }
      case Act.Rated it -> {
        rate(id, at, it.good() ? 103 : -103);
        say(id, at, ticket(id).number("requester_id"), 7, Map.of("source", 6, "body_text", ""));
      }
      case Act.TimeSpent it ->
          timeEntry(
              id,
              at,
              100 + it.agent(),
              "%02d:%02d".formatted(it.spent().toHours(), it.spent().toMinutesPart()));
    }
  }

  private void created(Act.Created it) {
    SimulatedTicket ticket = create(it.ticket(), it.at(), 90_000 + it.customer());
    int source = it.by() == Actor.AGENT ? 10 : source(it.channel());
    ticket.with("source", source).with("priority", number(it.priority()));
    ticket.with("group_id", 700 + it.team()).with("type", "Question");
    ticket.with("company_id", it.organization().map(number -> 800 + number).orElse(null));
    activity(
        it.ticket(),
        it.at(),
        0,
        Map.of(
            "status",
            "Offen",
            "priority",
            number(it.priority()),
            "source",
            source,
            "group",
            "Team " + it.team()));
  }

  private void replied(Act.Replied it) {
    long requester = ticket(it.ticket()).number("requester_id");
    boolean inThePortal = it.ticket() % 2 == 0;
    switch (it.by()) {
      case AGENT -> say(it.ticket(), it.at(), 100 + it.agent(), 3, Map.of());
      case BOT -> say(it.ticket(), it.at(), BOT, 3, Map.of());
      case SYSTEM -> say(it.ticket(), it.at(), 100, 3, Map.of("auto_response", true));
      case CUSTOMER ->
          say(
              it.ticket(),
              it.at(),
              requester,
              1,
              inThePortal ? Map.of("incoming", false) : Map.of());
    }
  }

  private void statusSet(long id, Instant at, long status, long agent) {
    if (ticket(id).number("status") != status) {
      setStatus(id, at, status);
      activity(id, at, agent, one("status", LABELS.get(status)));
    }
  }

  private static Map<String, Object> one(String key, Object value) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put(key, value);
    return one;
  }

  static long number(Status status) {
    return switch (status) {
      case NEW, OPEN -> 2;
      case PENDING -> 3;
      case ON_HOLD -> 7;
      case SOLVED -> 4;
      case CLOSED -> 5;
    };
  }

  private static int number(Priority priority) {
    return switch (priority) {
      case URGENT -> 4;
      case HIGH -> 3;
      case NORMAL -> 2;
      case LOW, NONE, OTHER -> 1;
    };
  }

  private static int source(Channel channel) {
    return switch (channel) {
      case EMAIL -> 1;
      case PHONE -> 3;
      case CHAT -> 7;
      default -> 2;
    };
  }

  // ---- what is answered

  @Override
  protected Told answer(Asked asked) {
    if (notFound) {
      return Told.empty(404);
    }
    String expected =
        "Basic "
            + Base64.getEncoder().encodeToString((KEY + ":X").getBytes(StandardCharsets.UTF_8));
    if (!asked.header("Authorization").equals(Optional.of(expected))) {
      return Told.json(
          401,
          Map.of(
              "code", "invalid_credentials",
              "message", "You have to be logged in to perform this action."));
    }
    String path = asked.path().replaceFirst("^/api/v2", "");
    String group = path.split("/")[1] + (path.endsWith("/conversations") ? "/conversations" : "");
    boolean isList = path.equals("/tickets");
    int cost = isList && asked.parameter("include").isPresent() ? 3 : 1;
    int total = isList ? LISTS_PER_MINUTE : PER_MINUTE;
    int left = 0;
    for (int i = 0; i < cost; i++) {
      left =
          Math.min(
              charge(group, total, Duration.ofMinutes(1)),
              charge("account", PER_MINUTE, Duration.ofMinutes(1)) < 0 ? -1 : total);
    }
    Told told = left < 0 ? Told.empty(429).with("Retry-After", 20) : answer(asked, path);
    return told.with("X-RateLimit-Total", total)
        .with("X-RateLimit-Remaining", Math.max(0, left))
        .with("X-RateLimit-Used-CurrentRequest", cost)
        .with("X-Freshdesk-Api-Version", "latest=v2; requested=v2");
  }

  private Told answer(Asked asked, String path) {
    if (notInPlan.stream().anyMatch(path::startsWith)) {
      return Told.json(
          403, Map.of("code", "require_feature", "message", "The feature is not supported."));
    }
    if (path.matches("/tickets/\\d+/conversations")) {
      long id = Long.parseLong(path.split("/")[2]);
      SimulatedTicket ticket = tickets.get(id);
      return ticket == null || gone.contains(id) ? Told.empty(404) : page(asked, ticket.said);
    }
    return switch (path) {
      case "/tickets" -> list(asked);
      case "/agents/me" -> Told.json(me);
      case "/agents" -> page(asked, List.copyOf(agents.values()));
      case "/groups" ->
          page(
              asked,
              List.of(
                  Map.of("id", 700, "name", "Team 0"),
                  Map.of("id", 701, "name", "Team 1"),
                  Map.of("id", 702, "name", "Team 2")));
      case "/ticket_fields" -> Told.json(ticketFields());
      case "/surveys/satisfaction_ratings" ->
          page(asked, untidy(since(asked, "created_since", "created_at", ratings.values())));
      case "/time_entries" ->
          page(asked, untidy(since(asked, "executed_after", "executed_at", timeEntries)));
      case "/export/ticket_activities" -> export(asked);
      default -> unknown(asked);
    };
  }

  private static List<Map<String, Object>> ticketFields() {
    Map<String, Object> choices = new LinkedHashMap<>();
    LABELS.forEach(
        (number, label) -> choices.put(number.toString(), List.of(label, "for customers")));
    choices.put("9", List.of("Beim Entwickler", "In Arbeit"));
    return List.of(
        Map.of("name", "subject", "type", "default_subject"),
        Map.of("name", "status", "type", "default_status", "choices", choices),
        Map.of("name", "source", "choices", Map.of("Email", 1, "Ladentheke", 101)));
  }

  private static List<Map<String, Object>> since(
      Asked asked, String parameter, String field, Iterable<Map<String, Object>> rows) {
    String since = asked.parameter(parameter).orElse("");
    List<Map<String, Object>> found = new ArrayList<>();
    for (Map<String, Object> row : rows) {
      if (((String) row.get(field)).compareTo(since) >= 0) {
        found.add(row);
      }
    }
    return found;
  }

  private Told list(Asked asked) {
    if (asked.number("page", 1) > MOST_PAGES) {
      return Told.json(
          400,
          Map.of(
              "description",
              "Validation failed",
              "errors",
              List.of(
                  Map.of(
                      "field", "page",
                      "message", "You cannot access tickets beyond the 300th page.",
                      "code", "invalid_value"))));
    }
    Optional<Instant> since = asked.parameter("updated_since").map(Instant::parse);
    Predicate<SimulatedTicket> wanted =
        switch (asked.parameter("filter").orElse("")) {
          case "deleted" -> ticket -> ticket.is("deleted");
          case "spam" -> ticket -> ticket.is("spam") && !ticket.is("deleted");
          default -> ticket -> !ticket.is("deleted") && !ticket.is("spam");
        };
    Comparator<SimulatedTicket> order =
        asked.parameter("order_by").equals(Optional.of("updated_at"))
            ? Comparator.comparing(ticket -> ticket.updatedAt)
            : Comparator.comparing(ticket -> (String) ticket.fields.get("created_at"));
    order = order.thenComparing(ticket -> ticket.id);
    boolean ascending = asked.parameter("order_type").equals(Optional.of("asc"));
    String monthAgo = text(now().minus(WINDOW));
    return page(
        asked,
        tickets.values().stream()
            .filter(wanted)
            .filter(
                ticket ->
                    since.isPresent()
                        ? !ticket.updatedAt.isBefore(since.get())
                        : monthAgo.compareTo((String) ticket.fields.get("created_at")) <= 0)
            .sorted(ascending ? order : order.reversed())
            .map(ticket -> row(ticket, asked.parameter("include").orElse("").contains("stats")))
            .toList());
  }

  private Map<String, Object> row(SimulatedTicket ticket, boolean withStats) {
    Map<String, Object> row = new LinkedHashMap<>(ticket.fields);
    row.put("updated_at", text(ticket.updatedAt));
    if (withStats && tellsStats) {
      row.put("stats", ticket.stats);
    }
    return row;
  }

  /** The link to the next page names a host of somebody else; nobody may go there. */
  private Told page(Asked asked, List<Map<String, Object>> rows) {
    int size = asked.number("per_page", 30);
    int from = Math.min(rows.size(), (asked.number("page", 1) - 1) * size);
    int to = Math.min(rows.size(), from + size);
    Told told = Told.json(rows.subList(from, to));
    return to < rows.size()
        ? told.with("Link", "<https://elsewhere.invalid/api/v2/next?page=2>; rel=\"next\"")
        : told;
  }

  /** The file of a day has what happened on the day before. */
  private Told export(Asked asked) {
    LocalDate day = LocalDate.parse(asked.parameter("created_at").orElseThrow());
    Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    boolean ready = !now().isBefore(midnight.plus(Duration.ofHours(3)));
    if (!ready || now().isAfter(midnight.plus(Duration.ofDays(31)))) {
      return Told.empty(404);
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    Instant begin = midnight.minus(Duration.ofDays(1));
    for (Map.Entry<Instant, Map<String, Object>> row : activities) {
      if (!row.getKey().isBefore(begin) && row.getKey().isBefore(midnight)) {
        rows.add(row.getValue());
      }
    }
    String path = "/exports/" + day + ".json";
    bucket.files.put(path, Told.json(Map.of("activities_data", rows)).body());
    return Told.json(
        Map.of(
            "export",
            List.of(
                Map.of(
                    "created_at",
                    text(midnight),
                    "url",
                    bucket.url() + path + "?X-Amz-Signature=a%2Fb%2Bc%3D%3D"))));
  }

  static String text(Instant at) {
    return DateTimeFormatter.ISO_INSTANT.format(at);
  }
}
