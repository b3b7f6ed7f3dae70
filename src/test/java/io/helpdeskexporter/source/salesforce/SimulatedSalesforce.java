package io.helpdeskexporter.source.salesforce;

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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Salesforce as its manual tells it: access tokens that end, descriptions of objects, queries whose
 * pages end where they like, a recycle bin, the day's requests. Rows can be seen some time after
 * the time that they carry.
 */
public final class SimulatedSalesforce extends SimulatedApi {
  public static final String CLIENT = "the-client-id";
  public static final String SECRET = "the-client-secret";
  static final String BOT = id("005", 90);
  static final String ROBOT = id("005", 91);
  static final String PORTAL = id("005", 80);
  static final Duration PROMISED = Duration.ofHours(1);

  private static final Duration SESSION = Duration.ofHours(2);

  /** As many as one question may take through other faults. */
  private static final int REQUESTS_A_SESSION = 12;

  private static final Duration DAY = Duration.ofDays(1);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Rows by object and id. */
  final Map<String, Map<String, Map<String, Object>>> objects = new HashMap<>();

  /** Fields that the user may read, by object. */
  final Map<String, Set<String>> schema = new HashMap<>();

  /** Every query that no fault struck. */
  final List<String> queries = new ArrayList<>();

  final List<Map<String, String>> logins = new ArrayList<>();

  /** What is refused, by the code and the status of the error. */
  final Map<String, Told> refused = new HashMap<>();

  private final Map<String, Instant> tokens = new HashMap<>();
  private final Map<String, Instant> erased = new TreeMap<>();
  String instanceUrl;
  Optional<Told> loginRefused = Optional.empty();
  int dailyLimit = 15_000;
  int rowsPerPage = 2000;
  int childrenPerRow = 200;
  boolean seenLate;
  private int sessionLasts;
  private long lastId = 100;
  private int lastToken;

  public SimulatedSalesforce(SimulatedTime time) {
    super(time);
    instanceUrl = url();
    define(
        "Case",
        "Id,CaseNumber,Subject,Status,Priority,Origin,Type,Reason,IsClosed,IsEscalated,OwnerId,"
            + "AccountId,ContactId,CreatedDate,ClosedDate,CreatedById,SystemModstamp,IsDeleted,"
            + "MasterRecordId,IsStopped,RecordTypeId,CSAT_Score__c,CSAT_Date__c,Team__c,Area__c");
    define(
        "CaseHistory",
        "Id,CaseId,Field,OldValue,NewValue,DataType,CreatedDate,CreatedById,IsDeleted");
    define(
        "EmailMessage",
        "Id,ParentId,Incoming,Status,MessageDate,CreatedDate,CreatedById,SystemModstamp,IsDeleted");
    define(
        "CaseComment",
        "Id,ParentId,IsPublished,CommentBody,CreatedDate,CreatedById,SystemModstamp,IsDeleted");
    define(
        "CaseMilestone",
        "Id,CaseId,MilestoneTypeId,StartDate,TargetDate,CompletionDate,IsCompleted,IsViolated,"
            + "SystemModstamp,IsDeleted");
    define("CaseStatus", "Id,ApiName,MasterLabel,IsClosed,IsDefault,SortOrder");
    define("Group", "Id,Name,Type");
    define("Account", "Id,Name,SystemModstamp,IsDeleted,Since__c,Lost__c,Monthly__c");
    define(
        "Opportunity",
        "Id,AccountId,Type,Amount,IsClosed,IsWon,CloseDate,CreatedDate,SystemModstamp,IsDeleted");
    for (int i = 0; i < 3; i++) {
      queue(i, "Queue " + i);
    }
    for (String status : List.of("New", "Working", "Waiting on Customer", "On Hold", "Solved")) {
      status(status, status, false);
    }
    status("Closed", "Geschlossen", true);
  }

  // ---- what happens in it

