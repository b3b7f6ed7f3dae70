package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.Priority;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.source.api.Act;
import io.helpdeskexporter.source.api.Asked;
import io.helpdeskexporter.source.api.Fault;
import io.helpdeskexporter.source.api.SimulatedApi;
import io.helpdeskexporter.source.api.SimulatedTime;
import io.helpdeskexporter.source.api.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import tools.jackson.databind.JsonNode;

/**
 * HubSpot as its documentation and its users describe it: a search that shows changes late, ends at
 * 10,000 rows and knows neither deleted tickets nor limits in its headers; reading by ids, with
 * history of fewer at once; associations; lists.
 */
public final class SimulatedHubspot extends SimulatedApi {
  public static final String TOKEN = "pat-na1-0000-simulated";
  static final String PIPELINE = "0";
  static final String ON_HOLD = "500";
  static final int SEARCH_END = 10_000;
  private static final int MOST_ROWS = 200;
  private static final int BATCH = 100;
  private static final int BATCH_WITH_HISTORY = 50;
  private static final int MOST_ASSOCIATIONS = 1_000;
  private static final int HISTORY_KEPT = 20;
  private static final int FIRST_CUSTOMER = 5_000;
  private static final int FIRST_COMPANY = 9_000;
  private static final int FIRST_FEEDBACK = 700_000;
  private static final int FIRST_TALK = 800_000;
  private static final int FIRST_USER = 60;
  static final int FIRST_TEAM = 30;
  static final int FIRST_OWNER = 100;

  /** A value that a property had. */
  private record Was(String value, Instant at, boolean byUser) {}

  /** A time of change that the search shows from an instant on. */
  private record Indexed(Instant from, long modified) {}

  /** Of any type. */
  static final class Thing {
    final long id;
    final Map<String, String> properties = new TreeMap<>();
    private final Map<String, List<Was>> history = new HashMap<>();
    private final List<Indexed> index = new ArrayList<>();
    Instant created;
    Instant modified;
    Optional<Instant> archived = Optional.empty();
    boolean merged;

    Thing(long id, Instant created) {
      this.id = id;
      this.created = created;
      this.modified = created;
    }
  }

  final Map<String, Map<Long, Thing>> things = new TreeMap<>();

  /** By from, to and id: ids, of which the second and later ones carry no label. */
  private final Map<String, List<Long>> associations = new HashMap<>();

  final List<Map<String, Object>> stages = new ArrayList<>();

  /** Statuses by the path that they are answered for. */
  final Map<String, Integer> refused = new HashMap<>();

  private final Map<Long, Talk> talks = new TreeMap<>();

  /** Rows of a page of conversations or messages. */
  int mostMessages = 100;

  Duration lag = Duration.ZERO;

  /** Whether each object has a lag of its own, up to ten minutes. */
  boolean lagging;

  boolean primaryIsLabelled = true;

  /** As where a property is filtered by that the type does not have. */
  boolean ignoresFilters;

  String zone = "US/Eastern";
  int burst = 100;
  int daily = 250_000;

  /** Requests that others made today. */
  int others;

  public SimulatedHubspot(SimulatedTime time) {
    super(time);
    for (String type : List.of("tickets", "companies", "deals", "feedback_submissions")) {
      things.put(type, new TreeMap<>());
    }
    stage("1", "New", "OPEN");
    stage("2", "Waiting on contact", "OPEN");
    stage("3", "Waiting on us", "OPEN");
    stage("4", "Closed", "CLOSED");
    stage(ON_HOLD, "Waiting on third party", "OPEN");
  }

  void stage(String id, String label, String state) {
    stages.add(Map.of("id", id, "label", label, "metadata", Map.of("ticketState", state)));
  }

  static String stageOf(Status status) {
    return switch (status) {
      case NEW -> "1";
      case PENDING -> "2";
      case OPEN -> "3";
      case ON_HOLD -> ON_HOLD;
      case SOLVED, CLOSED -> "4";
    };
  }

  // ---- what happens

