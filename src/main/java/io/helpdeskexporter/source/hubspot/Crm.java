package io.helpdeskexporter.source.hubspot;

import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The questions that HubSpot is asked, and their limits. */
final class Crm {
  static final String TICKETS = "tickets";
  static final String FEEDBACK = "feedback_submissions";
  static final String COMPANIES = "companies";
  static final String CONTACTS = "contacts";
  static final String DEALS = "deals";
  static final String CONVERSATIONS = "conversations";

  static final String MODIFIED = "hs_lastmodifieddate";
  private static final String THREADS = "/conversations/v3/conversations/threads";
  private static final String ID = "hs_object_id";

  /** How many objects are read at once; fewer where their history is wanted. */
  private static final int BATCH = 100;

  private static final int BATCH_WITH_HISTORY = 50;

  /** Owners and messages come by the hundred: nobody has so many. */
  private static final int MOST_PAGES = 1_000;

  private static final Integer[] NOT_PERMITTED = {403, 404, 410};

  private final Api api;

  /** The types that may not be read, with the scope that is missing, where HubSpot names it. */
  private final Map<String, String> refused = new TreeMap<>();

  Crm(Api api) {
    this.api = api;
  }

  /** What may not be read, and the scopes for it as far as known. */
  Map<String, String> refused() {
    return Map.copyOf(refused);
  }

  // ---- search

  /**
   * One page of a search.
   *
   * @param total as HubSpot counts, this page included
   */
  record Searched(List<Item> rows, boolean hasMore, OptionalLong total, Answer answer) {}

  /**
   * What changed, beginning with what changed first.
   *
   * @return empty where the type may not be read or the plan has none
   */
  Optional<Searched> changed(String type, Walk walk, int rows)
      throws SourceException, InterruptedException {
    List<Map<String, Object>> filters = new ArrayList<>();
    boolean byId = walk.afterId().isPresent();
    filters.add(filter(MODIFIED, byId ? "EQ" : "GTE", walk.from()));
    if (byId) {
      filters.add(filter(ID, "GT", walk.afterId().getAsLong()));
    }
    return search(type, filters, byId ? ID : MODIFIED, "ASCENDING", List.of(MODIFIED), rows);
  }

  /** The tickets that changed last. */
  Optional<Searched> latest(String type, List<String> properties, int rows)
      throws SourceException, InterruptedException {
    return search(type, List.of(), MODIFIED, "DESCENDING", properties, rows);
  }

  private Optional<Searched> search(
      String type,
      List<Map<String, Object>> filters,
      String sortedBy,
      String direction,
      List<String> properties,
      int rows)
      throws SourceException, InterruptedException {
    Map<String, Object> question = new HashMap<>();
    if (!filters.isEmpty()) {
      question.put("filterGroups", List.of(Map.of("filters", filters)));
    }
    question.put("sorts", List.of(Map.of("propertyName", sortedBy, "direction", direction)));
    question.put("properties", properties);
    question.put("limit", rows);
    Answer answer =
        ask(
            type,
            Call.post(named(type), "/crm/v3/objects/" + type + "/search", json(question))
                .limitedBy(HubspotManners.SEARCH, HubspotManners.BURST, HubspotManners.DAY));
    if (!answer.isSuccess()) {
      return Optional.empty();
    }
    JsonNode next = answer.json().path("paging").path("next").path("after");
    return Optional.of(
        new Searched(
            Item.all(answer.json().path("results")),
            next.isValueNode() && !next.isNull(),
            Item.count(answer.json(), "total"),
            answer));
  }

  private static Map<String, Object> filter(String property, String operator, long value) {
    return Map.of("propertyName", property, "operator", operator, "value", Long.toString(value));
  }

  // ---- objects

  /** The objects of these ids as they are now; those that are gone are left out. */
  List<Item> read(String type, List<String> ids, List<String> properties, List<String> history)
      throws SourceException, InterruptedException {
    List<Item> objects = new ArrayList<>();
    for (List<String> some : parts(ids, history.isEmpty() ? BATCH : BATCH_WITH_HISTORY)) {
      Map<String, Object> question = new HashMap<>();
      question.put("inputs", inputs(some));
      question.put("properties", properties);
      if (!history.isEmpty()) {
        question.put("propertiesWithHistory", history);
      }
      Answer answer =
          api.ask(
              Call.post(named(type), "/crm/v3/objects/" + type + "/batch/read", json(question))
                  .limitedBy(HubspotManners.limits()));
      objects.addAll(Item.all(answer.json().path("results")));
    }
    return objects;
  }

  /** A page of the tickets that were deleted, by their ids. */
  Answer archived(List<String> properties, List<String> history, Optional<String> after, int rows)
      throws SourceException, InterruptedException {
    return api.ask(
        Call.get("deleted tickets", "/crm/v3/objects/" + TICKETS)
            .with("archived", true)
            .with("limit", Math.min(rows, BATCH_WITH_HISTORY))
            .with("properties", String.join(",", properties))
            .with("propertiesWithHistory", String.join(",", history))
            .with("after", after)
            .limitedBy(HubspotManners.limits()));
  }