  static String id(String prefix, long number) {
    return Ids.whole(prefix + String.format(Locale.ROOT, "be%010d", number));
  }

  static String agent(int number) {
    return id("005", number);
  }

  static String queueId(int number) {
    return id("00G", number);
  }

  static String caseId(long number) {
    return id("500", number);
  }

  void define(String type, String fields) {
    schema.put(type, new HashSet<>(List.of(fields.split(","))));
    objects.put(type, new LinkedHashMap<>());
  }

  void queue(int number, String name) {
    put("Group", new HashMap<>(Map.of("Id", queueId(number), "Name", name, "Type", "Queue")));
  }

  void status(String name, String label, boolean closed) {
    Map<String, Object> row = new HashMap<>();
    row.put("Id", id("01J", ++lastId));
    row.put("ApiName", name);
    row.put("MasterLabel", label);
    row.put("IsClosed", closed);
    put("CaseStatus", row);
  }

  Map<String, Object> put(String type, Map<String, Object> row) {
    objects.get(type).put(row.get("Id").toString(), row);
    return row;
  }

  Map<String, Object> row(String type, String id) {
    return objects.get(type).get(id);
  }

  Map<String, Object> ticket(long number) {
    return row("Case", caseId(number));
  }

  /** It carries the time at which it is written, whatever times are in it. */
  void touch(Map<String, Object> row, Instant at) {
    Instant written = at.isAfter(time.instant()) ? at : time.instant();
    row.put("SystemModstamp", written.truncatedTo(ChronoUnit.SECONDS));
  }

  Map<String, Object> create(long number, Instant at, Map<String, Object> fields) {
    Map<String, Object> row = new HashMap<>();
    row.put("Id", caseId(number));
    row.put("Subject", "a customer's words");
    row.put("Status", "New");
    row.put("Origin", "Email");
    row.put("IsClosed", false);
    row.put("IsDeleted", false);
    row.put("IsStopped", false);
    row.put("OwnerId", queueId(0));
    row.put("CreatedDate", at);
    row.put("CreatedById", ROBOT);
    row.putAll(fields);
    touch(row, at);
    put("Case", row);
    history(number, at, "created", null, null, ROBOT);
    return row;
  }

  Map<String, Object> history(
      long number, Instant at, String field, Object from, Object to, String by) {
    Map<String, Object> row = new HashMap<>();
    row.put("Id", id("017", ++lastId));
    row.put("CaseId", caseId(number));
    row.put("Field", field);
    row.put("OldValue", from);
    row.put("NewValue", to);
    row.put("CreatedDate", at);
    row.put("CreatedById", by);
    return put("CaseHistory", row);
  }

  void change(long number, Instant at, String field, Object to, String by) {
    Map<String, Object> row = ticket(number);
    Object from = row.put(field, to);
    touch(row, at);
    history(number, at, field, from, to, by);
  }

  void status(long number, Instant at, String to, String by) {
    change(number, at, "Status", to, by);
    boolean closed =
        objects.get("CaseStatus").values().stream()
            .anyMatch(row -> row.get("ApiName").equals(to) && row.get("IsClosed").equals(true));
    ticket(number).put("IsClosed", closed);
    ticket(number).put("ClosedDate", closed ? at : null);
  }

  /** Written twice: by names and by ids. */
  void own(long number, Instant at, String owner, String by) {
    Map<String, Object> row = ticket(number);
    String from = row.put("OwnerId", owner).toString();
    touch(row, at);
    history(number, at, "Owner", "Somebody", "Somebody else", by);
    history(number, at, "Owner", from, owner, by);
  }

  Map<String, Object> email(long number, Instant at, boolean incoming, String by) {
    Map<String, Object> row = new HashMap<>();
    row.put("Id", id("02s", ++lastId));
    row.put("ParentId", caseId(number));
    row.put("Incoming", incoming);
    row.put("Status", incoming ? "0" : "3");
    row.put("MessageDate", at);
    row.put("CreatedDate", at);
    row.put("CreatedById", by);
    row.put("IsDeleted", false);
    touch(row, at);
    return put("EmailMessage", row);
  }