  Thing thing(String type, long id) {
    Thing thing = things.get(type).get(id);
    if (thing == null) {
      throw new IllegalArgumentException("no " + type + " " + id);
    }
    return thing;
  }

  synchronized Thing create(String type, long id, Instant at, Map<String, String> properties) {
    Thing thing = new Thing(id, at);
    things.get(type).put(id, thing);
    set(thing, at, true, properties);
    return thing;
  }

  Thing createTicket(long id, Instant at, Map<String, String> more) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("hs_pipeline", PIPELINE);
    properties.put("hs_pipeline_stage", "1");
    properties.putAll(more);
    return create("tickets", id, at, properties);
  }

  /** Sets properties; the object changes even if none does. */
  synchronized void set(Thing thing, Instant at, boolean byUser, Map<String, String> properties) {
    properties.forEach(
        (name, value) -> {
          List<Was> was = thing.history.computeIfAbsent(name, _ -> new ArrayList<>());
          if (was.isEmpty() || !was.getLast().value().equals(value)) {
            was.add(new Was(value, at, byUser));
          }
          thing.properties.put(name, value);
        });
    touch(thing, at);
  }

  void set(long ticket, Instant at, String property, String value) {
    set(thing("tickets", ticket), at, true, Map.of(property, value));
  }

  synchronized void touch(Thing thing, Instant at) {
    Instant written = at.isBefore(time.instant()) && !thing.index.isEmpty() ? time.instant() : at;
    thing.modified = written;
    Duration shownAfter = lagging ? Duration.ofMinutes(thing.id * 37 % 10) : lag;
    Instant now = written.isAfter(time.instant()) ? written : time.instant();
    thing.index.add(new Indexed(now.plus(shownAfter), written.toEpochMilli()));
  }

  synchronized void associate(String from, long id, String to, long other) {
    associations.computeIfAbsent(from + " " + to + " " + id, _ -> new ArrayList<>()).add(other);
  }

  synchronized void delete(long ticket, Instant at) {
    thing("tickets", ticket).archived = Optional.of(at);
  }

  synchronized void restore(long ticket, Instant at) {
    Thing thing = thing("tickets", ticket);
    thing.archived = Optional.empty();
    touch(thing, at);
  }

  /** The survivor names what was merged into it, what was merged into that included. */
  synchronized void merge(long ticket, long into, Instant at) {
    Thing gone = thing("tickets", ticket);
    Thing survivor = thing("tickets", into);
    gone.merged = true;
    String before = survivor.properties.getOrDefault("hs_merged_object_ids", "");
    String inherited = gone.properties.getOrDefault("hs_merged_object_ids", "");
    List<String> ids = new ArrayList<>(List.of(before, String.valueOf(ticket), inherited));
    ids.removeIf(String::isEmpty);
    set(survivor, at, true, Map.of("hs_merged_object_ids", String.join(";", ids)));
  }

  long rate(long ticket, Instant at, String type, String value) {
    long id = FIRST_FEEDBACK + ticket;
    Map<String, String> properties = new TreeMap<>();
    properties.put("hs_survey_type", type);
    properties.put("hs_survey_id", "44");
    properties.put("hs_survey_name", "After a ticket");
    properties.put("hs_value", value);
    properties.put("hs_submission_timestamp", at.toString());
    if (things.get("feedback_submissions").containsKey(id)) {
      set(thing("feedback_submissions", id), at, false, properties);
    } else {
      create("feedback_submissions", id, at, properties);
      associate("feedback_submissions", id, "tickets", ticket);
    }
    return id;
  }

  public void play(Act act) {
    switch (act) {
      case Act.Created it -> {
        Map<String, String> properties = new TreeMap<>();
        properties.put("source_type", source(it.channel()));
        properties.put("hubspot_team_id", String.valueOf(FIRST_TEAM + it.team()));
        priority(it.priority()).ifPresent(word -> properties.put("hs_ticket_priority", word));
        createTicket(it.ticket(), it.at(), properties);
        say(it.ticket(), it.at(), "MESSAGE", "INCOMING", "V-1");
        associate("tickets", it.ticket(), "contacts", FIRST_CUSTOMER + it.customer());
        it.organization()
            .ifPresent(
                company -> associate("tickets", it.ticket(), "companies", FIRST_COMPANY + company));
      }
      case Act.Replied it -> reply(it);
      case Act.Noted it -> {
        say(it.ticket(), it.at(), "COMMENT", "", "A-" + (FIRST_USER + it.agent()));
        touch(thing("tickets", it.ticket()), it.at());
      }
      case Act.StatusSet it -> set(it.ticket(), it.at(), "hs_pipeline_stage", stageOf(it.to()));
      case Act.Assigned it ->
          set(
              it.ticket(),
              it.at(),
              "hubspot_owner_id",
              it.agent().map(agent -> String.valueOf(FIRST_OWNER + agent)).orElse(""));
      case Act.MovedTo it ->
          set(it.ticket(), it.at(), "hubspot_team_id", String.valueOf(FIRST_TEAM + it.team()));
      case Act.PrioritySet it ->
          set(it.ticket(), it.at(), "hs_ticket_priority", priority(it.to()).orElse(""));
      case Act.Deleted it -> delete(it.ticket(), it.at());
      case Act.Restored it -> restore(it.ticket(), it.at());
      case Act.MergedInto it -> {
        Thing other = thing("tickets", it.other());
        if (!other.merged && other.archived.isEmpty()) {
          merge(it.ticket(), it.other(), it.at());
        }
      }
      case Act.Rated it -> rate(it.ticket(), it.at(), "CSAT", it.good() ? "5" : "1");
      case Act.MarkedSpam _, Act.TimeSpent _ -> {
        // Tickets have neither.
      }
    }
  }

  /** Some accounts keep the time of the first reply, others how long it took. */
  private void reply(Act.Replied it) {
    switch (it.by()) {
      case CUSTOMER -> say(it.ticket(), it.at(), "MESSAGE", "INCOMING", "V-1");
      case AGENT ->
          say(it.ticket(), it.at(), "MESSAGE", "OUTGOING", "A-" + (FIRST_USER + it.agent()));
      case BOT -> say(it.ticket(), it.at(), "MESSAGE", "OUTGOING", "B-7");
      case SYSTEM -> say(it.ticket(), it.at(), "WELCOME_MESSAGE", "OUTGOING", "S-hubspot");
    }
    Thing ticket = thing("tickets", it.ticket());
    boolean answered =
        ticket.properties.containsKey("first_agent_reply_date")
            || ticket.properties.containsKey("time_to_first_agent_reply");
    if (it.by() != Actor.AGENT || answered) {
      touch(ticket, it.at());
    } else if (ticket.id % 2 == 0) {
      set(ticket, it.at(), true, Map.of("first_agent_reply_date", it.at().toString()));
    } else {
      long millis = Duration.between(ticket.created, it.at()).toMillis();
      set(ticket, it.at(), true, Map.of("time_to_first_agent_reply", String.valueOf(millis)));
    }
  }

  private static Optional<String> priority(Priority priority) {
    return switch (priority) {
      case URGENT, HIGH, LOW -> Optional.of(priority.name());
      case NORMAL -> Optional.of("MEDIUM");
      case NONE, OTHER -> Optional.empty();
    };
  }

  private static String source(Channel channel) {
    return switch (channel) {
      case EMAIL, CHAT, PHONE -> channel.name();
      default -> "FORM";
    };
  }

  /** A conversation of a ticket. */
  private static final class Talk {
    private final long ticket;
    private final Instant created;
    private Instant latest;
    private boolean spam;
    private final List<Map<String, Object>> messages = new ArrayList<>();

    Talk(long ticket, Instant created) {
      this.ticket = ticket;
      this.created = created;
      this.latest = created;
    }
  }

  /**
   * Somebody writes.
   *
   * @param ticket 0 where the conversation belongs to none
   */
  synchronized long say(long ticket, Instant at, String type, String direction, String actor) {
    Talk talk = talks.computeIfAbsent(FIRST_TALK + ticket, _ -> new Talk(ticket, at));
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", "m" + ticket + "-" + talk.messages.size());
    message.put("type", type);
    message.put("createdAt", at.toString());
    if (!direction.isEmpty()) {
      message.put("direction", direction);
    }
    message.put("senders", List.of(Map.of("actorId", actor, "name", "Nobody's business")));
    message.put("text", "nobody's business");
    talk.messages.add(message);
    Instant written = at.isBefore(time.instant()) ? time.instant() : at;
    talk.latest = written.isAfter(talk.latest) ? written : talk.latest;
    return FIRST_TALK + ticket;
  }

  void markSpam(long talk) {
    talks.get(talk).spam = true;
  }

  private Told threads(Asked asked) {
    Optional<String> since = asked.parameter("latestMessageTimestampAfter");
    if (since.isEmpty() || !asked.parameter("sort").equals(Optional.of("latestMessageTimestamp"))) {
      return error(400, "VALIDATION_ERROR");
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    talks.entrySet().stream()
        .filter(each -> each.getValue().latest.isAfter(Instant.parse(since.get())))
        .sorted(Comparator.comparing(each -> each.getValue().latest))
        .forEach(each -> rows.add(thread(each.getKey(), each.getValue())));
    return Told.json(page(rows, asked));
  }

  private static Map<String, Object> thread(long id, Talk talk) {
    Map<String, Object> thread = new LinkedHashMap<>();
    thread.put("id", String.valueOf(id));
    thread.put("createdAt", talk.created.toString());
    thread.put("latestMessageTimestamp", talk.latest.toString());
    thread.put("spam", talk.spam);
    if (talk.ticket != 0) {
      thread.put("threadAssociations", Map.of("associatedTicketId", String.valueOf(talk.ticket)));
    }
    return thread;
  }

  private Told messages(Asked asked) {
    Talk talk = talks.get(Long.parseLong(asked.path().split("/")[5]));
    return talk == null
        ? error(404, "OBJECT_NOT_FOUND")
        : Told.json(page(talk.messages.reversed(), asked));
  }

  private Map<String, Object> page(List<Map<String, Object>> rows, Asked asked) {
    int limit = Math.min(asked.number("limit", 100), mostMessages);
    int after = asked.number("after", 0);
    int end = Math.min(rows.size(), after + limit);
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("results", rows.subList(Math.min(after, end), end));
    if (end < rows.size()) {
      told.put("paging", paging(String.valueOf(end)));
    }
    return told;
  }

  // ---- what is asked

  @Override
  protected Told answer(Asked asked) {
    if (!asked.header("Authorization").equals(Optional.of("Bearer " + TOKEN))) {
      return error(401, "INVALID_AUTHENTICATION");
    }
    Integer status = refused.get(asked.path());
    if (status != null) {
      return status == 403 ? missingScope() : error(status, "VALIDATION_ERROR");
    }
    boolean search = asked.path().endsWith("/search");
    if (search && charge("search", 5, Duration.ofSeconds(1)) < 0) {
      return tooMany("SECONDLY");
    }
    int left = charge("burst", burst, Duration.ofSeconds(10));
    if (left < 0) {
      return tooMany("TEN_SECONDLY_ROLLING");
    }
    int leftToday = charge("day", daily, Duration.ofDays(1)) - others;
    if (leftToday < 0) {
      return tooMany("DAILY");
    }
    Told told = told(asked);
    return search
        ? told
        : told.with("X-HubSpot-RateLimit-Interval-Milliseconds", 10_000)
            .with("X-HubSpot-RateLimit-Max", burst)
            .with("X-HubSpot-RateLimit-Remaining", left)
            .with("X-HubSpot-RateLimit-Daily", daily)
            .with("X-HubSpot-RateLimit-Daily-Remaining", leftToday);
  }

  private Told told(Asked asked) {
    String[] path = asked.path().substring(1).split("/");
    String route = asked.method() + " " + String.join("/", path);
    return switch (route) {
      case "GET account-info/v3/details" ->
          Told.json(Map.of("portalId", 12_345_678, "timeZone", zone, "companyCurrency", "EUR"));
      case "GET crm/v3/pipelines/tickets" ->
          Told.json(
              Map.of(
                  "results",
                  List.of(Map.of("id", PIPELINE, "label", "Support Pipeline", "stages", stages))));
      case "GET crm/v3/properties/tickets", "GET crm/v3/properties/companies" -> properties();
      case "GET crm/v3/owners" -> owners();
      case "GET conversations/v3/conversations/threads" -> threads(asked);
      case "GET crm/v3/objects/tickets" -> archived(asked);
      default -> {
        boolean posted = asked.method().equals("POST");
        if (posted && route.matches("POST crm/v3/objects/[a-z_]+/search")) {
          yield search(path[3], asked.json());
        }
        if (posted && route.matches("POST crm/v3/objects/[a-z_]+/batch/read")) {
          yield read(path[3], asked.json());
        }
        if (posted && route.matches("POST crm/v4/associations/[a-z_]+/[a-z_]+/batch/read")) {
          yield associated(path[3], path[4], asked.json());
        }
        if (route.matches("GET conversations/v3/conversations/threads/\\d+/messages")) {
          yield messages(asked);
        }
        yield unknown(asked);
      }
    };
  }

  private static Told tooMany(String policy) {
    return Told.json(
        429,
        Map.of(
            "status", "error",
            "message", "You have reached your limit.",
            "errorType", "RATE_LIMIT",
            "policyName", policy));
  }

  static Told error(int status, String category) {
    return Told.json(
        status,
        Map.of("status", "error", "message", "no words of customers", "category", category));
  }

  private static Told missingScope() {
    return Told.json(
        403,
        Map.of(
            "status",
            "error",
            "category",
            "MISSING_SCOPES",
            "context",
            Map.of("requiredGranularScopes", List.of("crm.objects.simulated.read"))));
  }

  @Override
  protected Told struck(Fault fault, Asked asked) {
    return switch (fault) {
      case TOO_MANY -> tooMany("TEN_SECONDLY_ROLLING").with("Retry-After", 7);
      case TOO_MANY_WITHOUT_A_WORD -> tooMany("SECONDLY");
      case REFUSED -> error(401, "EXPIRED_AUTHENTICATION");
      default -> super.struck(fault, asked);
    };
  }

  // ---- the search

  private Told search(String type, JsonNode question) {
    Map<Long, Thing> all = things.get(type);
    int limit = question.path("limit").asInt(10);
    int after = Integer.parseInt(question.path("after").asString("0"));
    if (all == null || limit > MOST_ROWS || after + limit > SEARCH_END) {
      return error(400, "VALIDATION_ERROR");
    }
    Predicate<Thing> wanted = thing -> thing.archived.isEmpty() && !thing.merged;
    for (JsonNode group : question.path("filterGroups")) {
      for (JsonNode filter : group.path("filters")) {
        if (!filter.path("value").isString() || filter.path("value").asString().equals("")) {
          return error(400, "VALIDATION_ERROR");
        }
        long value = Long.parseLong(filter.path("value").asString());
        ToLongFunction<Thing> property = numeric(filter.path("propertyName").asString());
        wanted =
            wanted.and(
                switch (filter.path("operator").asString()) {
                  case "GTE" -> thing -> property.applyAsLong(thing) >= value;
                  case "GT" -> thing -> property.applyAsLong(thing) > value;
                  case "EQ" -> thing -> property.applyAsLong(thing) == value;
                  default -> throw new IllegalArgumentException(filter.toString());
                });
      }
    }
    JsonNode sort = question.path("sorts").get(0);
    ToLongFunction<Thing> sorted = numeric(sort.path("propertyName").asString());
    List<Thing> found = new ArrayList<>();
    for (Thing thing : all.values()) {
      if (indexed(thing) != Long.MIN_VALUE && (ignoresFilters || wanted.test(thing))) {
        found.add(thing);
      }
    }
    // Of equal times, no order is promised.
    Collections.reverse(found);
    Comparator<Thing> order = Comparator.comparingLong(sorted);
    found.sort(sort.path("direction").asString().equals("DESCENDING") ? order.reversed() : order);
    List<Map<String, Object>> rows = new ArrayList<>();
    int end = Math.min(found.size(), after + limit);
    for (Thing thing : found.subList(Math.min(after, end), end)) {
      Map<String, Object> row = row(thing, names(question.path("properties")), List.of());
      long modified = indexed(thing);
      row.put("updatedAt", Instant.ofEpochMilli(modified).toString());
      row.put("properties", incomplete(row.get("properties"), modified));
      rows.add(row);
    }
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("total", found.size());
    told.put("results", untidy(rows));
    if (end < found.size()) {
      told.put("paging", paging(String.valueOf(end)));
    }
    return Told.json(told);
  }

  /** The search knows an older time, and not what is computed. */
  private static Map<String, Object> incomplete(Object properties, long modified) {
    Map<String, Object> told = new TreeMap<>();
    ((Map<?, ?>) properties).forEach((name, value) -> told.put(String.valueOf(name), value));
    told.put("hs_lastmodifieddate", Instant.ofEpochMilli(modified).toString());
    told.computeIfPresent("first_agent_reply_date", (_, _) -> null);
    return told;
  }

  private ToLongFunction<Thing> numeric(String property) {
    return switch (property) {
      case "hs_lastmodifieddate" -> this::indexed;
      case "hs_object_id" -> thing -> thing.id;
      default -> throw new IllegalArgumentException(property);
    };
  }

  /** What the search takes for the time of the last change; the least where it shows nothing. */
  private long indexed(Thing thing) {
    long shown = Long.MIN_VALUE;
    for (Indexed each : thing.index) {
      if (!each.from().isAfter(time.instant())) {
        shown = each.modified();
      }
    }
    return shown;
  }

  private static Map<String, Object> paging(String after) {
    return Map.of(
        "next", Map.of("after", after, "link", "https://elsewhere.invalid/?after=" + after));
  }

  // ---- objects

  private Told read(String type, JsonNode question) {
    Map<Long, Thing> all = things.getOrDefault(type, Map.of());
    List<String> history = names(question.path("propertiesWithHistory"));
    JsonNode inputs = question.path("inputs");
    if (inputs.isEmpty() || inputs.size() > (history.isEmpty() ? BATCH : BATCH_WITH_HISTORY)) {
      return error(400, "VALIDATION_ERROR");
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    for (JsonNode input : inputs) {
      Thing thing = all.get(Long.parseLong(input.path("id").asString()));
      if (thing != null && thing.archived.isEmpty() && !thing.merged) {
        rows.add(row(thing, names(question.path("properties")), history));
      }
    }
    int missing = inputs.size() - rows.size();
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("status", "COMPLETE");
    told.put("results", untidy(rows));
    if (missing > 0) {
      told.put("numErrors", missing);
      told.put("errors", List.of(Map.of("status", "error", "category", "OBJECT_NOT_FOUND")));
    }
    return Told.json(missing > 0 ? 207 : 200, told);
  }

  private Told archived(Asked asked) {
    int limit = asked.number("limit", 10);
    List<String> history = texts(asked.parameter("propertiesWithHistory"));
    if (limit > (history.isEmpty() ? BATCH : BATCH_WITH_HISTORY)
        || !asked.parameter("archived").equals(Optional.of("true"))) {
      return error(400, "VALIDATION_ERROR");
    }
    long after = Long.parseLong(asked.parameter("after").orElse("0"));
    List<Thing> rest =
        things.get("tickets").values().stream()
            .filter(thing -> thing.archived.isPresent() && thing.id >= after)
            .toList();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Thing thing : rest.subList(0, Math.min(limit, rest.size()))) {
      rows.add(row(thing, texts(asked.parameter("properties")), history));
    }
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("results", rows);
    if (rest.size() > limit) {
      told.put("paging", paging(String.valueOf(rest.get(limit).id)));
    }
    return Told.json(told);
  }

  private static Map<String, Object> row(Thing thing, List<String> names, List<String> history) {
    Map<String, Object> properties = new TreeMap<>();
    for (String name : names) {
      String value = thing.properties.getOrDefault(name, "");
      properties.put(name, value.isEmpty() ? null : value);
    }
    properties.put("createdate", thing.created.toString());
    properties.put("hs_lastmodifieddate", thing.modified.toString());
    properties.put("hs_object_id", String.valueOf(thing.id));
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", String.valueOf(thing.id));
    row.put("properties", properties);
    if (!history.isEmpty()) {
      Map<String, Object> was = new TreeMap<>();
      for (String name : history) {
        was.put(name, history(thing.history.getOrDefault(name, List.of())));
      }
      row.put("propertiesWithHistory", was);
    }
    row.put("createdAt", thing.created.toString());
    row.put("updatedAt", thing.modified.toString());
    row.put("archived", thing.archived.isPresent());
    thing.archived.ifPresent(at -> row.put("archivedAt", at.toString()));
    return row;
  }

  /** The newest first, and no more than some. */
  private static List<Map<String, Object>> history(List<Was> all) {
    List<Map<String, Object>> told = new ArrayList<>();
    for (Was was : all.reversed()) {
      if (told.size() < HISTORY_KEPT) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("value", was.value());
        entry.put("timestamp", was.at().toString());
        entry.put("sourceType", was.byUser() ? "CRM_UI" : "AUTOMATION_PLATFORM");
        if (was.byUser()) {
          entry.put("updatedByUserId", 77);
        }
        told.add(entry);
      }
    }
    return told;
  }

  private Told associated(String from, String to, JsonNode question) {
    JsonNode inputs = question.path("inputs");
    if (inputs.isEmpty() || inputs.size() > MOST_ASSOCIATIONS) {
      return error(400, "VALIDATION_ERROR");
    }
    List<Map<String, Object>> results = new ArrayList<>();
    for (JsonNode input : inputs) {
      String id = input.path("id").asString();
      List<Map<String, Object>> others = new ArrayList<>();
      for (long other : associations.getOrDefault(from + " " + to + " " + id, List.of())) {
        others.add(association(other, others.isEmpty() && primaryIsLabelled));
      }
      if (!others.isEmpty()) {
        results.add(Map.of("from", Map.of("id", id), "to", untidy(others)));
      }
    }
    int missing = inputs.size() - results.size();
    return Told.json(
        missing > 0 ? 207 : 200,
        Map.of(
            "status",
            "COMPLETE",
            "results",
            untidy(results),
            "errors",
            Collections.nCopies(Math.min(1, missing), Map.of("category", "OBJECT_NOT_FOUND")),
            "numErrors",
            missing));
  }

  private static Map<String, Object> association(long other, boolean primary) {
    Map<String, Object> unlabelled = new TreeMap<>();
    unlabelled.put("category", "HUBSPOT_DEFINED");
    unlabelled.put("typeId", 279);
    unlabelled.put("label", null);
    List<Object> types = new ArrayList<>();
    if (primary) {
      types.add(Map.of("category", "HUBSPOT_DEFINED", "typeId", 1, "label", "Primary"));
    }
    types.add(unlabelled);
    return Map.of("toObjectId", other, "associationTypes", types);
  }

  // ---- what is known for a while

  private static Told properties() {
    return Told.json(
        Map.of(
            "results",
            List.of(
                Map.of(
                    "name",
                    "hs_time_to_close_sla_status",
                    "options",
                    List.of(
                        Map.of("value", "3", "label", "Completed on time"),
                        Map.of("value", "4", "label", "Completed late"))),
                Map.of("name", "product", "options", List.of()))));
  }

  private static Told owners() {
    List<Map<String, Object>> owners = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      owners.add(
          Map.of(
              "id",
              String.valueOf(FIRST_OWNER + i),
              "userId",
              FIRST_USER + i,
              "teams",
              List.of(Map.of("id", String.valueOf(FIRST_TEAM + i % 3), "name", "Team " + i % 3))));
    }
    return Told.json(Map.of("results", owners));
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(each -> names.add(each.asString()));
    return names;
  }

  private static List<String> texts(Optional<String> list) {
    return list.filter(it -> !it.isEmpty()).map(it -> List.of(it.split(","))).orElse(List.of());
  }
}