  /** Where the next page of a listing begins. */
  static Optional<String> next(Answer page) {
    JsonNode after = page.json().path("paging").path("next").path("after");
    return after.isValueNode() && !after.isNull()
        ? Optional.of(after.asString())
        : Optional.empty();
  }

  /**
   * The one object that each of these is associated with: the primary one, or of several the one
   * that was there first. Those without one are left out, and all are where it may not be read.
   */
  Map<String, String> associated(String from, String to, List<String> ids)
      throws SourceException, InterruptedException {
    Map<String, String> associated = new HashMap<>();
    // A thousand may be asked for; a page has fewer.
    if (ids.isEmpty()) {
      return associated;
    }
    Answer answer =
        ask(
            to,
            Call.post(
                    "associations of " + named(from) + " with " + named(to),
                    "/crm/v4/associations/" + from + "/" + to + "/batch/read",
                    json(Map.of("inputs", inputs(ids))))
                .limitedBy(HubspotManners.limits()));
    for (Item result : Item.all(answer.json().path("results"))) {
      try {
        Optional<String> id = result.item("from").key("id");
        Optional<String> other = Associations.chosen(result.items("to"));
        if (id.isPresent() && other.isPresent()) {
          associated.put(id.get(), other.get());
        }
      } catch (BadItem e) {
        // The object is read all the same, as one without an association.
      }
    }
    return associated;
  }

  // ---- conversations

  /**
   * A page of the conversations in which somebody wrote after a time, the first of these first.
   *
   * @return empty where they may not be read or the plan has none
   */
  Optional<Answer> threads(Instant after, Optional<String> page, int rows)
      throws SourceException, InterruptedException {
    Answer answer =
        ask(
            CONVERSATIONS,
            Call.get(CONVERSATIONS, THREADS)
                .with("sort", "latestMessageTimestamp")
                .with("latestMessageTimestampAfter", after)
                .with("association", "TICKET")
                .with("limit", rows)
                .with("after", page)
                .limitedBy(HubspotManners.limits()));
    return answer.isSuccess() ? Optional.of(answer) : Optional.empty();
  }

  /** All messages of a conversation, the last one first; none of one that is gone. */
  List<Item> messages(String thread) throws SourceException, InterruptedException {
    return all("messages", Call.get("messages", THREADS + "/" + thread + "/messages"));
  }

  // ---- what is known for a while

  Answer account() throws SourceException, InterruptedException {
    return api.ask(
        Call.get("the account", "/account-info/v3/details").limitedBy(HubspotManners.limits()));
  }

  List<Item> pipelines() throws SourceException, InterruptedException {
    Answer answer =
        api.ask(
            Call.get("pipelines of tickets", "/crm/v3/pipelines/" + TICKETS)
                .limitedBy(HubspotManners.limits()));
    return Item.all(answer.json().path("results"));
  }

  List<Item> properties(String type) throws SourceException, InterruptedException {
    Answer answer =
        ask(
            "properties of " + named(type),
            Call.get("properties of " + named(type), "/crm/v3/properties/" + type)
                .limitedBy(HubspotManners.limits()));
    return Item.all(answer.json().path("results"));
  }

  List<Item> owners() throws SourceException, InterruptedException {
    return all("owners", Call.get("owners", "/crm/v3/owners"));
  }

  private List<Item> all(String what, Call call) throws SourceException, InterruptedException {
    List<Item> items = new ArrayList<>();
    Optional<String> after = Optional.empty();
    int pages = 0;
    do {
      Answer page =
          ask(
              what,
              call.with("limit", BATCH).with("after", after).limitedBy(HubspotManners.limits()));
      items.addAll(Item.all(page.json().path("results")));
      after = next(page);
      if (++pages > MOST_PAGES) {
        throw new SourceException.Nonsense("the list of " + what + " does not end");
      }
    } while (after.isPresent());
    return items;
  }

  /** Asks for what may be missing in the plan or the scopes, and notes whether it is. */
  private Answer ask(String what, Call call) throws SourceException, InterruptedException {
    boolean isNeeded = what.equals(TICKETS);
    Answer answer = api.ask(isNeeded ? call : call.accepting(NOT_PERMITTED));
    if (Set.of(NOT_PERMITTED).contains(answer.status())) {
      refused.put(what, HubspotManners.scopes(answer));
    } else {
      refused.remove(what);
    }
    return answer;
  }

  private static String named(String type) {
    return type.equals(FEEDBACK) ? "feedback" : type;
  }

  private static List<Map<String, String>> inputs(List<String> ids) {
    return ids.stream().map(id -> Map.of("id", id)).toList();
  }

  private static List<List<String>> parts(List<String> ids, int most) {
    List<List<String>> parts = new ArrayList<>();
    for (int i = 0; i < ids.size(); i += most) {
      parts.add(ids.subList(i, Math.min(ids.size(), i + most)));
    }
    return parts;
  }

  private static String json(Object value) {
    return JsonMapper.shared().writeValueAsString(value);
  }
}