  Map<String, Object> comment(long number, Instant at, boolean published, String by) {
    Map<String, Object> row = new HashMap<>();
    row.put("Id", id("00a", ++lastId));
    row.put("ParentId", caseId(number));
    row.put("IsPublished", published);
    row.put("CommentBody", "somebody's words");
    row.put("CreatedDate", at);
    row.put("CreatedById", by);
    row.put("IsDeleted", false);
    touch(row, at);
    return put("CaseComment", row);
  }

  Map<String, Object> milestone(long number, String type, Instant at, Instant target) {
    Map<String, Object> row = new HashMap<>();
    row.put("Id", id("555", ++lastId));
    row.put("CaseId", caseId(number));
    row.put("MilestoneType.Name", type);
    row.put("StartDate", at);
    row.put("TargetDate", target);
    row.put("CompletionDate", null);
    row.put("IsCompleted", false);
    row.put("IsViolated", false);
    row.put("IsDeleted", false);
    touch(row, at);
    return put("CaseMilestone", row);
  }

  void complete(long number, String type, Instant at) {
    for (Map<String, Object> row : objects.get("CaseMilestone").values()) {
      if (row.get("CaseId").equals(caseId(number))
          && row.get("MilestoneType.Name").equals(type)
          && row.get("IsCompleted").equals(false)) {
        row.put("IsCompleted", true);
        row.put("CompletionDate", at);
        row.put("IsViolated", at.isAfter((Instant) row.get("TargetDate")));
        touch(row, at);
      }
    }
  }

  void delete(long number, Instant at) {
    ticket(number).put("IsDeleted", true);
    touch(ticket(number), at);
    erased.put(caseId(number), at);
  }

  void restore(long number, Instant at) {
    ticket(number).put("IsDeleted", false);
    touch(ticket(number), at);
    erased.remove(caseId(number));
  }

  /** Past the recycle bin, or out of it. */
  void erase(long number, Instant at) {
    objects.get("Case").remove(caseId(number));
    erased.put(caseId(number), at);
  }

  void merge(long number, Instant at, long other) {
    delete(number, at);
    ticket(number).put("MasterRecordId", caseId(other));
  }

  /** As when somebody ends all sessions. */
  void endSessions() {
    tokens.clear();
  }

  // ---- a year

  public void play(Act act) {
    Instant at = act.at();
    long number = act.ticket();
    switch (act) {
      case Act.Created it -> {
        Map<String, Object> fields = new HashMap<>();
        fields.put("Origin", it.by() == Actor.AGENT ? "Outbound" : origin(it.channel()));
        fields.put("Priority", word(it.priority()));
        fields.put("OwnerId", queueId(it.team()));
        fields.put("ContactId", id("003", it.customer()));
        it.organization().ifPresent(account -> fields.put("AccountId", id("001", account)));
        create(number, at, fields);
        if (it.channel() == Channel.EMAIL) {
          email(number, at, true, ROBOT);
        }
        milestone(number, "First Response", at, at.plus(PROMISED));
        milestone(number, "Resolution Time", at, at.plus(Duration.ofDays(2)));
      }
      case Act.Replied it -> replied(it);
      case Act.Noted it -> comment(number, at, false, agent(it.agent()));
      case Act.StatusSet it -> {
        status(number, at, word(it.to()), agent(it.agent()));
        if (!it.to().isUnsolved()) {
          complete(number, "Resolution Time", at);
        }
      }
      case Act.Assigned it ->
          own(number, at, it.agent().map(SimulatedSalesforce::agent).orElse(queueId(0)), agent(0));
      case Act.MovedTo it -> own(number, at, queueId(it.team()), agent(0));
      case Act.PrioritySet it -> change(number, at, "Priority", word(it.to()), agent(0));
      case Act.Deleted it -> delete(number, at);
      case Act.Restored it -> restore(number, at);
      case Act.MarkedSpam it -> delete(number, at);
      case Act.MergedInto it -> merge(number, at, it.other());
      case Act.Rated it -> {
        ticket(number).put("CSAT_Score__c", it.good() ? "5" : "1");
        ticket(number).put("CSAT_Date__c", at);
        touch(ticket(number), at);
      }
      case Act.TimeSpent it -> {
        // Nothing of a case tells it.
      }
    }
  }

