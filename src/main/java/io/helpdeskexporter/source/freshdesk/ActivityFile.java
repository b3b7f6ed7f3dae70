package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.domain.Exclusion;
import io.helpdeskexporter.domain.Stamp;
import io.helpdeskexporter.domain.TicketEvent;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Harvest;
import io.helpdeskexporter.source.api.Item;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * A file of the export of activities: what happened to all tickets on a day, new values only. Rows
 * have no id, and two that are the same occur; so a row is known by its content and by how many
 * like it came before.
 */
final class ActivityFile {
  /** The day comes first. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd-MM-yyyy HH:mm:ss Z", Locale.ROOT);

  /** A merged ticket is closed in the same go. */
  private static final Duration SAME_GO = Duration.ofSeconds(60);

  /** Enough that no two rows of a ticket ever share them. */
  private static final int DIGEST_BYTES = 12;

  private static final long MOST_IN_A_SECOND = TicketReader.END_OF_SECOND - 1;

  /**
   * @param key by content, and by how many of the same content came before
   * @param place among the rows of its ticket in its second
   */
  private record Row(String ticket, String key, Instant at, long place, Item item) {
    Item activity() {
      return item.item("activity");
    }

    Stamp stamp(String what) {
      long sequence = at.toEpochMilli() + Math.min(place, MOST_IN_A_SECOND);
      return new Stamp("activity/" + key + "/" + what, sequence, at);
    }
  }

  private final List<Row> rows = new ArrayList<>();
  private final Map<String, List<Instant>> closings = new HashMap<>();
  private final Words words;

  private ActivityFile(Words words) {
    this.words = words;
  }

  /**
   * @param unreadable gets the rows that have no time or no ticket
   */
  static ActivityFile of(Item file, Words words, Harvest unreadable)
      throws BadItem, SourceException, InterruptedException {
    ActivityFile activities = new ActivityFile(words);
    List<Item> items = inOrder(file.items("activities_data"));
    Map<String, Integer> equals = new HashMap<>();
    Map<String, Long> places = new HashMap<>();
    unreadable.each(
        "activity of ticket",
        "ticket_id",
        items,
        item -> {
          String ticket = item.requiredKey("ticket_id");
          Instant at = performedAt(item);
          String digest = digest(item);
          String key = digest + "/" + equals.merge(digest, 1, Integer::sum);
          long place = places.merge(ticket + "/" + at.getEpochSecond(), 1L, Long::sum) - 1;
          activities.add(new Row(ticket, key, at, place, item));
        });
    return activities;
  }

  int size() {
    return rows.size();
  }

  /**
   * Tells some of its rows.
   *
   * @param groups names by id
   */
  void tell(int from, int to, Map<String, String> groups, Staff staff, Harvest harvest)
      throws SourceException, InterruptedException {
    for (Row row : rows.subList(from, to)) {
      harvest.each(
          "activity of ticket",
          "ticket_id",
          List.of(row.item()),
          _ -> tell(row, groups, staff, harvest));
    }
  }

  private void add(Row row) throws BadItem {
    rows.add(row);
    Optional<String> status = row.activity().text("status");
    if (status.isPresent()
        && words.statusNumber(status.get()).equals(OptionalLong.of(Words.CLOSED))) {
      closings.computeIfAbsent(row.ticket(), _ -> new ArrayList<>()).add(row.at());
    }
  }

  private void tell(Row row, Map<String, String> groups, Staff staff, Harvest harvest)
      throws BadItem {
    Item activity = row.activity();
    String ticket = row.ticket();
    Optional<String> status = activity.text("status");
    if (status.isPresent() && !isCreation(activity, status.get())) {
      harvest.event(
          ticket,
          new TicketEvent.StatusChanged(
              row.stamp("status"), Optional.empty(), word(status.get()), actor(row, staff)));
    }
    fields(row, groups, harvest);
    Optional<Boolean> spam = activity.truth("spam");
    if (spam.isPresent()) {
      harvest.event(ticket, exclusion(row, "spam", Exclusion.SPAM, spam.get()));
    }
    Optional<Boolean> deleted = activity.truth("deleted");
    if (deleted.isPresent()) {
      harvest.event(ticket, exclusion(row, "deleted", Exclusion.DELETED, deleted.get()));
    }
    if (activity.has("merge_ticket") && wasClosedAt(row)) {
      harvest.event(ticket, new TicketEvent.Merged(row.stamp("merge"), mergedInto(activity)));
    }
  }