  private void replied(Act.Replied it) {
    long number = it.ticket();
    switch (it.by()) {
      case CUSTOMER -> email(number, it.at(), true, ROBOT);
      case AGENT -> {
        email(number, it.at(), false, agent(it.agent()));
        complete(number, "First Response", it.at());
      }
      case BOT, SYSTEM -> comment(number, it.at(), true, BOT);
    }
  }

  static String word(Status status) {
    return switch (status) {
      case NEW -> "New";
      case OPEN -> "Working";
      case PENDING -> "Waiting on Customer";
      case ON_HOLD -> "On Hold";
      case SOLVED -> "Solved";
      case CLOSED -> "Closed";
    };
  }

  private static Object word(Priority priority) {
    return switch (priority) {
      case URGENT -> "Critical";
      case HIGH -> "High";
      case NORMAL -> "Medium";
      case LOW -> "Low";
      case NONE, OTHER -> null;
    };
  }

  private static String origin(Channel channel) {
    return switch (channel) {
      case EMAIL -> "Email";
      case CHAT -> "Chat";
      case PHONE -> "Phone";
      case WEB, SOCIAL, API, MESSAGING, OUTBOUND, BOT, OTHER -> "Web";
    };
  }

  // ---- what it answers

  @Override
  protected String endpoint(Asked asked) {
    return asked
        .parameter("q")
        .map(soql -> "query " + soql.replaceFirst(".*\\) FROM |.*? FROM ", "").split(" ")[0])
        .orElse(asked.path().replaceFirst("/services/(data/v[0-9.]+|oauth2)/", ""));
  }

  /** A session that was begun anew does not end at once; a login is refused otherwise. */
  @Override
  protected Told struck(Fault fault, Asked asked) {
    return switch (fault) {
      case REFUSED -> {
        if (requestCount() < sessionLasts || asked.path().endsWith("/token")) {
          yield answer(asked);
        }
        sessionLasts = requestCount() + REQUESTS_A_SESSION;
        yield sessionEnded();
      }
      case INTERNAL_ERROR, TOO_MANY -> error(500, "QUERY_TIMEOUT", "took too long");
      default -> super.struck(fault, asked);
    };
  }

  @Override
  protected Told answer(Asked asked) {
    if (asked.path().equals("/services/oauth2/token")) {
      return token(asked);
    }
    String given = asked.header("Authorization").orElse("").replaceFirst("Bearer ", "");
    Instant until = tokens.getOrDefault(given, Instant.MIN);
    if (!now().isBefore(until)) {
      return sessionEnded();
    }
    int left = charge("daily", dailyLimit, DAY);
    String usage = "api-usage=%d/%d".formatted(dailyLimit - Math.max(0, left), dailyLimit);
    Told told =
        left < 0
            ? error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
            : data(asked);
    return told.with("Sforce-Limit-Info", usage);
  }

  private static Told sessionEnded() {
    return error(401, "INVALID_SESSION_ID", "Session expired or invalid");
  }

  static Told error(int status, String code, String message) {
    return Told.json(status, List.of(Map.of("message", message, "errorCode", code)));
  }