  /** What a ticket begins with is open; whether it is new, its list tells. */
  private boolean isCreation(Item activity, String status) {
    return activity.has("source") && words.statusNumber(status).equals(OptionalLong.of(Words.OPEN));
  }

  private String word(String status) {
    OptionalLong number = words.statusNumber(status);
    return number.isPresent() ? words.status(number.getAsLong()) : status;
  }

  /** Values alone are told: a change would have to say what was before. */
  private static void fields(Row row, Map<String, String> groups, Harvest harvest) throws BadItem {
    Item activity = row.activity();
    Optional<String> priority = activity.text("priority").map(ActivityFile::priority);
    Optional<String> group = activity.text("group").map(it -> groups.getOrDefault(it, it));
    Optional<String> agent = activity.key("agent_id").filter(it -> !it.startsWith("-"));
    if (priority.isPresent() || group.isPresent() || agent.isPresent()) {
      harvest.event(
          row.ticket(),
          new TicketEvent.Snapshot(
              row.stamp("fields"),
              Optional.empty(),
              priority,
              group,
              agent,
              OptionalInt.empty(),
              OptionalInt.empty()));
    }
    if (activity.has("group") && group.isEmpty()) {
      harvest.event(
          row.ticket(),
          new TicketEvent.TeamChanged(row.stamp("no group"), Optional.empty(), Optional.empty()));
    }
    if (activity.has("agent_id") && agent.isEmpty()) {
      harvest.event(
          row.ticket(),
          new TicketEvent.AssigneeChanged(
              row.stamp("no agent"), Optional.empty(), Optional.empty()));
    }
  }

  private static String priority(String text) {
    return text.matches("\\d{1,9}") ? Words.priority(Long.parseLong(text)) : text;
  }

  private static TicketEvent exclusion(Row row, String what, Exclusion reason, boolean is) {
    return is
        ? new TicketEvent.Excluded(row.stamp(what), reason)
        : new TicketEvent.Restored(row.stamp(what));
  }

  /** Rows of a merge may be on both tickets; the one that was merged into stays as it was. */
  private boolean wasClosedAt(Row row) {
    return closings.getOrDefault(row.ticket(), List.of()).stream()
        .anyMatch(at -> Duration.between(at, row.at()).abs().compareTo(SAME_GO) <= 0);
  }

  /** The first number in it; where there is none, at least that it was merged. */
  private static String mergedInto(Item activity) {
    JsonNode merge = activity.item("merge_ticket").json();
    for (String field : List.of("target_ticket_id", "ticket_id", "id")) {
      if (merge.path(field).isIntegralNumber()) {
        return merge.path(field).asString();
      }
    }
    JsonNode value = merge.isArray() && !merge.isEmpty() ? merge.get(0) : merge;
    return value.isIntegralNumber() ? value.asString() : "unknown";
  }

  private static Actor actor(Row row, Staff staff) throws BadItem {
    if (!row.item().text("performer_type").orElse("").equals("user")) {
      return Actor.SYSTEM;
    }
    Optional<String> performer = row.item().key("performer_id");
    return performer.isPresent() && !staff.isEmpty() && !staff.knows(performer.get())
        ? Actor.CUSTOMER
        : performer.map(it -> staff.agent(it).actor()).orElse(Actor.AGENT);
  }

  private static Instant performedAt(Item item) throws BadItem {
    try {
      return OffsetDateTime.parse(item.requiredText("performed_at"), TIME).toInstant();
    } catch (DateTimeException e) {
      throw new BadItem(
          "bad_date", "performed_at: expected a time such as 01-05-2024 09:33:38 +0000");
    }
  }

  /** The oldest first, whichever way the file goes. */
  private static List<Item> inOrder(List<Item> items) {
    if (items.isEmpty() || !time(items.getFirst()).isAfter(time(items.getLast()))) {
      return items;
    }
    List<Item> reversed = new ArrayList<>(items);
    Collections.reverse(reversed);
    return reversed;
  }

  private static Instant time(Item item) {
    try {
      return performedAt(item);
    } catch (BadItem e) {
      return Instant.EPOCH;
    }
  }

  private static String digest(Item item) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(item.json().toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