  private Told token(Asked asked) {
    Map<String, String> form = new HashMap<>();
    for (String field : asked.body().split("&")) {
      String[] parts = field.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    logins.add(form);
    if (asked.header("Authorization").isPresent()) {
      return unknown(asked);
    }
    if (loginRefused.isPresent()) {
      return loginRefused.get();
    }
    boolean secret =
        CLIENT.equals(form.get("client_id")) && SECRET.equals(form.get("client_secret"));
    if (!secret && !form.containsKey("assertion")) {
      return Told.json(
          400,
          Map.of("error", "invalid_client", "error_description", "invalid client credentials"));
    }
    String token = "00D!" + ++lastToken;
    tokens.put(token, now().plus(SESSION));
    return Told.json(
        Map.of(
            "access_token",
            token,
            "instance_url",
            instanceUrl,
            "token_type",
            "Bearer",
            "scope",
            "api"));
  }

  private Told data(Asked asked) {
    String path = asked.path().replaceFirst("^/services/data/v62\\.0/", "");
    if (refused.containsKey(path)) {
      return refused.get(path);
    }
    if (path.matches("sobjects/\\w+/describe")) {
      return describe(path.split("/")[1]);
    }
    return switch (path) {
      case "query" -> query(asked.parameter("q").orElse(""), false);
      case "queryAll" -> query(asked.parameter("q").orElse(""), true);
      case "sobjects/Case/deleted" -> deleted(asked);
      default -> unknown(asked);
    };
  }

  private Told describe(String type) {
    Set<String> fields = schema.get(type);
    if (fields == null) {
      return error(404, "NOT_FOUND", "The requested resource does not exist");
    }
    return Told.json(
        Map.of("name", type, "fields", fields.stream().map(it -> Map.of("name", it)).toList()));
  }

  private Told deleted(Asked asked) {
    Instant start = time(asked.parameter("start").orElseThrow());
    Instant end = time(asked.parameter("end").orElseThrow());
    if (start.isBefore(now().minus(Duration.ofDays(30)))) {
      return error(400, "INVALID_REPLICATION_DATE", "startDate before org replication enabled");
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    erased.forEach(
        (id, at) -> {
          if (!at.isBefore(start) && at.isBefore(end)) {
            rows.add(Map.of("id", id, "deletedDate", TIME.format(at)));
          }
        });
    return Told.json(Map.of("deletedRecords", untidy(rows), "latestDateCovered", TIME.format(end)));
  }

  private static Instant time(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  private Told query(String soql, boolean all) {
    queries.add(soql);
    SoqlQuery query;
    try {
      query = SoqlQuery.of(soql);
    } catch (SoqlQuery.Malformed e) {
      return error(400, "MALFORMED_QUERY", "unexpected token: " + e.getMessage());
    }
    if (!schema.containsKey(query.type())) {
      return error(
          400, "INVALID_TYPE", "sObject type '%s' is not supported".formatted(query.type()));
    }
    Optional<String> unreadable = unreadable(query.type(), query.named());
    Optional<String> unreadableChild =
        query.children().flatMap(it -> unreadable("CaseMilestone", it.named()));
    if (unreadable.or(() -> unreadableChild).isPresent()) {
      return error(400, "INVALID_FIELD", "No such column on sobject");
    }
    List<Map<String, Object>> rows =
        objects.get(query.type()).values().stream()
            .filter(row -> all && !query.type().equals("CaseHistory") || isLive(query.type(), row))
            .filter(row -> isSeen(row) && query.where().test(row))
            .sorted(order(query))
            .limit(query.limit())
            .toList();
    if (query.fields().equals(List.of("COUNT()"))) {
      return Told.json(Map.of("totalSize", rows.size(), "done", true, "records", List.of()));
    }
    List<Map<String, Object>> page = rows.subList(0, Math.min(rowsPerPage, rows.size()));
    Map<String, Object> answer = new HashMap<>();
    answer.put("totalSize", rows.size());
    answer.put("done", page.size() == rows.size());
    if (page.size() < rows.size()) {
      answer.put("nextRecordsUrl", "https://elsewhere.invalid/services/data/v62.0/query/01g-2000");
    }
    answer.put("records", page.stream().map(row -> told(row, query)).toList());
    return Told.json(answer);
  }

  /** Salesforce orders by the id too, where it is told to. */
  private static Comparator<Map<String, Object>> order(SoqlQuery query) {
    Comparator<Map<String, Object>> order = (_, _) -> 0;
    for (String key : query.order()) {
      String[] parts = key.split(" ");
      Comparator<Map<String, Object>> by =
          Comparator.comparing(
              row ->
                  row.get(parts[0]) instanceof Instant at ? Soql.time(at) : "" + row.get(parts[0]));
      order = order.thenComparing(parts.length > 1 ? by.reversed() : by);
    }
    return order;
  }

  private Optional<String> unreadable(String type, List<String> fields) {
    return fields.stream()
        .filter(field -> !field.equals("COUNT()"))
        .filter(
            field -> {
              String own = field.replaceFirst("\\..*", "Id");
              return !schema.get(type).contains(own) || schema.get(type).contains("-" + field);
            })
        .findFirst();
  }

  private boolean isLive(String type, Map<String, Object> row) {
    if (type.equals("CaseHistory")) {
      Map<String, Object> parent = row("Case", row.get("CaseId").toString());
      return parent != null && !parent.get("IsDeleted").equals(true);
    }
    return !Boolean.TRUE.equals(row.get("IsDeleted"));
  }

  /** Up to four minutes after its time, as if its transaction took so long. */
  private boolean isSeen(Map<String, Object> row) {
    Object at = row.getOrDefault("SystemModstamp", row.get("CreatedDate"));
    if (!(at instanceof Instant changed)) {
      return true;
    }
    Duration late =
        seenLate ? Duration.ofSeconds(Math.floorMod(row.hashCode(), 240)) : Duration.ZERO;
    return !changed.plus(late).isAfter(time.instant());
  }

  private Map<String, Object> told(Map<String, Object> row, SoqlQuery query) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("attributes", Map.of("type", query.type(), "url", "https://elsewhere.invalid/x"));
    for (String field : query.fields()) {
      String[] steps = field.split("\\.");
      Object value = value(row, query.type(), field);
      if (steps.length == 1) {
        told.put(field, value);
      } else {
        @SuppressWarnings("unchecked")
        Map<String, Object> parent =
            (Map<String, Object>) told.computeIfAbsent(steps[0], _ -> new LinkedHashMap<>());
        parent.put(steps[1], value);
      }
    }
    query
        .children()
        .ifPresent(
            children -> {
              List<Map<String, Object>> rows =
                  objects.get("CaseMilestone").values().stream()
                      .filter(child -> child.get("CaseId").equals(row.get("Id")))
                      .filter(this::isSeen)
                      .map(child -> told(child, children))
                      .toList();
              told.put(
                  children.type(),
                  rows.isEmpty()
                      ? null
                      : Map.of(
                          "totalSize",
                          rows.size(),
                          "done",
                          rows.size() <= childrenPerRow,
                          "records",
                          rows.stream().limit(childrenPerRow).toList()));
            });
    return told;
  }

  private Object value(Map<String, Object> row, String type, String field) {
    Object value =
        switch (field) {
          case "CreatedBy.UserType" -> userType(row.get("CreatedById"));
          case "Parent.CreatedDate", "Parent.Origin" -> {
            Map<String, Object> parent =
                objects.get("Case").get(String.valueOf(row.get("ParentId")));
            yield parent == null ? null : parent.get(field.substring("Parent.".length()));
          }
          default -> row.get(field);
        };
    return value instanceof Instant at ? TIME.format(at) : value;
  }

  private static String userType(Object user) {
    return ROBOT.equals(user)
        ? "AutomatedProcess"
        : PORTAL.equals(user) ? "CspLitePortal" : "Standard";
  }
}
